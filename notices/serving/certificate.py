"""The certificate of service (送达证明): which documents were served on whom, how and when, with the proofs.

The table of document types (law 7.2) knows none, so it bears no number and is not kept: it is made anew from
the record whenever it is asked for. Only what was validly served stands in it. Proofs are named by number and
digest, never by file name: a name somebody typed may hold what a certificate must not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office
from audit.errors import Conflict
from cases.models import Attachment
from documents.model import (
    Alignment,
    Closing,
    Column,
    OfficialDocument,
    Paragraph,
    Table,
)
from documents.numerals import chinese_date
from notices.catalogue import TYPES
from notices.models import DocumentStatus, Method, Outcome, Service

# In millimetres of the 156 of a line: a number such as 江云检民公立〔2026〕12号 keeps to its line.
COLUMNS = (
    Column("序号", 12, Alignment.CENTER),
    Column("文书、文号", 55),
    Column("受送达人", 24),
    Column("送达方式", 20),
    Column("送达日期", 20),
    Column("签收、见证", 25),
)
PROOF_COLUMNS = (
    Column("序号", 3, Alignment.CENTER),
    Column("证明材料", 6),
    Column("附件编号", 4, Alignment.CENTER),
    Column("SHA-256", 16),
)
# What proves each way of service; the rest has a receipt of service (D-80).
_PROOFS: dict[str, str] = {
    Method.POSTAL: TYPES["D-81"].title_zh,
    Method.ELECTRONIC: "电子送达凭证",
    Method.PUBLIC_NOTICE: "公告材料",
}


def validly_served(services: Sequence[Service]) -> list[Service]:
    """Return what a certificate may name, in the order of the days of service.

    Raises:
        Conflict: nothing was served yet.
    """
    found = [
        row for row in services if row.is_served and row.document.status != DocumentStatus.VOID
    ]
    if not found:
        raise Conflict(
            _(
                "Nothing is validly served yet. Enter first how the services ended, with the receipts."
            ),
            code="nothing_served",
            law="CPL 87; EMS 8, 9",
        )
    return sorted(found, key=lambda row: (_outcome(row).standing_day, row.pk))


def certificate_of(
    services: Sequence[Service], *, office: Office, title: str, day: date
) -> OfficialDocument:
    """Return the certificate of these valid services, always in Chinese.

    Args:
        title: of the case or lead.
        day: of the certificate.
    """
    with translation.override("zh-hans"):
        return OfficialDocument(
            issuer=office.name,
            name="送达证明",
            blocks=(
                Paragraph(f"本院办理的{title}，下列文书已经依法送达："),
                Table(COLUMNS, tuple(_row(n, row) for n, row in enumerate(services, start=1))),
                Paragraph("证明材料存卷备查："),
                Table(PROOF_COLUMNS, tuple(_proofs(services))),
                Paragraph("特此证明。"),
            ),
            closing=Closing(issuer=office.name, day=day),
        )


def _row(position: int, service: Service) -> tuple[str, ...]:
    outcome = _outcome(service)
    document = service.document
    return (
        str(position),
        f"{document.title}\n{document.number}".strip(),
        service.name,
        str(service.get_method_display()),
        chinese_date(outcome.standing_day).replace("年", "年\n"),
        _received_by(outcome),
    )


def _received_by(outcome: Outcome) -> str:
    if outcome.receiver_name:
        return f"{outcome.receiver_name}（{outcome.get_receiver_display()}）"
    return f"见证人：{outcome.witnesses}" if outcome.witnesses else "—"


def _proofs(services: Sequence[Service]) -> Iterator[tuple[str, ...]]:
    """Yield what proves each service: its kind, where it lies, and its digest in lines that fit."""
    for position, service in enumerate(services, start=1):
        outcome = _outcome(service)
        kind = _PROOFS.get(service.method, TYPES["D-80"].title_zh)
        yield _proof(position, kind, outcome.proof)
        if outcome.recording is not None:
            yield _proof(position, "留置照片或者录像", outcome.recording)


def _proof(position: int, kind: str, file: Attachment) -> tuple[str, ...]:
    digest = f"{file.sha256[:32]}\n{file.sha256[32:]}"
    return (str(position), kind, str(file.pk), digest)


def _outcome(service: Service) -> Outcome:
    assert service.ended is not None  # held by `validly_served`
    return service.ended
