"""D-70 to D-76: what the record already says to authorities, units and those above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from audit import clock
from cases.models import Case, Event, Lead
from cases.selectors.events import latest, standing_events
from cases.selectors.people import open_team
from deadlines.models import Deadline
from deadlines.models.deadline import RUNNING
from deadlines.periods import Period, Unit
from documents.model import Support
from documents.numerals import chinese_date
from notices import selectors
from notices.bodies.statutes import APL_ZH, JI_ZH, RECOMMENDING_ZH, RULES_ZH
from notices.catalogue.administrative import d74_suspension_of_review as d74
from notices.catalogue.administrative import d75_escalation_letter as d75
from notices.models import Document
from notices.prefill.decisions import fixed
from notices.prefill.outgoing import (
    act_of,
    authority,
    contacts,
    evidence_list,
    proven_by,
    received,
    recommendation,
    recommendation_sent,
    recommended_to,
    source_of,
    term,
)
from notices.prefill.said import Prefilled, Said, joined, on_event, said, today
from notices.prefill.words import harm, period_zh, unlawful_act, violators

if TYPE_CHECKING:
    Matter = Lead | Case

ADMINISTRATIVE_BASIS_ZH = f"{APL_ZH}第二十五条第四款、{JI_ZH}第二十一条、{RULES_ZH}第七十五条"
TOLD_ON_ZH = "请依法督促该单位履行职责、落实检察建议，并将有关情况书面告知本院。"
TRANSFERRED_ZH = "涉嫌犯罪"
# The time to reply to a recommendation (JI 21; PRR 19).
REPLIES = ("P-53", "P-54", "P-57")


def recommend_to_authority(matter: Matter) -> Prefilled:
    """D-70: to whom, where the case comes from, the harm, the basis and the terms of the law."""
    case = cast(Case, matter)
    return {
        "name": authority(case),
        "source": source_of(case),
        "harm": harm(case),
        "failure": unlawful_act(case),
        "basis": said(ADMINISTRATIVE_BASIS_ZH, "law"),
        "period": term(case, "P-53"),
        "attachments": said("检察建议回复函（整改报告）格式", "wording"),
        "day": today(),
    } | (contacts(case) | fixed(case, "D-70"))


def recommend_governance(matter: Matter) -> Prefilled:
    """D-71: what was written and decided of it (G-1-4, G-3); before that, what the case says."""
    written = _written(matter)
    if written is not None:
        return _as_written(matter, written)
    return {
        "source": source_of(matter),
        "facts": joined((act_of(matter), proven_by(matter)), "event"),
        "basis": said(f"{RECOMMENDING_ZH}第十一条", "law"),
        "reply": term(matter, "P-57"),
        "day": today(),
    } | contacts(matter)


def _written(matter: Matter) -> Event | None:
    """Return the text of the recommendation that was decided last, else of the one written last."""
    decided = latest(matter, "governance_decided")
    rows = standing_events(matter, "governance_drafted").order_by("-id")
    if decided is not None:
        rows = rows.filter(facts__recommendation=decided.facts.get("recommendation"))
    return rows.first()


def _as_written(matter: Matter, event: Event) -> Prefilled:
    facts, on = event.facts, on_event(event)
    names = {
        "addressee": "addressee",
        "source": "source",
        "facts": "findings",
        "hazard": "hazard",
        "basis": "basis",
        "content": "content",
        "other": "other",
    }
    texts = {name: said(str(facts.get(fact) or ""), "event", on) for name, fact in names.items()}
    days = facts.get("reply_days")
    own = said(period_zh(Period(days, Unit.DAY)), "event", on) if days else term(matter, "P-57")
    return {
        **texts,
        "objection": _term_to_object(facts.get("objection_days"), on),
        "reply": own,
        "day": today(),
    } | contacts(matter)


def _term_to_object(days: int | None, on: Support | None) -> Said:
    return said(period_zh(Period(days, Unit.DAY)) if days else "", "event", on)


def reply(matter: Matter) -> Prefilled:
    """D-72: the head of the form that is enclosed: who replies to which recommendation."""
    paper = recommendation(matter)
    if paper is None:
        return {"authority": authority(cast(Case, matter))}
    outcome = received(paper)
    came = said(
        chinese_date(outcome.standing_day) if outcome else "",
        "event",
        on_event(outcome.event if outcome else None),
    )
    return {
        "authority": said(recommended_to(paper), "case"),
        "recommendation": said(paper.number, "case"),
        "received_on": came,
        "items": said(str(paper.values.get("content", "")), "case"),
    }


def follow_up(matter: Matter) -> Prefilled:
    """D-73: which recommendation is followed up, by whom."""
    case = cast(Case, matter)
    paper = recommendation(case)
    named = f"{recommended_to(paper)}　{paper.number}".strip("　") if paper else ""
    staff = "、".join(member.user.name for member in open_team(case))
    return {
        "recommendation": said(named, "case"),
        "day": today(),
        "persons": said(f"本院检察人员：{staff}" if staff else "", "team"),
    }


def suspension(matter: Matter) -> Prefilled:
    """D-74: the review is suspended; where it is suspended already, it is taken up again."""
    case = cast(Case, matter)
    paper = recommendation(case)
    named = said(recommended_to(paper), "case") if paper else authority(case)
    return {
        "which": said(d74.RESUMES if _suspended(case) else d74.SUSPENDS, "case"),
        "addressee": named,
        "case": said(case.title, "case"),
        "course": recommendation_sent(paper, to_addressee=True),
        "basis": said(f"{RULES_ZH}第七十八条", "law"),
        "day": today(),
    }


def _suspended(case: Case) -> bool:
    last = selectors.standing(case, "D-74").order_by("-id").first()
    return last is not None and d74.SUSPENDS in str(last.values.get("which", ""))


def escalation(matter: Matter) -> Prefilled:
    """D-75: which recommendation was not followed, and what those above the unit are asked."""
    case = cast(Case, matter)
    paper = recommendation(case)
    return {
        "which": said(d75.TELLS, "wording"),
        "recommendation": recommendation_sent(paper),
        "facts": _unanswered(case),
        "basis": said(f"{RECOMMENDING_ZH}第二十五条", "law"),
        "request": said(TOLD_ON_ZH, "wording"),
        "attachments": _copy_of(paper),
        "day": today(),
    } | contacts(case)


def _copy_of(paper: Document | None) -> Said:
    number = f"（{paper.number}）" if paper and paper.number else ""
    return said(f"检察建议书{number}复印件" if paper else "", "case")


def _unanswered(case: Case) -> Said:
    """Return that the time to reply is over without a reply, when that is so."""
    rows = Deadline.objects.filter(case=case, rule__in=REPLIES, state__in=RUNNING)
    row = rows.filter(effective_day__lt=clock.today()).order_by("-effective_day").first()
    if row is None:
        return said("", "event")
    text = f"书面回复期限于{chinese_date(row.effective_day)}届满，该单位至今未书面回复本院。"
    return said(text, "event", on_event(row.start_event))


def transfer_to_crime(matter: Matter) -> Prefilled:
    """D-76: from which case, who is suspected, the facts, and the evidence that may be named."""
    suspects = violators(matter) if isinstance(matter, Case) else matter.suspected_processor
    return {
        "which": said(TRANSFERRED_ZH, "wording"),
        "case": said(matter.title, "case"),
        "source": source_of(matter),
        "suspects": said(suspects, "case"),
        "facts": act_of(matter),
        "basis": said(f"{RULES_ZH}第三十一条", "law"),
        "evidence": evidence_list(matter),
        "day": today(),
    } | contacts(matter)
