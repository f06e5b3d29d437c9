"""D-21, D-26 and D-30: lists of exhibits. Those that are confidential are counted and never named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from cases.models import Case, Lead
from documents.numerals import chinese_date
from evidence.models import Exhibit, FactLink, StatutoryKind
from evidence.selectors import standing_facts
from litigation import selectors as litigation
from notices.bodies.investigation import NOTHING
from notices.bodies.statutes import CPL_ZH
from notices.models import DocumentStatus
from notices.prefill.said import Prefilled, Said, joined, on_exhibit, said, today

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Matter = Lead | Case
    ExhibitRows = QuerySet[Exhibit]

SEALED_ZH = (
    "另有{count}件证据涉及个人信息、个人隐私或者商业秘密，单独成册提交，"
    f"依照{CPL_ZH}第七十一条的规定不在公开开庭时出示。"
)


def list_of_evidence_taken(matter: Matter) -> Prefilled:
    """D-21: what was taken last, from one provider on one day."""
    case = cast(Case, matter)
    rows = _taken_together(case)
    first = rows[0] if rows else None
    digests = [f"证据{row.number}：{row.sha256}" for row in rows if _is_electronic(row)]
    return {
        "case": said(case.title, "case"),
        "notice": said(_number_of_the_notice(case), "case"),
        "items": _column(rows, lambda row: row.name),
        "numbers": _column(rows, lambda row: f"证据{row.number}"),
        "originals": _column(rows, lambda row: "原件" if row.original else "复制件"),
        "pages": _column(rows, lambda row: str(row.pages or NOTHING)),
        "hash": said("\n".join(digests), "evidence"),
        "provider": said(first.source if first else "", "evidence"),
        "taker": said(_collectors(first), "evidence"),
        "day": said(first.obtained_on.isoformat(), "evidence") if first else today(),
    }


def electronic_data_record(matter: Matter) -> Prefilled:
    """D-26: the electronic data collected last, on one day from one source, with their digests."""
    case = cast(Case, matter)
    rows = _taken_together(case, electronic=True)
    first = rows[0] if rows else None
    return {
        "case": said(case.title, "case"),
        "time": said(
            chinese_date(first.obtained_on) if first else "", "evidence", on_exhibit(first)
        ),
        "place": said(first.place if first else "", "evidence", on_exhibit(first)),
        "staff": said(_collectors(first), "evidence", on_exhibit(first)),
        "present": said(first.also_present if first else "", "evidence", on_exhibit(first)),
        "medium": _column(rows, _medium),
        "process": _column([row for row in rows if row.copy_process], lambda row: row.copy_process),
        "items": _column(rows, lambda row: f"{row.name}（{row.file_name}）"),
        "hash": _column(rows, lambda row: row.sha256),
        "day": said(first.obtained_on.isoformat(), "evidence") if first else today(),
    }


def evidence_list(matter: Matter) -> Prefilled:
    """D-30: every exhibit in use with its source, what it proves and where (EVID 19; CPL 71)."""
    case = cast(Case, matter)
    rows = list(_open(case).order_by("number"))
    facts = _facts(case)
    sealed = _in_use(case).filter(confidential=True).count()
    court = litigation.court_of(case)
    return {
        "addressee": said(str(court) if court else "", "event"),
        "case": said(case.title, "case"),
        "item": _column(rows, lambda row: f"证据{row.number}：{row.name}"),
        "source": _column(rows, lambda row: row.source),
        "proves": _column(rows, lambda row: _proven(facts.get(row.pk, []))),
        "page": _column(rows, lambda row: _pages(row, facts.get(row.pk, []))),
        "sealed": said(SEALED_ZH.format(count=sealed) if sealed else "", "law"),
        "day": today(),
    }


def _in_use(case: Case) -> ExhibitRows:
    return Exhibit.objects.filter(case=case, withdrawal__isnull=True)


def _open(case: Case) -> ExhibitRows:
    return _in_use(case).filter(confidential=False)


def _taken_together(case: Case, *, electronic: bool = False) -> list[Exhibit]:
    """Return what was collected last, with all that came on the same day from the same source."""
    rows = _open(case).exclude(method="").select_related("first_collector", "second_collector")
    if electronic:
        rows = rows.filter(kind=StatutoryKind.ELECTRONIC)
    last = rows.order_by("-obtained_on", "-number").first()
    if last is None:
        return []
    together = rows.filter(obtained_on=last.obtained_on, source=last.source)
    return list(together.order_by("number"))


def _column(rows: Iterable[Exhibit], text: Callable[[Exhibit], str]) -> Said:
    """Return one line an exhibit, each resting on it; where nothing is said a dash keeps the place."""
    lines = ((row, " ".join(text(row).split()) or NOTHING) for row in rows)
    return joined((said(line, "evidence", on_exhibit(row)) for row, line in lines), "evidence")


def _is_electronic(row: Exhibit) -> bool:
    return row.kind in (StatutoryKind.ELECTRONIC, StatutoryKind.AUDIO_VISUAL)


def _medium(row: Exhibit) -> str:
    how = "原始存储介质" if row.original else f"复制件，复制理由：{row.copy_reason}"
    return f"{row.name}：来源为{row.source}；{how}"


def _collectors(row: Exhibit | None) -> str:
    people = (row.first_collector, row.second_collector) if row else ()
    return "、".join(person.name for person in people if person)


def _facts(case: Case) -> dict[int, list[FactLink]]:
    found: dict[int, list[FactLink]] = {}
    for fact in standing_facts(case).filter(exhibit__confidential=False).order_by("group", "id"):
        found.setdefault(fact.exhibit_id or 0, []).append(fact)
    return found


def _proven(facts: list[FactLink]) -> str:
    return "；".join("".join(fact.text.split("\n")).strip().rstrip("。；") for fact in facts)


def _pages(row: Exhibit, facts: list[FactLink]) -> str:
    named = "、".join(dict.fromkeys(fact.page for fact in facts if fact.page))
    return named or (f"共{row.pages}页" if row.pages else "")


def _number_of_the_notice(case: Case) -> str:
    """Return the number of the notice issued last (D-20)."""
    rows = case.documents.filter(code="D-20", status=DocumentStatus.ISSUED)
    last = rows.order_by("-id").first()
    return last.number if last else ""
