"""Acts on the parts of a case: what it says of itself, its parties, its team, links and facts."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from audit.articles import written
from audit.errors import Conflict, Invalid, NotVisible, Refusal
from cases.forms.cases import CaseForm, LinkForm
from cases.forms.parties import ChangePartyForm, PartyForm, RemovePartyForm, ViolatorForm
from cases.forms.team import TeamForm
from cases.forms.work import RevealForm
from cases.models import Case, Party
from cases.registries import event_kinds
from cases.selectors import people
from cases.selectors.matters import get_case
from cases.services import acts, matters, parties
from cases.services.team import set_team
from cases.services.work import link_cases
from cases.views.case_frame import CaseAct, CaseView, VersionedAct, presence_of
from cases.views.load import suggestion_shown
from cases.views.matter_frame import SourcedAct
from cases.workplace import title_of_kind

# Parts of a case in which people see one another.
SECTIONS = ("case", "team", "recommendation")


class CaseEdit(VersionedAct):
    """Change what the case says of itself."""

    form_class = CaseForm
    heading = _("Edit the case")
    button = _("Save")
    done = _("The case is saved.")
    section = "case"

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form writes into its instance while it validates; the case of the page stays as it is.
        instance = Case.objects.get(pk=self.case.pk)
        initial = {"version": self.case.version}
        return super().get_form_kwargs() | {"instance": instance, "initial": initial}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, CaseForm)
        matters.change_case(
            actor=self.actor,
            case=self.case,
            facts=form.facts(),
            version=form.cleaned_data["version"],
        )
        return None


# --- parties -----------------------------------------------------------------------------------


class PartyCreate(CaseAct):
    """Enter a party of the case."""

    form_class: Any = PartyForm
    heading = _("Add a party")
    explanation = _("Victims are not parties and are not listed by name.")
    button = _("Add the party")
    done = _("The party is entered.")

    def back(self) -> str:
        return reverse("case_parties", args=[self.case.key])

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, PartyForm)
        parties.add_party(actor=self.actor, case=self.case, facts=form.facts())
        return None


class ViolatorIdentify(PartyCreate):
    """Enter the violator of a case that was filed without knowing him (Rules 29)."""

    form_class = ViolatorForm
    heading = _("Enter the violator that was found")
    explanation = _("From now on the violator of this case is known (Rules 29).")
    button = _("Enter the violator")
    done = _("The violator is entered.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ViolatorForm)
        matters.identify_violator(actor=self.actor, case=self.case, facts=form.facts())
        return None


class PartyView(CaseView):
    """Loads the party of the address, of this case and not removed."""

    party: Party

    def prepare(self) -> None:
        super().prepare()
        party = self.case.parties.filter(pk=self.kwargs["pk"], removed_at__isnull=True).first()
        if party is None:
            raise NotVisible(translate("There is no such party."))
        self.party = party

    def back(self) -> str:
        return reverse("case_parties", args=[self.case.key])


class PartyEdit(PartyView, VersionedAct):
    """Change a party."""

    form_class = ChangePartyForm
    heading = _("Edit the party")
    button = _("Save")
    done = _("The party is saved.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the whole entry to the team; the look is recorded."""
        parties.open_for_change(actor=self.actor, party=self.party)
        return super().get(request, *args, **kwargs)

    def presence_section(self) -> str:
        return f"party-{self.party.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        instance = Party.objects.get(pk=self.party.pk)
        initial = {"version": self.party.version}
        return super().get_form_kwargs() | {"instance": instance, "initial": initial}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ChangePartyForm)
        parties.change_party(
            actor=self.actor,
            party=self.party,
            facts=form.facts(),
            version=form.cleaned_data["version"],
        )
        return None


class PartyContact(PartyView, CaseAct):
    """Show address and telephone of a party once, after a reason that stays in the audit record."""

    form_class = RevealForm
    template_name = "cases/party_contact.html"
    heading = _("Address and telephone of the party")
    explanation = _("The reason you give and the instant you look are kept in the audit record.")
    button = _("Show")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(party=self.party, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        parties.reveal_contact(
            actor=self.actor, party=self.party, reason=form.cleaned_data["reason"]
        )
        return self.render_to_response(self.get_context_data(revealed=True))


class PartyRemove(PartyView, CaseAct):
    """Take a party off the case; the row stays, with the reason."""

    form_class = RemovePartyForm
    heading = _("Remove the party")
    button = _("Remove the party")
    done = _("The party is removed.")
    dangerous = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sentence = translate(
            "“%(name)s” leaves the case; the entry stays readable with your reason."
        ) % {"name": self.party.name}
        return super().get_context_data(**kwargs) | {"explanation": sentence}

    def act(self, form: BaseForm) -> HttpResponse | None:
        reason = form.cleaned_data["reason"]
        parties.remove_party(actor=self.actor, party=self.party, reason=reason)
        return None


# --- team, links, presence ---------------------------------------------------------------------


class CaseTeam(VersionedAct):
    """Decide who works on the case: exactly one lead handler (Rules 6)."""

    template_name = "cases/case_team.html"
    form_class = TeamForm
    heading = _("Handling team")
    explanation = _(
        "A team has exactly one lead handler. Whoever is taken off no longer sees the case."
    )
    button = _("Set the team")
    done = _("The handling team is set.")
    section = "team"

    def back(self) -> str:
        return reverse("case_people", args=[self.case.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = suggestion_shown(self.actor, self.case)
        return super().get_context_data(suggestion=found, **kwargs)

    def present(self) -> dict[int, str]:
        """Return the position of each present member."""
        return {row.user_id: row.position for row in people.open_team(self.case)}

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"version": self.case.version}
        given = {"case": self.case, "present": self.present(), "initial": initial}
        return super().get_form_kwargs() | given

    def present_values(self, form: BaseForm, conflict: Conflict) -> dict[str, Any]:
        assert isinstance(form, TeamForm)
        present = self.present()
        team = {f"person_{person.pk}": present.get(person.pk, "") for person in form.people}
        return team | conflict.details

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, TeamForm)
        set_team(
            actor=self.actor,
            case=self.case,
            members=form.members(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        return None


class LinkCreate(CaseAct):
    """Link a case that belongs to this one."""

    form_class = LinkForm
    heading = _("Link a case")
    button = _("Link")
    done = _("The cases are linked.")

    def back(self) -> str:
        return reverse("case_links", args=[self.case.key])

    def act(self, form: BaseForm) -> HttpResponse | None:
        given = form.cleaned_data
        link_cases(
            actor=self.actor,
            source=self.case,
            target=self._other(given["other"]),
            kind=given["kind"],
            note=given["note"],
        )
        return None

    def _other(self, key: str) -> Case:
        try:
            return get_case(self.actor, key.strip())
        except NotVisible as refusal:
            sentence = translate("There is no such case, or you may not see it.")
            raise Invalid(sentence, errors={"other": [sentence]}) from refusal


class CasePresence(CaseView):
    """Note that the actor still has a form open; answers who else has."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        section = self.kwargs["section"]
        if section not in SECTIONS and not section.startswith("party-"):
            raise Http404
        return render(request, "cases/_presence.html", presence_of(self.actor, self.case, section))


# --- facts that change no state ----------------------------------------------------------------


class FactCreate(SourcedAct, CaseAct):
    """Record an event that changes no state, with the facts form of its kind."""

    kind = ""
    button = _("Record")
    done = _("The entry is recorded.")

    @property
    def event_kind(self) -> str:
        return self.kind

    @property
    def heading(self) -> str:  # type: ignore[override]
        return title_of_kind(self.kind)

    @property
    def explanation(self) -> str:  # type: ignore[override]
        return written(event_kinds[self.kind].article)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, and above it at once what would refuse it."""
        try:
            self.require_possible()
        except Refusal as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal))
        return super().get(request, *args, **kwargs)

    def require_possible(self) -> None:
        """Raise the refusal that whatever is typed would meet."""

    def act(self, form: BaseForm) -> HttpResponse | None:
        acts.record_fact(
            actor=self.actor,
            matter=self.case,
            kind=self.kind,
            data=self.request.POST,
            files=self.request.FILES,
            source=self.source,
        )
        return None


class InvestigativeActCreate(FactCreate):
    """Record one investigative act by at least two staff (T09; Rules 35, 36)."""

    kind = "investigative_act"

    def require_possible(self) -> None:
        acts.require_collection_possible(self.case)


class DirectionCreate(FactCreate):
    """Record a direction and the written objection to it (Rules 8, 10)."""

    kind = "direction_recorded"
