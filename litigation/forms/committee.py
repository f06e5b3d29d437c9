"""The procuratorial committee: votes, minutes, execution, feedback (law 2.3; PCR; POL 32)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from litigation.forms.review import event_choices, proof


class CommitteeMatter(models.TextChoices):
    """What the committee was asked, so that a step finds its own decision (PCR 8)."""

    SUIT = "suit", _("Whether to sue (T21)")
    OTHER = "other", _("Another question of the case")


class CommitteeFacts(FactsForm):
    """A decision of the committee, on the day of its meeting (PCR 11, 14, 21, 28; norm C117).

    The question is carried when more than half of all members vote for it; nobody types the result.
    """

    matter_decided = forms.ChoiceField(
        label=_("What is decided"), choices=CommitteeMatter.choices, widget=forms.RadioSelect
    )
    question = long_text(_("Question put to the vote"))
    papers_sent_on = DayField(label=_("Papers sent to the members on"))
    members = forms.IntegerField(label=_("Members of the committee"), min_value=1, max_value=99)
    present = forms.IntegerField(label=_("Members present"), min_value=0, max_value=99)
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=99)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=99)
    minority_views = long_text(_("Views of the minority (PCR 21)"), required=False)
    minutes = proof(_("Minutes and notice of the decided matter (PCR 28)"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        members, present = data.get("members"), data.get("present")
        if members is not None and present is not None and present > members:
            self.add_error("present", _("No more members can be present than there are."))
        votes = (data.get("votes_for") or 0) + (data.get("votes_against") or 0)
        if present is not None and votes > present:
            self.add_error("votes_for", _("More votes than members present."))
        if data.get("votes_against") and not (data.get("minority_views") or "").strip():
            self.add_error("minority_views", _("Record the views of the minority (PCR 21)."))
        sent, held = data.get("papers_sent_on"), data.get("legal_day")
        if sent and held and sent > held:
            self.add_error("papers_sent_on", _("The papers are sent before the meeting."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts with the days between papers and meeting, which a warning reads."""
        held, sent = self.cleaned_data["legal_day"], self.cleaned_data["papers_sent_on"]
        return super().facts() | {"papers_days": (held - sent).days}


class _OfDecisionFacts(FactsForm):
    """Facts about one decision of the committee."""

    decision = forms.ChoiceField(label=_("Decision of the committee"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = event_choices(  # type: ignore[attr-defined]
            self, "committee_decided", "question"
        )


class CommitteeExecutedFacts(_OfDecisionFacts):
    """The committee's decision was carried out (PCR 32)."""

    result = long_text(_("How it was carried out"))
    paper = proof(_("Paper that shows that it was carried out"))


class CommitteeFeedbackFacts(_OfDecisionFacts):
    """The feedback form, due within five days of the execution (PCR 32; norm C118)."""

    paper = proof(_("The feedback form"))
