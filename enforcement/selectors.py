"""Every read of this room: obligations, money, look-back and the archive of the cases an actor sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.reading import once
from audit import clock
from audit.errors import NotVisible
from cases.models import Attachment, Case, Event, TeamMember, TeamPosition
from cases.models.work import FILE_DOCUMENT, TaskState
from cases.registries import FiledPiece, Volume, document_slots, machines, volumes
from cases.selectors import people
from cases.selectors.events import corrected, latest, standing, standing_events
from cases.selectors.kept_rows import holds
from cases.selectors.matters import cases_visible_to
from cases.selectors.rights import rights_of
from cases.workplace import title_of
from deadlines import by_hand
from deadlines.derive import rulebook_of
from deadlines.models import RUNNING, Deadline, DeadlineState
from deadlines.periods import Period, Unit, last_day
from deadlines.rulebook import Kind
from deadlines.selectors import own_deadlines
from deadlines.yearbook import calendar_under
from enforcement.items import REFRAIN_ITEMS
from enforcement.lifecycle import ENFORCED, FINAL, GONE, MOVED, OWED
from enforcement.models import (
    AccountType,
    ArchiveEntry,
    ArchiveIndex,
    EntryKind,
    LedgerEntry,
    Obligation,
    Performance,
)
from enforcement.models.ledger import OWED_BESIDE
from litigation.models import OperativeItem

# Law 6.1, table D: preservation and injunction, with the variants of a period (P-60-2, P-65-3).
MEASURES = r"^P-6[0-6](-|$)"
# Who reads the titles of confidential pieces beside the team.
READ_ALL = (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF, Role.CASE_MANAGEMENT)

# What a filter calls the obligations that are still to be performed, whatever their state.
STILL_OWED = "owed"

# --- obligations ---------------------------------------------------------------------------------


def paragraphs_to_perform(case: Case) -> list[OperativeItem]:
    """Return `items_to_perform`, asked once while only reading."""
    if not holds(case, "judgments"):
        return []
    return once(("paragraphs to perform", case.pk), lambda: list(items_to_perform(case)))


def items_to_perform(case: Case) -> QuerySet[OperativeItem]:
    """Return the paragraphs of the effective decisions of a case that no obligation stands for yet."""
    return OperativeItem.objects.filter(
        judgment__case=case,
        judgment__effective_on__isnull=False,
        judgment__set_aside_by__isnull=True,
        struck_by__isnull=True,
        obligation__isnull=True,
    ).select_related("judgment")


def last_day_of(item: OperativeItem) -> tuple[date | None, date]:
    """Return the day the decision names, if it names one, and the last day of performance.

    A day the decision names, or days from the effect, roll over a rest day (CPL 85); nothing named, or a
    day before the effect, means that it is owed at once.
    """
    effect = item.judgment.effective_on
    assert effect is not None  # only effective decisions are split
    named = item.due_on or (effect + timedelta(days=item.due_days) if item.due_days else None)
    if named is None or named <= effect:
        return None, effect
    calendar = calendar_under(rulebook_of(item.judgment.case))
    return named, last_day(effect, Period((named - effect).days, Unit.DAY), calendar).last_day


def obligations_visible_to(actor: User) -> QuerySet[Obligation]:
    """Return the obligations of the cases `actor` sees, the earliest due first."""
    rows = Obligation.objects.filter(case__in=cases_visible_to(actor))
    return rows.select_related("case").prefetch_related("debtors").order_by("due_on", "id")


def obligations_of(actor: User, case: Case) -> QuerySet[Obligation]:
    """Return the obligations of one case in the order of their numbers."""
    return obligations_visible_to(actor).filter(case=case).order_by("number")


def get_obligation(actor: User, key: str, number: int) -> Obligation:
    """Return one obligation.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = obligations_visible_to(actor).filter(case__key=key, number=number).first()
    if row is None:
        raise NotVisible(_("There is no such obligation."))
    return row


def filtered(rows: QuerySet[Obligation], chosen: dict[str, Any]) -> QuerySet[Obligation]:
    """Narrow a list of obligations; what is empty narrows nothing."""
    if state := chosen.get("state"):
        rows = rows.filter(state__in=OWED if state == STILL_OWED else (state,))
    named = {"case__key": "case", "kind": "kind", "due_on__lte": "until"}
    rows = rows.filter(**{path: chosen[name] for path, name in named.items() if chosen.get(name)})
    if chosen.get("overdue"):
        rows = overdue(rows)
    return rows


def overdue(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Return those of `rows` that are owed and whose last day has passed."""
    return rows.filter(state__in=OWED, due_on__lt=clock.today())


def unfinished(case: Case) -> list[Obligation]:
    """Return the obligations of a case that are not final."""
    return [row for row in obligations_told(case) if row.state not in FINAL]


def obligations_told(case: Case) -> list[Obligation]:
    """Return the obligations of a case, asked once while only reading."""
    if not holds(case, "obligations"):
        return []
    return once(("obligations", case.pk), lambda: list(case.obligations.all()))


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to an obligation."""

    event: Event
    day: date
    title: str
    person: str
    text: str
    files: list[Attachment]


# The facts of which the first that is stated is shown in a history; the event's own page shows all.
TOLD = ("account", "findings", "content", "ground", "text", "note")


def history_of(obligation: Obligation) -> list[HistoryLine]:
    """Return what happened to an obligation, oldest first; annulled entries are left out."""
    named = Q(facts__obligation=obligation.pk) | Q(facts__obligations__contains=obligation.pk)
    own = Q(machine="obligation", object_id=obligation.pk)
    rows = standing_events(obligation.case).filter(named | own).exclude(kind__in=(MOVED, ENFORCED))
    return [_line(event) for event in rows.prefetch_related("corrections", "proofs")]


def _line(event: Event) -> HistoryLine:
    day, facts = corrected(event)
    return HistoryLine(
        event=event,
        day=day,
        title=title_of(event),
        person=event.recorded_by.name if event.recorded_by else "",
        text=next((str(facts[name]) for name in TOLD if facts.get(name)), ""),
        files=list(event.proofs.all()),
    )


def waiting_performance(case: Case, obligation: Any) -> Performance | None:
    """Return the performance of an obligation that nobody has examined yet."""
    rows = Performance.objects.filter(obligation__case=case, outcome="")
    return rows.filter(obligation=obligation or 0).select_related("obligation", "event").first()


def is_tested(obligation: Obligation) -> bool:
    """Say whether obedience to it is shown by monitoring tests."""
    return obligation.type in REFRAIN_ITEMS and obligation.state not in GONE


def last_test(case: Case, obligation: int) -> bool | None:
    """Return whether the last monitoring test of an obligation was passed; None when there was none."""
    tested = standing(case, "monitoring_tested")
    told = (row for row in reversed(tested) if row.facts.get("obligation") == obligation)
    event = next(told, None)
    return corrected(event)[1].get("passed") == "yes" if event else None


# --- clocks and returns ----------------------------------------------------------------------------


def open_clocks(case: Case) -> list[Deadline]:
    """Return the deadlines that run today, without those the office only keeps an eye on."""
    today = clock.today()
    opened = (row for row in _by_day(case) if row.state == DeadlineState.OPEN)
    running = (row for row in opened if row.at_least or row.effective_day >= today)
    return [row for row in running if not (row.rule_of_law and row.rule_of_law.watchdog)]


def _by_day(case: Case) -> list[Deadline]:
    return sorted(own_deadlines(case), key=lambda row: (row.effective_day, row.pk))


def running_periods_of_measures(case: Case) -> list[Deadline]:
    """Return the open periods P-60 to P-66 of preservation and injunctions that somebody began by hand.

    A lapsed one is open too: nobody has said what became of the measure.
    """
    rows = case.deadlines.filter(state__in=RUNNING, start_event__kind=by_hand.BEGUN)
    return list(rows.filter(rule__regex=MEASURES).order_by("effective_day", "id"))


def missing_returns(case: Case) -> list[str]:
    """Return which reports and receipts the office owes and has not entered (Rules 106).

    These are its own periods whose last day has passed without the event that meets them, as far as that can
    still be made up; the documents a step has asked to be filed; and what was sent and is neither served nor
    sent back (law 3.10a).
    """
    missed = (row for row in _by_day(case) if _is_missed(row))
    asked = case.tasks.filter(state=TaskState.OPEN, kind__startswith=FILE_DOCUMENT)
    return [
        *(f"{row.rule} {row.heading}" for row in missed if _can_be_made_up(case, row)),
        *(task.heading for task in asked),
        *(slots.under_way(case) if (slots := document_slots.get("documents")) else []),
    ]


def _is_missed(row: Deadline) -> bool:
    """Say whether a period of law that the office itself owes has run out unmet."""
    rule = row.rule_of_law
    owed = rule is not None and rule.owed_by_office and row.kind == Kind.INTERNAL.value
    over = row.effective_day < clock.today() and not row.at_least
    return owed and over and row.state in RUNNING


def _can_be_made_up(case: Case, row: Deadline) -> bool:
    """Say whether what meets a period can still be recorded; nobody is notified of a past hearing."""
    rule = row.rule_of_law
    assert rule is not None  # only a period of law is a duty of the kind asked for
    assert row.start_event is not None
    if by_hand.is_completed_by_hand(rule, row.start_event):
        return True
    meeting = rule.met_by
    machine = machines[case.machine]
    steps = {item.event_kind for item in machine.declarations.values()}
    possible = {item.event_kind for item in machine.leaving(case.state)}
    return any(kind in possible or kind not in steps for kind in meeting)


# --- money -----------------------------------------------------------------------------------------


def ledger_of(actor: User, case: Case) -> QuerySet[LedgerEntry]:
    """Return the ledger of one case, oldest first."""
    return ledger_visible_to(actor).filter(case=case)


def ledger_visible_to(actor: User) -> QuerySet[LedgerEntry]:
    """Return the entries of the cases `actor` sees, oldest first."""
    rows = LedgerEntry.objects.filter(case__in=cases_visible_to(actor))
    return rows.select_related(
        "case", "obligation", "recorded_by", "check_made__checked_by", "takes_back", "event"
    ).order_by("id")


@dataclass(frozen=True)
class Balance:
    """What one obligation comes to in money, by confirmed entries alone.

    Attributes:
        owed: the amount of the decision with delay money and costs; what was paid where it ended without
            performance.
        held: what still lies in the account of the court.
    """

    obligation: Obligation
    owed: Decimal
    paid: Decimal
    held: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be paid; negative when too much was."""
        return self.owed - self.paid

    @property
    def balanced(self) -> bool:
        return not self.left and not self.held


def balances(case: Case) -> list[Balance]:
    """Return the balance of every obligation of a case that owes money or has entries."""
    return balances_of(obligations_told(case))


def balances_of(rows: Iterable[Obligation]) -> list[Balance]:
    """Return the balance of each of `rows` that owes money or has entries, with one query for all."""
    shown = list(rows)
    entries: dict[int, list[LedgerEntry]] = {row.pk: [] for row in shown}
    confirmed = LedgerEntry.objects.filter(obligation__in=entries, check_made__confirmed=True)
    for entry in confirmed.order_by("id"):
        entries[entry.obligation_id].append(entry)
    return [_balance(row, entries[row.pk]) for row in shown if row.amount or entries[row.pk]]


def _balance(obligation: Obligation, entries: list[LedgerEntry]) -> Balance:
    paid = _sum(entries, EntryKind.PAID)
    in_court = [entry for entry in entries if entry.account_type == AccountType.COURT]
    owed = (obligation.amount or Decimal(0)) + _sum(entries, *OWED_BESIDE)
    return Balance(
        obligation=obligation,
        owed=paid if obligation.state in GONE else owed,
        paid=paid,
        held=_sum(in_court, EntryKind.PAID) - _sum(entries, EntryKind.PASSED_ON),
        spent=_sum(entries, EntryKind.SPENT),
    )


def _sum(entries: list[LedgerEntry], *kinds: str) -> Decimal:
    """Add up entries; one that takes another back counts the other way round."""
    chosen = [entry for entry in entries if entry.kind in kinds]
    return sum((-row.amount if row.takes_back_id else row.amount for row in chosen), Decimal(0))


def unchecked_entries(case: Case) -> int:
    """Return how many entries wait for a second person."""
    if not holds(case, "ledger"):
        return 0
    return case.ledger.filter(check_made__isnull=True).count()


# --- look-back -------------------------------------------------------------------------------------


def planned_checks(case: Case) -> list[str]:
    """Return the planned days of the look-back that have no check yet."""
    plan = latest(case, "look_back_planned")
    if plan is None:
        return []
    done = {corrected(event)[1].get("planned") for event in standing(case, "look_back_checked")}
    return [day for day in corrected(plan)[1].get("days", []) if day not in done]


# --- archive ---------------------------------------------------------------------------------------


def ordered_volumes() -> list[Volume]:
    """Return the volumes of an archived file, in their order."""
    return sorted(volumes.values(), key=lambda volume: (volume.order, volume.code))


def pieces_of(case: Case) -> list[tuple[Volume, int, FiledPiece]]:
    """Return every stored file of a case now: volume, number in it, piece."""
    return [
        (volume, number, piece)
        for volume in ordered_volumes()
        for number, piece in enumerate(volume.pieces(case), start=1)
    ]


def latest_index(case: Case) -> ArchiveIndex | None:
    """Return the last index made of a case."""
    return case.archive_indexes.select_related("event").order_by("-id").first()


def not_in_index(case: Case, index: ArchiveIndex, besides: Collection[str] = ()) -> list[str]:
    """Return the pieces of a case that its index does not list as they are now.

    Args:
        besides: digests of what only comes with the archiving: the archive's own receipt.
    """
    listed = set(index.entries.values_list("volume", "place", "sha256"))
    return [
        piece.place
        for volume, _number, piece in pieces_of(case)
        if (volume.code, piece.place, piece.sha256) not in listed and piece.sha256 not in besides
    ]


def archive_indexes_visible_to(actor: User) -> QuerySet[ArchiveIndex]:
    """Return the archive indexes of the cases `actor` sees, the newest first."""
    rows = ArchiveIndex.objects.filter(case__in=cases_visible_to(actor))
    return rows.select_related("case", "event__recorded_by").order_by("-id")


def may_read_confidential(actor: User, case: Case) -> bool:
    """Say whether the actor reads the titles of confidential pieces: team, deciders, who archives."""
    return people.is_member(case, actor) or any(
        person.office_id == case.office_id for person in rights_of(actor).held(*READ_ALL)
    )


def entries_of(actor: User, index: ArchiveIndex) -> QuerySet[ArchiveEntry]:
    """Return the pieces of an index in order; `hidden` where the actor may not read title and name."""
    reads = may_read_confidential(actor, index.case)
    hidden = Value(False) if reads else F("confidential")
    return index.entries.annotate(hidden=ExpressionWrapper(hidden, BooleanField())).order_by("id")


# --- whose work ------------------------------------------------------------------------------------


def led_by(user: User) -> Q:
    """Return the condition that the user leads the case of a row and need not stand aside."""
    return in_team("case", user, position=TeamPosition.LEAD)


def in_team(path: str, user: User, **place: Any) -> Q:
    """Return the condition that the case at `path` is one the user works on and sees."""
    places = TeamMember.objects.filter(user=user, until__isnull=True, **place).values("case")
    seen = cases_visible_to(user).filter(pk__in=places)
    return Q(**{f"{path}__in": seen})
