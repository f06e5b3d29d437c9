"""The grounds a court may name for suspending or ending a suit (T34, T35; CPL 153, 154)."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from litigation.forms.review import proof

# Codes that mean the same in every article, so that one guard judges them all.
OTHER = "other"
OTHER_CASE = "other_case"
OF_PERSONS = frozenset(("heirs_awaited", "capacity_lost", "no_estate"))
OF_ORGANISATIONS = frozenset(("entity_ended",))


class TrialSuspension(models.TextChoices):
    """The grounds of CPL 153."""

    HEIRS_AWAITED = "heirs_awaited", _("A party has died; its heirs are awaited")
    CAPACITY_LOST = (
        "capacity_lost",
        _("A party has lost its capacity; its statutory representative is not determined"),
    )
    ENTITY_ENDED = (
        "entity_ended",
        _("A party that is an organisation has ended; its successor is not determined"),
    )
    FORCE_MAJEURE = "force_majeure", _("Force majeure keeps a party from taking part")
    OTHER_CASE = OTHER_CASE, _("It depends on the outcome of another case that is not concluded")
    OTHER = OTHER, _("Another circumstance in which the litigation is suspended")


class TrialEnd(models.TextChoices):
    """The grounds of CPL 154 as far as a public-interest suit can have them."""

    NO_ESTATE = (
        "no_estate",
        _("The defendant has died without an estate and nobody bears the obligation"),
    )
    OTHER = OTHER, _("Another ground the ruling states")


def ground_field(choices: type[models.TextChoices]) -> forms.ChoiceField:
    """Return the choice among the grounds of one article."""
    return forms.ChoiceField(label=_("Ground"), choices=choices.choices, widget=forms.RadioSelect)


def words_field() -> forms.CharField:
    """Return the words of the ruling, which another ground than those listed cannot do without."""
    return long_text(
        _("Ground in the words of the ruling"),
        required=False,
        help_text=_("Required where another ground is chosen."),
    )


class SuspensionFacts(FactsForm):
    """The court suspended the litigation (T34; CPL 153)."""

    ground = ground_field(TrialSuspension)
    other_case = forms.CharField(
        label=_("Number of the other case"),
        help_text=_("Required where the suit depends on the outcome of another case."),
        required=False,
        max_length=100,
    )
    explanation = words_field()
    paper = proof(_("The ruling"))


class ResumptionFacts(FactsForm):
    """The litigation goes on (T34-2, T34-3; CPL 153)."""

    ground = long_text(_("Why it goes on"))
    paper = proof(_("The ruling"))


class TerminationFacts(FactsForm):
    """The court ended the litigation (T35; CPL 154)."""

    ground = ground_field(TrialEnd)
    explanation = words_field()
    paper = proof(_("The ruling"))
