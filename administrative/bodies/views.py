"""The pages of the directory. Who handles no cases finds none; who keeps it writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.views.base import StaffPage, StaffView
from administrative.bodies import history, regions, selectors, services, table
from administrative.bodies.forms import (
    BodyFilterForm,
    BodyForm,
    BodyTableForm,
    ChangeBodyForm,
    MergeForm,
    PreviewForm,
)
from administrative.bodies.level import relation_of
from administrative.models import Body
from audit import clock
from audit.errors import Conflict, Refusal
from audit.keyset import capped_count, page
from cases.running.reading import MOST_ROWS
from cases.running.template import empty_table
from cases.spreadsheet import workbook_answer
from cases.views.case_frame import ComparedAct
from cases.views.matter_frame import RefusableAct

PAGE_SIZE = 50
HISTORY_SIZE = 20


class DirectoryView(StaffView):
    """A page of the directory, for whoever handles cases."""

    def prepare(self) -> None:
        self.require(selectors.may_read(self.actor))


class KeepingView(DirectoryView):
    """A page that writes; who does not is told who does."""

    def prepare(self) -> None:
        super().prepare()
        services.require_may_write(self.actor)


class BodyList(DirectoryView, StaffPage):
    """The directory, filtered, by name; an entry that was merged stands there under the one that goes on."""

    template_name = "administrative/bodies/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = BodyFilterForm(self.request.GET)
        rows = selectors.going_on(selectors.bodies_visible_to(self.actor))
        rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
        after = self.request.GET.get("after")
        found = page(rows, order=["name", "id"], after=after, size=PAGE_SIZE)
        today = clock.today()
        return super().get_context_data(
            form=form,
            page=found,
            rows=[(body, regions.full_name(body.region, today)) for body in found.items],
            count=capped_count(rows),
            filtered=any(form.cleaned_data.values()),
            may_write=selectors.may_write(self.actor),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)


class BodyDuplicates(DirectoryView, StaffPage):
    """The entries that may mean the same body, each with the way to merge it."""

    template_name = "administrative/bodies/duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            groups=selectors.duplicates(self.actor),
            may_write=selectors.may_write(self.actor),
            **kwargs,
        )


class _OfBody(StaffView):
    """Loads the entry of the address."""

    body: Body

    def prepare(self) -> None:
        """Load the entry.

        Raises:
            NotVisible: there is none for this actor.
        """
        super().prepare()
        self.body = selectors.get_body(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(body=self.body, **kwargs)  # type: ignore[misc, no-any-return]


class BodyDetail(_OfBody, DirectoryView, StaffPage):
    """A body: what it is, whom one speaks to, how it stands to the office, and what it was asked to do."""

    template_name = "administrative/bodies/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body, after = self.body, self.request.GET.get("after")
        told = page(
            history.recommendations_to(self.actor, body),
            order=history.ORDER,
            after=after,
            size=HISTORY_SIZE,
        )
        merged = body.merged_into is not None
        return super().get_context_data(
            region=regions.region_on(body.region, clock.today()) or regions.last_known(body.region),
            region_name=regions.full_name(body.region, clock.today()),
            standing=relation_of(self.actor.office, body),
            page=told,
            told=history.told_of(told.items),
            merged_bodies=selectors.merged_into(body),
            alike=[] if merged else _alike(body),
            may_change=not merged and selectors.may_write(self.actor),
            **kwargs,
        )


def _alike(body: Body) -> list[Body]:
    return selectors.alike(body.name, body.region, body.credit_code, but=body.pk)


class _Act(RefusableAct):
    """A form of the directory."""

    template_name = "administrative/bodies/act.html"

    def back(self) -> str:
        return reverse("body_list")


class BodyCreate(KeepingView, _Act):
    """Enter a body."""

    form_class = BodyForm
    heading = _("Enter a body")
    explanation = _("The directory is shared by all offices. Look first whether the body is there.")
    button = _("Enter the body")

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, BodyForm)
        body = services.add_body(actor=self.actor, facts=form.facts())
        messages.success(self.request, translate("The body is entered."))
        return HttpResponseRedirect(body.get_absolute_url())


class _BodyAct(_OfBody, KeepingView, _Act):
    """A form about one entry; what would be refused whatever is typed is said at once."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.require_going_on(self.body)
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, impossible=True)
            return self.render_to_response(context, status=refusal.status)
        return super().get(request, *args, **kwargs)

    def back(self) -> str:
        return self.body.get_absolute_url()


class BodyEdit(_BodyAct, ComparedAct):
    """Change a body; who comes second compares and saves again."""

    form_class = ChangeBodyForm
    heading = _("Change the body")
    button = _("Save")
    done = _("The body is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form writes into its instance while it validates; the body of the page stays as it is.
        instance = Body.objects.get(pk=self.body.pk)
        initial = {"version": self.body.version}
        return super().get_form_kwargs() | {"instance": instance, "initial": initial}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ChangeBodyForm)
        services.change_body(
            actor=self.actor,
            body=self.body,
            facts=form.facts(),
            version=form.cleaned_data["version"],
        )
        return None

    def present_values(self, form: BaseForm, conflict: Conflict) -> dict[str, Any]:
        """Return what stands there now, the body above it as the form reads it."""
        key = conflict.details["superior"]
        superior = Body.objects.filter(pk=key).first() if key else None
        return conflict.details | {"superior": superior}


class BodyMerge(_BodyAct):
    """Let an entry go on in another one that means the same body."""

    form_class = MergeForm
    heading = _("Merge the entry")
    explanation = _(
        "This entry goes on in the other one, and lists show only that. Cases and recommendations keep "
        "naming the entry they name; the history of the other shows them."
    )
    button = _("Merge")
    done = _("The entry is merged.")
    dangerous = True

    def get_initial(self) -> dict[str, Any]:
        return {"into": self.request.GET.get("into", "")}

    def act(self, form: BaseForm) -> HttpResponse | None:
        services.merge_bodies(actor=self.actor, body=self.body, into=form.cleaned_data["into"])
        return None


# --- a table of bodies -----------------------------------------------------------------------------


class BodyImport(KeepingView, _Act):
    """Judge a table row by row; nothing is entered yet."""

    template_name = "administrative/bodies/import.html"
    form_class: Any = BodyTableForm
    heading = _("Enter bodies from a table")
    button = _("Examine the table")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(most_rows=MOST_ROWS, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        rows = table.read(actor=self.actor, content=form.cleaned_data["table"].read())
        verdicts = table.judge(rows)
        return self.render_to_response(
            self.get_context_data(
                form=self.form_class(),
                verdicts=verdicts,
                refused=sum(1 for verdict in verdicts if not verdict.met),
                preview=table.signed(self.actor, rows),
            )
        )


class BodyImportEnter(BodyImport):
    """Enter the rows of a preview, all of them or none."""

    http_method_names = ("post", "options")
    form_class = PreviewForm

    def act(self, form: BaseForm) -> HttpResponse | None:
        rows = table.opened(self.actor, form.cleaned_data["preview"])
        bodies = table.enter(actor=self.actor, rows=rows)
        done = translate("Bodies entered: %(count)s.") % {"count": len(bodies)}
        messages.success(self.request, done)
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        """Show the page of the table again with what is wrong."""
        context = self.get_context_data(form=BodyTableForm(), refusal=refusal)
        return self.render_to_response(context, status=refusal.status)


class BodyTemplate(KeepingView, View):
    """The empty table with its headings and what each column holds."""

    def get(self, request: HttpRequest) -> FileResponse:
        return workbook_answer(empty_table(table.SHEET, table.columns()), "bodies")
