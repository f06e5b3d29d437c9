"""The people of a matter: parties, the handling team, recusals."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import ENDS_TOO_EARLY
from audit import clock
from audit.words import pairs_index
from cases.initials import InitialsField
from cases.models.committee import CommitteeMeeting
from cases.models.event import Event
from cases.models.matter import Case, Lead


class PartyKind(models.TextChoices):
    ORGANISATION = "organisation", _("Legal person or other organisation")
    PERSON = "person", _("Natural person")
    PUBLIC_BODY = "public_body", _("State organ")


class PartyRole(models.TextChoices):
    VIOLATOR = "violator", _("Violator")
    ELIGIBLE_PLAINTIFF = "eligible_plaintiff", _("Eligible plaintiff")
    AUTHORITY = "authority", _("Administrative body")
    THIRD_PARTY = "third_party", _("Third party")


# What a party is found by.
PARTY_WORDS = ("name", "aliases", "credit_code", "initials")


class Party(models.Model):
    """Somebody a case is about. Victims are not parties and are not listed by name.

    `joined_by` is the event by which an eligible body became a co-plaintiff (T26; CPLI 285); the entry
    follows that event, which alone says who it is and whether it is in the suit.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=200)
    aliases = models.CharField(_("other names"), max_length=300, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    initials = InitialsField(_("initials"), of=("name", "aliases"))
    no_code_reason = models.CharField(_("why there is no code"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    representative = models.CharField(_("legal representative"), max_length=50, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    domicile_abroad = models.BooleanField(_("no domicile in the PRC"), default=False)
    joined_by = models.OneToOneField(
        Event,
        null=True,
        on_delete=models.PROTECT,
        related_name="joined_party",
        editable=False,
        verbose_name=_("joined the suit by"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_reason = models.CharField(_("reason of removal"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            pairs_index(*PARTY_WORDS, name="party_words"),
            models.Index(
                fields=["credit_code"], condition=~Q(credit_code=""), name="party_credit_code"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_reason=""),
                name="party_removed_with_a_reason",
                violation_error_message=_("Say why the party is removed."),
            ),
            models.CheckConstraint(
                condition=Q(joined_by__isnull=True) | Q(role=PartyRole.ELIGIBLE_PLAINTIFF),
                name="party_that_joined_is_a_plaintiff",
                violation_error_message=_("Who joined the suit is an eligible plaintiff."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamPosition(models.TextChoices):
    """Position in the handling team (Rules 6)."""

    LEAD = "lead", _("Lead handler")
    HANDLER = "handler", _("Handler")
    ASSISTANT = "assistant", _("Assistant")
    CLERK = "clerk", _("Clerk")
    TECHNICIAN = "technician", _("Technician or judicial police")


# Procuratorial staff in the sense of Rules 36 (law 2.1: prosecutors and those who assist them).
PROCURATORIAL_STAFF = (
    TeamPosition.LEAD,
    TeamPosition.HANDLER,
    TeamPosition.ASSISTANT,
    TeamPosition.CLERK,
)


class TeamMember(models.Model):
    """One person's time in the handling team; an open row has no `until`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_memberships"
    )
    position = models.CharField(_("position"), max_length=12, choices=TeamPosition.choices)
    since = models.DateTimeField(_("since"), default=clock.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "case"],
                condition=Q(until__isnull=True),
                name="team_member_open",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(position="lead", until__isnull=True),
                name="one_lead_per_case",
            ),
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(until__isnull=True),
                name="person_once_in_the_team",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="team_until_not_before_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_position_display()}"


class StaffLoan(models.Model):
    """Somebody of another office, lent to one case in writing for a term (Rules 11; norm C121).

    It is written by the event that tells of the superior's decision, and by nothing else.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="staff_loans")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="staff_loans",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("loan of staff")
        verbose_name_plural = _("loans of staff")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="staff_loan_ends_after_it_begins",
                violation_error_message=ENDS_TOO_EARLY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.first_day} – {self.last_day}"


class RecusalDecision(models.TextChoices):
    PENDING = "pending", _("Pending")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("recusal", "Refused")


class Recusal(models.Model):
    """An application that somebody stand aside (Rules 19-23; norm C018).

    Decided by the chief procurator; when the chief is concerned, by the procuratorial committee with a
    deputy chief in the chair (Rules 22; norm C019).
    """

    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="recusals")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person concerned"),
        on_delete=models.PROTECT,
        related_name="recusals",
    )
    applicant = models.CharField(_("applicant"), max_length=100)
    by_oneself = models.BooleanField(_("the person asks for it"), default=False)
    grounds = models.TextField(_("grounds"), max_length=2000)
    received_on = models.DateField(_("received on"))
    decided_by_committee = models.BooleanField(_("decided by the committee"), default=False)
    decision = models.CharField(
        _("decision"),
        max_length=10,
        choices=RecusalDecision.choices,
        default=RecusalDecision.PENDING,
    )
    decision_reason = models.TextField(_("reason of the decision"), max_length=2000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    meeting = models.OneToOneField(
        CommitteeMeeting, null=True, on_delete=models.PROTECT, related_name="+"
    )
    review_requested_on = models.DateField(_("review requested on"), null=True, blank=True)
    review_decision = models.CharField(
        _("decision on review"), max_length=10, choices=RecusalDecision.choices, blank=True
    )
    review_decided_on = models.DateField(_("review decided on"), null=True, blank=True)
    review_meeting = models.OneToOneField(
        CommitteeMeeting, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) ^ Q(case__isnull=True), name="recusal_of_one_matter"
            ),
            models.CheckConstraint(
                condition=Q(decision="pending") | Q(decided_on__isnull=False),
                name="recusal_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="nobody_decides_his_own_recusal",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_committee=False)
                | Q(decision="pending")
                | Q(meeting__isnull=False),
                name="committee_decides_in_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_committee=False)
                | Q(review_decision__in=["", "pending"])
                | Q(review_meeting__isnull=False),
                name="committee_reviews_in_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_decision_display()}"

    @property
    def granted(self) -> bool:
        """Whether the person must stand aside: as decided, from its decision on as the review says."""
        reviewed = self.review_decision not in ("", RecusalDecision.PENDING)
        return (self.review_decision if reviewed else self.decision) == RecusalDecision.GRANTED

    @property
    def pending(self) -> bool:
        """Whether the decision, or the one on review, is still to be made."""
        return RecusalDecision.PENDING in (self.decision, self.review_decision)

    @property
    def last_meeting(self) -> CommitteeMeeting | None:
        """The meeting of the committee that decided last, None where the chief decides."""
        return self.review_meeting or self.meeting
