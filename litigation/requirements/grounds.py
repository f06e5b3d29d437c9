"""The grounds on which a court suspends or ends a suit or its enforcement (CPL 153, 154, 267, 268)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import TEAM_CURES, guard
from cases.models import Case, PartyKind
from cases.selectors.events import latest
from litigation.forms.claims import defendants_of
from litigation.forms.grounds import (
    OF_ORGANISATIONS,
    OF_PERSONS,
    OTHER,
    OTHER_CASE,
    TrialEnd,
    TrialSuspension,
)


@guard(
    "符合中止诉讼情形",
    "The ground of the suspension fits",
    "CPL 153",
    reads="facts, Party, Event plaintiff_joined",
    cure=TEAM_CURES,
)
def suspension_ground(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the grounds of CPL 153 that fits the parties, with what it needs."""
    return ground_fits(matter, facts, TrialSuspension)


@guard(
    "符合终结诉讼情形",
    "The ground of the termination fits",
    "CPL 154",
    reads="facts, Party",
    cure=TEAM_CURES,
)
def termination_ground_of_trial(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The ground of CPL 154 that a public-interest suit can have, or another that is stated."""
    return ground_fits(matter, facts, TrialEnd)


def ground_fits(matter: Case, facts: dict[str, Any], grounds: type[models.TextChoices]) -> Verdict:
    """Judge a ground: it is one of `grounds`, and what it needs is stated and entered."""
    ground = facts.get("ground")
    if ground not in grounds.values:
        return Verdict(False, _("Choose the ground."))
    if ground == OTHER and not str(facts.get("explanation") or "").strip():
        return Verdict(False, _("State the other ground in the words of the ruling."))
    if ground == OTHER_CASE and not str(facts.get("other_case") or "").strip():
        return Verdict(False, _("Enter the number of the case on whose outcome this one depends."))
    return _fits_the_parties(matter, ground) or Verdict(True, str(grounds(ground).label))


def _fits_the_parties(matter: Case, ground: str) -> Verdict | None:
    """Return the refusal of a ground no party of the suit can give; None when one can."""
    kinds = set(defendants_of(matter).values_list("kind", flat=True))
    link = reverse("case_parties", args=[matter.key])
    if ground in OF_PERSONS and PartyKind.PERSON not in kinds:
        return Verdict(
            False,
            _("No defendant is a natural person. Choose another ground, or mend the entry."),
            link,
        )
    joined = latest(matter, "plaintiff_joined") is not None
    if ground in OF_ORGANISATIONS and not joined and kinds <= {PartyKind.PERSON}:
        return Verdict(
            False,
            _("No defendant is an organisation. Choose another ground, or mend the entry."),
            link,
        )
    return None
