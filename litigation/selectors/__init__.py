"""Every read of this room: what its guards and pages ask of events and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import User
from audit.errors import NotVisible
from cases.models import Case, Event, PartyRole
from cases.selectors.events import (
    corrected,
    current_facts,
    latest,
    reference_of,
    standing,
    standing_since,
)
from cases.voting import Vote
from deadlines.derive import end_by_rule_alone, rulebook_of
from deadlines.models import Deadline, DeadlineState
from deadlines.periods import Unit
from deadlines.selectors import own_deadlines
from litigation import rounds
from litigation.apart import TAKING_IN
from litigation.forms.claims import parties_in_suit
from litigation.forms.committee import CommitteeMatter
from litigation.forms.judging import OFFICE
from litigation.forms.review import Intention, Replier
from litigation.forms.rulings import rulings_on_jurisdiction
from litigation.models import (
    CaseTransfer,
    Claim,
    Court,
    Instance,
    Judgment,
    OperativeItem,
)
from litigation.models.subject import subjects_in_force


def announcement_period(case: Case) -> Deadline | None:
    """Return the announcement's period as it was computed, the latest one that counts."""
    return _period(case, "P-01")


def review_period(case: Case) -> Deadline | None:
    """Return the period of the review for prosecution, here or after a transfer."""
    return _period(case, "P-02", "P-03")


def _period(case: Case, *rules: str) -> Deadline | None:
    return next(reversed(_periods(case, *rules)), None)


def _periods(case: Case, *rules: str) -> list[Deadline]:
    """Return the deadlines of these rules that count, oldest first."""
    gone = (DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)
    return [row for row in own_deadlines(case) if row.rule in rules and row.state not in gone]


def period(case: Case, rule: str) -> Deadline | None:
    """Return the latest deadline of one rule that counts."""
    return _period(case, rule)


def period_started_by(case: Case, rule: str, kind: str) -> Deadline | None:
    """Return the latest deadline of one rule that counts and that an event of `kind` started."""
    started = [
        row for row in _periods(case, rule) if row.start_event and row.start_event.kind == kind
    ]
    return max(started, key=lambda row: row.start_event_id or 0, default=None)


def end_of_presidents_time(case: Case) -> date | None:
    """Return until when the president of the court may let the trial last (CPL 152; CPLI 243).

    The length of the law and the six months, the time not counted so far added.
    """
    row = _period(case, "P-27")
    return end_by_rule_alone(row) if row else None


# --- the suit ------------------------------------------------------------------------------------


def court_of(case: Case) -> Court | None:
    """Return the court before which the case is now: where it was brought, or where it moved."""
    brought = "administrative_suit_submitted" if case.is_administrative else "complaint_delivered"
    moved = latest(case, "court_changed") or latest(case, brought)
    key = corrected(moved)[1].get("court") if moved else None
    return Court.objects.filter(pk=key).first() if key else None


def court_case_number(case: Case) -> str:
    """Return the number under which that court keeps the case."""
    accepted = "administrative_suit_accepted" if case.is_administrative else "suit_accepted"
    told = latest(case, "court_changed") or latest(case, accepted)
    return str(corrected(told)[1].get("court_case_number", "")) if told else ""


def criminal_court(case: Case) -> Court | None:
    """Return the court that tries the criminal case to which the suit belongs (JI 20)."""
    key = current_facts(case, "criminal_case_joined").get("criminal_court")
    return Court.objects.filter(pk=key or 0).first()


@dataclass(frozen=True)
class CriminalEvidence:
    """One piece taken over from a criminal file, with its origin (Rules 88; norm C142)."""

    description: str
    origin: str


def criminal_evidence(case: Case) -> list[CriminalEvidence]:
    """Return the pieces of the criminal file taken over so far, in the order of the lists."""
    lists = [corrected(event)[1] for event in standing(case, "criminal_evidence_listed")]
    rows = [row for facts in lists for row in str(facts.get("rows", "")).splitlines()]
    return [CriminalEvidence(*row.split(" | ", 1)) for row in rows]


def _on_judgment(case: Case, kind: str) -> list[Event]:
    """Return the events of `kind` that concern the judgment that can be appealed against."""
    return standing_since(case, kind, rounds.APPEALABLE)


def last_to_report(case: Case) -> Event | None:
    """Return the last judgment or ruling that goes to the next-higher office for record (Rules 58)."""
    told = standing(case, "judged", "suit_rejected", "judgment_served")
    to_report = (
        event
        for event in reversed(told)
        if event.kind != "judgment_served" or event.facts.get("party") == OFFICE
    )
    return next(to_report, None)


def served_parties(case: Case) -> set[str]:
    """Return the parties on whom the last judgment that can be appealed against was served."""
    return set(_days_by(_on_judgment(case, "judgment_served"), "party"))


def appellants(case: Case) -> list[str]:
    """Return the parties whose appeals against the last judgment are entered, this office among them."""
    kinds = ("appeal_filed", "opponent_appealed")
    return list(
        dict.fromkeys(key for kind in kinds for key in _days_by(_on_judgment(case, kind), "party"))
    )


def period_of_party(case: Case, rule: str, party: str) -> Deadline | None:
    """Return the deadline of a rule that runs for one party of the suit."""
    return _period_where(case, rule, "party", party)


def appeal_served_on(case: Case, party: str) -> date | None:
    """Return when the first copy of an appeal against the last judgment was served on a party."""
    told = [corrected(event) for event in _on_judgment(case, "appeal_served")]
    return min((day for day, facts in told if str(facts.get("party")) == party), default=None)


def period_to_appeal_ruling(case: Case, ruling: str) -> Deadline | None:
    """Return the ten days that the service of one ruling on jurisdiction started, by its reference."""
    events = [event.pk for event in rulings_on_jurisdiction(case) if reference_of(event) == ruling]
    started = (row for row in reversed(_periods(case, "P-31")) if row.start_event_id in events)
    return next(started, None)


def rulings_appealed(case: Case) -> set[str]:
    """Return the references of the rulings on jurisdiction against which an appeal is entered."""
    events = standing(case, "jurisdiction_ruling_appealed")
    return {str(corrected(event)[1].get("ruling")) for event in events}


def applications_waiting(case: Case) -> dict[str, Event]:
    """Return the applications for retrial the court has not answered, by their references (CPL 215)."""
    refused = {
        str(corrected(event)[1].get("application"))
        for event in standing(case, "retrial_application_refused")
    }
    applied = standing_since(case, "retrial_applied", rounds.RETRIAL)
    return {key: event for event in applied if (key := reference_of(event)) not in refused}


def period_of_defendant(case: Case, rule: str, defendant: str) -> Deadline | None:
    """Return the deadline of a rule that runs for one defendant, by its key."""
    return _period_where(case, rule, "defendant", defendant)


def _period_where(case: Case, rule: str, name: str, value: str) -> Deadline | None:
    for row in reversed(_periods(case, rule)):
        start = row.start_event
        if start is not None and str(corrected(start)[1].get(name)) == value:
            return row
    return None


def first_hearing(case: Case) -> date | None:
    """Return the day of the first hearing of the running first instance."""
    events = standing_since(case, "hearing_held", rounds.TRIAL)
    return min((corrected(event)[0] for event in events), default=None)


def open_exclusions(case: Case) -> list[str]:
    """Return the exclusions from the trial period that have not ended, as forms name them."""
    ended = {
        str(corrected(event)[1].get("exclusion"))
        for event in standing(case, "trial_time_counts_again")
    }
    began = [reference_of(event) for event in standing(case, "trial_time_excluded")]
    return [key for key in began if key not in ended]


def last_day_to_appeal(case: Case) -> date | None:
    """Return the last day of all parties' periods to appeal against the last judgment."""
    served = {event.pk for event in _on_judgment(case, "judgment_served")}
    rows = (row for row in _periods(case, "P-30") if row.start_event_id in served)
    return max((row.effective_day for row in rows), default=None)


# What gave the decision a retrial tries again: the instance follows from how it came to be effective.
_FINAL_AT = {
    "judgment_effective": Instance.FIRST,
    "appeal_withdrawn": Instance.FIRST,
    "second_instance_judged": Instance.SECOND,
}


def instance_retried(case: Case) -> Instance | None:
    """Return which instance made the decision that took effect last, and is tried again (CPL 218).

    None where the record does not tell: a mediation document, or a retrial before.
    """
    kinds = (*_FINAL_AT, "mediation_effective", "retrial_judged")
    told = standing(case, *kinds)
    return _FINAL_AT.get(told[-1].kind) if told else None


def standing_items(case: Case) -> QuerySet[OperativeItem]:
    """Return the operative items of the judgments that stand, those struck left out."""
    return OperativeItem.objects.filter(
        judgment__case=case, judgment__set_aside_by__isnull=True, struck_by__isnull=True
    )


def unanswered_replies(case: Case) -> list[str]:
    """Return who of the eligible bodies replied and was not followed up (Rules 93)."""
    followed = {
        str(corrected(event)[1].get("reply"))
        for event in standing(case, "announcement_reply_followed")
    }
    return [
        facts["name"]
        for event in _replies(case)
        if (facts := corrected(event)[1]).get("replier") == Replier.ELIGIBLE
        and reference_of(event) not in followed
    ]


def _replies(case: Case) -> list[Event]:
    """Return the replies to the last announcement: those to one before it say nothing of this suit."""
    return standing_since(case, "announcement_reply", rounds.ANNOUNCEMENT)


def replies_of_eligible(case: Case) -> list[dict[str, Any]]:
    """Return the facts of the replies of eligible bodies to the last announcement (Rules 93)."""
    replies = [corrected(event)[1] for event in _replies(case)]
    return [facts for facts in replies if facts.get("replier") == Replier.ELIGIBLE]


@dataclass(frozen=True)
class Reply:
    """What an eligible body answered to the announcement, on the day it was received."""

    day: date
    name: str
    intention: str

    @property
    def sues(self) -> bool:
        """Whether it has sued, or says that it will."""
        return self.intention in (Intention.HAS, Intention.WILL)


def replies_of_plaintiffs(case: Case) -> dict[str, Reply]:
    """Return the replies of eligible bodies to the last announcement, by what other events call each."""
    told = {reference_of(event): corrected(event) for event in _replies(case)}
    return {
        key: Reply(day, str(facts.get("name", "")), str(facts.get("intention", "")))
        for key, (day, facts) in told.items()
        if facts.get("replier") == Replier.ELIGIBLE
    }


def eligible_plaintiffs(case: Case) -> list[str]:
    """Return the eligible bodies whose reply says that they have sued (norm C040)."""
    replies = replies_of_eligible(case)
    return [facts["name"] for facts in replies if facts.get("intention") == Intention.HAS]


def open_commissions(case: Case) -> list[str]:
    """Return the keys of the commissions that have no report yet, as forms name them."""
    reported = {
        str(corrected(event)[1].get("commission")) for event in standing(case, "work_reported")
    }
    sent = [reference_of(event) for event in standing(case, "work_commissioned")]
    return [pk for pk in sent if pk not in reported]


def vote_of(facts: dict[str, Any]) -> Vote:
    """Return the vote the facts of a committee decision tell."""
    return Vote(*(int(facts.get(name) or 0) for name in ("members", "present", "votes_for")))


def committee_on_suit(case: Case) -> dict[str, Any] | None:
    """Return the facts of the committee's last decision on whether to sue, made in the running review."""
    events = standing_since(case, "committee_decided", rounds.REVIEW)
    told = (corrected(event)[1] for event in reversed(events))
    return next(
        (facts for facts in told if facts.get("matter_decided") == CommitteeMatter.SUIT), None
    )


def vote_in_words(vote: Vote) -> str:
    """Return the result of a vote as a sentence."""
    numbers = {"votes": vote.votes_for, "members": vote.members}
    if vote.carried:
        return _("Carried: %(votes)s of %(members)s members voted for it.") % numbers
    return _("Not carried: %(votes)s of %(members)s members voted for it.") % numbers


def days_of(case: Case, rule: str) -> int:
    """Return the length of a period in days, as the rulebook of the case has it (law 6.1)."""
    length = rulebook_of(case).periods[rule].length
    assert length is not None
    assert length.unit is Unit.DAY
    return length.length


def judged_before(case: Case) -> list[str]:
    """Return the keys of the office's other cases in which the same defendant was judged with effect."""
    parties = case.parties.filter(role=PartyRole.VIOLATOR, removed_at__isnull=True)
    names = [party.name for party in parties]
    codes = [party.credit_code for party in parties if party.credit_code]
    same = Q(case__parties__name__in=names) | Q(case__parties__credit_code__in=codes)
    rows = Judgment.objects.filter(
        same, case__office=case.office_id, effective_on__isnull=False, set_aside_by__isnull=True
    )
    return list(rows.exclude(case=case).values_list("case__key", flat=True).distinct()[:5])


# --- the page of the suit ------------------------------------------------------------------------


@dataclass(frozen=True)
class PartyOfSuit:
    """One party of the suit with what runs for it.

    Attributes:
        key: the key of the party, or ``office``.
        joined: whether it is a co-plaintiff (CPLI 285).
        complaint_served, judgment_served: the days on which they reached it.
        defence_until, appeal_until: the last days of its own periods.
        appealed: whether an appeal of it is entered.
    """

    key: str
    name: str
    joined: bool
    complaint_served: date | None
    defence_until: date | None
    judgment_served: date | None
    appeal_until: date | None
    appealed: bool


def served_with_complaint(case: Case) -> dict[str, date]:
    """Return the defendants whom the complaint of the running suit reached, with the days."""
    return _days_by(standing_since(case, "complaint_served", rounds.SUIT), "defendant")


def parties_of_suit(case: Case) -> list[PartyOfSuit]:
    """Return the parties of the suit with what was served on each and until when it may act."""
    complaints = served_with_complaint(case)
    judgments = _days_by(_on_judgment(case, "judgment_served"), "party")
    defences = _ends_by(case, "P-23", "defendant")
    appeals = _ends_by(case, "P-30", "party")
    gone = appellants(case)
    return [
        PartyOfSuit(
            key=key,
            name=name,
            joined=joined,
            complaint_served=complaints.get(key),
            defence_until=defences.get(key),
            judgment_served=judgments.get(key),
            appeal_until=appeals.get(key) if key in judgments else None,
            appealed=key in gone,
        )
        for key, name, joined in _parties(case)
    ]


def _parties(case: Case) -> list[tuple[str, str, bool]]:
    """Return key and name of each party of the suit, and whether it joined it."""
    others = [
        (str(row.pk), row.name, row.joined_by_id is not None) for row in parties_in_suit(case)
    ]
    return [(OFFICE, str(case.office.name), False), *others]


def _days_by(events: list[Event], name: str) -> dict[str, date]:
    told = [corrected(event) for event in events]
    return {str(facts.get(name)): day for day, facts in told}


def _ends_by(case: Case, rule: str, name: str) -> dict[str, date]:
    return {
        str(corrected(row.start_event)[1].get(name)): row.effective_day
        for row in _periods(case, rule)
        if row.start_event is not None
    }


def claims_of(case: Case) -> QuerySet[Claim]:
    """Return the claims of a case in the order of their numbers, those that ended too."""
    rows = Claim.objects.filter(case=case).order_by("number")
    return rows.select_related("event", "replaces").prefetch_related("defendants")


def judgments_of(case: Case) -> QuerySet[Judgment]:
    """Return the judgments of a case with their standing items, the oldest first."""
    items = OperativeItem.objects.filter(struck_by__isnull=True).prefetch_related("debtors")
    rows = Judgment.objects.filter(case=case).select_related("event", "set_aside_by").order_by("id")
    return rows.prefetch_related(Prefetch("items", queryset=items, to_attr="standing_items"))


# --- eligible subjects ---------------------------------------------------------------------------


def subjects_as_of() -> date | None:
    """Return how old the list is: the day of its entry that was looked at longest ago."""
    oldest: date | None = subjects_in_force().aggregate(day=Min("as_of"))["day"]
    return oldest


# --- transfers -----------------------------------------------------------------------------------


def may_receive(actor: User) -> bool:
    """Say whether the actor takes in cases for his office: intake or case management."""
    return accounts.has_role(actor, *TAKING_IN.recorded_by)


def transfers_received_by(actor: User) -> QuerySet[CaseTransfer]:
    """Return the transfers to the actor's office, newest first, for those who take cases in.

    One whose sending was annulled is none: the case is with the office that sent it.
    """
    rows = CaseTransfer.objects.select_related("source__office", "target_office", "received_case")
    if not may_receive(actor):
        return rows.none()
    sent = rows.filter(target_office=actor.office_id, event__annulled_by__isnull=True)
    return sent.order_by("-id")


def get_transfer(actor: User, pk: int) -> CaseTransfer:
    """Return one transfer to the actor's office.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = transfers_received_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such transfer."))
    return row
