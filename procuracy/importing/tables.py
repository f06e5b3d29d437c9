"""The tables an import writes, with their columns, in the order in which they are copied."""

from __future__ import annotations

from audit import clock
from audit.models import AuditEvent, AuditHead, AuditPending
from cases.forms.parties import PartyForm
from cases.models import (
    BackEntry,
    Case,
    Event,
    FormerCase,
    Lead,
    LeadAssessment,
    Party,
    TeamMember,
    TeamPosition,
)
from deadlines.models import Deadline
from procuracy.importing.copying import Table
from procuracy.importing.setting import Setting

AUDITED = (
    "id",
    "scope",
    "sequence",
    "case_id",
    "lead_id",
    "actor_id",
    "on_behalf_of_id",
    "action",
    "object_type",
    "object_id",
)
LEAD_FACTS = (
    "title",
    "source",
    "source_detail",
    "received_on",
    "summary",
    "suspected_processor",
    "confidential",
    "reporter_name",
    "reporter_contact",
    "reporter_confidential",
)
CASE_FACTS = (
    "act_place",
    "harm_place",
    "persons_concerned",
    "items_concerned",
    "minors_concerned",
    "sensitive",
    "violator_unknown",
    "severe",
)
ASSESSMENT_FACTS = (
    "truthfulness",
    "truthfulness_reason",
    "feasibility",
    "feasibility_reason",
)
DEADLINE_DAYS = (
    "start_day",
    "start_instant",
    "nominal_day",
    "effective_day",
    "effective_instant",
    "backwards",
    "provisional",
    "at_least",
    "derivation",
    "terms",
)


def empty_tables(setting: Setting) -> dict[str, Table]:
    """Return the empty tables in the order in which they are copied."""
    now, office, by = setting.now, setting.office.pk, setting.asked_by.pk
    year = clock.today().year
    standing = setting.standing.on_behalf_of
    return {
        "events": Table(
            Event,
            *("id", "lead_id", "case_id", "kind", "legal_day", "recorded_by_id", "on_behalf_of_id"),
            *("machine", "object_id", "transition", "from_state", "to_state", "facts", "reason"),
            same={"recorded_at": now},
        ),
        "parties": Table(
            Party,
            *("id", "case_id", *PartyForm.Meta.fields, "initials", "created_by_id"),
            same={"created_at": now},
        ),
        "leads": Table(
            Lead,
            *("id", "key", "department_id", "serial", "state", "version", "handler_id", "initials"),
            *LEAD_FACTS,
            same={"created_at": now, "office_id": office, "created_by_id": by, "year": year},
        ),
        "cases": Table(
            Case,
            *("id", "key", "department_id", "year", "serial", "state", "version", "lead_id"),
            *("created_by_id", "title", "initials", "confidential", "legal_bases", "filed_on"),
            *("summary", "rulebook", *CASE_FACTS),
            same={"created_at": now, "office_id": office},
        ),
        "assessments": Table(
            LeadAssessment,
            *("lead_id", "assessed_by_id", *ASSESSMENT_FACTS),
            same={"assessed_at": now},
        ),
        "team": Table(
            TeamMember,
            *("case_id", "user_id"),
            same={"position": TeamPosition.LEAD.value, "since": now},
        ),
        "back_entries": Table(
            BackEntry,
            *("lead_id", "case_id"),
            same={
                "reason": setting.reason,
                "asked_by_id": by,
                "asked_at": now,
                "agreed_by_id": setting.agreed_by.pk,
                "on_behalf_of_id": standing.pk if standing else None,
                "agreed_at": now,
            },
        ),
        "former": Table(
            FormerCase,
            *("case_id", "reference", "sha256"),
            same={"office_id": office, "imported_at": now},
        ),
        "deadlines": Table(
            Deadline,
            *("id", "lead_id", "case_id", "rule", "rulebook", "title_zh", "title_en", "article"),
            *("kind", "start_event_id", "state", "ended_by_id", "duty_holder_id", "grounds"),
            *DEADLINE_DAYS,
            same={"created_at": now},
        ),
        "audit": Table(
            AuditEvent,
            *(*AUDITED, "canonical", "previous", "mac"),
            same={
                "at": now,
                "office_id": office,
                "actor_kind": "user",
                "outcome": "success",
                **_sealed_with(),
            },
        ),
        "pending": Table(AuditPending, "event_id"),
        "heads": Table(AuditHead, "scope", "sequence", "mac"),
    }


def _sealed_with() -> dict[str, int]:
    from django.conf import settings

    return {"algorithm": settings.AUDIT_ALGORITHM, "key_id": settings.AUDIT_KEY_ID}
