"""The trial of a table, and the head's decision that enters all of it or nothing (design 3, back-entry)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import User
from audit import clock
from audit import services as audit
from audit.canonical import encode
from audit.errors import (
    Conflict,
    Invalid,
    NotPermitted,
    Refusal,
    UnmetRequirement,
    stated_reason,
)
from cases.models import Case, EntryStatus, Lead, RunningEntry
from cases.running.columns import columns
from cases.running.entering import Asked, EnteringRow, enter_row, head_of
from cases.running.reading import MOST_BYTES, Row, read_table
from cases.running.selectors import may_decide, may_try
from documents.names import safe_name
from documents.store import Integrity, open_blob, put_upload, verify

MOST_PAPERS = 500
Papers = Mapping[str, UploadedFile[Any]]


class _Undone(Exception):
    """Carries the verdicts out of the transaction that is undone."""

    def __init__(self, verdicts: list[dict[str, Any]]) -> None:
        super().__init__()
        self.verdicts = verdicts


@transaction.atomic
def try_table(
    *, actor: User, table: UploadedFile[Any], papers: Sequence[UploadedFile[Any]], reason: str
) -> RunningEntry:
    """Keep a table with its papers and say row by row what entering it would do; nothing is entered.

    Raises:
        NotPermitted: the actor is no prosecutor: each enters the cases he handles.
        Invalid: the table cannot be read, a paper is there twice, or the reason is missing.
    """
    _require_handler(actor)
    why = stated_reason(reason, _("Say why the cases are entered only now."))
    _require_papers(papers)
    kept = put_upload(table, max_bytes=MOST_BYTES)
    named = {name_of(paper): put_upload(paper).sha256 for paper in papers}
    entry = RunningEntry(
        office=actor.office,
        department=accounts.public_interest_department(actor.office),
        name=safe_name(table.name or "")[:200],
        sha256=kept.sha256,
        papers=named,
        digest=digest_of(kept.sha256, named),
        reason=why[:1000],
        asked_by=actor,
    )
    entry.verdicts = _tried(entry)
    entry.save()
    _audit(entry, actor, "running_cases.tried")
    return entry


def try_page(
    *, actor: User, row: Row, papers: Sequence[UploadedFile[Any]], reason: str
) -> RunningEntry:
    """Keep one case as a page stated it, and ask the head at once when nothing stands against it.

    Raises:
        NotPermitted, Invalid: as `try_table`.
        Refusal: with everything that stands against the case; nothing is kept.
    """
    content = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
    table = SimpleUploadedFile("case.json", content, "application/json")
    with transaction.atomic():
        entry = try_table(actor=actor, table=table, papers=papers, reason=reason)
        if entry.refused_rows:
            raise _refusal(entry.verdicts)
        return ask_head(actor=actor, entry=entry)


@transaction.atomic
def ask_head(*, actor: User, entry: RunningEntry) -> RunningEntry:
    """Ask the head of the department to agree to a table whose every row would enter.

    Raises:
        NotPermitted: somebody else tried it.
        Conflict: it is not just tried.
        Refusal: rows are refused.
    """
    locked = _locked(entry)
    if locked.asked_by_id != actor.pk:
        raise NotPermitted(_("Whoever tried the table asks for it."), code="wrong_role")
    _require_status(locked, EntryStatus.TRIED)
    if locked.refused_rows:
        raise _refusal(locked.verdicts)
    locked.status = EntryStatus.ASKED
    locked.save(update_fields=["status"])
    _audit(locked, actor, "running_cases.asked")
    return locked


@transaction.atomic
def enter_all(*, actor: User, entry: RunningEntry, digest: str) -> list[Case]:
    """Agree, and enter exactly what was tried: every row, or nothing at all.

    Args:
        digest: of table and papers as the head saw them.

    Raises:
        NotPermitted: the actor is not the head, or asked himself.
        Conflict: it does not wait, or is not what was tried.
        Refusal: a row is refused now; nothing of the table is entered.
    """
    locked = _locked(entry)
    _require_decider(actor, locked)
    _require_status(locked, EntryStatus.ASKED)
    _require_unchanged(locked, digest)
    rows = _rows_of(locked)
    asked = Asked(locked.asked_by, locked.asked_at, locked.reason, actor)
    cases: list[Case] = []
    verdicts = _entered(locked, rows, asked, cases)
    if any(not verdict["met"] for verdict in verdicts):
        raise _refusal(verdicts)
    locked.status, locked.verdicts = EntryStatus.ENTERED, verdicts
    locked.decided_by, locked.decided_at = actor, clock.now()
    locked.save()
    _audit(locked, actor, "running_cases.entered", cases=[case.key for case in cases])
    return cases


@transaction.atomic
def refuse_all(*, actor: User, entry: RunningEntry, reason: str) -> RunningEntry:
    """Refuse a table; nothing of it is entered.

    Raises:
        NotPermitted, Conflict: as `enter_all`.
        Invalid: the reason is missing.
    """
    locked = _locked(entry)
    _require_decider(actor, locked)
    _require_status(locked, EntryStatus.ASKED)
    locked.refusal = stated_reason(reason, _("Say why nothing is to be entered."))[:1000]
    locked.status = EntryStatus.REFUSED
    locked.decided_by, locked.decided_at = actor, clock.now()
    locked.save()
    _audit(locked, actor, "running_cases.refused")
    return locked


def name_of(upload: UploadedFile[Any]) -> str:
    """Return how a table calls an uploaded paper."""
    return safe_name(upload.name or "")


def digest_of(sha256: str, papers: Mapping[str, str]) -> str:
    """Return the SHA-256 that binds a table to its papers."""
    return hashlib.sha256(encode({"table": sha256, "papers": dict(papers)})).hexdigest()


def _require_handler(actor: User) -> None:
    if not may_try(actor):
        raise NotPermitted(
            _("A prosecutor enters the running cases he handles. Ask the handler of the case."),
            code="wrong_role",
            law="Rules 6",
        )


def _require_papers(papers: Iterable[UploadedFile[Any]]) -> None:
    names = [name_of(paper) for paper in papers]
    if len(names) > MOST_PAPERS:
        sentence = _("At most %(most)s papers at once.") % {"most": MOST_PAPERS}
        raise Invalid(sentence, errors={"papers": [sentence]}, code="too_many_papers")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        sentence = _("These papers are there twice: %(names)s. Give each its own name.")
        text = sentence % {"names": "、".join(twice)}
        raise Invalid(text, errors={"papers": [text]}, code="paper_twice")


def _require_decider(actor: User, entry: RunningEntry) -> None:
    if actor.pk == entry.asked_by_id:
        raise NotPermitted(_("Nobody decides on his own entry."), code="own_request")
    if not may_decide(actor, entry):
        raise NotPermitted(
            _("The head of the department decides on back-entry. Ask him."), code="wrong_role"
        )


def _require_status(entry: RunningEntry, status: EntryStatus) -> None:
    if entry.status != status:
        raise Conflict(
            _("The table is now “%(status)s”. Load the page again.")
            % {"status": entry.get_status_display()},
            code="entry_moved",
            details={"status": entry.status},
        )


def _require_unchanged(entry: RunningEntry, digest: str) -> None:
    """Refuse anything but the table and the papers that were tried."""
    held = digest_of(entry.sha256, entry.papers)
    files = (entry.sha256, *entry.papers.values())
    intact = all(verify(sha256) is Integrity.INTACT for sha256 in files)
    if digest != held or held != entry.digest or not intact:
        raise Conflict(
            _("This is not the table that was tried. Try it again."), code="digest_differs"
        )


def _locked(entry: RunningEntry) -> RunningEntry:
    return RunningEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def _rows_of(entry: RunningEntry) -> list[Row]:
    with open_blob(entry.sha256) as file:
        return read_table(file.read(MOST_BYTES + 1), columns(entry.asked_by))


def _papers_of(entry: RunningEntry) -> Papers:
    return {name: _reopened(name, sha256) for name, sha256 in entry.papers.items()}


def _reopened(name: str, sha256: str) -> UploadedFile[Any]:
    with open_blob(sha256) as file:
        content = file.read()
    return UploadedFile(BytesIO(content), name, size=len(content))


def _tried(entry: RunningEntry) -> list[dict[str, Any]]:
    """Enter every row as the head's agreement would, and undo all of it."""
    rows = _rows_of(entry)
    try:
        with transaction.atomic():
            head = head_of(entry.asked_by, Lead(office=entry.office, department=entry.department))
            asked = Asked(entry.asked_by, clock.now(), entry.reason, head)
            raise _Undone(_entered(entry, rows, asked, []))
    except _Undone as undone:
        return undone.verdicts


def _entered(
    entry: RunningEntry, rows: Sequence[Row], asked: Asked, cases: list[Case]
) -> list[dict[str, Any]]:
    """Enter the rows one after another, so that each sees those before it; return their verdicts."""
    papers, verdicts = _papers_of(entry), []
    for number, row in enumerate(rows, start=1):
        try:
            with transaction.atomic():
                case = enter_row(EnteringRow(row, papers, asked))
        except Refusal as refusal:
            verdicts.append(_refused(number, row, refusal, asked.by))
            continue
        cases.append(case)
        verdicts.append(
            {
                "row": number,
                "title": case.title,
                "met": True,
                "key": case.key,
                "state": case.state,
                "faults": [],
            }
        )
    return verdicts


def _refused(number: int, row: Row, refusal: Refusal, actor: User) -> dict[str, Any]:
    return {
        "row": number,
        "title": row.get("T06.case_title") or row.get("lead.title", ""),
        "met": False,
        "key": "",
        "state": "",
        "faults": _faults(refusal, actor),
    }


def _faults(refusal: Refusal, actor: User) -> list[dict[str, str]]:
    """Return what stands against a row: the rule, its article, the column and the way out."""
    titles = {column.code: column.title_zh for column in columns(actor)}
    if refusal.unmet:
        return [
            {
                "rule": item.code,
                "message": str(item.message),
                "law": item.law,
                "cure": str(item.cure),
                "column": "",
            }
            for item in refusal.unmet
        ]
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    lines = [(name, str(text)) for name, texts in errors.items() for text in texts]
    return [
        {
            "rule": refusal.code,
            "message": text,
            "law": refusal.law,
            "cure": _("Correct the cell and try the table again."),
            "column": _column_of(name, titles),
        }
        for name, text in lines or [("", str(refusal.message))]
    ]


def _column_of(name: str, titles: Mapping[str, str]) -> str:
    """Return the heading of the cell a service complains of; services know the field, not the column."""
    if name in titles:
        return titles[name]
    found = [title for code, title in titles.items() if code.partition(".")[2] == name]
    return found[0] if len(found) == 1 else ""


def _refusal(verdicts: Iterable[Mapping[str, Any]]) -> Refusal:
    """Return the refusal of a table: every fault of every row, nothing entered."""
    unmet = [
        UnmetRequirement(
            code=fault["rule"],
            message=_("Row %(row)s: %(why)s")
            % {
                "row": verdict["row"],
                "why": "：".join(text for text in (fault["column"], fault["message"]) if text),
            },
            law=fault["law"],
            cure=fault["cure"],
        )
        for verdict in verdicts
        for fault in verdict["faults"]
    ]
    return Refusal(
        _("Nothing is entered: what stands against it is named below."),
        code="rows_refused",
        unmet=unmet,
    )


def _audit(entry: RunningEntry, actor: User, action: str, **details: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="running_cases",
        object_id=entry.pk,
        office_id=entry.office_id,
        details={"sha256": entry.sha256, "digest": entry.digest, **details},
    )
