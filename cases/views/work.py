"""Writing around a matter: comments, notes of the team, contacts with people outside."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from audit.errors import NotVisible
from cases.forms.work import CommentForm, ContactForm, NoteForm
from cases.selectors.proposals import get_proposal
from cases.services import work
from cases.views.matter_frame import MatterAct


class _Beside(MatterAct):
    """A small form that returns to the page it was sent from."""

    anchor = ""

    def back(self) -> str:
        asked = self.request.POST.get("next", "")
        secure = self.request.is_secure()
        own = url_has_allowed_host_and_scheme(
            asked, {self.request.get_host()}, require_https=secure
        )
        return asked if own else f"{self.matter.get_absolute_url()}#{self.anchor}"


class CommentCreate(_Beside):
    form_class = CommentForm
    heading = _("Add a comment")
    explanation = _("Everybody who sees this matter reads it. It is kept as written.")
    button = _("Add the comment")
    done = _("The comment was added.")
    anchor = "comments"

    def act(self, form: BaseForm) -> HttpResponse | None:
        text, asked = form.cleaned_data["text"], self.request.POST.get("proposal", "")
        proposal = get_proposal(self.actor, int(asked)) if asked.isdecimal() else None
        if proposal is not None and proposal.matter != self.matter:
            raise NotVisible(_("There is no such proposal."))
        work.add_comment(actor=self.actor, matter=self.matter, text=text, proposal=proposal)
        return None


class NoteCreate(_Beside):
    form_class = NoteForm
    heading = _("Add a note")
    explanation = _("Only the handling team reads it.")
    button = _("Add the note")
    done = _("The note was added.")
    anchor = "notes"

    def act(self, form: BaseForm) -> HttpResponse | None:
        work.add_note(actor=self.actor, matter=self.matter, **form.cleaned_data)
        return None


class ContactCreate(_Beside):
    form_class = ContactForm
    heading = _("Record a contact")
    button = _("Record")
    done = _("The contact was recorded.")
    anchor = "contacts"

    def act(self, form: BaseForm) -> HttpResponse | None:
        work.record_contact(actor=self.actor, matter=self.matter, facts=form.cleaned_data)
        return None
