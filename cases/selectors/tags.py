"""Labels of an office, and those a lead or a case bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, User
from audit.prepared import prepared
from cases.models import Case, CaseTag, Lead, LeadTag, Tag
from cases.selectors.kept_rows import holds
from cases.selectors.matters import cases_visible_to, leads_visible_to

if TYPE_CHECKING:
    Matter = Lead | Case
    # The rows that say which label is on what.
    Labelling = type[CaseTag] | type[LeadTag]


def tags_of_office(actor: User) -> QuerySet[Tag]:
    """Return the labels of the actor's office, fields before work."""
    return Tag.objects.filter(office=actor.office_id).order_by("use", "name")


def has_tags(actor: User) -> bool:
    """Say whether `actor` does casework, so that the labels of his office are for him."""
    return bool(accounts.effective_roles(actor) & CASEWORK_ROLES)


def tags_for(matter: Matter) -> QuerySet[Tag]:
    """Return the labels of the office of a lead or a case, fields before work; the retired ones too."""
    return Tag.objects.filter(office=matter.office_id).order_by("use", "name")


def tags_with_use(actor: User) -> QuerySet[Tag]:
    """Return the labels of the actor's office, each with how many of what he sees bear it.

    Annotations: `borne` by cases, `borne_by_leads`.
    """
    on_cases = CaseTag.objects.filter(tag=OuterRef("pk"), case__in=cases_visible_to(actor))
    on_leads = LeadTag.objects.filter(tag=OuterRef("pk"), lead__in=leads_visible_to(actor))
    return tags_of_office(actor).annotate(
        borne=_number_of(on_cases), borne_by_leads=_number_of(on_leads)
    )


def _number_of(rows: QuerySet[CaseTag] | QuerySet[LeadTag]) -> Coalesce:
    number = rows.order_by().values("tag").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def rows_on(matter: Matter) -> Labelling:
    """Return the rows that put labels on matters of this kind."""
    return LeadTag if isinstance(matter, Lead) else CaseTag


def tags_of(matter: Matter) -> QuerySet[Tag]:
    """Return the labels of a lead or a case, fields before work."""
    return _of_lead(matter.pk) if isinstance(matter, Lead) else _of_case(matter.pk)


def _of_case(case: int) -> QuerySet[Tag]:
    return Tag.objects.filter(case_tags__case=case).order_by("use", "name")


def _of_lead(lead: int) -> QuerySet[Tag]:
    return Tag.objects.filter(lead_tags__lead=lead).order_by("use", "name")


_asked_of_case, _asked_of_lead = prepared(int)(_of_case), prepared(int)(_of_lead)


def tags_told(matter: Matter) -> list[Tag]:
    """Return `tags_of`, for the page of the lead or the case."""
    if not holds(matter, f"{matter.relation}_tags"):
        return []
    return (_asked_of_lead if isinstance(matter, Lead) else _asked_of_case)(matter.pk)


def tag_rows(rows: Labelling) -> ArraySubquery:
    """Return the labels of a lead or a case, fields before work, as mappings of `id`, `name` and `use`."""
    on_it = rows.objects.filter(**{rows.relation: OuterRef("pk")})
    return ArraySubquery(
        on_it.order_by("tag__use", "tag__name").values(
            row=JSONObject(id="tag__pk", name="tag__name", use="tag__use")
        )
    )


def bears(rows: Labelling, tag: int) -> Q:
    """Return the condition that a lead or a case bears a label."""
    return Q(Exists(rows.objects.filter(**{rows.relation: OuterRef("pk")}, tag=tag)))
