"""A case before the court, step by step, for tests of what comes after a step."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case, Event, Party
from cases.services import parties, proposals
from deadlines.models import Deadline
from litigation.models import Claim, Court, Judgment
from litigation.settlement import comparisons
from tests.support.documents import filed
from tests.support.matters import (
    approve,
    case_in_review,
    force,
    propose,
    record,
    set_full_team,
    upload,
)
from tests.support.people import Cast

DELIVERED = date(2026, 5, 6)
ACCEPTED = date(2026, 5, 8)
INTERNET_COURT = "杭州互联网法院"
# What is handed in with every complaint (law 3.4).
PIECES = ["complaint", "evidence_list", "preliminary_evidence", "announcement_proof"]
CLAIM = {"kind": "K4", "text": "删除非法收集的全部个人信息。"}
MONEY_CLAIM = {"kind": "K8", "text": "连带赔偿公益损害。", "amount": "100000"}


def second_defendant(cast: Cast, case: Case, *, abroad: bool = False) -> Party:
    """Add another violator to the case."""
    party = parties.add_party(
        actor=cast.handler,
        case=case,
        facts={
            "role": "violator",
            "kind": "organisation",
            "name": "某数据有限公司",
            "domicile_abroad": abroad,
        },
    )
    case.refresh_from_db()
    return party


def defendants(case: Case) -> list[Party]:
    return list(case.parties.filter(role="violator").order_by("pk"))


def internet_court() -> Court:
    return Court.objects.get(name=INTERNET_COURT)


def intermediate_court() -> Court:
    return Court.objects.get(name="杭州市中级人民法院")


def day_of(moment: date) -> str:
    return moment.isoformat()


def suit_decided(cast: Cast) -> Case:
    """Make a case the office has decided to sue in, on 20 April 2026; the clock must stand later."""
    case = case_in_review(cast, date(2026, 3, 2))
    set_full_team(cast, case)
    case.refresh_from_db()
    force(case, "S03", date(2026, 4, 20), actor=cast.handler, outcome="sue", conclusion="起诉")
    force(case, "T21", date(2026, 4, 20), actor=cast.chief)
    return case


def claim(cast: Cast, case: Case, **facts: Any) -> Claim:
    """Draft one claim."""
    event = record(cast.handler, case, "S10", {"legal_day": "2026-04-20"} | CLAIM | facts)
    return Claim.objects.get(event=event)


def met(case: Case) -> dict[str, str]:
    """Return the facts of an agreement that gives all that is claimed."""
    return {
        item.field: str(item.claim.amount) if item.party else "full" for item in comparisons(case)
    }


def carry_out(
    cast: Cast, case: Case, code: str, plan: dict[str, Any], act: dict[str, Any]
) -> Event:
    """Propose a step, let head and chief approve it and record the act with its proof."""
    proposal = propose(case, code, plan, cast.handler)
    approve(proposal, cast.head, cast.chief)
    proposal.refresh_from_db()
    files = {name: upload() for name in act.pop("files", ("receipt",))}
    event = proposals.carry_out(actor=cast.handler, proposal=proposal, data=act, files=files)
    case.refresh_from_db()
    return event


def deliver(cast: Cast, case: Case, **act: Any) -> Event:
    """Deliver the complaint to the internet court, with all that belongs to it."""
    for code in ("D-45", "D-46"):
        filed(case, code, cast.clerk, cast.chief)
    given = {
        "legal_day": day_of(DELIVERED),
        "copies": len(defendants(case)),
        "pieces": PIECES,
    }
    plan = {"court": internet_court().pk, "court_ground": "网络侵权行为实施地。"}
    return carry_out(cast, case, "T22", plan, given | act)


def suit_delivered(cast: Cast) -> Case:
    """Make a case whose complaint is at the court, past the guards."""
    case = suit_decided(cast)
    claim(cast, case)
    claim(cast, case, **MONEY_CLAIM)
    package = {"copies": 1, "pieces": PIECES}
    force(case, "T22", DELIVERED, actor=cast.handler, court=internet_court().pk, **package)
    return case


def suit_accepted(cast: Cast) -> Case:
    """Make a case the court has registered."""
    case = suit_delivered(cast)
    force(case, "T24", ACCEPTED, actor=cast.handler, court_case_number="（2026）浙0192民初1号")
    return case


def in_preparation(cast: Cast) -> Case:
    """Make a case in preparation, its complaint served on the defendant on 11 May 2026."""
    case = suit_accepted(cast)
    for party in defendants(case):
        force(case, "S12", date(2026, 5, 11), actor=cast.handler, defendant=party.pk)
    force(case, "T25", date(2026, 5, 12), actor=cast.handler, evidence_days=20)
    return case


def in_trial(cast: Cast, *, debate_closed: bool = False) -> Case:
    """Make a case in trial; with `debate_closed` a hearing was held on 15 June 2026."""
    case = in_preparation(cast)
    force(case, "T29", date(2026, 6, 8), actor=cast.handler, hearing_on="2026-06-15")
    if debate_closed:
        force(case, "S18", date(2026, 6, 15), actor=cast.handler, debate_closed=True)
    return case


def judged(cast: Cast) -> Case:
    """Make a case judged on 22 June 2026; nothing is served yet."""
    case = in_trial(cast, debate_closed=True)
    force(
        case,
        "T36",
        date(2026, 6, 22),
        actor=cast.handler,
        judgment_number="（2026）浙0192民初1号",
        result="granted",
        pronounced_publicly=True,
    )
    return case


def served(cast: Cast, case: Case, day: date, *parties_: str) -> None:
    """Serve the judgment on this office and every defendant, or on those named, on one day."""
    keys = parties_ or ("office", *(str(party.pk) for party in defendants(case)))
    for key in keys:
        force(case, "S19", day, actor=cast.handler, party=key, abroad=False)


def on_appeal(cast: Cast, case: Case | None = None) -> Case:
    """Make a case a defendant has appealed in, on 1 July 2026; of a judged one, where it is given."""
    case = case or judged(cast)
    served(cast, case, date(2026, 6, 24))
    party = str(defendants(case)[0].pk)
    force(
        case,
        "T37-2",
        date(2026, 7, 1),
        actor=cast.handler,
        party=party,
        appealed_on="2026-07-01",
        received_on="2026-07-03",
    )
    return case


def effective(cast: Cast, case: Case | None = None) -> Case:
    """Make a case whose first judgment took effect on 10 July 2026; of a judged one, where it is given."""
    case = case or judged(cast)
    served(cast, case, date(2026, 6, 24))
    force(case, "T38", date(2026, 7, 10), actor=cast.handler, effective_on="2026-07-10")
    return case


def in_retrial(cast: Cast) -> Case:
    """Make a case the court tries again."""
    case = effective(cast)
    force(
        case,
        "T40",
        date(2026, 8, 3),
        actor=cast.handler,
        ground="own_review",
        explanation="确有错误",
    )
    return case


def judgment_of(case: Case) -> Judgment:
    return Judgment.objects.get(case=case, set_aside_by__isnull=True)


def deadline(case: Case, rule: str) -> Deadline:
    """Return the clock of a rule that began last."""
    return Deadline.objects.filter(case=case, rule=rule).latest("pk")
