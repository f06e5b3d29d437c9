"""Adding and withdrawing exhibits (Rules 33-39)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid
from cases.models import Case
from cases.selectors import people
from cases.services import acts
from cases.services.days import require_after_start
from documents.names import safe_name
from documents.store import Blob, put_upload
from evidence import selectors
from evidence.models import Exhibit, Withdrawal
from evidence.services.checks import locked_for_writing, require_may_write

# What a person may state of an exhibit; everything else the house finds out itself.
STATED = (
    "name",
    "kind",
    "source",
    "method",
    "obtained_on",
    "place",
    "first_collector",
    "second_collector",
    "also_present",
    "original",
    "copy_reason",
    "copy_process",
    "pages",
    "confidential",
)
COLLECTORS = ("first_collector", "second_collector")


def add_exhibit(
    *, actor: User, case: Case, upload: UploadedFile[Any], facts: dict[str, Any]
) -> Exhibit:
    """Add one exhibit; see `add_exhibits`."""
    return add_exhibits(actor=actor, case=case, uploads=[upload], facts=facts)[0]


def add_exhibits(
    *, actor: User, case: Case, uploads: Sequence[UploadedFile[Any]], facts: dict[str, Any]
) -> list[Exhibit]:
    """Add one exhibit a file, all of them or none, numbered in order.

    The files are stored before the case is locked: a large upload holds nobody up. What is stored
    for an exhibit that is then refused stays in the store under its digest and belongs to nobody.

    Args:
        facts: values for the names in `STATED`. With several files each exhibit bears the stated
            name and that of its file; without a stated name that of the file alone.

    Raises:
        Invalid: facts are missing or wrong, or a file is empty or too large.
        NotPermitted: the actor is not in the handling team.
        Conflict: the case has ended, or is not under investigation (Rules 33-43).
        Refusal: the investigation plan does not exist (Rules 33), or the disk is full.
    """
    require_may_write(actor, case)
    _require_collection_possible(case, facts)
    if not uploads:
        sentence = _("Choose at least one file.")
        raise Invalid(sentence, errors={"uploads": [sentence]})
    drafts = [_draft(actor, case, upload, facts, len(uploads)) for upload in uploads]
    for draft in drafts:
        _require_valid(draft)
    blobs = [put_upload(upload) for upload in uploads]
    with transaction.atomic():
        locked = locked_for_writing(actor, case)
        _require_collection_possible(locked, facts)
        for draft, blob in zip(drafts, blobs, strict=True):
            _keep(draft, blob, locked)
        acts.raise_version(locked)
        for draft in drafts:
            _record_added(draft, actor=actor)
    case.refresh_from_db(fields=["version"])
    return drafts


def _require_collection_possible(case: Case, facts: dict[str, Any]) -> None:
    """Norm C020: what an investigative act brings is collected only after the plan (Rules 33)."""
    if facts.get("method"):
        acts.require_collection_possible(case)
        if day := facts.get("obtained_on"):
            require_after_start(case, day, field="obtained_on")


def _draft(
    actor: User, case: Case, upload: UploadedFile[Any], facts: dict[str, Any], count: int
) -> Exhibit:
    stated = {name: facts[name] for name in STATED if name in facts}
    file_name = safe_name(upload.name or "")
    name = str(stated.get("name") or "").strip()
    if count > 1 and name:
        name = f"{name} {file_name}"
    stated["name"] = (name or file_name)[:200]
    return Exhibit(case=case, file_name=file_name, uploaded_by=actor, **stated)


def _require_valid(draft: Exhibit) -> None:
    """Refuse facts the table would refuse, each with its field.

    Raises:
        Invalid: with every field's sentences.
    """
    errors: dict[str, list[str]] = {}
    try:
        draft.full_clean(exclude=["number", "sha256", "size", "media_type"])
    except ValidationError as error:
        errors |= error.message_dict
    for name in COLLECTORS:
        person = getattr(draft, name)
        if person is not None and (sentence := _why_not(draft, person)):
            errors.setdefault(name, []).append(sentence)
    if errors:
        raise Invalid(
            _("Some facts are missing or not right. Correct the fields named below."), errors=errors
        )


def _why_not(draft: Exhibit, person: User) -> str:
    """Say why `person` cannot have collected it; empty when he can."""
    # Whoever was in the team when it was collected may be named, also after leaving it.
    if not selectors.staff_ever(draft.case).filter(pk=person.pk).exists():
        return _("This person is not procuratorial staff of the handling team (Rules 36).")
    if not people.could_act(draft.case, person, draft.obtained_on or clock.today()):
        return _(
            "This person could not act in the case on that day: no role in casework, or a granted "
            "recusal (Rules 19, 36). Name another person."
        )
    return ""


def _keep(draft: Exhibit, blob: Blob, case: Case) -> None:
    last = Exhibit.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    draft.number = last + 1
    draft.sha256, draft.size, draft.media_type = blob.sha256, blob.size, blob.media_type
    draft.save()


def _record_added(exhibit: Exhibit, *, actor: User) -> None:
    audit.record(
        actor=actor,
        action="exhibit.added",
        object_type="exhibit",
        object_id=exhibit.pk,
        details={"number": exhibit.number, "sha256": exhibit.sha256, "size": exhibit.size},
        **acts.audit_scope(exhibit.case),
    )


@transaction.atomic
def withdraw_exhibit(*, actor: User, exhibit: Exhibit, reason: str) -> Withdrawal:
    """Say that the team no longer relies on an exhibit; nothing is deleted.

    Raises:
        Invalid: there is no reason.
        NotPermitted: the actor is not in the handling team.
        Conflict: it is withdrawn already, or the case has ended.
    """
    case = locked_for_writing(actor, exhibit.case)
    if not reason.strip():
        sentence = _("Say why the exhibit is withdrawn.")
        raise Invalid(sentence, errors={"reason": [sentence]})
    if Withdrawal.objects.filter(exhibit=exhibit).exists():
        raise Conflict(_("This exhibit is withdrawn already."), code="already_withdrawn")
    withdrawal = Withdrawal.objects.create(
        exhibit=exhibit, reason=reason.strip(), withdrawn_by=actor
    )
    acts.raise_version(case)
    audit.record(
        actor=actor,
        action="exhibit.withdrawn",
        object_type="exhibit",
        object_id=exhibit.pk,
        details={"number": exhibit.number},
        **acts.audit_scope(case),
    )
    return withdrawal
