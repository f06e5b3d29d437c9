"""What a paper tells of the event it becomes: with what the form of each kind begins.

One table for the pages and the API. A kind names its fields itself, because a field of the same name says
other things in other kinds. What a paper does not tell stays empty; all of it may be changed by the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from accounts.models import Office
from cases.forms.base import FactsForm
from cases.models import Case, Lead
from cases.registries import event_kinds
from exchange.models import Paper
from litigation.forms.claims import defendants_of
from litigation.forms.judging import party_choices
from litigation.models import Court
from litigation.models.subject import subjects_in_force

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Told:
    """A paper as what it tells of the matter it belongs to; every look-up is made once."""

    paper: Paper
    matter: Matter

    @cached_property
    def party(self) -> str | None:
        """The party of the suit that sent it or gets it, as choices of parties name it."""
        named = {name: key for key, name in party_choices(self.matter)}
        return named.get(self.paper.correspondent)

    @cached_property
    def defendant(self) -> int | None:
        """The defendant that sent it or gets it."""
        found = defendants_of(self.matter).filter(name=self.paper.correspondent).first()
        return found.pk if found else None

    @cached_property
    def office(self) -> int | None:
        """The office of that name."""
        rows = Office.objects.filter(name=self.paper.correspondent)
        return rows.values_list("pk", flat=True).first()

    @cached_property
    def court(self) -> int | None:
        """The court of that name in the table of courts."""
        rows = Court.objects.filter(name=self.paper.correspondent)
        return rows.values_list("pk", flat=True).first()

    @cached_property
    def subject(self) -> int | None:
        """The body of that name in the list of eligible subjects (CPL 58)."""
        found = subjects_in_force().filter(name=self.paper.correspondent).first()
        return found.pk if found else None

    @property
    def of_court(self) -> bool:
        """Whether it came from a court or went there; a court sends on what others wrote."""
        return "法院" in self.paper.correspondent


Tells = Callable[[Told], Any]


def who(told: Told) -> str:
    """The sender or addressee."""
    return told.paper.correspondent


def who_is_not_listed(told: Told) -> str:
    """The sender, where the list of eligible subjects does not name it already."""
    return "" if told.subject else told.paper.correspondent


def who_is_no_court(told: Told) -> str:
    """The sender or addressee, unless a court sent on what somebody else wrote."""
    return "" if told.of_court else told.paper.correspondent


def who_is_a_court(told: Told) -> str:
    """The court that sent it."""
    return told.paper.correspondent if told.of_court else ""


def number(told: Told) -> str:
    """The number its author gave it."""
    return told.paper.their_number


def what(told: Told) -> str:
    """What it is about."""
    return told.paper.subject


def day(told: Told) -> Any:
    """The day of receipt; of a paper that went out none is known."""
    return told.paper.day if told.paper.came_in else None


def means(told: Told) -> str:
    """How it travelled."""
    return str(told.paper.get_medium_display())


def a_party(told: Told) -> str | None:
    """The party of the suit of that name."""
    return told.party


def a_defendant(told: Told) -> int | None:
    """The defendant of that name."""
    return told.defendant


def an_office(told: Told) -> int | None:
    """The office of that name."""
    return told.office


def a_court(told: Told) -> int | None:
    """The court of that name."""
    return told.court


def a_subject(told: Told) -> int | None:
    """The eligible subject of that name."""
    return told.subject


# The fields of each kind that a paper tells, beside the day every event has.
TOLD_BY_A_PAPER: Mapping[str, Mapping[str, Tells]] = {
    # before the suit
    "investigative_act": {"content": what},
    "direction_recorded": {"direction": what},
    "superior_directed": {"superior": an_office, "number": number, "content": what},
    "staff_lent": {"superior": an_office, "number": number},
    "announcement_published": {"medium": who},
    "announcement_reply": {"subject": a_subject, "name": who_is_not_listed, "content": what},
    "review_extended_further": {"approval_number": number},
    "period_extension_approved": {"approval_number": number},
    "work_commissioned": {"institution": who},
    "work_reported": {"result": what},
    "support_begun": {"court": who_is_a_court, "court_case_number": number},
    "support_given": {"content": what},
    "case_transferred": {"consignment": means},
    "jurisdiction_negotiated": {"other_office": an_office},
    "jurisdiction_designated": {"superior": an_office, "number": number},
    # the suit
    "suit_rejected": {"ruling_number": number},
    "suit_accepted": {"court_case_number": number},
    "complaint_served": {"defendant": a_defendant},
    "complaint_reported": {"recipient": who},
    "defence_received": {"defendant": a_defendant, "content": what},
    "departments_notified": {"departments": who_is_no_court},
    "plaintiff_joined": {"plaintiff": who_is_no_court},
    "counterclaim_refused": {"content": what},
    "court_changed": {"court": a_court, "court_case_number": number},
    "court_explained": {"explanation": what},
    "mediation_effective": {"document_number": number},
    "suit_withdrawn": {"ruling_number": number},
    # judgment and appeal
    "judged": {"judgment_number": number},
    "judgment_served": {"party": a_party},
    "judgment_reported": {"recipient": who},
    "superior_ordered": {"order_number": number},
    "opponent_appealed": {"party": a_party, "received_on": day, "content": what},
    "appeal_served": {"party": a_party},
    "appeal_answered": {"party": a_party, "content": what},
    "second_instance_judged": {"judgment_number": number},
    "judgment_remanded": {"ruling_number": number},
    "appeal_withdrawn": {"ruling_number": number},
    "retrial_applied": {"applicant": who_is_no_court},
    "protest_lodged": {"superior": an_office, "document_number": number},
    "retrial_judged": {"judgment_number": number},
    # performance
    "enforcement_filed": {"number": number},
    "court_measure_logged": {"content": what},
    "enforcement_completed": {"number": number},
}


def told_of(kind: str, told: Told) -> dict[str, Any]:
    """Return what the form of an event of `kind` begins with, by field; what is not told is left out."""
    found: dict[str, Any] = {"legal_day": told.paper.day} if _asks_its_day(kind) else {}
    fields = TOLD_BY_A_PAPER.get(kind, {})
    return found | {name: value for name, tells in fields.items() if (value := tells(told))}


def _asks_its_day(kind: str) -> bool:
    form = event_kinds[kind].form
    return form is not None and issubclass(form, FactsForm) and form.asks_legal_day
