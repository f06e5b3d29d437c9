"""Filters of the lists of leads, cases and proposals."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from accounts.models import User
from cases.forms.picks import RegionField, SeveralField
from cases.models import (
    Case,
    CaseTag,
    Event,
    Lead,
    LeadSource,
    LeadTag,
    LegalBasis,
    Proposal,
    ProposalStatus,
    TeamMember,
    Track,
)
from cases.registries import event_kinds
from cases.selectors.assignment import OPEN_CASE, OPEN_LEAD
from cases.selectors.back_entry import cases_in_back_entry
from cases.selectors.case_list import due, in_region, in_stages
from cases.selectors.proposals import waiting_for
from cases.selectors.tags import bears
from cases.selectors.words import case_says, lead_says
from cases.states import STATES_OF_CASES, LeadState, Stage


class FilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Django-filter, left alone where nothing is asked to be filtered: it makes a form for each request."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        filterset = self.get_filterset_class(view, queryset)
        if filterset and not filterset.base_filters.keys() & request.query_params.keys():
            return queryset
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class DayParameter(forms.DateField):
    """A day of the calendar as programs write it; what is none is refused by name."""

    default_error_messages: ClassVar = {
        "invalid": _(
            "“%(value)s” is no day for %(parameter)s. Write year, month and day of the calendar as "
            "2024-06-24."
        )
    }

    def __init__(self, *, parameter: str, **kwargs: Any) -> None:
        self.parameter = parameter
        super().__init__(**{"input_formats": ["%Y-%m-%d"]} | kwargs)

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            params = {"value": str(value)[:40], "parameter": self.parameter}
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params=params
            ) from error


class DayFilter(filters.DateFilter):  # type: ignore[misc]
    field_class = DayParameter


class OneOfFilter(filters.MultipleChoiceFilter):  # type: ignore[misc]
    """One of several values of a column of the row itself: no row is found twice, so none is compared."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(distinct=False, **kwargs)


class SeveralFilter(OneOfFilter):
    """Several of the choices; an empty one asks for nothing."""

    field_class = SeveralField


class RegionFilter(filters.CharFilter):  # type: ignore[misc]
    field_class = RegionField


class NumbersFilter(filters.BaseInFilter, filters.NumberFilter):  # type: ignore[misc]
    """Numbers with commas between them."""


class LabelsFilter(NumbersFilter):
    """Labels, by their ids; what bears all of them is left."""

    def __init__(self, *, rows: type[CaseTag] | type[LeadTag]) -> None:
        super().__init__(
            help_text="Ids of labels with commas between them; what bears all of them."
        )
        self.rows = rows

    def filter(self, qs: QuerySet[Any], value: list[Any] | None) -> QuerySet[Any]:
        for tag in value or ():
            qs = qs.filter(bears(self.rows, int(tag)))
        return qs


class LeadFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(method="said", help_text="Part of title, key, processor or summary.")
    year = filters.NumberFilter(min_value=2000, max_value=2999)
    state = OneOfFilter(choices=LeadState.choices)
    source = OneOfFilter(choices=LeadSource.choices)
    tag = LabelsFilter(rows=LeadTag)
    major = filters.BooleanFilter()
    handler = filters.NumberFilter(field_name="handler_id", min_value=1)
    department = filters.NumberFilter(field_name="department_id", min_value=1)
    open = filters.BooleanFilter(method="without_outcome", help_text="Only those without outcome.")
    mine = filters.BooleanFilter(method="of_actor", help_text="Only those the caller handles.")
    received_from = DayFilter(
        field_name="received_on", lookup_expr="gte", parameter="received_from"
    )
    received_until = DayFilter(
        field_name="received_on", lookup_expr="lte", parameter="received_until"
    )

    class Meta:
        model = Lead
        fields: tuple[str, ...] = ()

    def said(self, rows: QuerySet[Lead], name: str, value: str) -> QuerySet[Lead]:
        return rows.filter(lead_says(value))

    def without_outcome(self, rows: QuerySet[Lead], name: str, value: bool) -> QuerySet[Lead]:
        return rows.filter(OPEN_LEAD if value else ~OPEN_LEAD)

    def of_actor(self, rows: QuerySet[Lead], name: str, value: bool) -> QuerySet[Lead]:
        own = Q(handler=self.request.user)
        return rows.filter(own if value else ~own)


class CaseFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(method="said", help_text="Part of title, number or name of a party.")
    state = OneOfFilter(choices=STATES_OF_CASES)
    stage = SeveralFilter(choices=Stage.choices, method="in_one_of")
    region = RegionFilter(
        method="in_region",
        help_text="Where the office lies: two, four or six digits of GB/T 2260; what lies inside too.",
    )
    track = filters.ChoiceFilter(choices=Track.choices)
    basis = filters.ChoiceFilter(choices=LegalBasis.choices, method="on_basis")
    tag = LabelsFilter(rows=CaseTag)
    deadline = filters.ChoiceFilter(
        choices=[("overdue", "overdue"), ("near", "near"), ("none", "none")],
        method="due",
        help_text="`near` is within 7 days; `none` where no deadline runs.",
    )
    department = filters.NumberFilter(field_name="department_id", min_value=1)
    handler = filters.NumberFilter(method="of_handler", help_text="Id of the lead handler.")
    member = filters.NumberFilter(
        method="with_member", help_text="Id of somebody in the team who does not lead it."
    )
    open = filters.BooleanFilter(method="not_ended", help_text="Only those that have not ended.")
    mine = filters.BooleanFilter(
        method="of_actor", help_text="Only where the caller is in the team."
    )
    back_entry = filters.BooleanFilter(method="entered_now", help_text="Only those in back-entry.")
    filed_from = DayFilter(field_name="filed_on", lookup_expr="gte", parameter="filed_from")
    filed_to = DayFilter(field_name="filed_on", lookup_expr="lte", parameter="filed_to")

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def said(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return rows.filter(case_says(value))

    def in_one_of(self, rows: QuerySet[Case], name: str, value: list[str]) -> QuerySet[Case]:
        return rows.filter(in_stages(value))

    def in_region(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return rows.filter(in_region(value))

    def due(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return rows.filter(due(value))

    def on_basis(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return rows.filter(legal_bases__contains=[value])

    def entered_now(self, rows: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        running = Q(pk__in=cases_in_back_entry().values("pk"))
        return rows.filter(running if value else ~running)

    def of_handler(self, rows: QuerySet[Case], name: str, value: Any) -> QuerySet[Case]:
        leads = TeamMember.objects.filter(user=int(value), position="lead", until__isnull=True)
        return rows.filter(pk__in=leads.values("case"))

    def with_member(self, rows: QuerySet[Case], name: str, value: Any) -> QuerySet[Case]:
        places = TeamMember.objects.filter(user=int(value), until__isnull=True)
        return rows.filter(pk__in=places.exclude(position="lead").values("case"))

    def not_ended(self, rows: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        return rows.filter(OPEN_CASE if value else ~OPEN_CASE)

    def of_actor(self, rows: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        teams = TeamMember.objects.filter(user=self.request.user, until__isnull=True)
        own = Q(pk__in=teams.values("case"))
        return rows.filter(own if value else ~own)


class EventFilter(filters.FilterSet):  # type: ignore[misc]
    kind = OneOfFilter(
        choices=lambda: [(code, code) for code in event_kinds],
        help_text="Code of an event kind; may be named several times.",
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()


class ProposalFilter(filters.FilterSet):  # type: ignore[misc]
    status = OneOfFilter(choices=ProposalStatus.choices)
    transition = filters.CharFilter()
    matter = filters.CharFilter(method="of_matter", help_text="Key of a lead or case.")
    mine = filters.BooleanFilter(method="of_actor", help_text="Only those the caller proposed.")
    waiting = filters.BooleanFilter(
        method="to_decide", help_text="Only those that wait for the caller's decision."
    )

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def of_matter(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        return rows.filter(Q(lead__key=value) | Q(case__key=value))

    def of_actor(self, rows: QuerySet[Proposal], name: str, value: bool) -> QuerySet[Proposal]:
        return rows.filter(author=self.actor) if value else rows.exclude(author=self.actor)

    def to_decide(self, rows: QuerySet[Proposal], name: str, value: bool) -> QuerySet[Proposal]:
        waiting = [proposal.pk for proposal in waiting_for(self.actor)]
        return rows.filter(pk__in=waiting) if value else rows.exclude(pk__in=waiting)
