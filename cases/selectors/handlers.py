"""Who could handle a matter: everybody by name, what speaks for and against each, and one suggestion.

The suggestion is a mark with its reasons. Whoever assigns decides freely; nothing is asked of him when he
chooses somebody else (Rules 6). Suggested is, of those against whom nothing stands, the person with the
fewest points; of several with as few the one who has been without a new matter for the longest time, somebody
who never had one first; of those again the first by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import DECIDER_ROLES, Role, User
from audit import clock
from cases.models import (
    Case,
    CaseKind,
    CaseLink,
    Lead,
    LinkKind,
    Recusal,
    RecusalDecision,
    StaffLoan,
    TeamMember,
    TeamPosition,
)
from cases.selectors.load import Load, loads_of, weights_of
from cases.selectors.people import GRANTED, PENDING

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Reason:
    """One sentence about a person and a matter, in the reader's language.

    Attributes:
        code: stable, for programs.
    """

    code: str
    text: str
    law: str = ""


@dataclass(frozen=True)
class Candidate:
    """One person who could be chosen.

    Attributes:
        bars: what keeps him from being suggested; some of it the services refuse too (`fitness`).
        notes: what the head should know besides.
        why: why he is suggested, or why he is not though nothing stands against him; empty beside bars.
        load: what he has in hand; None where he belongs to another department than the matter.
    """

    person: User
    bars: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    why: str = ""
    suggested: bool = False
    load: Load | None = None


@dataclass(frozen=True)
class Suggestion:
    """The people of one matter by name, at most one of them suggested."""

    matter: Matter
    candidates: tuple[Candidate, ...]

    @property
    def suggested(self) -> Candidate | None:
        """The one who is suggested, None when something stands against everybody."""
        return next((row for row in self.candidates if row.suggested), None)


@dataclass
class _Known:
    """What was read for all matters of one question, each in one statement."""

    recusals: list[Recusal]
    places: dict[int, dict[int, TeamPosition]] = field(default_factory=dict)
    across: dict[int, set[int]] = field(default_factory=dict)
    lent: dict[int, set[int]] = field(default_factory=dict)
    deciders: set[int] = field(default_factory=set)


def suggestion_for(actor: User, matter: Matter) -> Suggestion:
    """Return who could handle `matter`; the caller has made sure that `actor` assigns it."""
    return suggestions_for(actor, [matter])[0]


def suggestions_for(actor: User, matters: Sequence[Matter]) -> list[Suggestion]:
    """Return who could handle each of `matters`, which belong to one office, in their order.

    Each is answered as if it were the only one. The number of statements depends neither on how many matters
    nor on how many people there are.
    """
    if not matters:
        return []
    office = matters[0].office_id
    known = _known(matters)
    people = _people(office, known)
    known.deciders = _deciders(people)
    weights = weights_of(office)
    loads = loads_of(actor, people, weights)
    return [_suggestion(matter, people, known, loads) for matter in matters]


def _people(office: int, known: _Known) -> list[User]:
    """Return the prosecutors of the office and those lent to one of the cases, by name (Rules 6, 11)."""
    lent = {number for numbers in known.lent.values() for number in numbers}
    rows = accounts.caseworkers((Role.PROSECUTOR,)).filter(Q(office=office) | Q(pk__in=lent))
    return list(rows.select_related("department", "office").order_by("name", "pk"))


def _deciders(people: Iterable[User]) -> set[int]:
    """Return who of them holds a role that reviews or decides (law 2.2), by number."""
    numbers = [person.pk for person in people]
    return set(accounts.holding(DECIDER_ROLES).filter(pk__in=numbers).values_list("pk", flat=True))


# --- what is read once -------------------------------------------------------------------------


def _known(matters: Sequence[Matter]) -> _Known:
    cases = [matter.pk for matter in matters if isinstance(matter, Case)]
    leads = {matter.pk for matter in matters if isinstance(matter, Lead)}
    leads |= {matter.lead_id for matter in matters if isinstance(matter, Case) and matter.lead_id}
    rows = Recusal.objects.filter(Q(case__in=cases) | Q(lead__in=leads))
    known = _Known(recusals=list(rows.filter(GRANTED | PENDING)))
    if cases:
        _read_teams(known, cases)
        _read_loans(known, cases)
        _read_across(known, cases)
    return known


def _read_teams(known: _Known, cases: Collection[int]) -> None:
    rows = TeamMember.objects.filter(case__in=cases, until__isnull=True)
    for case, person, position in rows.values_list("case", "user", "position"):
        known.places.setdefault(case, {})[person] = TeamPosition(position)


def _read_loans(known: _Known, cases: Collection[int]) -> None:
    today = clock.today()
    rows = StaffLoan.objects.filter(case__in=cases, first_day__lte=today, last_day__gte=today)
    for case, person in rows.values_list("case", "person"):
        known.lent.setdefault(case, set()).add(person)


def _read_across(known: _Known, cases: Collection[int]) -> None:
    """Note who works or worked on the other side of the wall of Rules 9 (norm C145)."""
    links = CaseLink.objects.filter(kind=LinkKind.SUPERVISES)
    links = links.filter(Q(source__in=cases) | Q(target__in=cases))
    pairs = list(links.values_list("source", "target"))
    ends = {end for pair in pairs for end in pair}
    teams: dict[int, set[int]] = {}
    for case, person in TeamMember.objects.filter(case__in=ends).values_list("case", "user"):
        teams.setdefault(case, set()).add(person)
    for source, target in pairs:
        known.across.setdefault(source, set()).update(teams.get(target, ()))
        known.across.setdefault(target, set()).update(teams.get(source, ()))


def _recusals(known: _Known, matter: Matter, person: User) -> list[Recusal]:
    """Return those of the person in the matter; those of its lead count for a case too."""
    of_lead = matter.pk if isinstance(matter, Lead) else matter.lead_id
    of_case = matter.pk if isinstance(matter, Case) else None
    return [
        row
        for row in known.recusals
        if row.person_id == person.pk
        and ((row.lead_id and row.lead_id == of_lead) or (row.case_id and row.case_id == of_case))
    ]


# --- one matter --------------------------------------------------------------------------------


def _suggestion(
    matter: Matter, people: Iterable[User], known: _Known, loads: dict[int, Load]
) -> Suggestion:
    candidates = [
        _candidate(matter, person, known, loads[person.pk])
        for person in people
        if person.office_id == matter.office_id or person.pk in known.lent.get(matter.pk, ())
    ]
    return Suggestion(matter, tuple(_explained(candidates)))


def _candidate(matter: Matter, person: User, known: _Known, load: Load) -> Candidate:
    apart = _of_another_department(matter, person)
    return Candidate(
        person=person,
        bars=tuple(_bars(matter, person, known, load)),
        notes=tuple(_notes(matter, person, known, load)),
        load=None if apart else load,
    )


def _of_another_department(matter: Matter, person: User) -> bool:
    """Say whether a colleague of the office works in another department than the matter lies in."""
    here = person.office_id == matter.office_id
    return here and bool(matter.department_id) and person.department_id != matter.department_id


def _position(matter: Matter, person: User, known: _Known) -> TeamPosition | None:
    if isinstance(matter, Lead):
        return TeamPosition.LEAD if matter.handler_id == person.pk else None
    return known.places.get(matter.pk, {}).get(person.pk)


def _is_pending(row: Recusal) -> bool:
    return RecusalDecision.PENDING in (row.decision, row.review_decision)


def _bars(matter: Matter, person: User, known: _Known, load: Load) -> Iterator[Reason]:
    recusals = _recusals(known, matter, person)
    if _position(matter, person, known) == TeamPosition.LEAD:
        yield Reason("handles_it", _("Handles the matter already."))
    if any(row.granted for row in recusals):
        yield Reason("recused", _("A granted recusal stands against this person."), "Rules 19-23")
    elif _supervises(matter) and any(_is_pending(row) for row in recusals):
        yield Reason(
            "recusal_pending",
            _("A recusal is pending; in a supervision case the person stands aside until then."),
            "CSR 14",
        )
    if isinstance(matter, Case) and person.pk in known.across.get(matter.pk, ()):
        yield Reason(
            "suing_and_supervising",
            _("Is or was in the team on the other side: who sues does not supervise."),
            "Rules 9",
        )
    if person.pk in known.deciders:
        yield Reason(
            "reviews",
            _("Reviews or decides what a handler proposes, and cannot do both in one matter."),
            "Rules 7",
        )
    if load.away is not None:
        last = load.away.last_day.isoformat()
        yield Reason("away", _("Away until %(day)s.") % {"day": last})
    if _of_another_department(matter, person):
        yield Reason("other_department", _("Works in another department than the matter lies in."))


def _supervises(matter: Matter) -> bool:
    return isinstance(matter, Case) and matter.kind == CaseKind.SUPERVISION


def _notes(matter: Matter, person: User, known: _Known, load: Load) -> Iterator[Reason]:
    position = _position(matter, person, known)
    if position not in (None, TeamPosition.LEAD):
        said = _("In the team already: %(position)s.") % {"position": position.label}
        yield Reason("in_the_team", said)
    if person.office_id != matter.office_id:
        lent = _("Lent by %(office)s to this case.") % {"office": person.office.name}
        yield Reason("lent", lent, "Rules 11")
    recusals = _recusals(known, matter, person)
    pending = any(_is_pending(row) for row in recusals) and not any(row.granted for row in recusals)
    if pending and not _supervises(matter):
        yield Reason("recusal_pending", _("A recusal is pending."), "Rules 21")
    if load.away_soon is not None:
        days = {
            "first": load.away_soon.first_day.isoformat(),
            "last": load.away_soon.last_day.isoformat(),
        }
        yield Reason("away_soon", _("Away soon, from %(first)s to %(last)s.") % days)
    for role in load.delegated:
        said = _("Has given the role of %(role)s to somebody else today.") % {"role": role.label}
        yield Reason("delegated", said)


# --- the one who is suggested, and why ----------------------------------------------------------


def _explained(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, those against whom nothing stands with why they are suggested or are not."""
    able = [row for row in candidates if not row.bars]
    if not able:
        return list(candidates)
    chosen = min(able, key=_order)
    return [
        row if row.bars else replace(row, suggested=row is chosen, why=_why(row, chosen, able))
        for row in candidates
    ]


def _order(row: Candidate) -> tuple[int, bool, float]:
    """Order by points, then by how long ago the last matter came; `min` leaves ties to the name."""
    assert row.load is not None  # who belongs to another department is barred
    last = row.load.last_given
    return row.load.points, last is not None, last.timestamp() if last else 0.0


def _why(row: Candidate, chosen: Candidate, able: Sequence[Candidate]) -> str:
    if row is chosen:
        return _why_chosen(chosen, able)
    points, fewest = _order(row)[0], _order(chosen)[0]
    if points > fewest:
        figures = {"points": points, "fewest": fewest}
        return _("Points: %(points)d; the suggested person: %(fewest)d.") % figures
    if _order(row) == _order(chosen):
        return _("As many points and as long without a new matter; comes later by name.")
    return _("As many points, but a new matter came later than to the suggested person.")


def _why_chosen(chosen: Candidate, able: Sequence[Candidate]) -> str:
    if len(able) == 1:
        return _("The only person against whom nothing stands.")
    points = _order(chosen)[0]
    equal = [_order(row) for row in able if _order(row)[0] == points]
    if len(equal) == 1:
        sentence = _("The fewest points of all against whom nothing stands: %(points)d.")
        return sentence % {"points": points}
    if equal.count(_order(chosen)) > 1:
        return _("As few points as others and as long without a new matter; the first by name.")
    return _("As few points as others, and the longest without a new matter.")
