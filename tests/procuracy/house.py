"""The whole house with something of every kind in it, and every address of it with every row it may name.

The addresses come from the resolver, so that no page added later can be left out: a pattern whose
arguments cannot be made here fails the tests that walk through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.urls import URLPattern, reverse

from accounts.models import (
    Absence,
    Delegation,
    Department,
    Office,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from administrative.models import Body, GovernanceRecommendation, Measure
from audit.models import AuditEvent
from cases.models import (
    Attachment,
    Case,
    Event,
    Lead,
    Party,
    Proposal,
    Recusal,
    RunningEntry,
    SavedFilter,
    Tag,
    Task,
)
from cases.services import attachments, lists, recusals, team
from deadlines.models import (
    CalendarFeed,
    Deadline,
    FeedScope,
    Notification,
    NotificationKind,
    OfficePeriod,
)
from deadlines.services.feeds import make_feed
from deadlines.services.lapses import notify
from enforcement.models import Obligation
from evidence.models import Exhibit, FactLink
from exchange.models import Paper, PaperFile
from litigation.models import CaseTransfer, Court, EligibleSubject
from notices import services as notices
from notices.models import AddressConfirmation, Document, DocumentBatch, Service
from tests.notices.matters import assigned_lead, final, on, upload
from tests.procuracy.tour import furnish, routes
from tests.support.matters import ask_to_stand_aside, propose
from tests.support.people import Cast

DAY = date(2026, 6, 24)


@dataclass(frozen=True)
class Rows:
    """Rows an address may name.

    Attributes:
        of_matter: whether they belong to a lead or a case, so that who does not see it finds none.
        sources: which lookup of the row gives each argument of the address.
    """

    start: str
    of_matter: bool
    rows: Callable[[Cast], QuerySet[Any]]
    sources: dict[str, str]


def _of_office(cast: Cast) -> Q:
    return Q(user__office=cast.office)


def _matters(model: Any) -> Callable[[Cast], QuerySet[Any]]:
    return lambda cast: model.objects.filter(
        Q(lead__office=cast.office) | Q(case__office=cast.office)
    )


def _own(model: Any) -> Callable[[Cast], QuerySet[Any]]:
    return lambda cast: model.objects.filter(office=cast.office)


def _of_cases(model: Any) -> Callable[[Cast], QuerySet[Any]]:
    return lambda cast: model.objects.filter(case__office=cast.office)


def _services(cast: Cast) -> QuerySet[Any]:
    return Service.objects.filter(document__office=cast.office)


def _forms(cast: Cast) -> QuerySet[Any]:
    return AddressConfirmation.objects.filter(party__case__office=cast.office)


PK = {"pk": "pk"}
KEY = {"key": "key"}
# The longest beginning that fits a path decides.
ARGUMENTS = [
    Rows("audit/", False, lambda cast: AuditEvent.objects.filter(office_id=cast.office.pk), PK),
    Rows("offices/", False, lambda cast: Office.objects.filter(pk=cast.office.pk), PK),
    Rows(
        "offices/<int:pk>/departments/<int:department>", False,
        lambda cast: Department.objects.filter(office=cast.office),
        {"pk": "office_id", "department": "pk"},
    ),
    Rows("me/sessions/", False, lambda cast: UserSession.objects.filter(_of_office(cast)), PK),
    Rows("me/calendars/", False, lambda cast: CalendarFeed.objects.filter(owner=cast.handler), PK),
    Rows("feeds/", False, lambda cast: User.objects.filter(pk=cast.handler.pk), {}),
    Rows("deadlines/calendar/", False, lambda cast: User.objects.filter(pk=cast.handler.pk), {}),
    Rows("assignment/load/", False, lambda cast: User.objects.filter(pk=cast.handler.pk), PK),
    Rows("people/", False, lambda cast: User.objects.filter(pk=cast.handler.pk), PK),
    Rows(
        "people/<int:pk>/sessions/", False,
        lambda cast: UserSession.objects.filter(user=cast.handler),
        {"pk": "user_id", "session": "pk"},
    ),
    Rows(
        "people/<int:pk>/roles/<int:grant>", False,
        lambda cast: RoleGrant.objects.filter(user=cast.handler),
        {"pk": "user_id", "grant": "pk"},
    ),
    Rows("delegations/", False, lambda cast: Delegation.objects.filter(delegator=cast.head), PK),
    Rows("absences/", False, lambda cast: Absence.objects.filter(person=cast.handler), PK),
    Rows("signing/", False, lambda cast: SigningAuthorisation.objects.filter(_of_office(cast)), PK),
    Rows(
        "notifications/", False,
        lambda cast: Notification.objects.filter(recipient=cast.handler), PK,
    ),
    Rows("running-cases/", False, lambda cast: RunningEntry.objects.all(), PK),
    Rows("transfers/", False, lambda cast: CaseTransfer.objects.all(), PK),
    Rows("bodies/", False, lambda cast: Body.objects.all(), PK),
    Rows("courts/", False, lambda cast: Court.objects.all(), PK),
    Rows("eligible-subjects/", False, lambda cast: EligibleSubject.objects.all(), PK),
    Rows("leads/filters/", False, lambda cast: SavedFilter.objects.filter(user=cast.handler), PK),
    Rows("cases/filters/", False, lambda cast: SavedFilter.objects.filter(user=cast.handler), PK),
    Rows("deadlines/filters/", False, lambda cast: SavedFilter.objects.filter(user=cast.handler), PK),
    Rows("tags/", False, _own(Tag), PK),
    Rows(
        "approval-routes/<str:code>/", False,
        lambda cast: Office.objects.filter(pk=cast.office.pk), {},
    ),
    Rows("statistics/", False, lambda cast: Office.objects.filter(pk=cast.office.pk), {}),
    Rows("leads/<str:key>", True, _own(Lead), KEY),
    Rows("cases/<str:key>", True, _own(Case), KEY),
    Rows("matters/<str:key>", True, _own(Lead), KEY),
    Rows("matters/<str:key>", True, _own(Case), KEY),
    Rows("documents/of/<str:key>", True, _own(Lead), KEY),
    Rows("documents/of/<str:key>", True, _own(Case), KEY),
    Rows("deadlines/of/<str:key>", True, _own(Lead), KEY),
    Rows("deadlines/of/<str:key>", True, _own(Case), KEY),
    Rows("cases/<str:key>/parties/<int:pk>", True, _of_cases(Party), {"key": "case__key", "pk": "pk"}),
    Rows("cases/<str:key>/facts/<int:pk>", True, _of_cases(FactLink), {"key": "case__key", "pk": "pk"}),
    Rows(
        "cases/<str:key>/exhibits/<int:number>", True, _of_cases(Exhibit),
        {"key": "case__key", "number": "number"},
    ),
    Rows(
        "cases/<str:key>/obligations/<int:number>", True, _of_cases(Obligation),
        {"key": "case__key", "number": "number"},
    ),
    Rows(
        "cases/<str:key>/recommendation/", True,
        lambda cast: Case.objects.filter(office=cast.office, track="administrative"), KEY,
    ),
    Rows(
        "cases/<str:key>/recommendation/measures/<int:pk>", True,
        lambda cast: Measure.objects.filter(recommendation__case__office=cast.office),
        {"key": "recommendation__case__key", "pk": "pk"},
    ),
    Rows(
        "cases/<str:key>/governance/<int:number>", True, _of_cases(GovernanceRecommendation),
        {"key": "case__key", "number": "number"},
    ),
    Rows("proposals/<int:pk>", True, _matters(Proposal), PK),
    Rows("recusals/<int:pk>", True, _matters(Recusal), PK),
    Rows(
        "recusals/<int:pk>/minutes", True,
        lambda cast: Recusal.objects.filter(decided_by_committee=True), PK,
    ),
    Rows("tasks/<int:pk>", True, _matters(Task), PK),
    Rows("events/<int:pk>", True, _matters(Event), PK),
    Rows("attachments/<int:pk>", True, _matters(Attachment), PK),
    Rows("documents/<int:pk>", True, _matters(Document), PK),
    Rows(
        "documents/<int:pk>/masking/", True,
        lambda cast: _matters(Document)(cast).filter(code="D-41", uploaded=False), PK,
    ),
    Rows(
        "documents/batches/<int:pk>", True,
        lambda cast: DocumentBatch.objects.filter(created_by=cast.handler), PK,
    ),
    Rows(
        "documents/<int:pk>/sources/<slug:content>", True,
        lambda cast: _matters(Document)(cast).filter(code="D-06"), PK,
    ),
    Rows("papers/<int:pk>", True, _matters(Paper), PK),
    Rows(
        "papers/<int:pk>/files/<int:file>", True,
        lambda cast: PaperFile.objects.filter(paper__in=_matters(Paper)(cast)),
        {"pk": "paper_id", "file": "pk"},
    ),
    Rows("deadlines/<int:pk>", True, _matters(Deadline), PK),
    Rows("deadlines/own-periods/", False, _own(OfficePeriod), PK),
    Rows("services/of/<str:key>", True, _own(Lead), KEY),
    Rows("services/of/<str:key>", True, _own(Case), KEY),
    Rows("services/<int:pk>", True, _services, PK),
    Rows(
        "cases/<str:key>/parties/<int:pk>/addresses/<int:form>", True, _forms,
        {"key": "party__case__key", "pk": "party_id", "form": "pk"},
    ),
]  # fmt: skip
# Arguments that name no row.
CHOICES: dict[str, list[Any]] = {
    "code": ["T02", "T12"],
    "kind": ["period_begun"],
    "section": ["case", "parties"],
    "number": [1],
    "content": ["facts"],
    "position": [0],
    "year": [2026],
    "digest": ["unknown"],
    "block": ["funnel"],
    "figure": ["items.leads_registered"],
}


@dataclass(frozen=True)
class Address:
    """One address of a pattern.

    Attributes:
        path: the pattern as declared.
        of_matter: whether it names something of a lead or a case.
    """

    name: str
    path: str
    url: str
    of_matter: bool


@dataclass
class House:
    """The house of the tests on 24 June 2026; `cast.recused` had to step aside from every matter."""

    cast: Cast

    @cached_property
    def addresses(self) -> list[Address]:
        """Every address; every pattern stands for at least one.

        Raises:
            AssertionError: nothing is declared or furnished for a pattern.
        """
        return [address for path, pattern in routes() for address in self._of(path, pattern)]

    def _of(self, path: str, pattern: URLPattern) -> list[Address]:
        wanted = set(pattern.pattern.converters)
        if not wanted:
            return [Address(pattern.name, path, reverse(pattern.name), False)]
        found = [
            Address(pattern.name, path, reverse(pattern.name, kwargs=given), rows.of_matter)
            for rows in _rows_for(path)
            for given in self._arguments(rows, wanted)
        ]
        assert found, f"{path} names nothing: declare and furnish it in tests/procuracy/house.py."
        return found

    def _arguments(self, rows: Rows, wanted: set[str]) -> Iterator[dict[str, Any]]:
        free = [name for name in wanted if name not in rows.sources]
        assert CHOICES.keys() >= set(free), f"{rows.start} does not say what {free} are."
        found = rows.rows(self.cast).order_by("pk").values(*rows.sources.values())
        # The oldest and the newest: mostly of a lead and of a case, a final document and a draft.
        for row in (*found[:1], *found.reverse()[:1]):
            given = {name: row[lookup] for name, lookup in rows.sources.items() if name in wanted}
            for values in product(*(CHOICES[name] for name in free)):
                yield given | dict(zip(free, values, strict=True))


def _rows_for(path: str) -> list[Rows]:
    fitting = [rows for rows in ARGUMENTS if path.startswith(rows.start)]
    assert fitting, f"{path} is not declared in tests/procuracy/house.py."
    longest = max(len(rows.start) for rows in fitting)
    return [rows for rows in fitting if len(rows.start) == longest]


def build(cast: Cast) -> House:
    """Furnish the house: what the tour needs, files, a number, a notice, and granted recusals."""
    with on(2026, 6, 24):
        furnish(cast)
        _leave_a_proposal(cast)
        cases = Case.objects.filter(office=cast.office)
        for case in cases:
            _join(cast, case)
        for matter in (*Lead.objects.all(), *cases):
            attachments.store(upload(), actor=cast.handler, matter=matter, purpose="proof")
            _recuse(cast, matter)
        _write(cast)
    # Made when first asked for, as everybody a test lets in.
    assert all(
        (cast.stranger, cast.auditor, cast.system_administrator, cast.security_administrator)
    )
    return House(cast)


def _leave_a_proposal(cast: Cast) -> None:
    """Submit what nobody has decided yet, so that it may be entered from paper."""
    lead = assigned_lead(cast)
    final(lead, "D-05", cast.handler)
    propose(lead, "T07", {"reason": "没有违法行为。"}, cast.handler)


def _write(cast: Cast) -> None:
    """Issue a document with its number, notify the handler, keep a filter, apply for a recusal."""
    for name in ("leads", "cases", "deadlines"):
        lists.save_filter(actor=cast.handler, list_name=name, name="我的", query="q=x")
    make_feed(actor=cast.handler, scope=FeedScope.OWN)
    deadline = Deadline.objects.get(title_zh="核对镜像")
    notify(deadline, NotificationKind.LAPSED, [cast.handler])
    case = deadline.case
    assert case is not None
    decision = case.documents.get(code="D-06")
    notices.issue_document(actor=cast.clerk, document=decision, signer=cast.chief)
    ask_to_stand_aside(cast, case, cast.assistant)


def _join(cast: Cast, case: Case) -> None:
    """Let the person who will have to step aside work in the team first."""
    members = [(cast.handler, "lead"), (cast.assistant, "assistant"), (cast.clerk, "clerk")]
    members.append((cast.recused, "handler"))
    team.set_team(actor=cast.head, case=case, members=members, reason="增加一人")


def _recuse(cast: Cast, matter: Lead | Case) -> None:
    """Let the person step aside from a matter."""
    pending = matter.recusals.filter(person=cast.recused).first()
    if pending is None:
        pending = ask_to_stand_aside(cast, matter, cast.recused)
    recusals.decide_recusal(actor=cast.chief, recusal=pending, granted=True, reason="属实")
    _leave_open(cast, matter)


def _leave_open(cast: Cast, matter: Lead | Case) -> None:
    """Let only the recusal keep the person out of what he registered or still has a place in."""
    if isinstance(matter, Lead):
        Lead.objects.filter(pk=matter.pk).update(created_by=cast.recused)
    else:
        matter.team.create(user=cast.recused, position="handler")
