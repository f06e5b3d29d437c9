"""The pages of the register of papers. Not visible is not found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.views.base import StaffPage, StaffView
from audit.errors import Refusal
from audit.keyset import capped_count, page
from cases.views.matter_frame import RefusableAct
from cases.workplace import title_of
from documents import download
from exchange import selectors, services
from exchange.forms import ClosePaperForm, LinkPaperForm, PaperFilterForm, RegisterPaperForm
from exchange.models import Paper, PaperFile

PAGE_SIZE = 50


class PaperList(StaffPage):
    """The register as the actor sees it, filtered, the newest first."""

    template_name = "exchange/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PaperFilterForm(self.request.GET)
        rows = selectors.papers_visible_to(self.actor)
        rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
        after = self.request.GET.get("after")
        return super().get_context_data(
            form=form,
            page=page(rows, order=["-id"], after=after, size=PAGE_SIZE),
            count=capped_count(rows),
            filtered=any(form.cleaned_data.values()),
            may_register=selectors.may_register(self.actor),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)


class PaperCreate(RefusableAct):
    """Register a paper under the next number."""

    template_name = "exchange/act.html"
    form_class = RegisterPaperForm
    heading = _("Register a paper")
    explanation = _(
        "What is registered is not edited later. A mistake is closed with its reason and registered anew."
    )
    button = _("Register")

    def prepare(self) -> None:
        services.require_may_register(self.actor)

    def get_initial(self) -> dict[str, Any]:
        return {"matter": self.request.GET.get("matter", "")}

    def act(self, form: BaseForm) -> HttpResponse | None:
        given = form.cleaned_data
        paper = services.register_paper(
            actor=self.actor,
            facts=form.stated(),  # type: ignore[attr-defined]
            uploads=given["uploads"],
            matter=services.matter_called(self.actor, given["matter"]) if given["matter"] else None,
        )
        done = translate("The paper is registered as %(number)s.") % {"number": paper.number}
        messages.success(self.request, done)
        return HttpResponseRedirect(paper.get_absolute_url())

    def back(self) -> str:
        return reverse("paper_list")


class PaperView(StaffView):
    """A page below a paper, loaded as the actor sees it."""

    paper: Paper

    def prepare(self) -> None:
        """Load the paper.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.paper = selectors.get_paper(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper, **kwargs)  # type: ignore[misc, no-any-return]


class PaperDetail(PaperView, StaffPage):
    """A paper as registered, where it belongs, what became of it, and what may be done."""

    template_name = "exchange/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        services.record_look(actor=self.actor, paper=self.paper)
        paper, may = self.paper, selectors.may_register(self.actor)
        linked = paper.matter is not None
        return super().get_context_data(
            files=list(paper.files.all()),
            event_title=title_of(paper.event) if paper.event else "",
            may_link=may and not linked and not paper.is_closed,
            may_make_event=linked and paper.event_id is None and not paper.is_closed,
            may_close=may and not paper.is_closed,
            **kwargs,
        )


class PaperAct(PaperView, RefusableAct):
    """A form that does something with a paper; what would be refused anyway is said at once."""

    template_name = "exchange/act.html"

    def require_possible(self) -> None:
        """Raise the refusal that whatever is typed would meet."""
        services.require_may_register(self.actor)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.require_possible()
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, impossible=True)
            return self.render_to_response(context, status=refusal.status)
        return super().get(request, *args, **kwargs)

    def back(self) -> str:
        return self.paper.get_absolute_url()


class PaperLink(PaperAct):
    """Say to which lead or case a paper belongs."""

    form_class = LinkPaperForm
    heading = _("Link the paper")
    explanation = _("A paper is linked once. Whoever sees the matter sees the paper from then on.")
    button = _("Link")
    done = _("The paper is linked.")

    def require_possible(self) -> None:
        super().require_possible()
        services.require_linkable(self.paper)

    def act(self, form: BaseForm) -> HttpResponse | None:
        matter = services.matter_called(self.actor, form.cleaned_data["matter"])
        services.link_paper(actor=self.actor, paper=self.paper, matter=matter)
        return None


class PaperClose(PaperAct):
    """Close a paper with a reason."""

    form_class = ClosePaperForm
    heading = _("Close the paper")
    explanation = _("Nothing more is done with it. It stays in the register with your reason.")
    button = _("Close the paper")
    done = _("The paper is closed.")
    dangerous = True

    def require_possible(self) -> None:
        super().require_possible()
        services.require_open(self.paper)

    def act(self, form: BaseForm) -> HttpResponse | None:
        services.close_paper(actor=self.actor, paper=self.paper, reason=form.cleaned_data["reason"])
        return None


class PaperEvent(PaperView, StaffPage):
    """Choose which step or record of the matter the paper is."""

    template_name = "exchange/make_event.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        services.require_unused(self.paper)
        return super().get_context_data(
            matter=selectors.current_matter(self.actor, self.paper),
            ways=selectors.ways_of(self.actor, self.paper),
            **kwargs,
        )


class PaperFileDownload(StaffView, View):
    """Save a file of a paper; a browser never runs it."""

    file: PaperFile

    def prepare(self) -> None:
        self.file = selectors.get_file(self.actor, self.kwargs["pk"], self.kwargs["file"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        services.record_download(actor=self.actor, file=self.file)
        return sent(self.file)


def sent(file: PaperFile) -> HttpResponseBase:
    """Return a file of a paper as a download."""
    return download.attachment(
        sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size
    )
