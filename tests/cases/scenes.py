"""The scenes of T02 to T12, T60 and M01: a lead, and a case before its announcement."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Office
from cases.models import Case, Lead
from evidence.facts import GROUPS
from evidence.models import FactLink
from evidence.services.facts import state_fact, unlink
from notices.models import Document
from notices.services.registering import Filing, register_document
from tests.support.guards import Scene
from tests.support.matters import (
    FILING,
    assess,
    assign,
    force,
    happen,
    make_case,
    make_lead,
    set_full_team,
    stand_aside,
    upload,
)
from tests.support.people import Cast

AT = datetime(2026, 1, 15, 10, 0)
DAY = date(2026, 1, 15)
PROOFS = {"proofs": ["0" * 64]}


def assigned(cast: Cast) -> Lead:
    return assign(cast, make_lead(cast))


def assessed(cast: Cast) -> Lead:
    return assess(cast, assigned(cast))


def inquired(cast: Cast) -> Lead:
    lead = assessed(cast)
    force(lead, "T04", DAY, actor=cast.handler, why_necessary="不清")
    return lead


def refused(cast: Cast) -> Lead:
    lead = assessed(cast)
    force(lead, "T07", DAY, actor=cast.chief, reason="不属公益")
    return lead


def filed(cast: Cast) -> Case:
    case = make_case(cast)
    set_full_team(cast, case)
    case.refresh_from_db()
    return case


def investigated(cast: Cast) -> Case:
    """Make a case under investigation with a fact in each of the seven groups."""
    case = filed(cast)
    force(case, "T08", DAY, actor=cast.handler)
    for group in GROUPS:
        state_fact(actor=cast.handler, case=case, group=group, text="已查明。")
    return case


def closed(proposal: str) -> Any:
    """Return a maker of a case whose investigation was closed with a proposal."""

    def maker(cast: Cast) -> Case:
        case = filed(cast)
        force(case, "T08", DAY, actor=cast.handler)
        force(case, "T10", DAY, actor=cast.handler, proposal=proposal, conclusion="结论")
        return case

    return maker


def close_with(proposal: str) -> Any:
    """Return a breach that closes the investigation with another proposal."""

    def breach(cast: Cast, case: Any) -> None:
        happen(case, "investigation_closed", DAY, actor=cast.handler, facts={"proposal": proposal})

    return breach


def to_the_other_office(lead: Any) -> dict[str, Any]:
    target = Office.objects.exclude(pk=lead.office_id).order_by("pk").first()
    assert target is not None
    return {"target_office": target.pk, "jurisdiction_ground": "行为地在该区。"}


def came_by_transfer(cast: Cast, lead: Any) -> None:
    Lead.objects.filter(pk=lead.pk).update(received_from=make_lead(cast))


def never_assessed(cast: Cast, lead: Any) -> None:
    lead.assessment.delete()


def inquiry_without_report(cast: Cast, lead: Any) -> None:
    happen(lead, "inquiry_started", DAY, actor=cast.handler)


def handler_stands_aside(cast: Cast, matter: Any) -> None:
    stand_aside(cast, matter, cast.handler)


def only_one_is_left(cast: Cast, case: Any) -> None:
    for person in (cast.assistant, cast.clerk):
        stand_aside(cast, case, person)


def take_a_fact_out(cast: Cast, case: Any) -> None:
    link = FactLink.objects.filter(case=case).earliest("pk")
    unlink(actor=cast.handler, link=link, reason="误录")


def lacks_its_telephone(cast: Cast, case: Any) -> None:
    """Correct the announcement by one that names no telephone (norm C037)."""
    old = Document.objects.get(case=case, code="D-41")
    filing = Filing(
        code="D-41",
        number=old.number.replace("号", "0号"),
        signed_day=DAY,
        signer=cast.chief,
        confirmed=[item.name for item in old.type.contents if item.name != "telephone"],
        corrects=old,
    )
    register_document(actor=cast.handler, matter=case, filing=filing, upload=upload("公告.pdf"))


def with_another_lead(lead: Any) -> dict[str, Any]:
    return {"into": Lead.objects.exclude(pk=lead.pk).get().pk}


def two_leads(cast: Cast) -> Lead:
    make_lead(cast)
    return assigned(cast)


UNKNOWN = {"processor": None, "violator_unknown": True}
SCENES: dict[str, Scene] = {
    "T02": Scene(
        AT,
        assessed,
        to_the_other_office,
        breaks={
            "not_own_jurisdiction": {"jurisdiction_ground": None},
            "transfer_not_returned": came_by_transfer,
        },
    ),
    "T03": Scene(
        AT,
        make_lead,
        {"handler": 0, "conflict_checked": True},
        breaks={"handler_without_conflict": {"conflict_checked": False}},
    ),
    "T04": Scene(
        AT,
        assessed,
        {"why_necessary": "数据流向不明"},
        breaks={"inquiry_necessary": {"why_necessary": " "}},
    ),
    "T05": Scene(AT, inquired, documents=("D-04",)),
    "T06": Scene(
        AT,
        assessed,
        FILING,
        documents=("D-05",),
        breaks={
            "handler_may_lead": handler_stands_aside,
            "lead_assessed": never_assessed,
            "inquiry_report_attached": inquiry_without_report,
            "public_interest_harmed": {"harm": None},
            "unlawful_act_possible": {"unlawful_act": None},
            "numerous_individuals_assessed": {"numerous_individuals": None},
            "violator_known_or_severe": UNKNOWN,
            "legal_basis_in_force": {"legal_bases": []},
        },
    ),
    "T07": Scene(
        AT,
        assessed,
        {"reason": "仅涉及个别人"},
        documents=("D-05",),
        breaks={
            "lead_assessed": never_assessed,
            "inquiry_report_attached": inquiry_without_report,
            "reason_for_not_filing": {"reason": None},
        },
    ),
    "T60": Scene(
        AT, refused, {"new_facts": "又有举报"}, breaks={"new_facts_stated": {"new_facts": " "}}
    ),
    "M01": Scene(
        AT,
        two_leads,
        with_another_lead,
        breaks={"merge_target_open": lambda cast, lead: {"into": lead.pk}},
    ),
    "T08": Scene(
        AT,
        filed,
        documents=("D-09",),
        breaks={"team_with_one_lead": handler_stands_aside, "two_staff": only_one_is_left},
    ),
    "T10": Scene(AT, investigated, breaks={"seven_fact_groups": take_a_fact_out}),
    "T11": Scene(
        AT,
        closed("terminate"),
        {"ground": "interest_protected", "explanation": "已整改"},
        documents=("D-40",),
        breaks={
            "report_proposes_termination": close_with("announce"),
            "termination_ground": {"ground": "kin_object"},
            "not_to_be_supported": {"ground": "other_subject_sued", "office_will_support": True},
        },
    ),
    "T12": Scene(
        AT,
        closed("announce"),
        {"medium": "某报", "national_influence": True} | PROOFS,
        documents=("D-40", "D-41"),
        finished=("D-41",),
        breaks={
            "report_proposes_announcement": close_with("terminate"),
            "announcement_five_items": lacks_its_telephone,
            "medium_of_national_influence": {"national_influence": False},
            "publication_proven": {"proofs": None},
        },
    ),
}
