"""D-06, D-40, D-43 to D-45 and D-55 of a case against an authority: what its own record says (law 3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, current_facts, latest, standing_events
from documents.numerals import chinese_date
from notices.bodies.statutes import JI_ZH, RULES_ZH
from notices.prefill.announcement import established
from notices.prefill.decisions import fixed
from notices.prefill.outgoing import authority, recommendation, recommendation_sent
from notices.prefill.proceedings import (
    before_court,
    court_of,
    defendant_names,
    defendants,
    flat,
    office_zh,
    planned,
)
from notices.prefill.said import Prefilled, Said, joined, on_event, said, today
from notices.prefill.suit import evidence, filing_zh
from notices.prefill.words import bases_zh, filed, harm, unlawful_act

if TYPE_CHECKING:
    Matter = Lead | Case

FILING_RULES_ZH = f"{RULES_ZH}第二十八条、第三十条、第六十七条"
PROPOSALS_ZH = {"terminate": "建议终结案件。", "recommend": "建议向行政机关提出检察建议。"}
# Short forms of the grounds of Rules 74; not compared with the official text.
TERMINATIONS_ZH = {
    "no_illegality": "行政机关未违法行使职权，也不存在不作为",
    "protected": "社会公共利益已经得到有效保护",
    "remedied": "行政机关已经全面采取整改措施依法履行职责",
    "other": "其他应当终结案件",
}
TERMINATION_RULES_ZH = {"A-4-2": "第七十四条", "A-8-2": "第七十四条、第七十九条"}
# The group of the evidence a finding of Rules 71 belongs to, and the content of D-40 that says it.
FINDINGS = {"harm": "harm", "duty": "duty", "failure": "failure", "cause": "causation"}
ENCLOSED_ZH = (
    "起诉书副本1份",
    "证据材料目录及证据材料",
    "被告违法行使职权或者不作为，致使社会公共利益受到侵害的证明材料",
    "已经履行诉前程序，行政机关仍不依法履行职责的证明材料",
)
FAILED_ZH = "未依法履行个人信息保护监督管理职责，社会公共利益仍处于受侵害状态。"


# --- filing ---------------------------------------------------------------------------------------


def filing_decision(matter: Matter) -> Prefilled:
    """D-06: the authority, its duty and failure, the harm, the basis, as the filing recorded them."""
    case = cast(Case, matter)
    event = filed(case)[0]
    told = joined((duty(case), unlawful_act(case)), "event")
    return {
        "violator": authority(case),
        "facts": told if told.text else said(case.summary, "case"),
        "harm": harm(case),
        "basis": said(articles_of(case, FILING_RULES_ZH), "law"),
        "decision": said(f"对{case.title}立案", "case", on_event(event)),
    } | fixed(case, "D-06")


def duty(case: Case) -> Said:
    """Return the duty of the authority as the decision to file states it."""
    event, stated = filed(case)
    return said(str(stated.get("duty", "")), "event", on_event(event))


def articles_of(case: Case, *further: str) -> str:
    """Return the articles of standing, always that of the Administrative Litigation Law, and further ones."""
    codes = list(dict.fromkeys(("APL 25", *case.legal_bases)))
    return "、".join((bases_zh(codes), *further))


# --- reports --------------------------------------------------------------------------------------


def closing_report(matter: Matter) -> Prefilled:
    """D-40: what the investigation found out of harm, duty, failure and link (Rules 71), and the proposal."""
    case = cast(Case, matter)
    event = latest(case, "administrative_investigation_closed")
    closed = current_facts(case, "administrative_investigation_closed")
    proposal = PROPOSALS_ZH.get(str(closed.get("proposal", "")), "")
    words = "\n".join(filter(None, (closed.get("conclusion"), proposal)))
    stated = {"harm": harm(case), "duty": duty(case), "failure": unlawful_act(case)}
    shown = {name: text for name, text in established(case).items() if name in stated}
    return (
        stated
        | shown
        | _found_out(case)
        | {
            "authority": authority(case),
            "law": said(articles_of(case), "law"),
            "consultation": _consulted(case),
            "proposal": said(words, "event", on_event(event)),
            "day": today(),
        }
    )


def _found_out(case: Case) -> Prefilled:
    """Return each finding by the content that says it, the last of its kind, with what it rests on."""
    found: Prefilled = {}
    rows = standing_events(case, "authority_investigated").prefetch_related("corrections")
    for event in rows.order_by("id"):
        told = corrected(event)[1]
        if name := FINDINGS.get(str(told.get("finding", ""))):
            rests = flat(told.get("rests_on")).rstrip("。")
            text = flat(told.get("text")).rstrip("。") + (f"（依据：{rests}）" if rests else "")
            found[name] = said(f"{text}。", "event", on_event(event))
    return found


def _consulted(case: Case) -> Said:
    """Return what each consultation came to, on its day (Rules 70)."""
    rows = standing_events(case, "consultation_held").prefetch_related("corrections")
    return joined((_consultation(event) for event in rows.order_by("id")), "event")


def _consultation(event: Event) -> Said:
    day, told = corrected(event)
    undertook = flat(told.get("commitments"))
    text = f"{chinese_date(day)}与行政机关磋商。{flat(told.get('positions'))}{undertook}"
    return said(text, "event", on_event(event))


def review_report(matter: Matter) -> Prefilled:
    """D-43: the recommendation with its service, what the authority replied, and the law."""
    case = cast(Case, matter)
    return {
        "recommendation": before_suit(case),
        "law": said(articles_of(case), "law"),
        "day": today(),
    }


def before_suit(case: Case) -> Said:
    """Return recommendation, service and replies: the pre-suit procedure of JI 21."""
    replies = standing_events(case, "authority_replied").prefetch_related("corrections")
    told = (_reply(event) for event in replies.order_by("id"))
    return joined((recommendation_sent(recommendation(case)), *told), "event")


def _reply(event: Event) -> Said:
    day, told = corrected(event)
    number = f"（{told['number']}）" if told.get("number") else ""
    text = f"行政机关于{chinese_date(day)}书面回复本院{number}：{flat(told.get('text'))}"
    return said(f"{text.rstrip('。：')}。", "event", on_event(event))


# --- the end without a suit -----------------------------------------------------------------------


def termination(matter: Matter) -> Prefilled:
    """D-44: the case, the reason and the ground of Rules 74, served on the authority."""
    case = cast(Case, matter)
    event = latest(case, "administrative_case_terminated")
    told = current_facts(case, "administrative_case_terminated")
    articles = TERMINATION_RULES_ZH.get(event.transition if event else "", "第七十四条")
    return {
        "addressee": authority(case),
        "case": said(case.title, "case"),
        "filing": said(
            f"于{chinese_date(case.filed_on)}决定立案", "case", on_event(filed(case)[0])
        ),
        "reason": said(str(told.get("explanation", "")), "event", on_event(event)),
        "ground": said(
            TERMINATIONS_ZH.get(str(told.get("ground", "")), ""), "event", on_event(event)
        ),
        "basis": said(f"{RULES_ZH}{articles}", "law"),
        "decision": said("终结案件", "event", on_event(event)),
    } | fixed(case, "D-44")


# --- the suit -------------------------------------------------------------------------------------


def complaint(matter: Matter) -> Prefilled:
    """D-45: the authority as defendant, the claims of Rules 83, the pre-suit procedure, facts and law."""
    case = cast(Case, matter)
    court = court_of(case)
    return {
        "litigator": office_zh(case),
        "defendant": defendants(case),
        "claims": claims(case),
        "course": joined((filing_zh(case), before_suit(case)), "event"),
        "facts": facts(case),
        "evidence": evidence(case),
        "reasons": reasons(case),
        "basis": said(_articles_of_suit(case), "law"),
        "court": said(court.name if court else "", "event"),
        "attachments": said("\n".join(ENCLOSED_ZH), "law"),
        "day": today(),
    } | fixed(case, "D-45")


def _articles_of_suit(case: Case) -> str:
    return articles_of(case, f"{JI_ZH}第二十一条、第二十二条", f"{RULES_ZH}第八十一条")


def _decided(case: Case) -> tuple[Event | None, dict[str, Any]]:
    """Return the decision to sue with its facts; before it what is proposed."""
    event = latest(case, "administrative_suit_decided")
    return event, corrected(event)[1] if event else planned(case, "A-9")


def claims(case: Case) -> Said:
    """Return what is claimed, one a line, in the words of the decision to sue."""
    event, decided = _decided(case)
    lines = [flat(text).rstrip("。；") for text in _claimed(decided)]
    return said("\n".join(f"{line}。" for line in lines if line), "event", on_event(event))


def _claimed(decided: dict[str, Any]) -> Iterator[str]:
    """Yield the words of each claim, then of one that rests on no measure."""
    for name, kind in decided.items():
        if name.startswith("claim_") and kind:
            yield str(decided.get(f"text_{name.removeprefix('claim_')}") or "")
    yield str(decided.get("other_claim") or "")


def facts(case: Case) -> Said:
    """Return duty, failure and harm as they were found out, and how the harm goes on (Rules 81)."""
    found = {"duty": duty(case), "failure": unlawful_act(case), "harm": harm(case)}
    found |= _found_out(case)
    event, decided = _decided(case)
    goes_on = said(str(decided.get("harm_goes_on") or ""), "event", on_event(event))
    return joined((*found.values(), goes_on), "event")


def reasons(case: Case) -> Said:
    """Return why the court should grant it: the failure, and why the ground of Rules 82 holds."""
    event, decided = _decided(case)
    why = said(str(decided.get("explanation") or ""), "event", on_event(event))
    name = authority(case).text
    return joined((said(f"被告{name}{FAILED_ZH}" if name else "", "wording"), why), "wording")


def withdrawal_of_suit(matter: Matter) -> Prefilled:
    """D-55: the suit, each claim with what the authority did, and how it performed (Rules 84)."""
    case = cast(Case, matter)
    told = planned(case, "A-10")
    performed = flat(told.get("performed"))
    lines = claims(case).text.splitlines()
    return before_court(case) | {
        "defendant": defendant_names(case),
        "realised": said("\n".join(f"{line.rstrip('。')}：已经实现" for line in lines), "case"),
        "reason": said(f"{performed.rstrip('。')}。" if performed else "", "case"),
        "day": today(),
    }


def change_of_claim(matter: Matter) -> Prefilled:
    """D-56: the authority, the claims as they stand, and what it has done since."""
    case = cast(Case, matter)
    told = planned(case, "A-10-2")
    return before_court(case) | {
        "defendant": defendant_names(case),
        "old_claims": claims(case),
        "reason": said(str(told.get("performed") or ""), "case"),
        "day": today(),
    }
