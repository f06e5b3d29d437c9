"""Leads and cases: the two matters everything else hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Office
from audit import clock
from audit.words import pairs_index
from cases.initials import InitialsField
from cases.lifecycle import CaseLifecycle, LeadLifecycle
from cases.states import CASE_STATE_LAW, LEAD_STATE_LAW, TITLES_OF_STATES, Stage, stage_of

if TYPE_CHECKING:
    pass

# A text that says something, as the database checks it.
NOT_BLANK = r"\S"


class LeadSource(models.TextChoices):
    """The six sources of Rules 24 (law 3.3; norm C001)."""

    COMPLAINT = "complaint", _("Complaint or report by a person or an organisation")
    OWN_CASEWORK = "own_casework", _("Found by the procuratorate while handling cases")
    ENFORCEMENT_PLATFORM = "enforcement_platform", _("Administrative-enforcement platform")
    TRANSFER = "transfer", _("Transferred by a state organ, social body, deputy or member")
    MEDIA = "media", _("Media and public opinion")
    OTHER_DUTY = "other_duty", _("Other, while performing duties")


class LegalBasis(models.TextChoices):
    """Bases of the procuratorate's standing (law 3.2a, 3.9); the value names the article."""

    PIPL_70 = "PIPL 70", _("Personal Information Protection Law, article 70")
    CPL_58 = "CPL 58", _("Civil Procedure Law, article 58(2)")
    MPL_106 = "MPL 106", _("Law on the Protection of Minors, article 106")
    ATF_47 = "ATF 47", _("Anti-Telecom and Online Fraud Law, article 47")
    APL_25 = "APL 25", _("Administrative Litigation Law, article 25(4)")


# Of a case against an authority; whether PIPL 70 reaches it is debated (law 3.9).
ADMINISTRATIVE_BASES = (LegalBasis.APL_25, LegalBasis.MPL_106, LegalBasis.PIPL_70)
CIVIL_BASES = tuple(basis for basis in LegalBasis if basis != LegalBasis.APL_25)


class Track(models.TextChoices):
    """Which suit the case is: a civil one, one beside a criminal case (Rules 14), or against an authority.

    A case of the administrative track (Rules 67-84) stays on it from its filing to its end.
    """

    CIVIL = "civil", _("Civil")
    CRIMINAL_INCIDENTAL = "criminal_incidental", _("Criminal-incidental civil")
    ADMINISTRATIVE = "administrative", _("Administrative")


class CaseKind(models.TextChoices):
    """Public-interest case or supervision case: some rules differ (norms C018, C156)."""

    PUBLIC_INTEREST = "public_interest", _("Public-interest case")
    SUPERVISION = "supervision", _("Supervision case")


class SerialCounter(models.Model):
    """The last serial given in one series of one office and year; its row is the lock."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("serial counter")
        verbose_name_plural = _("serial counters")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "series"], name="one_serial_counter")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.series} {self.year}: {self.last}"


class Matter(models.Model):
    """What leads and cases have in common."""

    key = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    serial = models.PositiveIntegerField(_("serial"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    confidential = models.BooleanField(_("confidential"), default=False)
    # Raised by everything an approval depends on; an approval is bound to it.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


# What a lead is found by.
LEAD_WORDS = ("title", "key", "suspected_processor", "summary", "initials")


class Lead(LeadLifecycle, Matter):
    """A lead in the unified register (Rules 24-27)."""

    source = models.CharField(_("source"), max_length=24, choices=LeadSource.choices)
    source_detail = models.CharField(_("detail of the source"), max_length=300)
    received_on = models.DateField(_("received on"))
    reporter_name = models.CharField(_("reporter"), max_length=50, blank=True)
    reporter_contact = models.CharField(_("contact of the reporter"), max_length=100, blank=True)
    reporter_confidential = models.BooleanField(_("keep the reporter secret"), default=True)
    summary = models.TextField(_("summary"), max_length=10000)
    suspected_processor = models.CharField(_("suspected processor"), max_length=200, blank=True)
    initials = InitialsField(_("initials"), of=("title", "suspected_processor"))
    major = models.BooleanField(_("major lead"), default=False)
    sender_department = models.ForeignKey(
        Department,
        verbose_name=_("transferred by department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_on = models.DateField(_("transferred on"), null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handling prosecutor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads_handled",
    )
    received_from = models.OneToOneField(
        "self",
        verbose_name=_("received from lead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="passed_on_as",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_leads",
    )

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="lead_office_latest"),
            models.Index(fields=["office", "state", "-id"], name="lead_office_state"),
            models.Index(fields=["handler", "state"], name="lead_handler_state"),
            models.Index(fields=["received_on", "id"], name="lead_received_on"),
            pairs_index(*LEAD_WORDS, name="lead_words"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "year", "serial"], name="lead_register_number_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=LeadSource.values), name="lead_of_one_of_six_sources"
            ),
            models.CheckConstraint(
                condition=Q(source_detail__regex=NOT_BLANK), name="lead_source_in_words"
            ),
            models.CheckConstraint(
                condition=Q(sender_department__isnull=True, sent_on__isnull=True)
                | Q(sender_department__isnull=False, sent_on__isnull=False),
                name="lead_sender_with_its_day",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="lead_not_into_itself"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("lead_detail", args=[self.key])

    @property
    def machine(self) -> str:
        return "lead"

    @property
    def relation(self) -> str:
        """What rows that belong to it, addresses and the audit record call it."""
        return "lead"

    @property
    def law_code(self) -> str:
        return LEAD_STATE_LAW[self.state][0]

    @property
    def state_zh(self) -> str:
        return LEAD_STATE_LAW[self.state][1]


class LeadAssessment(models.Model):
    """Truthfulness and feasibility of a lead, each scored and explained (Rules 27; norm C007)."""

    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="assessment")
    truthfulness = models.PositiveSmallIntegerField(_("truthfulness (1-5)"))
    truthfulness_reason = models.TextField(_("why (truthfulness)"), max_length=2000)
    feasibility = models.PositiveSmallIntegerField(_("feasibility (1-5)"))
    feasibility_reason = models.TextField(_("why (feasibility)"), max_length=2000)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("assessment of a lead")
        verbose_name_plural = _("assessments of leads")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(truthfulness__range=(1, 5)) & Q(feasibility__range=(1, 5)),
                name="assessment_scores_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(truthfulness_reason__regex=NOT_BLANK)
                & Q(feasibility_reason__regex=NOT_BLANK),
                name="assessment_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead}: {self.truthfulness}/{self.feasibility}"


class Case(CaseLifecycle, Matter):
    """A public-interest case for the protection of personal information, civil or against an authority."""

    lead = models.OneToOneField(
        Lead, verbose_name=_("lead"), null=True, on_delete=models.PROTECT, related_name="case"
    )
    official_number = models.CharField(_("case number"), max_length=60, blank=True)
    initials = InitialsField(_("initials"), of=("title",))
    kind = models.CharField(
        _("kind"), max_length=20, choices=CaseKind.choices, default=CaseKind.PUBLIC_INTEREST
    )
    track = models.CharField(_("track"), max_length=20, choices=Track.choices, default=Track.CIVIL)
    legal_bases = ArrayField(
        models.CharField(max_length=20, choices=LegalBasis.choices), verbose_name=_("legal bases")
    )
    filed_on = models.DateField(_("filed on"))
    summary = models.TextField(_("summary"), max_length=10000)
    act_place = models.CharField(_("place of the act"), max_length=200, blank=True)
    harm_place = models.CharField(_("place of the harm"), max_length=200, blank=True)
    persons_concerned = models.PositiveIntegerField(_("persons concerned"), null=True, blank=True)
    items_concerned = models.PositiveIntegerField(_("items of information"), null=True, blank=True)
    minors_concerned = models.BooleanField(_("minors are concerned"), default=False)
    sensitive = models.BooleanField(_("sensitive personal information"), default=False)
    violator_unknown = models.BooleanField(_("violator unknown"), default=False)
    severe = models.BooleanField(_("severe harm"), default=False)
    # Flagged when a correction leaves a guard of the present state unmet (design 3).
    guard_in_doubt = models.TextField(_("guard in doubt"), blank=True)
    rulebook = models.CharField(_("rulebook"), max_length=20)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="case_office_latest"),
            models.Index(fields=["office", "state", "-id"], name="case_office_state"),
            models.Index(fields=["department", "state"], name="case_department_state"),
            models.Index(fields=["filed_on", "id"], name="case_filed_on"),
            models.Index(
                fields=["official_number"],
                condition=~Q(official_number=""),
                name="case_official_number",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "year", "serial"],
                name="case_register_number_once",
                violation_error_message=_("The office has a case of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(violator_unknown=False) | Q(severe=True),
                name="unknown_violator_only_when_severe",
                violation_error_message=_(
                    "While the violator is unknown the harm must be severe (Rules 29)."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("case_detail", args=[self.key])

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Return the name of its state; Django's own way walks through all choices for each row."""
        return str(TITLES_OF_STATES[self.state])

    @property
    def machine(self) -> str:
        """The machine that moves its state: the civil one, or that of law 3.9."""
        return "administrative" if self.is_administrative else "case"

    @property
    def relation(self) -> str:
        """What rows that belong to it, addresses and the audit record call it."""
        return "case"

    @property
    def is_administrative(self) -> bool:
        """Whether it is a case against an authority (law 3.9)."""
        return self.track == Track.ADMINISTRATIVE

    @property
    def stage(self) -> Stage:
        return stage_of(self.state)

    @property
    def law_code(self) -> str:
        return CASE_STATE_LAW[self.state][0]

    @property
    def state_zh(self) -> str:
        return CASE_STATE_LAW[self.state][1]


class LinkKind(models.TextChoices):
    """Why two cases belong together."""

    SAME_VIOLATOR = "same_violator", _("Same violator")
    SAME_FACTS = "same_facts", _("Same facts")
    SPLIT = "split", _("Split from")
    MERGED = "merged", _("Merged")
    RELATED = "related", _("Related")
    SUPERVISES = "supervises", _("Supervises (Rules 9)")


class CaseLink(models.Model):
    """Two cases that belong together; read in both directions."""

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="case_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="case_link_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.source} – {self.target}"


class SuperiorAccess(models.Model):
    """What a superior office may see: what was reported, transferred, directed or appealed to it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        Lead, null=True, on_delete=models.PROTECT, related_name="superior_accesses"
    )
    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="superior_accesses"
    )
    reason = models.CharField(_("reason"), max_length=200)
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("access of a superior office")
        verbose_name_plural = _("accesses of superior offices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) ^ Q(case__isnull=True),
                name="superior_access_to_one_matter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.lead or self.case}"
