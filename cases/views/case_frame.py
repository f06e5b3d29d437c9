"""What every page of a case shows around its own part: identity, warnings, track and tabs."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, Field
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.base import StaffPage
from audit.errors import Conflict, Refusal
from cases.models import Case, LegalBasis
from cases.selectors import people
from cases.selectors.events import standing
from cases.selectors.matters import get_case
from cases.services.leads import record_reading
from cases.services.team import may_assign
from cases.services.work import end_presence
from cases.track import exits_of, stages_of, track_of
from cases.views.matter_frame import MatterAct, MatterView, RefusableAct, presence

# What the case of the other track has no part of.
OF_CIVIL_CASES = ("case_suit", "obligation_list")
OF_AUTHORITIES = ("case_recommendation",)


class CaseView(MatterView):
    """A page below a case: loads the case of the address as the actor sees it."""

    case: Case

    def prepare(self) -> None:
        """Load the case.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.matter = self.case = get_case(self.actor, self.kwargs["key"])


class CasePage(CaseView, StaffPage):
    """A page that shows a part of a case in the frame of the case; the look is recorded (norm C131)."""

    tab = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_reading(actor=self.actor, matter=self.case)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**frame_of(self.actor, self.case, self.tab) | kwargs)


class CaseAct(CaseView, MatterAct):
    """A form that carries out one act on a case.

    Where `section` names the part the form changes, people who have it open see one another; that is
    a hint, never a lock: the version of the row decides.
    """

    template_name = "cases/case_act.html"
    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if section := self.presence_section():
            kwargs |= presence_of(self.actor, self.case, section)
        return super().get_context_data(case=self.case, **kwargs)

    def presence_section(self) -> str:
        """Return the name of the part that the form changes."""
        return self.section

    def succeeded(self, answer: HttpResponse | None) -> HttpResponse:
        if answer is None and (section := self.presence_section()):
            end_presence(actor=self.actor, matter=self.case, section=section)
        return super().succeeded(answer)


def presence_of(actor: User, case: Case, section: str) -> dict[str, Any]:
    """Note that `actor` has a form of the case open; return what `cases/_presence.html` needs."""
    address = reverse("case_presence", args=[case.key, section])
    return presence(actor=actor, matter=case, section=section, address=address)


class ComparedAct(RefusableAct):
    """A change of a row that others may change too: who comes second compares and saves again."""

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        if not isinstance(refusal, Conflict) or refusal.code != "lost_update":
            return super().refused(form, refusal)
        present = self.present_values(form, refusal)
        data = self.request.POST.copy()
        data["version"] = str(present["version"])
        again = type(form)(**self.get_form_kwargs() | {"data": data})
        context = self.get_context_data(
            form=again, refusal=refusal, rows=differences(form, present), conflict=True
        )
        return self.render_to_response(context, status=refusal.status)

    def present_values(self, form: BaseForm, conflict: Conflict) -> dict[str, Any]:
        """Return what stands there now, by field of the form, with the version."""
        return conflict.details


class VersionedAct(ComparedAct, CaseAct):
    """Such a change of something of a case."""


def differences(form: BaseForm, present: dict[str, Any]) -> list[dict[str, str]]:
    """Return each field in which what was typed differs from what stands there now, in words."""
    rows = []
    for name, now in present.items():
        if name in form.fields and name != "version" and form.cleaned_data.get(name) != now:
            field = form.fields[name]
            yours = in_words(field, form.cleaned_data.get(name))
            rows.append({"name": str(field.label), "yours": yours, "now": in_words(field, now)})
    return rows


def in_words(field: Field, value: Any) -> str:
    """Return the value of a form field as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return "—"
    choices = getattr(field, "choices", None)
    return str(dict(choices).get(value, value)) if choices else str(value)


def tabs_of(case: Case, current: str) -> list[dict[str, Any]]:
    """Return the tabs of a case: title, address, whether it is the present one."""
    hidden = OF_CIVIL_CASES if case.is_administrative else OF_AUTHORITIES
    titles = {
        "case_detail": _("Overview"),
        "case_parties": _("Parties"),
        "exhibit_list": _("Evidence"),
        "case_suit": _("Suit"),
        "case_recommendation": _("Recommendation"),
        "document_list": _("Documents"),
        "obligation_list": _("Performance"),
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
        if name not in hidden and (address := _address(name, case.key))
    ]


def _address(name: str, key: str) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def frame_of(actor: User, case: Case, tab: str) -> dict[str, Any]:
    """Return the context of templates/cases/case_base.html."""
    team = people.places_of(case)
    events = [event for event in standing(case) if event.to_state]
    return {
        "case": case,
        "legal_bases": [LegalBasis(basis).label for basis in case.legal_bases],
        "tab": tab,
        "tabs": tabs_of(case, tab),
        "track": stages_of(track_of(case, events)),
        "exits": exits_of(case),
        "team": team,
        "lead_handler": next((row.user for row in team if row.position == "lead"), None),
        "pending_recusals": [
            row for row in people.recusals_told(case) if row.pending and not row.granted
        ],
        "is_member": any(row.user_id == actor.pk for row in team),
        "is_handler": any(
            row.user_id == actor.pk and row.position in ("lead", "handler") for row in team
        ),
        "may_assign": may_assign(actor, case),
    }
