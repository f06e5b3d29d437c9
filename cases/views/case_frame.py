"""What every page of a case shows around its own part: identity, warnings, track and tabs."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.base import ActView, StaffPage, StaffView
from cases.models import Case, LegalBasis
from cases.selectors import people
from cases.selectors.events import standing_events
from cases.selectors.matters import get_case
from cases.services.team import may_assign
from cases.track import track_of


class CaseMixin(StaffView):
    """A page below a case: loads the case of the address as the actor sees it."""

    case: Case
    tab = ""

    def prepare(self) -> None:
        """Load the case.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.case = get_case(self.actor, self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc, no-any-return]
            **frame_of(self.actor, self.case, self.tab), **kwargs
        )


class CasePage(CaseMixin, StaffPage):
    """A page that shows a part of a case."""


class CaseAct(CaseMixin, ActView):
    """A form that carries out one act on a case."""

    template_name = "cases/case_act.html"

    def back(self) -> str:
        return self.case.get_absolute_url()


def tabs_of(case: Case, current: str) -> list[dict[str, Any]]:
    """Return the tabs of a case: title, address, whether it is the present one."""
    titles = {
        "case_detail": _("Overview"),
        "case_parties": _("Parties"),
        "exhibit_list": _("Evidence"),
        "document_list_of_case": _("Documents"),
        "case_deadlines": _("Deadlines"),
        "case_tasks": _("Tasks"),
        "case_people": _("Team and recusal"),
        "case_contacts": _("Contacts and notes"),
        "case_links": _("Linked cases"),
        "case_record": _("Record of acts"),
    }
    return [
        {"title": title, "address": address, "current": name == current}
        for name, title in titles.items()
        if (address := _address(name, case.key))
    ]


def _address(name: str, key: str) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def frame_of(actor: User, case: Case, tab: str) -> dict[str, Any]:
    """Return the context of templates/cases/case_base.html."""
    team = list(people.open_team(case))
    events = list(standing_events(case).exclude(to_state=""))
    return {
        "case": case,
        "legal_bases": [LegalBasis(basis).label for basis in case.legal_bases],
        "tab": tab,
        "tabs": tabs_of(case, tab),
        "track": track_of(case, events),
        "team": team,
        "lead_handler": next((row.user for row in team if row.position == "lead"), None),
        "pending_recusals": list(
            people.recusals_of(case).filter(people.PENDING).select_related("person")
        ),
        "is_member": any(row.user_id == actor.pk for row in team),
        "is_handler": any(
            row.user_id == actor.pk and row.position in ("lead", "handler") for row in team
        ),
        "may_assign": may_assign(actor, case),
    }
