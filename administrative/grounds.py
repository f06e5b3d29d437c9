"""The lists of the Rules by which the track is decided (Rules 71, 74, 82, 83, 45; PRR 25).

Their wording was not compared with an official print: the pages say so.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

UNVERIFIED = _("The wording of this list was not compared with an official print.")


class Finding(models.TextChoices):
    """What an investigation of an authority has to find out (Rules 71)."""

    HARM = "harm", _("Harm to the public interest")
    DUTY = "duty", _("Duty of the authority")
    FAILURE = "failure", _("Unlawful exercise of the duty, or none")
    CAUSE = "cause", _("Link between the failure and the harm")


class Conduct(models.TextChoices):
    """How an authority may have failed (Rules 67)."""

    INACTION = "inaction", _("It did not act")
    UNLAWFUL = "unlawful", _("It acted unlawfully")


class EndGround(models.TextChoices):
    """Why a case against an authority is terminated (Rules 74)."""

    NO_ILLEGALITY = "no_illegality", _("The authority neither acted unlawfully nor failed to act")
    PROTECTED = "protected", _("The public interest is effectively protected")
    REMEDIED = "remedied", _("The authority has taken every measure and performs its duty")
    OTHER = "other", _("Another circumstance in which a case is terminated")


class SuitGround(models.TextChoices):
    """The seven ways in which an authority does not perform its duty (Rules 82; norm C107)."""

    NO_REPLY = "no_reply", _("(1) No reply in time, and no effective measure taken")
    NOT_CARRIED_OUT = "not_carried_out", _("(2) Measures were drawn up, but not carried out")
    IN_PART = "in_part", _("(3) Replied in time, but no measures taken, or only some")
    CRIMINAL_ONLY = (
        "criminal_only",
        _("(4) The offender is prosecuted or the case handed over, but the duty goes on"),
    )
    NOT_TAKEN_UP = (
        "not_taken_up",
        _("(5) An objective obstacle is gone, but the measures are not taken up again"),
    )
    UNLAWFUL_MEASURES = "unlawful_measures", _("(6) The measures break the law")
    OTHER = "other", _("(7) Another circumstance in which the duty is not performed")


class ClaimOfSuit(models.TextChoices):
    """What may be claimed of an authority (Rules 83; norm C108)."""

    PERFORM = "perform", _("Perform the statutory duty within a time")
    CONFIRM = "confirm", _("Find the act or the inaction unlawful or void")
    REVOKE = "revoke", _("Revoke the act, in whole or in part")
    CHANGE = "change", _("Change the act")


class EscalatedTo(models.TextChoices):
    """Who can be told that an authority obstructs or does not rectify (Rules 45; PRR 20, 25; norm C032)."""

    SUPERIOR_BODY = "superior_body", _("The body above it")
    CONGRESS = "congress", _("Standing committee of the people's congress")
    SUPERVISION = "supervision", _("Supervision commission")
    GOVERNMENT = "government", _("People's government")
    PARTY = "party", _("Party committee")


class CourtResult(models.TextChoices):
    """What the court decided of the suit."""

    GRANTED = "granted", _("All claims granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Claims refused")
    RULING = "ruling", _("Ended by a ruling")
