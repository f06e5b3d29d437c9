"""The decision to sue and the suit (A-9 to A-9-7; Rules 81-83; JI 21-25; APL)."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from administrative.forms.suing import PartyOfSuit
from administrative.grounds import ClaimOfSuit, SuitGround
from administrative.models import Measure
from administrative.selectors import (
    open_measures,
    recommendation_of,
    rectification_end,
    reply_clock,
    running_appeals,
)
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard, proven, stated
from cases.models import Case
from cases.selectors.events import corrected, latest, standing, standing_since
from deadlines.models.deadline import RUNNING

# What a claim to perform asks of the offender instead of the authority (Rules 83; norm C108).
THIRD_PERSONS = re.compile(
    r"(?:判令|责令|要求)?[^，。；]{0,20}(?:公司|企业|平台|违法行为人|经营者|个人信息处理者|第三人)"
    r"[^，。；]{0,10}(?:赔偿|赔礼道歉|删除|停止侵害|消除危险|支付)"
)


def claims_in(facts: dict[str, Any], measures: list[Measure]) -> dict[int, tuple[str, str]]:
    """Return kind and words of what is claimed, by the key of the measure it rests on."""
    return {
        measure.pk: (kind, str(facts.get(f"text_{measure.pk}") or "").strip())
        for measure in measures
        if (kind := facts.get(f"claim_{measure.pk}") or "")
    }


def _measures(matter: Case) -> list[Measure]:
    row = recommendation_of(matter)
    return list(row.measures.all()) if row else []


@guard(
    "回复期限、整改期限均已届满",
    "Reply time and rectification period are over",
    "JI 21-22; Rules 81",
    reads="Event recommendation_received, Event authority_replied, Deadline P-53, P-54",
)
def reply_and_rectification_are_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No suit before the authority's time is over (JI 21)."""
    day, end, clock = day_of(facts), rectification_end(matter), reply_clock(matter)
    if end is None:
        return Verdict(False, _("The receipt of the recommendation is not recorded (A-6)."))
    if end >= day:
        sentence = _("The authority may rectify until %(day)s: a suit comes too early (JI 21).")
        return Verdict(False, sentence % {"day": end.isoformat()})
    if clock is not None and clock.state in RUNNING and clock.effective_day >= day:
        sentence = _("The authority may answer until %(day)s: a suit comes too early (JI 21).")
        return Verdict(False, sentence % {"day": clock.effective_day.isoformat()})
    return Verdict(True, _("The rectification period ended on %(day)s.") % {"day": end.isoformat()})


@guard("不依法履职情形", "A way of non-performance", "Rules 82", reads="facts")
def ground_of_rules_82(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the seven, with why it holds (norm C107)."""
    if facts.get("ground") not in SuitGround.values:
        return Verdict(False, _("Choose one of the seven ways of Rules 82."))
    return stated(facts, "explanation", _("Say why the ground holds."))


@guard(
    "公益仍受侵害",
    "The harm goes on",
    "Rules 81; JI 21",
    reads="facts, Assessment",
)
def harm_goes_on(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one measure is not final, and it is said how the harm goes on."""
    if not open_measures(recommendation_of(matter)):
        return Verdict(False, _("Every measure is final: terminate the case instead (A-8-2)."))
    return stated(facts, "harm_goes_on", _("Say how the harm goes on."))


@guard("诉讼请求类型", "Claims of Rules 83", "Rules 83", reads="facts, Measure")
def claims_of_rules_83(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one claim of the list, each in words (norm C108)."""
    claims = claims_in(facts, _measures(matter))
    if not claims:
        return Verdict(False, _("Claim something: choose it beside the measure it rests on."))
    if any(kind not in ClaimOfSuit.values for kind, _words in claims.values()):
        return Verdict(False, _("Only what Rules 83 lists can be claimed."))
    return either(
        all(words for _kind, words in claims.values()),
        _("%(count)s claims.") % {"count": len(claims)},
        _("Say each claim in words."),
    )


@guard(
    "履职请求不涉第三人义务",
    "No duty of third persons is claimed",
    "Rules 83",
    reads="facts",
)
def no_duty_of_third_persons(matter: Case, facts: dict[str, Any]) -> Verdict:
    """To perform is claimed of the authority, not of the offender: words that say so are refused (C108)."""
    texts = [
        words
        for kind, words in claims_in(facts, _measures(matter)).values()
        if kind == ClaimOfSuit.PERFORM
    ]
    found = next((hit.group() for text in texts if (hit := THIRD_PERSONS.search(text))), "")
    return either(
        not found,
        _("Every claim to perform is addressed to the authority."),
        _("“%(words)s” asks it of a third person. Claim that the authority performs its own duty.")
        % {"words": found},
    )


@guard(
    "诉讼请求与建议内容一致",
    "Claims match the measures",
    "Rules 75(5)-(7), 83",
    reads="facts, Measure",
)
def claims_match_the_measures(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A claim that rests on no measure of the recommendation is a warning (norm C157)."""
    other = str(facts.get("other_claim") or "").strip()
    if other:
        sentence = _("This was not recommended: “%(claim)s” (Rules 75, 83).")
        return Verdict(True, sentence % {"claim": other[:80]}, warning=True)
    return Verdict(True, _("Every claim rests on a measure."))


def delivered(matter: Case) -> bool:
    """Say whether the complaint is at the court."""
    return latest(matter, "administrative_suit_submitted") is not None


@guard(
    "起诉书尚未递交",
    "The complaint is not delivered yet",
    "APL 51",
    reads="Event administrative_suit_submitted",
    cure=TEAM_CURES,
)
def not_delivered_yet(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is delivered once; a mistake is corrected."""
    return either(
        not delivered(matter),
        _("The complaint waits for its delivery."),
        _("The complaint is at the court already; correct the entry if it is wrong."),
    )


@guard(
    "已经履行诉前程序的证明",
    "The pre-suit procedure is proven",
    "JI 22",
    reads="facts, Event recommendation_received",
    cure=TEAM_CURES,
)
def pre_suit_procedure_proven(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court gets the recommendation, its service and the reply, or that there was none."""
    return either(
        bool(facts.get("pre_suit_proof")),
        _("The proof of the recommendation is enclosed."),
        _(
            "Enclose the recommendation with its receipt and the reply, and confirm it here (JI 22)."
        ),
    )


@guard(
    "起诉书已递交法院",
    "The complaint is at the court",
    "APL 51",
    reads="Event administrative_suit_submitted",
    cure=TEAM_CURES,
)
def complaint_is_at_the_court(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Nothing is registered before it was handed in."""
    return either(
        delivered(matter),
        _("The complaint is at the court."),
        _("Enter the delivery of the complaint first (A-9-2)."),
    )


@guard(
    "法院尚未登记立案",
    "The suit is not registered yet",
    "APL 51",
    reads="Event administrative_suit_accepted",
    cure=TEAM_CURES,
)
def not_registered_yet(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is registered once."""
    return either(
        latest(matter, "administrative_suit_accepted") is None,
        _("The court has not registered it yet."),
        _("The registration is entered already; correct the entry if it is wrong."),
    )


@guard(
    "法院已登记立案",
    "The suit is registered",
    "APL 51",
    reads="Event administrative_suit_accepted",
    cure=TEAM_CURES,
)
def suit_is_registered(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court has the suit."""
    return either(
        latest(matter, "administrative_suit_accepted") is not None,
        _("The court has registered the suit."),
        _("Enter the registration first (A-9-3)."),
    )


@guard(
    "裁判文书已存", "The decision is stored", "JI 25", reads="facts, Attachment", cure=TEAM_CURES
)
def decision_is_stored(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The decision itself is kept."""
    return proven(facts, _("Upload the decision of the court."))


@guard(
    "法院已裁判",
    "The court has decided",
    "APL 69",
    reads="Event administrative_suit_judged",
    cure=TEAM_CURES,
)
def suit_is_judged(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a decision to serve."""
    return either(
        latest(matter, "administrative_suit_judged") is not None,
        _("The court has decided."),
        _("Enter the decision first (A-9-5)."),
    )


def served_parties(matter: Case) -> set[str]:
    """Return on whom the running decision was served."""
    events = standing_since(
        matter, "administrative_decision_served", ("administrative_suit_judged",)
    )
    return {corrected(event)[1].get("party", "") for event in events}


@guard(
    "每方送达一次",
    "Served once on each",
    "APL 85",
    reads="facts, Event administrative_decision_served",
    cure=TEAM_CURES,
)
def served_once_each(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each party has one time to appeal, from its own service (norm C069)."""
    party = facts.get("party")
    if party not in PartyOfSuit.values:
        return Verdict(False, _("Choose on whom it was served."))
    return either(
        party not in served_parties(matter),
        str(PartyOfSuit(party).label),
        _("It was served on this party already; correct the entry if it is wrong."),
    )


@guard(
    "双方均已送达",
    "Both parties are served",
    "APL 85",
    reads="Event administrative_decision_served",
    cure=TEAM_CURES,
)
def both_are_served(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It takes effect for nobody before both have it."""
    left = [party for party in PartyOfSuit if party not in served_parties(matter)]
    names = "、".join(str(party.label) for party in left)
    return either(
        not left,
        _("Both parties are served."),
        _("Not served yet: %(names)s.") % {"names": names},
    )


@guard(
    "上诉期限届满",
    "Nobody can appeal any more",
    "APL 85",
    reads="Deadline P-58b, P-58b-2, Event administrative_suit_judged",
    cure=TEAM_CURES,
)
def nobody_can_appeal(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Every time to appeal is over, or the second instance has decided."""
    event = latest(matter, "administrative_suit_judged")
    if event is not None and corrected(event)[1].get("instance") == "second":
        return Verdict(True, _("The second instance has decided."))
    left = running_appeals(matter, day_of(facts))
    days = "；".join(f"{row.rule} {row.effective_day.isoformat()}" for row in left)
    return either(
        not left,
        _("No time to appeal runs."),
        _("Times to appeal run: %(days)s.") % {"days": days},
    )


def is_effective(matter: Case) -> bool:
    """Say whether the decision of the court has taken effect."""
    return bool(standing(matter, "administrative_decision_effective"))
