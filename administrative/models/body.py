"""The directory of the bodies that have a duty in the protection of personal information (law 9)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficeLevel
from audit import clock
from audit.words import pairs_index
from cases.initials import InitialsField


class BodyKind(models.TextChoices):
    """What a body watches over (law 9); the last three can be told something, but have no such duty."""

    CYBERSPACE = "cyberspace", _("Cyberspace administration")
    PUBLIC_SECURITY = "public_security", _("Public security")
    MARKET = "market", _("Market regulation")
    COMMUNICATIONS = "communications", _("Industry, information and communications")
    EDUCATION = "education", _("Education")
    CULTURE = "culture", _("Press, film, culture and tourism")
    HEALTH = "health", _("Health")
    HOUSING = "housing", _("Housing and property, subdistrict")
    POSTAL = "postal", _("Postal administration")
    FINANCE = "finance", _("Finance and credit reporting")
    TRANSPORT = "transport", _("Transport")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")
    GOVERNMENT = "government", _("People's government")
    OTHER_DEPARTMENT = "other_department", _("Another department with a duty")
    CONGRESS = "congress", _("Standing committee of the people's congress")
    SUPERVISION = "supervision", _("Supervision commission")
    UNIT = "unit", _("Enterprise, association or other unit")


# Of these no failure of a duty of office can be found: they are no authority of Rules 67.
NO_AUTHORITIES = (BodyKind.CONGRESS, BodyKind.SUPERVISION, BodyKind.UNIT)


class BodyLevel(models.TextChoices):
    """The level of a body, as that of the procuratorates beside it (PRR 3)."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    CITY = "city", _("City")
    COUNTY = "county", _("County or district")
    TOWNSHIP = "township", _("Township or subdistrict")


# The level of the procuratorate that stands beside a body (PRR 3); one of a township answers to the county's.
BESIDE: dict[str, str] = {
    BodyLevel.NATIONAL: OfficeLevel.SUPREME,
    BodyLevel.PROVINCIAL: OfficeLevel.PROVINCIAL,
    BodyLevel.CITY: OfficeLevel.CITY,
    BodyLevel.COUNTY: OfficeLevel.GRASSROOTS,
    BodyLevel.TOWNSHIP: OfficeLevel.GRASSROOTS,
}


# What a body is found by.
BODY_WORDS = ("name", "competence", "credit_code", "initials")


class Body(models.Model):
    """An administrative body or another unit that can be addressed; the directory is shared by all offices.

    Attributes:
        region: code of the administrative division by GB/T 2260, six digits; empty for national bodies.
        competence: what it watches over in personal information, with the article.
        merged_into: the entry that goes on, where two meant the same body.
    """

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    level = models.CharField(_("level"), max_length=12, choices=BodyLevel.choices)
    region = models.CharField(_("code of the region (GB/T 2260)"), max_length=6, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    competence = models.CharField(_("competence"), max_length=500, blank=True)
    initials = InitialsField(_("initials"), of=("name",))
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=50, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    superior = models.ForeignKey(
        "self",
        verbose_name=_("body above it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subordinates",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_bodies",
        editable=False,
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("administrative body")
        verbose_name_plural = _("administrative bodies")
        ordering: ClassVar = ["region", "kind", "name"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "region"], name="body_kind_region"),
            pairs_index(*BODY_WORDS, name="body_words"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "region"],
                condition=Q(merged_into__isnull=True),
                name="body_once_in_its_region",
                violation_error_message=_("The directory has a body of this name in this region."),
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="body_has_a_name",
                violation_error_message=_("The name of the body is missing."),
            ),
            models.CheckConstraint(
                condition=Q(region="") | Q(region__regex=r"^\d{6}$"),
                name="body_region_of_six_digits",
                violation_error_message=_("The code of a region has six digits (GB/T 2260)."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="body_not_into_itself",
                violation_error_message=_("A body is not merged into itself."),
            ),
            models.CheckConstraint(
                condition=~Q(superior=F("id")),
                name="body_not_above_itself",
                violation_error_message=_("A body does not stand above itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("body_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """What tells it from one of the same name elsewhere, as it is typed where a body is asked for."""
        return f"{self.name}（{self.region}）" if self.region else self.name

    @property
    def survivor(self) -> Body:
        """The entry that goes on: itself, unless it was merged."""
        return self.merged_into or self
