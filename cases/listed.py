"""What page, table and program ask of the lists of leads and of cases alike."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.forms.case_list import CaseFilterForm
from cases.forms.lead_filter import LeadFilterForm
from cases.forms.list_filter import ListFilterForm
from cases.lead_columns import LEADS as LEAD_COLUMNS
from cases.list_columns import CASES as CASE_COLUMNS
from cases.list_columns import Columns
from cases.selectors import case_list, lead_list
from cases.selectors.matters import cases_visible_to, leads_visible_to


@dataclass(frozen=True)
class Listed:
    """One list.

    Attributes:
        name: under which filters and columns are kept; the member of a request that names several rows.
        one: the parameter of an address that names one of its rows.
        title: how its page is headed.
        orders: those an address may ask for.
        in_order: makes rows ready for an order and returns its path, as `cases.selectors.case_list` says.
        filled: paths of the orders that hold a value in every row; see `audit.keyset.page`.
        seen: the rows a person sees.
        with_shown: adds to rows what the list shows of each.
        capped: said below a table that does not hold all; `most` is how many it holds.
    """

    name: str
    one: str
    title: Promise
    form_class: type[ListFilterForm]
    columns: Columns
    orders: Collection[str]
    in_order: Callable[[QuerySet[Any], str], tuple[QuerySet[Any], str]]
    seen: Callable[[User], QuerySet[Any]]
    with_shown: Callable[[QuerySet[Any]], QuerySet[Any]]
    capped: Promise
    filled: tuple[str, ...] = ()


CASES: Final = Listed(
    name=CaseFilterForm.list_name,
    one="case",
    title=_("Cases"),
    form_class=CaseFilterForm,
    columns=CASE_COLUMNS,
    orders=case_list.ORDERS,
    in_order=case_list.in_order,
    seen=cases_visible_to,
    with_shown=case_list.with_shown,
    capped=_(
        "Only the first %(most)d cases are listed here. Narrow the filter, for example by the day of "
        "filing, and export the rest."
    ),
    filled=case_list.FILLED,
)
LEADS: Final = Listed(
    name=LeadFilterForm.list_name,
    one="lead",
    title=_("Leads"),
    form_class=LeadFilterForm,
    columns=LEAD_COLUMNS,
    orders=lead_list.ORDERS,
    in_order=lead_list.in_order,
    seen=leads_visible_to,
    with_shown=lead_list.with_shown,
    capped=_(
        "Only the first %(most)d leads are listed here. Narrow the filter, for example by the day of "
        "receipt, and export the rest."
    ),
)
