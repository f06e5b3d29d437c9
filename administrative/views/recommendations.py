"""The recommendation of a case: what was asked, answered and found, and how it is prepared (Rules 75-79)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from administrative import selectors
from administrative.forms.preparing import (
    PARTS,
    ChangeMeasureForm,
    MeasureForm,
    PrepareForm,
    RemoveMeasureForm,
)
from administrative.models import Measure, Recommendation
from administrative.selectors.contents import eight_contents
from administrative.services import preparing
from audit.errors import Conflict, NotVisible, Refusal
from cases.models import Case
from cases.views.case_frame import CaseAct, CasePage, CaseView, VersionedAct
from deadlines.explain import period_words
from deadlines.workplace import explanation
from enforcement.views import offered

# What is recorded of a recommendation from its page, in the order of law 3.9; S80 stands at each measure.
STEPS = (
    "A-5", "A-6", "S81", "A-6-2", "A-7", "S82", "A-7-2", "S83", "A-7-3", "A-7-4", "A-8", "A-8-2", "A-9",
)  # fmt: skip
ASSESS = ("S80",)


class _OfTrack(CaseView):
    """A page of a case against an authority; a civil case has none of them."""

    def prepare(self) -> None:
        super().prepare()
        if not self.case.is_administrative:
            raise NotVisible(translate("Only a case against an authority has a recommendation."))

    @cached_property
    def row(self) -> Recommendation | None:
        """The recommendation of the case; None before it is begun."""
        return selectors.recommendation_of(self.case)


def _prepared_by(view: CaseView) -> bool:
    """Say whether the actor of a page may prepare the recommendation now."""
    try:
        preparing.require_preparable(view.actor, view.case)
    except Refusal:
        return False
    return True


def _address(name: str, case: Case, *rest: Any) -> str:
    return reverse(name, args=[case.key, *rest])


class CaseRecommendation(_OfTrack, CasePage):
    """What was asked of the authority, with every answer and every assessment."""

    template_name = "administrative/case_recommendation.html"
    tab = "case_recommendation"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        if row is not None:
            kwargs |= {
                "read": selectors.recommendation_read_by(self.actor, row),
                "length": period_words(row.length) if row.length else "",
            }
        clocks = selectors.clocks_of(self.actor, self.case)
        return super().get_context_data(
            recommendation=row,
            body=selectors.body_of(self.case),
            paper=selectors.paper_of(self.case),
            clocks=[(clock, explanation(clock)) for clock in clocks],
            steps=offered(self.actor, self.case, STEPS),
            assesses=offered(self.actor, self.case, ASSESS),
            may_prepare=_prepared_by(self),
            **kwargs,
        )


class _PreparingAct(_OfTrack, CaseAct):
    """A form that changes what is prepared; what would be refused anyway is said at once."""

    template_name = "administrative/act.html"

    def presence_section(self) -> str:
        return "recommendation" if _prepared_by(self) else ""

    def require_possible(self) -> None:
        """Raise the refusal that whatever is typed would meet."""
        preparing.require_preparable(self.actor, self.case)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.require_possible()
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, impossible=True)
            return self.render_to_response(context, status=refusal.status)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = _address("case_recommendation", self.case)
        return super().get_context_data(recommendation_page=page, **kwargs)

    def back(self) -> str:
        return _address("recommendation_prepare", self.case)


class RecommendationPrepare(_PreparingAct, VersionedAct):
    """Name period, urgency and level of the addressee; below it stand the measures (Rules 75; PRR 3)."""

    template_name = "administrative/recommendation_prepare.html"
    form_class = PrepareForm
    heading = _("Prepare the recommendation")
    explanation = _("From the decision (A-5) on nothing of it changes any more.")
    button = _("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form writes into its instance while it validates; the row of the page stays as it is.
        row = Recommendation.objects.filter(case=self.case).first()
        return super().get_form_kwargs() | {
            "instance": row or Recommendation(),
            "initial": {"version": row.version if row else 0},
            "office": self.case.office,
            "body": selectors.body_of(self.case),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            recommendation=self.row,
            measures=list(self.row.measures.all()) if self.row else [],
            contents=eight_contents(self.case, self.row),
            **kwargs,
        )

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, PrepareForm)
        version = form.cleaned_data["version"]
        preparing.prepare(actor=self.actor, case=self.case, facts=form.facts(), version=version)
        messages.success(self.request, translate("The recommendation is saved."))
        return HttpResponseRedirect(_address("recommendation_prepare", self.case))

    def back(self) -> str:
        return _address("case_recommendation", self.case)


class MeasureAdd(_PreparingAct):
    """Add a measure at the end."""

    form_class = MeasureForm
    heading = _("Add a measure")
    explanation = _(
        "One thing a measure: each is answered, assessed and, if need be, claimed alone."
    )
    button = _("Add the measure")
    done = _("The measure is added.")

    def require_possible(self) -> None:
        super().require_possible()
        preparing.require_begun(self.row)

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, MeasureForm)
        preparing.add_measure(actor=self.actor, case=self.case, facts=form.facts())
        return None


class _OfMeasure(_PreparingAct, VersionedAct):
    """An act on the measure of the address, of this case."""

    measure: Measure

    def prepare(self) -> None:
        super().prepare()
        if self.row is None:
            raise NotVisible(translate("There is no such measure."))
        self.measure = selectors.get_measure(self.row, self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        assert self.row is not None  # held by `prepare`
        return super().get_initial() | {"version": self.row.version}


class MeasureChange(_OfMeasure):
    """Change a measure."""

    form_class = ChangeMeasureForm
    heading = _("Change the measure")
    button = _("Save")
    done = _("The measure is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Measure.objects.get(pk=self.measure.pk)}

    def present_values(self, form: BaseForm, conflict: Conflict) -> dict[str, Any]:
        """Return the measure as it stands now: the version counts every change of the recommendation."""
        present = Measure.objects.get(pk=self.measure.pk)
        return conflict.details | {name: getattr(present, name) for name in PARTS}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ChangeMeasureForm)
        preparing.change_measure(
            actor=self.actor,
            case=self.case,
            measure=self.measure,
            facts=form.facts(),
            version=form.cleaned_data["version"],
        )
        return None


class MeasureRemove(_OfMeasure):
    """Take a measure out; those after it move up."""

    template_name = "administrative/measure_remove.html"
    form_class = RemoveMeasureForm
    heading = _("Remove the measure")
    button = _("Remove the measure")
    done = _("The measure is removed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        preparing.remove_measure(
            actor=self.actor,
            case=self.case,
            measure=self.measure,
            version=form.cleaned_data["version"],
        )
        return None
