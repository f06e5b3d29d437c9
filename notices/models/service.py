"""Service of process: to whom a document goes, how, every attempt, how it ended (CPL 87-95; EMS).

Every table here is append-only by grant and by trigger: what was tried and what came of it is only ever
added. Each outcome has its event, so that periods start at valid service and at nothing else (norm C128).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models import Attachment, Case, Event, Lead, Party
from cases.selectors.events import corrected
from notices.models.document import Document

if TYPE_CHECKING:
    from deadlines.models import Deadline

    Matter = Lead | Case


class AddresseeKind(models.TextChoices):
    PARTY = "party", _("Party")
    BODY = "body", _("Administrative body, unit or other person")
    COURT = "court", _("Court")
    OFFICE = "office", _("Another procuratorate")


class Method(models.TextChoices):
    """The ways of service of law 7.3."""

    DIRECT = "direct", _("Direct service")
    LEAVE_IN = "leave_in", _("Leave-in service")
    ELECTRONIC = "electronic", _("Electronic service")
    COMMISSIONED = "commissioned", _("Commissioned service")
    POSTAL = "postal", _("Procuratorial express mail")
    TRANSFER = "transfer", _("Service passed on by a unit")
    PUBLIC_NOTICE = "public_notice", _("Service by public notice")
    COURT = "court", _("Submitted to the court with receipt")


# Somebody signs for these, and only some people may (EMS 2, 9).
SIGNED = (Method.DIRECT, Method.COMMISSIONED, Method.POSTAL, Method.TRANSFER)
# The office's own people meet a refusal at these, and prove it by witnesses or a camera.
SEEN = (Method.DIRECT, Method.LEAVE_IN)
# Somebody else carries these out for the office.
BY_OTHERS = (Method.COMMISSIONED, Method.TRANSFER)


class AddressBasis(models.TextChoices):
    """Why an address may be served at (EMS 3-5; norm C153)."""

    CONFIRMED = "confirmed", _("Address-confirmation form (EMS 3)")
    HOUSEHOLD = "household", _("Household registration (EMS 5)")
    RESIDENCE = "residence", _("Habitual residence (EMS 5)")
    REGISTERED_OFFICE = "registered_office", _("Registered office (EMS 5)")


class AttemptResult(models.TextChoices):
    NOBODY = "nobody", _("Nobody was there to receive it")
    NOT_FOUND = "not_found", _("The address was not found")
    REFUSED = "refused", _("The receipt was refused")
    PUBLISHED = "published", _("The notice was published")
    OTHER = "other", _("Something else, as the note says")


class Result(models.TextChoices):
    """How a service ended; only the first one is service (EMS 8, 9)."""

    SERVED = "served", _("Served")
    REFUSED = "refused", _("Receipt refused")
    RETURNED = "returned", _("Returned")
    MISDELIVERED = "misdelivered", _("Signed for by somebody who may not receive it")


class Receiver(models.TextChoices):
    """Who signed; the first six are those of EMS 9."""

    ADDRESSEE = "addressee", _("The addressee")
    GUARDIAN = "guardian", _("Guardian of a person without full capacity")
    ENTITY_STAFF = (
        "entity_staff",
        _("Legal representative, head, or office, reception or duty-room staff of an entity"),
    )
    AGENT = "agent", _("Litigation agent")
    DESIGNATED = "designated", _("Recipient the addressee designated")
    FAMILY = "family", _("Adult family member living with the addressee")
    OTHER = "other", _("Somebody else")


MAY_RECEIVE = tuple(receiver for receiver in Receiver if receiver is not Receiver.OTHER)
# Of these a wrong content is sent back within three days (EMS 10; P-72).
MAY_SEND_BACK = (Receiver.ENTITY_STAFF, Receiver.FAMILY)


class AddressConfirmation(models.Model):
    """The address-confirmation form of a party; the latest stands. For the handling team only (EMS 3-4)."""

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="address_confirmations", editable=False
    )
    confirmed_on = models.DateField(_("confirmed on"))
    address = models.CharField(_("address for service"), max_length=300)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    recipient = models.CharField(_("designated recipient"), max_length=100, blank=True)
    electronic_consent = models.BooleanField(_("consents to electronic service"), default=False)
    electronic_address = models.CharField(
        _("address for electronic service"), max_length=200, blank=True
    )
    file_name = models.CharField(_("file name"), max_length=255, editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("address-confirmation form")
        verbose_name_plural = _("address-confirmation forms")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(address=""), name="confirmation_has_an_address"),
            models.CheckConstraint(
                condition=Q(electronic_consent=False) | ~Q(electronic_address=""),
                name="electronic_consent_names_an_address",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, sha256__regex=r"^[0-9a-f]{64}$"),
                name="confirmation_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.confirmed_on}"


class Service(models.Model):
    """One document on its way to one addressee by one method."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="served")
    addressee = models.CharField(_("addressee"), max_length=8, choices=AddresseeKind.choices)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the addressee"), max_length=200)
    method = models.CharField(_("method"), max_length=14, choices=Method.choices)
    through = models.CharField(_("through whom"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    address_basis = models.CharField(
        _("basis of the address"), max_length=18, choices=AddressBasis.choices, blank=True
    )
    consignment = models.CharField(_("number of the consignment"), max_length=60, blank=True)
    # The form that gave the address or the consent.
    confirmation = models.ForeignKey(
        AddressConfirmation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    consent_on = models.DateField(_("consented on"), null=True)
    consent = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    # Of a public notice: why no other way remains, as the file has to say it (CPL 95).
    ground = models.CharField(_("why no other way remains"), max_length=500, blank=True, default="")
    started_on = models.DateField(_("sent on"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)

    class Meta:
        verbose_name = _("service of a document")
        verbose_name_plural = _("services of documents")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            # Named by attempts and outcome, whose rules depend on the method.
            models.UniqueConstraint(fields=["id", "method"], name="service_of_its_method"),
            models.CheckConstraint(
                condition=Q(method__in=Method.values), name="service_by_a_known_method"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="service_names_its_addressee"),
            models.CheckConstraint(
                condition=Q(addressee="party", party__isnull=False)
                | (~Q(addressee="party") & Q(party__isnull=True)),
                name="service_on_a_party_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(method="electronic")
                | (
                    Q(consent_on__isnull=False, consent_on__lte=F("started_on"))
                    & (Q(consent__isnull=False) | Q(confirmation__isnull=False))
                ),
                name="electronic_service_follows_consent",
            ),
            models.CheckConstraint(
                condition=~Q(method="postal") | ~Q(address=""),
                name="express_mail_has_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(method="postal", addressee="party") | ~Q(address_basis=""),
                name="address_of_a_party_has_its_basis",
            ),
            models.CheckConstraint(
                condition=~Q(address_basis="confirmed") | Q(confirmation__isnull=False),
                name="confirmed_address_has_its_form",
            ),
            models.CheckConstraint(
                condition=~Q(method__in=BY_OTHERS) | ~Q(through=""),
                name="service_by_others_names_them",
            ),
            models.CheckConstraint(
                condition=~Q(method="public_notice") | ~Q(ground=""),
                name="public_notice_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(method="court") | Q(addressee="court"),
                name="submitted_only_to_a_court",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} → {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("service_detail", args=[self.pk])

    @property
    def matter(self) -> Matter:
        return self.document.matter

    @property
    def ended(self) -> Outcome | None:
        """The outcome, None while the service is under way."""
        try:
            return self.outcome
        except ObjectDoesNotExist:
            return None

    @property
    def is_served(self) -> bool:
        """Whether the document is validly served; nothing else starts a period."""
        return self.ended is not None and self.ended.result == Result.SERVED

    @property
    def clocks(self) -> list[Deadline]:
        """The periods that began with the day of service; none before it and none of a failed one."""
        return list(self.ended.event.deadlines_started.all()) if self.ended else []

    @property
    def is_signed_for(self) -> bool:
        """Whether somebody signs for it, of the six of EMS 9."""
        return self.method in SIGNED


class Attempt(models.Model):
    """One try to deliver, or the publication of a notice; of express mail there are three at most (EMS 6)."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="attempts")
    method = models.CharField(max_length=14, choices=Method.choices, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    at = models.DateTimeField(_("tried at"))
    result = models.CharField(_("result"), max_length=10, choices=AttemptResult.choices)
    telephoned = models.BooleanField(_("not reached by telephone either"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("attempt of service")
        verbose_name_plural = _("attempts of service")
        ordering: ClassVar = ["service", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="attempt_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="attempt_numbered_from_one"),
            models.CheckConstraint(
                condition=~Q(method="postal") | Q(number__lte=3),
                name="express_mail_is_tried_three_times_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(result="published") | Q(method="public_notice"),
                name="only_a_notice_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(result="other") | ~Q(note=""), name="attempt_says_what_happened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.number}"


class Outcome(models.Model):
    """How a service ended, with its proof and its event."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="outcome")
    method = models.CharField(max_length=14, choices=Method.choices, editable=False)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    day = models.DateField(_("day"))
    receiver = models.CharField(
        _("received by"), max_length=12, choices=Receiver.choices, blank=True
    )
    receiver_name = models.CharField(_("name of the receiver"), max_length=100, blank=True)
    receiver_opposes = models.BooleanField(_("the receiver is the opposing party"), default=False)
    witnesses = models.CharField(_("witnesses"), max_length=200, blank=True)
    declared = models.BooleanField(_("served by declaration"), default=False)
    participant_name = models.CharField(_("participant"), max_length=100, blank=True)
    participant_role = models.CharField(_("role of the participant"), max_length=100, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("outcome of a service")
        verbose_name_plural = _("outcomes of services")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="outcome_is_a_known_one"
            ),
            models.CheckConstraint(
                condition=~Q(result="served", method__in=SIGNED)
                | (Q(receiver__in=MAY_RECEIVE) & ~Q(receiver_name="")),
                name="served_only_on_who_may_receive",
            ),
            models.CheckConstraint(
                condition=~Q(result="served", receiver_opposes=True),
                name="served_on_no_opposing_party",
            ),
            models.CheckConstraint(
                condition=~Q(result="served", method="leave_in")
                | ~Q(witnesses="")
                | Q(recording__isnull=False),
                name="left_in_before_witnesses_or_a_camera",
            ),
            models.CheckConstraint(
                condition=Q(result="served") | ~Q(reason=""),
                name="failed_service_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(participant_name="", participant_role="")
                | (~Q(participant_name="") & ~Q(participant_role="")),
                name="participant_has_a_role",
            ),
            models.CheckConstraint(
                condition=Q(declared=True) | Q(participant_name=""),
                name="participant_of_a_declaration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_result_display()}"

    @property
    def standing_day(self) -> date:
        """The day as it stands after corrections of its event."""
        return corrected(self.event)[0]
