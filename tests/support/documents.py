"""Documents for tests, drafted and finished through the services of their room."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.selectors.events import reference_of, standing_events
from documents.model import Support, SupportKind
from documents.store import put_stream
from notices import services
from notices.catalogue import TYPES
from notices.models import Document, DocumentStatus
from notices.services.registering import Filing, register_document
from notices.sourcing.sentences import sentences_of
from notices.sourcing.services import set_sources

_numbers = count(1)


def filled(document: Document, actor: Any, **values: str) -> Document:
    """Complete every required content that is empty and change those given."""
    missing = {
        item.name: "已查明。"
        for item in document.type.contents
        if item.required and not item.fixed and not document.values.get(item.name)
    }
    return services.edit_document(
        actor=actor, document=document, values=missing | values, version=document.version
    )


def final(matter: Any, code: str, actor: Any, **values: str) -> Document:
    """Draft (when there is none), complete and make final."""
    document = Document.objects.filter(
        code=code, status="draft", **{matter.relation: matter}
    ).first()
    document = document or services.draft_document(actor=actor, matter=matter, code=code)
    document = filled(document, actor, **values)
    if document.type.needs_sources:
        document = supported(document, actor)
    return services.finalise_document(actor=actor, document=document)


def supported(document: Document, actor: Any) -> Document:
    """Let every sentence of fact that rests on nothing rest on the first event of the matter."""
    event = standing_events(document.matter).first()
    for sentence in sentences_of(actor, document):
        if not sentence.stands:
            document = set_sources(
                actor=actor,
                document=document,
                content=sentence.content.name,
                position=sentence.position,
                supports=[Support(SupportKind.EVENT, reference_of(event))],
                version=document.version,
            )
    return document


def _number(matter: Any, kind: Any) -> str:
    """Return a number that nobody else bears, where the type has a number word."""
    if not kind.codes:
        return ""
    word = f"{matter.office.short_name}检{kind.codes[0].track}{kind.codes[0].type}"
    return f"{word}〔{clock.today().year}〕{next(_numbers)}号"


def filed(
    matter: Any, code: str, actor: Any, signer: Any, *, without: str = "", corrects: Any = None
) -> Document:
    """File a finished document, signed today, with every content confirmed but one where it is named."""
    kind = TYPES[code]
    filing = Filing(
        code=code,
        number=_number(matter, kind),
        signed_day=clock.today(),
        signer=signer,
        confirmed=[item.name for item in kind.contents if item.name != without],
        corrects=corrects,
    )
    upload = SimpleUploadedFile(f"{code}.pdf", b"%PDF-1.7 " + code.encode(), "application/pdf")
    return register_document(actor=actor, matter=matter, filing=filing, upload=upload)


def left_from_before(matter: Any, code: str, actor: Any, signer: Any) -> Document:
    """Leave an issued document that is not made for such a matter any more, as older cases hold it."""
    kind = TYPES[code]
    blob = put_stream([b"%PDF-1.7 " + code.encode()])
    return Document.objects.create(
        **{matter.relation: matter},
        office=matter.office,
        code=code,
        title=kind.title_zh,
        status=DocumentStatus.ISSUED,
        uploaded=True,
        content={item.name: {"value": "✓", "source": "person"} for item in kind.contents},
        number=_number(matter, kind),
        signer=signer,
        signer_name=signer.name,
        signed_day=clock.today(),
        issued_at=clock.now(),
        issued_by=actor,
        created_by=actor,
        edited_by=actor,
        sha256=blob.sha256,
        size=blob.size,
        media_type="application/pdf",
    )
