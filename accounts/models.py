"""Who works where, in which office, with which role and on whose behalf.

Law 2.1 (actors) and 2.2 (who decides what). Every right is derived from `RoleGrant` and
`Delegation` rows that carry days of validity; nothing else grants anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock

code_validator = RegexValidator(r"^[0-9A-Z]{2,12}$", _("Digits and capital letters only."))
# What is said of days in the wrong order, by the services and behind them by the constraints.
ENDS_TOO_EARLY = _("The last day lies before the first day.")


class OfficeLevel(models.TextChoices):
    """Levels of people's procuratorates (Organic Law of the People's Procuratorates)."""

    SUPREME = "supreme", _("Supreme People's Procuratorate")
    PROVINCIAL = "provincial", _("Provincial procuratorate")
    CITY = "city", _("City-level procuratorate")
    GRASSROOTS = "grassroots", _("Grassroots procuratorate")


LEVEL_ORDER = {
    OfficeLevel.SUPREME: 0,
    OfficeLevel.PROVINCIAL: 1,
    OfficeLevel.CITY: 2,
    OfficeLevel.GRASSROOTS: 3,
}


class Office(models.Model):
    """A people's procuratorate, a node of the tree of offices."""

    code = models.CharField(
        _("office code"), max_length=12, unique=True, validators=[code_validator]
    )
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(
        _("short name for document numbers"),
        max_length=12,
        help_text=_("The characters that open a document number, for example 江云."),
    )
    level = models.CharField(_("level"), max_length=12, choices=OfficeLevel.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("next-higher office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    region_code = models.CharField(_("region code (GB/T 2260)"), max_length=6, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"), default=clock.today)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="office_valid_to_not_before_valid_from",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="office_is_not_its_own_superior",
                violation_error_message=_("An office cannot be its own next-higher office."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def region(self) -> str:
        """The code by GB/T 2260 of the area it works in: its own code begins with it where none is stated.

        Empty where the code is none of a division beside which an office of its level stands.
        """
        code = self.code[:6]
        is_of_division = code.isdecimal() and self.level == _level_beside(code)
        return self.region_code or (code if is_of_division else "")


def _level_beside(division: str) -> OfficeLevel:
    """Return the level of the office that stands beside a division of GB/T 2260."""
    if division.endswith("0000"):
        return OfficeLevel.PROVINCIAL
    return OfficeLevel.CITY if division.endswith("00") else OfficeLevel.GRASSROOTS


class DepartmentKind(models.TextChoices):
    PUBLIC_INTEREST = "public_interest", _("Public-interest litigation")
    CIVIL = "civil", _("Civil and administrative litigation supervision")
    CASE_MANAGEMENT = "case_management", _("Case management")
    LEGAL_POLICY = "legal_policy", _("Legal policy research")
    INTAKE = "intake", _("Complaints and reports")
    COMMITTEE_OFFICE = "committee_office", _("Office of the procuratorial committee")
    ARCHIVE = "archive", _("Archive")
    LEADERSHIP = "leadership", _("Leadership")
    TECHNOLOGY = "technology", _("Information technology")
    OTHER = "other", _("Other")


class Department(models.Model):
    """A department of an office."""

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="departments"
    )
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=DepartmentKind.choices)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering: ClassVar = ["office", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="department_name_once_per_office",
                violation_error_message=_("The office has a department of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do in an office (law 2.1)."""

    PROSECUTOR = "prosecutor", _("Prosecutor")
    ASSISTANT = "assistant", _("Prosecutor's assistant")
    CLERK = "clerk", _("Clerk")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    DEPUTY_CHIEF = "deputy_chief", _("Deputy chief procurator")
    CHIEF = "chief", _("Chief procurator")
    COMMITTEE_SECRETARY = "committee_secretary", _("Committee secretary")
    LEGAL_POLICY = "legal_policy", _("Legal policy")
    INTAKE = "intake", _("Intake")
    ARCHIVIST = "archivist", _("Archivist")
    CASE_MANAGEMENT = "case_management", _("Case management")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")


# Roles no two of which one person may hold (GB/T 22239: separated administrators).
SEPARATED_ROLES = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)
# The roles that may work on cases: all but those.
CASEWORK_ROLES = frozenset(Role) - frozenset(SEPARATED_ROLES)
# Whom a role can be delegated to: procurators alone, for the chief procurator directs and decides
# through procurators (Rules 5). A clerk or an assistant prepares, he never decides or signs.
DELEGATES: dict[Role, tuple[Role, ...]] = {
    Role.DEPARTMENT_HEAD: (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.PROSECUTOR),
    Role.DEPUTY_CHIEF: (Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD, Role.PROSECUTOR),
    Role.CHIEF: (Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD, Role.PROSECUTOR),
}
# Roles that review or decide (law 2.2); only these can be delegated.
DECIDER_ROLES = tuple(DELEGATES)
# Procurators in the sense of Rules 5, whom the chief may let sign.
SIGNERS = (Role.PROSECUTOR, Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF)


class UserManager(BaseUserManager["User"]):
    """Users are made by `accounts.services`; this manager only finds them by name."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class Language(models.TextChoices):
    CHINESE = "zh-hans", "中文"
    ENGLISH = "en", "English"


class Density(models.TextChoices):
    COMPACT = "compact", _("Compact")
    COMFORTABLE = "comfortable", _("Comfortable")


class User(AbstractBaseUser):
    """A member of staff of one office."""

    username = models.CharField(
        _("login name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9._-]{2,60}$", _("Lower-case letters, digits, . _ -"))],
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    email = models.EmailField(_("e-mail"), blank=True)
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="users"
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="users",
        null=True,
        blank=True,
    )
    title = models.CharField(_("legal post"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.CHINESE
    )
    density = models.CharField(
        _("density of lists"), max_length=12, choices=Density.choices, default=Density.COMPACT
    )
    # Raised to end every session of this person at once, wherever it is stored.
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering: ClassVar = ["office", "name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry: it changes with the password and the generation."""
        return self._session_auth_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same for the retired secret keys."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_auth_hash(secret)

    def _session_auth_hash(self, secret: str | bytes | None = None) -> str:
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("accounts.session", value, secret, algorithm="sha256").hexdigest()


class RoleGrant(models.Model):
    """A role one user holds between two days (both included)."""

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    valid_from = models.DateField(_("valid from"), default=clock.today)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        verbose_name=_("granted by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    granted_at = models.DateTimeField(_("granted at"), default=clock.now)
    # From the day of revocation on the grant gives nothing, whatever `valid_to` says.
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        ordering: ClassVar = ["user", "role", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_valid_to_not_before_valid_from",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(valid_to__isnull=True, revoked_at__isnull=True),
                name="one_open_grant_per_role",
                violation_error_message=_(
                    "The person holds this role already, without a last day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Delegation(models.Model):
    """One person acts for another in one role between two days; the record shows for whom."""

    delegator = models.ForeignKey(
        User,
        verbose_name=_("on behalf of"),
        on_delete=models.PROTECT,
        related_name="delegations_given",
    )
    delegate = models.ForeignKey(
        User, verbose_name=_("delegate"), on_delete=models.PROTECT, related_name="delegations_held"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    reason = models.CharField(_("reason"), max_length=300)
    created_by = models.ForeignKey(
        User, verbose_name=_("created by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="delegation_valid_to_not_before_valid_from",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=~Q(delegator=F("delegate")),
                name="nobody_delegates_to_himself",
                violation_error_message=_("Nobody acts for himself. Choose a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=DECIDER_ROLES),
                name="only_decider_roles_are_delegated",
                violation_error_message=_("Only roles that review or decide can be delegated."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} → {self.delegator} · {self.get_role_display()}"


class Absence(models.Model):
    """Somebody is away between two days, both included; his deputy is told what concerns him meanwhile.

    It gives no right: the deputy sees and decides what he may see and decide anyway. Why somebody is away is
    nobody's business here and is not kept.
    """

    person = models.ForeignKey(
        User, verbose_name=_("who is away"), on_delete=models.PROTECT, related_name="absences"
    )
    deputy = models.ForeignKey(
        User, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="deputises_in"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    created_by = models.ForeignKey(
        User, verbose_name=_("created by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    # From the day of its end on the person counts as back, whatever `last_day` says.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering: ClassVar = ["-first_day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="absence_ends_not_before_it_begins",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="nobody_is_his_own_deputy",
                violation_error_message=_("Nobody acts for himself. Choose a colleague."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.first_day} – {self.last_day}"

    @property
    def is_over(self) -> bool:
        """Whether the person is back."""
        return self.ended_at is not None or self.last_day < clock.today()


class SigningAuthorisation(models.Model):
    """The chief procurator lets a prosecutor sign documents of some types (Rules 5; norm C119)."""

    user = models.ForeignKey(
        User,
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        related_name="signing_authorisations",
    )
    document_codes = models.JSONField(
        _("document types"), help_text=_("Codes of law 7.2, for example D-20.")
    )
    scope = models.CharField(_("scope"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    authorised_by = models.ForeignKey(
        User, verbose_name=_("authorised by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing authorisation")
        verbose_name_plural = _("signing authorisations")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="authorisation_valid_to_not_before_valid_from",
                violation_error_message=ENDS_TOO_EARLY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.scope}"


class LoginCounter(models.Model):
    """Failed logins of one name in the current window (safety 0.8; `accounts.lockout`).

    The name is kept as a digest: people type passwords into the wrong field, and unknown names are
    counted exactly like known ones.
    """

    name_digest = models.CharField(_("digest of the login name"), max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    first_failure_at = models.DateTimeField(_("first failure at"), default=clock.now)
    locked_until = models.DateTimeField(_("locked until"), null=True)

    class Meta:
        verbose_name = _("login counter")
        verbose_name_plural = _("login counters")

    def __str__(self) -> str:
        return self.name_digest[:12]
