"""The types of obligations and the evidence each is verified by (law 8.4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from litigation.models import ClaimKind


class ItemType(models.TextChoices):
    """EI-1 to EI-10 of law 8.4."""

    DELETE = "EI-1", _("Delete data")
    STOP = "EI-2", _("Stop an act")
    APOLOGY = "EI-3", _("Apology")
    DAMAGES = "EI-4", _("Damages")
    MESSAGE = "EI-5", _("Public messages or announcement")
    CANCELLATION = "EI-6", _("Cancellation of accounts or numbers")
    RECTIFICATION = "EI-7", _("Rectification programme, audit")
    COSTS = "EI-8", _("Costs")
    SERVICE = "EI-9", _("Education or public service")
    INTERIM_ORDER = "EI-10", _("Injunction or preservation obeyed")


MONEY_ITEMS = (ItemType.DAMAGES, ItemType.COSTS)
# Obedience is shown by tests, at intervals.
REFRAIN_ITEMS = (ItemType.STOP, ItemType.INTERIM_ORDER)

# The type a paragraph has by the kind of its claim (law 8.1, 8.4).
TYPE_OF_KIND: dict[str, ItemType] = {
    ClaimKind.CEASE: ItemType.STOP,
    ClaimKind.REMOVE_OBSTRUCTION: ItemType.STOP,
    ClaimKind.REMOVE_DANGER: ItemType.RECTIFICATION,
    ClaimKind.DELETE: ItemType.DELETE,
    ClaimKind.RESTORE: ItemType.CANCELLATION,
    ClaimKind.APOLOGY: ItemType.APOLOGY,
    ClaimKind.REPUTATION: ItemType.APOLOGY,
    ClaimKind.DAMAGES: ItemType.DAMAGES,
    ClaimKind.PUNITIVE: ItemType.DAMAGES,
    ClaimKind.PUBLIC_SERVICE: ItemType.SERVICE,
    ClaimKind.COSTS: ItemType.COSTS,
    ClaimKind.RECTIFICATION: ItemType.RECTIFICATION,
    ClaimKind.NOTICE: ItemType.MESSAGE,
    ClaimKind.STOP_PUSH: ItemType.STOP,
}


class EvidenceKind(models.TextChoices):
    """What an uploaded paper shows."""

    CERTIFICATE = "certificate", _("Deletion certificate")
    LOGS = "logs", _("System logs")
    SUB_PROCESSORS = "sub_processors", _("Statement from sub-processors")
    RETENTION = "retention", _("Ground for keeping what must not be deleted yet (PIPL 47)")
    SAMPLE = "sample", _("Forensic sample by two persons with a technician")
    SNAPSHOT = "snapshot", _("Hash of the earlier snapshot")
    TEST = "test", _("Report of a monitoring test")
    PUBLICATION = "publication", _("Copy of the publication, address or screenshot")
    BANK_RECEIPT = "bank_receipt", _("Bank receipt")
    PAYEE = "payee", _("Confirmation of the payee")
    OPERATOR = "operator", _("Certificate of the operator")
    AUDIT_REPORT = "audit_report", _("Audit report")
    IMPACT_RECORD = "impact_record", _("Record of the impact assessment")
    ATTENDANCE = "attendance", _("Attendance list or photos")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class Proof:
    """What a type of obligation is verified by.

    Attributes:
        needed: the kinds of evidence without which nobody can verify it.
        instead: one kind that stands for all of them; empty where none does.
        also: what is usual beside.
        article: where the type comes from.
    """

    needed: tuple[EvidenceKind, ...]
    article: str
    instead: str = ""
    also: tuple[EvidenceKind, ...] = ()


Kind = EvidenceKind
PROOFS: dict[str, Proof] = {
    ItemType.DELETE: Proof(
        (Kind.CERTIFICATE, Kind.LOGS, Kind.SUB_PROCESSORS),
        "PIPL 47; CPL 263; CPLI 501-505",
        instead=Kind.RETENTION,
        also=(Kind.SAMPLE, Kind.SNAPSHOT),
    ),
    ItemType.STOP: Proof((Kind.TEST,), "CPL 264; CPLI 505"),
    ItemType.APOLOGY: Proof((Kind.PUBLICATION,), "CC 1000; CPL 266"),
    ItemType.DAMAGES: Proof((Kind.BANK_RECEIPT, Kind.PAYEE), "CPL 253, 264; CPLI 483"),
    ItemType.MESSAGE: Proof((Kind.OPERATOR,), "CPL 263"),
    ItemType.CANCELLATION: Proof((Kind.OPERATOR,), "CPL 263"),
    ItemType.RECTIFICATION: Proof(
        (Kind.AUDIT_REPORT, Kind.TEST), "PIPL 51-56; CPLI 461", also=(Kind.IMPACT_RECORD,)
    ),
    ItemType.COSTS: Proof((Kind.BANK_RECEIPT,), "CPL 253, 264"),
    ItemType.SERVICE: Proof((Kind.ATTENDANCE,), "law 8.4"),
    ItemType.INTERIM_ORDER: Proof((Kind.TEST,), "CPL 103, 114, 118-119"),
}


def missing_evidence(item_type: str, shown: Collection[str]) -> list[EvidenceKind]:
    """Return the kinds of evidence without which an obligation of this type cannot be verified."""
    proof = PROOFS[item_type]
    if proof.instead and proof.instead in shown:
        return []
    return [kind for kind in proof.needed if kind not in shown]
