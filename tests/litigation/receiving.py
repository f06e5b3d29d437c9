"""A case on its way to the office at the competent court (T20), for tests of what becomes of it there."""

from __future__ import annotations

from accounts.models import Role
from cases.models import Case
from cases.services import corrections, proposals
from litigation.models import CaseTransfer
from tests.litigation import suit
from tests.support.days import on
from tests.support.documents import filed, final
from tests.support.matters import approve, propose, record, upload
from tests.support.people import Cast, make_department, make_office, make_user


class Receiving:
    """The office at the competent court and its people."""

    def __init__(self, cast: Cast) -> None:
        self.office = make_office(parent=cast.city_office)
        department = make_department(self.office)
        self.intake = make_user(self.office, Role.INTAKE, name="收案")
        self.prosecutor = make_user(
            self.office, Role.PROSECUTOR, name="承办", department=department
        )


def sent(cast: Cast, case: Case, receiving: Receiving) -> CaseTransfer:
    """Report, propose, approve and carry the transfer out."""
    facts = {
        "target_office": receiving.office.pk,
        "competent_court": suit.internet_court().pk,
        "transfer_ground": "互联网公益诉讼由该院集中管辖。",
    }
    with on(2026, 4, 10):
        record(
            cast.handler,
            case,
            "S03",
            {"legal_day": "2026-04-10", "outcome": "transfer", "conclusion": "移送"},
        )
        final(case, "D-43", cast.handler)
        filed(case, "D-47", cast.handler, cast.chief)
        case.refresh_from_db()
        proposal = approve(propose(case, "T20", facts, cast.handler), cast.head, cast.chief)
        proposals.carry_out(
            actor=cast.handler,
            proposal=proposal,
            data={"legal_day": "2026-04-10", "consignment": "机要通道"},
            files={"receipt": upload()},
        )
    case.refresh_from_db()
    return CaseTransfer.objects.get(source=case)


def annul(cast: Cast, case: Case) -> None:
    """Let the chief annul the last sending."""
    event = case.events.filter(kind="case_transferred").latest("pk")
    corrections.annul_transition(actor=cast.chief, event=event, reason="误送")
