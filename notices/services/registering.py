"""Filing a finished document under its code, with the number, day and signer it bears."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, Invalid
from cases.models import Case, Lead
from cases.models.work import FILE_DOCUMENT
from cases.selectors import back_entry
from cases.selectors.events import corrected
from cases.services import acts, tasks
from cases.services.days import first_day, require_day
from documents.names import safe_name
from documents.store import put_upload
from notices import selectors
from notices.catalogue import TYPES, Approval, DocumentType, Numbering
from notices.masking.filed import search
from notices.models import Document, DocumentStatus
from notices.series import every_series
from notices.services.approving import deciding_event
from notices.services.common import note, require_worker
from notices.services.drafting import fitting_type
from notices.services.issuing import name_case_by, require_signer
from notices.services.numbering import read_number, register_number

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Filing:
    """What is stated of a finished document.

    Attributes:
        number: the number it bears; empty when it bears none.
        signer: the person of the office who signed; None when it came from elsewhere or from a time
            before the office's people were recorded (then `signer_name`).
        confirmed: names of the contents somebody read in the document and confirms.
        corrects: the document it corrects.
        own_contact: telephone and the like of the office, as a paper for the public says them (Rules 91(4)).
    """

    code: str
    signed_day: date
    number: str = ""
    signer: User | None = None
    signer_name: str = ""
    title: str = ""
    confirmed: Collection[str] = field(default_factory=tuple)
    corrects: Document | None = None
    own_contact: str = ""


def task_kind(code: str) -> str:
    """Return the kind of the task that asks for a document of this type."""
    return f"{FILE_DOCUMENT}{code}"


@transaction.atomic
def register_document(
    *, actor: User, matter: Matter, filing: Filing, upload: UploadedFile[Any]
) -> Document:
    """File an uploaded document with the number, day and signer it bears.

    Raises:
        NotPermitted: the actor is not in the handling team, or the signer could not sign.
        Invalid: the type does not fit, the day lies in the future, the file is empty, the number does
            not have the pattern of the office, it is not said who signed, or a paper for the public names
            a person by number (CC 1034).
        Conflict: another document bears the number, the corrected one is corrected already, or the decision
            of this type stands already.
    """
    kind = fitting_type(filing.code, matter)
    require_worker(actor, matter)
    acts.lock(matter)
    require_day(filing.signed_day, field="signed_day")
    _require_day_in_order(matter, filing)
    _require_only_one(matter, filing)
    document = _row(kind, matter, filing, actor)
    _require_signed(document, filing)
    _require_number(document, filing)
    search(
        document,
        upload,
        own_contact=filing.own_contact,
        published=back_entry.is_running(matter),
    )
    _keep_file(document, upload)
    document.save()
    if kind.numbering is Numbering.WORD and filing.number.strip():
        if not _of_older_pattern(document):
            register_number(document=document, text=filing.number, actor=actor)
        name_case_by(document)
    tasks.close_kind(
        matter=matter, kind=task_kind(kind.code), closed_by=actor, note=document.number
    )
    note(document, actor, "registered", sha256=document.sha256)
    return document


def _require_day_in_order(matter: Matter, filing: Filing) -> None:
    """Refuse a signature of this office before the matter itself or the decision put into words.

    A paper of somebody else may well be older than the matter it came into.
    """
    if not TYPES[filing.code].signed_by_chief:
        return
    first = first_day(matter.lead if isinstance(matter, Case) and matter.lead else matter)
    event = deciding_event(matter, filing.code)
    if event is not None:
        first = max(first, corrected(event)[0])
    if filing.signed_day < first:
        sentence = _("It cannot have been signed before %(day)s.") % {"day": first}
        raise Invalid(sentence, errors={"signed_day": [sentence]}, code="day_out_of_order")


def _require_only_one(matter: Matter, filing: Filing) -> None:
    """Refuse a second document of a decision that is taken once (norm C159: it is corrected instead)."""
    if filing.corrects is not None or deciding_event(matter, filing.code) is None:
        return
    standing = selectors.standing(matter, filing.code).filter(status=DocumentStatus.ISSUED).first()
    if standing is not None:
        sentence = _(
            "“%(title)s” %(number)s stands already. Correct it, or declare it void first."
        ) % {
            "title": standing.type.title,
            "number": standing.number,
        }
        raise Conflict(sentence, code="decision_exists", details={"document": standing.pk})


def _row(kind: DocumentType, matter: Matter, filing: Filing, actor: User) -> Document:
    confirmed = [item for item in kind.contents if item.name in filing.confirmed]
    return Document(
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        office=matter.office,
        code=kind.code,
        template=kind.template if kind is not TYPES[kind.code] else "",
        title=filing.title.strip()[:200] or kind.title_zh,
        status=DocumentStatus.ISSUED,
        uploaded=True,
        content={item.name: {"value": "✓", "source": "person"} for item in confirmed},
        number=filing.number.strip(),
        signer=filing.signer,
        signer_name=filing.signer.name if filing.signer else filing.signer_name.strip()[:100],
        signed_day=filing.signed_day,
        issued_at=clock.now(),
        issued_by=actor,
        created_by=actor,
        edited_by=actor,
        corrects=_corrected(kind, matter, filing.corrects),
        correction_reason=_("Corrected document filed") if filing.corrects else "",
    )


def _corrected(kind: DocumentType, matter: Matter, earlier: Document | None) -> Document | None:
    if earlier is None:
        return None
    if earlier.code != kind.code or earlier.matter != matter:
        sentence = _("A document corrects only one of the same type and matter.")
        raise Invalid(sentence, errors={"corrects": [sentence]}, code="wrong_correction")
    if earlier.corrections.exclude(status=DocumentStatus.VOID).exists():
        raise Conflict(_("That document is corrected already."), code="correction_exists")
    return earlier


def _require_signed(document: Document, filing: Filing) -> None:
    """What goes out in the name of the office is signed by who could sign that day (norm C119).

    A bare name is enough only for a document of others, or of a day before the office's chief is
    recorded here.
    """
    if not document.type.signed_by_chief:
        return
    if filing.signer is not None:
        require_signer(document, filing.signer, filing.signed_day)
        return
    known = accounts.holders(document.office, Role.CHIEF, filing.signed_day).exists()
    if known or not filing.signer_name.strip():
        sentence = _("Name the person of the office who signed.")
        raise Invalid(sentence, errors={"signer": [sentence]}, code="signer_missing", law="Rules 5")


def _require_number(document: Document, filing: Filing) -> None:
    kind = document.type
    if kind.numbering is not Numbering.WORD or kind.approval is Approval.OUTSIDE:
        return
    if _of_older_pattern(document):
        _require_unused(document)
    elif filing.number.strip():
        _series, year, _count = read_number(document.office, kind, filing.number)
        if year != filing.signed_day.year:
            sentence = _("The number is of %(year)s, the signature of %(signed)s.") % {
                "year": year,
                "signed": filing.signed_day.year,
            }
            raise Invalid(sentence, errors={"number": [sentence]}, code="number_of_other_year")
    elif kind.codes:
        sentence = _("“%(title)s” bears a number of the office. Enter it.") % {"title": kind.title}
        raise Invalid(sentence, errors={"number": [sentence]}, code="number_missing", law="PRR 7")


def _of_older_pattern(document: Document) -> bool:
    """Say whether a paper entered from before bears a number of a pattern the office no longer uses.

    Such a number stands as it is on the paper: the series of today knows nothing of it.
    """
    known = every_series(document.office, document.type)
    other = bool(document.number and known) and not any(
        series.read(document.number) for series in known
    )
    return other and back_entry.is_running(document.matter)


def _require_unused(document: Document) -> None:
    bearer = (
        Document.objects.filter(office=document.office, number=document.number)
        .exclude(status=DocumentStatus.VOID)
        .first()
    )
    if bearer is not None:
        sentence = _("The number %(number)s stands on “%(title)s” already.")
        values = {"number": document.number, "title": bearer.title}
        details = {"number": document.number, "document": bearer.pk}
        raise Conflict(sentence % values, code="number_taken", law="PRR 7", details=details)


def _keep_file(document: Document, upload: UploadedFile[Any]) -> None:
    blob = put_upload(upload)
    document.file_name = safe_name(upload.name or "")
    document.media_type = blob.media_type
    document.sha256 = document.digest = blob.sha256
    document.size = blob.size
