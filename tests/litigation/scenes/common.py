"""What several scenes are made of, and what breaks a guard in more than one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from audit import clock
from cases.models import Case
from cases.selectors.events import latest
from litigation.models import Claim, Court
from tests.litigation import suit
from tests.support.documents import final
from tests.support.guards import Breach
from tests.support.matters import announced_case, case_in_review, force, happen, paper, upload
from tests.support.people import Cast

PROOFS = {"proofs": ["0" * 64]}
NO_PROOF: Breach = {"proofs": None}
ANNOUNCED = date(2026, 3, 2)
ELIGIBLE = {"replier": "eligible", "name": "某省消费者委员会", "content": "答复"}


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, 0)


def announced(cast: Cast) -> Case:
    return announced_case(cast, ANNOUNCED)


def in_review(cast: Cast) -> Case:
    return case_in_review(cast, ANNOUNCED)


def reviewed(outcome: str) -> Callable[[Cast], Case]:
    """Return a maker of a case whose review was reported with an outcome."""

    def maker(cast: Cast) -> Case:
        case = in_review(cast)
        force(
            case, "S03", date(2026, 4, 10), actor=cast.handler, outcome=outcome, conclusion="结论"
        )
        return case

    return maker


def again(kind: str, day: date, **facts: Any) -> Callable[[Cast, Any], None]:
    """Return a breach that records an event of a kind."""

    def breach(cast: Cast, matter: Any) -> None:
        happen(matter, kind, day, actor=cast.handler, facts=facts)

    return breach


def replied(intention: str, make: Callable[[Cast], Case] = announced) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        happen(
            case,
            "announcement_reply",
            date(2026, 3, 20),
            actor=cast.handler,
            facts=ELIGIBLE | {"intention": intention},
        )
        return case

    return maker


def with_event(
    make: Callable[[Cast], Case], kind: str, day: date, **facts: Any
) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        happen(case, kind, day, actor=cast.handler, facts=facts)
        return case

    return maker


def annulled(kind: str) -> Callable[[Cast, Any], None]:
    """Return a breach that takes the last event of a kind out of what counts."""

    def breach(cast: Cast, matter: Any) -> None:
        event = latest(matter, kind)
        happen(
            matter,
            "transition_annulled",
            date(2026, 3, 2),
            actor=cast.chief,
            annuls=event,
            reason="误录",
        )

    return breach


def other_office(case: Any) -> dict[str, Any]:
    from accounts.models import Office

    same = Office.objects.filter(level=case.office.level).exclude(pk=case.office_id)
    target = same.order_by("pk").first()
    assert target is not None
    return {
        "target_office": target.pk,
        "competent_court": suit.internet_court().pk,
        "transfer_ground": "侵权行为地在该市。",
    } | PROOFS


def publish_later(cast: Cast, case: Any) -> None:
    happen(case, "announcement_published", date(2026, 4, 2), actor=cast.handler)
    event = latest(case, "announcement_published")
    assert event is not None
    event.proofs.add(paper(cast.handler, case))


def make_provisional(case: Any) -> None:
    case.deadlines.filter(rule="P-01").update(provisional=True)


def end_review(case: Any, day: date = date(2026, 5, 5)) -> None:
    case.deadlines.filter(rule="P-02").update(nominal_day=day, effective_day=day)


def no_violator(case: Any) -> None:
    case.violator_unknown = case.severe = True
    case.save(update_fields=["violator_unknown", "severe"])


def claimed(make: Callable[[Cast], Case]) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        force(case, "S10", date(2026, 4, 20), actor=cast.handler, **suit.CLAIM)
        return case

    return maker


def first_claim(case: Any) -> dict[str, Any]:
    return {"claim": Claim.objects.filter(case=case).earliest("pk").pk}


def no_longer_heard(cast: Cast, case: Any) -> None:
    Court.objects.filter(name=suit.INTERNET_COURT).update(hears_to=date(2026, 1, 1))


def court_of_this_city(cast: Cast, case: Any) -> None:
    """Let the court's area hold this very office, which is of its level."""
    Court.objects.filter(name=suit.INTERNET_COURT).update(area="江州市")


def strike_all(cast: Cast, case: Any) -> None:
    for row in Claim.objects.filter(case=case, status="standing"):
        happen(case, "claim_struck", date(2026, 4, 20), actor=cast.handler, facts={"claim": row.pk})


def only_final(code: str) -> Callable[[Cast, Any], None]:
    """Return a breach that leaves of a document one that was made here and that nobody has signed."""

    def breach(cast: Cast, case: Any) -> None:
        from notices import services
        from notices.models import Document

        for earlier in Document.objects.filter(case=case, code=code):
            services.void_document(actor=cast.handler, document=earlier, reason="重新制作。")
        final(case, code, cast.handler)

    return breach


def lacks(cast: Cast, case: Any, code: str, content: str) -> None:
    """Correct a filed document by one that lacks a content."""
    from notices.models import Document
    from notices.services.registering import Filing, register_document

    old = Document.objects.get(case=case, code=code)
    filing = Filing(
        code=code,
        number=old.number.replace("号", "0号"),
        signed_day=clock.today(),
        signer=cast.chief,
        confirmed=[item.name for item in old.type.contents if item.name != content],
        corrects=old,
    )
    register_document(actor=cast.handler, matter=case, filing=filing, upload=upload("文书.pdf"))


def settling(make: Callable[[Cast], Case]) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        code = "T55" if case.state == "second_instance" else "T30"
        force(case, code, date(2026, 6, 22), actor=cast.handler)
        return case

    return maker


def met_in_full(case: Any) -> dict[str, Any]:
    return {"terms": "全部履行"} | suit.met(case) | PROOFS


def one_claim_less(cast: Cast, case: Any) -> dict[str, Any]:
    """Let the defendant owe one fen less than the money claimed of him."""
    claim, party = case.claims.get(amount__isnull=False), suit.defendants(case)[0]
    return {f"claim_{claim.pk}_{party.pk}": "99999.99"}


def attending(case: Any) -> dict[str, Any]:
    lead = case.team.get(position="lead").user
    return {"staff": [lead.pk], "days_before": 7, "judges": 3, "assessors": 4}


def only_the_assistant(cast: Cast, case: Any) -> dict[str, Any]:
    return {"staff": [cast.assistant.pk]}


SETTLEMENT_BREAKS: dict[str, Breach] = {
    "settlement_not_below_the_claims": one_claim_less,
    "published_by_the_court": NO_PROOF,
}
