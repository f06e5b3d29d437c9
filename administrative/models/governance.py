"""A recommendation on social governance: to whom, why, its seven contents, where it stands (PRR 11-25)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from administrative.governance.lifecycle import FINAL, WITH_THE_UNIT, GovernanceLifecycle
from administrative.models.body import Body
from administrative.models.recommendation import Relation
from audit import clock
from cases.models import Case, Event
from deadlines.periods import Period, Unit
from notices.models import Document


class Situation(models.TextChoices):
    """The six situations of PRR 11; their wording was not compared with an official text [NV]."""

    UNIT_MANAGEMENT = (
        "unit_management",
        _("PRR 11(1): a unit of the case has no sound rules against offences"),
    )
    INDUSTRY = (
        "industry",
        _("PRR 11(2): offences of a kind are frequent or show a gap in supervision"),
    )
    DISPUTES = "disputes", _("PRR 11(3): disputes of a group of people need prevention")
    DUTY = "duty", _("PRR 11(4): rights are or may be harmed because a duty is not done in time")
    PENALTY = "penalty", _("PRR 11(5): a penalty or discipline should be considered")
    OTHER = "other", _("PRR 11(6): another situation that needs a recommendation")


class GovernanceRecommendation(GovernanceLifecycle, models.Model):
    """What a unit is recommended to mend in its management; made by the event that begins it (G-1).

    Attributes:
        number: counted through the case.
        relation_shown: through whom, by which instruction or after which consultation it goes (PRR 3).
        objection_days: days from receipt within which the unit may object; no text fixes them (PRR 16(5)).
        reply_days: days from receipt to answer where it is urgent; empty for the two months of PRR 19.
        replaces: the recommendation this one was changed from (PRR 22-23).
        decision: the event that decided it; from then on its contents stand.
        document: its D-71.
        served_on, objection_until: of the service; the event is the truth.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="governance")
    number = models.PositiveSmallIntegerField(_("number"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="governance")
    situation = models.CharField(_("situation (PRR 11)"), max_length=16, choices=Situation.choices)
    reason = models.TextField(_("why this instrument (law 9.0)"), max_length=5000)
    relation = models.CharField(
        _("level of the addressee (PRR 3)"), max_length=12, choices=Relation.choices
    )
    relation_shown = models.TextField(_("what PRR 3 asks for, done"), max_length=2000, blank=True)
    source = models.TextField(_("source of the case or problem"), max_length=5000, blank=True)
    findings = models.TextField(_("facts and evidence"), max_length=5000, blank=True)
    hazard = models.TextField(_("illegality or hazard"), max_length=5000, blank=True)
    basis = models.TextField(_("basis of what is recommended"), max_length=5000, blank=True)
    content = models.TextField(_("what is recommended"), max_length=5000, blank=True)
    objection_days = models.PositiveSmallIntegerField(
        _("objection period in days"), null=True, blank=True
    )
    reply_days = models.PositiveSmallIntegerField(
        _("reply period in days, where it is urgent"), null=True, blank=True
    )
    urgency = models.TextField(_("why it is urgent (PRR 19)"), max_length=2000, blank=True)
    other = models.TextField(_("other matters"), max_length=5000, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )
    decision = models.OneToOneField(
        Event, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="governance", editable=False
    )
    served_on = models.DateField(_("received on"), null=True, editable=False)
    objection_until = models.DateField(_("objection until"), null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("recommendation on governance")
        verbose_name_plural = _("recommendations on governance")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="governance_number_once"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="governance_says_why"),
            models.CheckConstraint(
                condition=Q(relation="own_level") | Q(relation_shown__regex=r"\S"),
                name="governance_other_level_shows_its_way",
                violation_error_message=_(
                    "Where the addressee is not of the own level, say how PRR 3 was followed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True)
                | Q(objection_days__gt=0)
                & Q(source__regex=r"\S")
                & Q(findings__regex=r"\S")
                & Q(hazard__regex=r"\S")
                & Q(basis__regex=r"\S")
                & Q(content__regex=r"\S"),
                name="decided_governance_is_complete",
                violation_error_message=_(
                    "A recommendation on governance has the contents of PRR 16, its objection period too."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reply_days__isnull=True) | Q(reply_days__gt=0, urgency__regex=r"\S"),
                name="governance_short_reply_is_urgent",
                violation_error_message=_("A shorter time to reply needs its reason (PRR 19)."),
            ),
            models.CheckConstraint(
                condition=~Q(replaces=F("id")), name="governance_not_in_its_own_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.body}"

    def get_absolute_url(self) -> str:
        return reverse("governance_detail", args=[self.case.key, self.number])

    @property
    def final(self) -> bool:
        """Whether nothing more follows."""
        return self.state in FINAL

    @property
    def with_the_unit(self) -> bool:
        """Whether the unit has it and it is open."""
        return self.state in WITH_THE_UNIT

    @property
    def urgent_reply(self) -> Period | None:
        """The time to reply where it is urgent; None where the two months of PRR 19 hold."""
        return Period(self.reply_days, Unit.DAY) if self.reply_days else None

    @property
    def late_to_object(self) -> date | None:
        """The last day to object where it has passed, else None."""
        last = self.objection_until
        return last if last and last < clock.today() else None

    @property
    def tone(self) -> str:
        """The colour of its state on a page."""
        return {"closed": "ok", "objected": "warn", "withdrawn": "plain", "changed": "plain"}.get(
            self.state, "info"
        )
