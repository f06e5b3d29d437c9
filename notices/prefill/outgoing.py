"""What several letters to authorities, units and courts say: contact, evidence, an earlier recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Case, Lead, PartyRole
from cases.selectors.people import lead_handler
from deadlines.derive import rulebook_of
from documents.numerals import chinese_date
from evidence.models import Exhibit
from notices import selectors
from notices.models import Document, Result
from notices.models.service import Outcome
from notices.prefill.said import (
    Prefilled,
    Said,
    numbered,
    on_event,
    on_exhibit,
    on_party,
    said,
)
from notices.prefill.words import LEAD_SOURCES_ZH, length_zh, unlawful_act

if TYPE_CHECKING:
    Matter = Lead | Case

RECOMMENDATIONS = ("D-70", "D-71")


def contacts(matter: Matter) -> Prefilled:
    """Return who answers questions and where."""
    handler = lead_handler(matter)
    return {
        "contact_person": said(handler.name if handler else "", "team"),
        "telephone": said(matter.office.telephone, "office"),
        "address": said(matter.office.address, "office"),
    }


def term(matter: Matter, rule: str) -> Said:
    """Return the length of a period; one that no text verified is proposed as wording, not as law."""
    unverified = rulebook_of(matter).periods[rule].unverified
    return said(length_zh(matter, rule), "wording" if unverified else "law")


def authority(case: Case) -> Said:
    """Return the administrative body of the case, the first one entered."""
    party = case.parties.filter(role=PartyRole.AUTHORITY, removed_at=None).first()
    return said(party.name if party else "", "case", on_party(party))


def source_of(matter: Matter) -> Said:
    """Return how the office came to know of it: the kind of source alone, never who reported."""
    lead = matter.lead if isinstance(matter, Case) else matter
    if lead is None:
        return said("", "lead")
    text = f"本案线索来源于{LEAD_SOURCES_ZH[lead.source]}。"
    if isinstance(matter, Case):
        text += f"经审查，本院于{chinese_date(matter.filed_on)}决定立案。"
    return said(text, "lead")


def act_of(matter: Matter) -> Said:
    """Return the act as the filing states it; before a filing what the lead says."""
    if isinstance(matter, Lead):
        return said(matter.summary, "lead")
    act = unlawful_act(matter)
    return act if act.text else said(matter.summary, "case")


def open_exhibits(matter: Matter) -> list[Exhibit]:
    """Return the exhibits a letter may name: in use and not confidential."""
    if isinstance(matter, Lead):
        return []
    rows = Exhibit.objects.filter(case=matter, confidential=False, withdrawal__isnull=True)
    return list(rows.order_by("number"))


def evidence_list(matter: Matter) -> Said:
    """Return those exhibits as a list."""
    shown = (
        said(f"{exhibit.name}（证据{exhibit.number}）", "evidence", on_exhibit(exhibit))
        for exhibit in open_exhibits(matter)
    )
    return numbered(shown, "evidence")


def proven_by(matter: Matter) -> Said:
    """Return the sentence that names the evidence of the facts."""
    exhibits = open_exhibits(matter)
    if not exhibits:
        return said("", "evidence")
    names = "、".join(exhibit.name for exhibit in exhibits)
    supports = [on_exhibit(exhibit) for exhibit in exhibits]
    return said(f"上述事实有{names}等证据证实。", "evidence", *supports)


def recommendation(matter: Matter) -> Document | None:
    """Return the recommendation of the matter that letters speak of: the last one that stands."""
    return selectors.standing(matter).filter(code__in=RECOMMENDATIONS).order_by("-id").first()


def recommended_to(paper: Document) -> str:
    """Return to whom a recommendation went."""
    stated = paper.values.get("name") or paper.values.get("addressee") or ""
    return str(stated).strip()


def received(paper: Document) -> Outcome | None:
    """Return the service by which a document reached its addressee."""
    served = Outcome.objects.filter(service__document=paper, result=Result.SERVED)
    return served.select_related("event", "service").order_by("id").first()


def recommendation_sent(paper: Document | None, *, to_addressee: bool = False) -> Said:
    """Return when the recommendation was sent, under which number, and when it was received.

    Args:
        to_addressee: the letter goes to the unit itself, which is spoken to as 你单位.
    """
    if paper is None or paper.signed_day is None:
        return said("", "case")
    outcome = received(paper)
    name = recommended_to(paper) or (outcome.service.name if outcome else "")
    name, unit = ("你单位", "你单位") if to_addressee else (name, "该单位")
    number = f"（{paper.number}）" if paper.number else ""
    text = f"本院于{chinese_date(paper.signed_day)}向{name}提出检察建议{number}"
    if outcome is None:
        return said(f"{text}。", "case")
    text += f"，{unit}于{chinese_date(outcome.standing_day)}收到。"
    return said(text, "event", on_event(outcome.event))
