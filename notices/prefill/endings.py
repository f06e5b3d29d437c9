"""D-44 and D-47 to D-49: what the record says when a case ends, moves, or another's suit is supported."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from accounts.models import Office
from cases.forms.facts import TerminationGround
from cases.models import Case, Lead
from cases.registries import volumes
from cases.selectors.events import current_facts, latest
from documents.numerals import chinese_date
from litigation.forms.support import WithdrawalGround
from litigation.models import Court
from notices.bodies.statutes import CPL_ZH, RULES_ZH
from notices.catalogue.announcement.d47_transfer_letter import TRANSFER
from notices.prefill.decisions import fixed
from notices.prefill.proceedings import defendant_names, defendants, planned
from notices.prefill.said import Prefilled, joined, on_event, said, today
from notices.prefill.suit import LIABLE_ZH, facts
from notices.prefill.words import filed, harm, unlawful_act

if TYPE_CHECKING:
    Matter = Lead | Case

SUPPORT_ZH = f"{CPL_ZH}第五十八条第二款"
# Short forms of the grounds of Rules 90; not compared with the official text.
TERMINATIONS_ZH = {
    TerminationGround.NO_UNLAWFUL_ACT: "不存在违法行为",
    TerminationGround.OTHER_SUBJECT_SUED: "其他适格主体依法向人民法院提起诉讼",
    TerminationGround.INTEREST_PROTECTED: "社会公共利益已经得到有效保护",
    TerminationGround.OTHER: "其他应当终结案件",
}
# Which articles of the Rules each way to this decision rests on (law 3.2, T11, T15, T19).
TERMINATION_RULES_ZH = {
    "T11": "第九十条",
    "T15": "第九十条、第九十五条",
    "T19": "第九十条、第九十四条第一项、第九十五条",
}


def termination(matter: Matter) -> Prefilled:
    """D-44: the case, the reason and the ground as the decision states them."""
    case = cast(Case, matter)
    event = latest(case, "case_terminated")
    told = current_facts(case, "case_terminated")
    ground = TERMINATIONS_ZH.get(told.get("ground", ""), "")
    articles = TERMINATION_RULES_ZH.get(event.transition if event else "", "第九十条")
    return {
        "case": said(case.title, "case"),
        "filing": said(
            f"于{chinese_date(case.filed_on)}决定立案", "case", on_event(filed(case)[0])
        ),
        "reason": said(str(told.get("explanation", "")), "event", on_event(event)),
        "ground": said(ground, "event", on_event(event)),
        "basis": said(f"{RULES_ZH}{articles}", "law"),
        "decision": said("终结案件", "event", on_event(event)),
    } | fixed(case, "D-44")


def transfer_letter(matter: Matter) -> Prefilled:
    """D-47: to which office at which court the case goes, with its facts and the reason."""
    case = cast(Case, matter)
    told = planned(case, "T20")
    office = Office.objects.filter(pk=told.get("target_office") or 0).first()
    court = Court.objects.filter(pk=told.get("competent_court") or 0).first()
    return {
        "instrument": said(TRANSFER, "wording"),
        "addressee": said(office.name if office else "", "case"),
        "case": said(case.title, "case"),
        "facts": joined((unlawful_act(case), harm(case)), "event"),
        "court": said(court.name if court else "", "case"),
        "reason": said(str(told.get("transfer_ground", "")), "case"),
        "file": said("\n".join(f"{title}{count}件" for title, count in _file(case)), "case"),
        "day": today(),
    }


def _file(case: Case) -> list[tuple[str, int]]:
    """Return each volume of the file that holds anything, with how many pieces it has."""
    rows = sorted(volumes.values(), key=lambda volume: volume.order)
    counted = [(volume.title_zh, len(list(volume.pieces(case)))) for volume in rows]
    return [(title, count) for title, count in counted if count]


def _supported_suit(case: Case) -> Prefilled:
    """Return court, number, cause and plaintiff of the suit that is supported (Rules 100)."""
    event, told = latest(case, "support_begun"), current_facts(case, "support_begun")
    return {
        "court": said(str(told.get("court", "")), "event", on_event(event)),
        "case_number": said(str(told.get("court_case_number", "")), "event", on_event(event)),
        "cause": said(case.title, "case"),
        "plaintiff": said(str(told.get("plaintiff", "")), "event", on_event(event)),
    }


def support_opinion(matter: Matter) -> Prefilled:
    """D-48: the parties of the suit, the facts with their evidence, and the law of support."""
    case = cast(Case, matter)
    opinion = f"被告{defendant_names(case).text}{LIABLE_ZH}" if defendants(case).text else ""
    return _supported_suit(case) | {
        "defendant": defendants(case),
        "facts": facts(case),
        "opinion": said(opinion, "wording"),
        "basis": said(f"{SUPPORT_ZH}、{RULES_ZH}第一百条、第一百零一条", "law"),
        "day": today(),
    }


# Short forms of the grounds of Rules 102; not compared with the official text.
WITHDRAWALS_ZH = {
    WithdrawalGround.CLAIMS_CHANGED: "原告无正当理由变更、撤回部分诉讼请求",
    WithdrawalGround.UNPROTECTED: "原告撤回起诉或者与被告达成和解协议，致使社会公共利益未能得到有效保护",
    WithdrawalGround.EXCESSIVE_COSTS: "原告请求被告承担的律师费以及为诉讼支出的其他费用过高",
    WithdrawalGround.OTHER: "其他不适合支持起诉",
}


def withdrawal_of_support(matter: Matter) -> Prefilled:
    """D-49: whose suit is supported no longer, on which ground and why."""
    case = cast(Case, matter)
    event, told = latest(case, "support_withdrawn"), current_facts(case, "support_withdrawn")
    ground = WITHDRAWALS_ZH.get(told.get("ground", ""), "")
    reason = "\n".join(filter(None, (told.get("explanation"), told.get("claims_insufficient"))))
    return (
        _supported_suit(case)
        | {
            "reason": said(reason, "event", on_event(event)),
            "ground": said(ground, "event", on_event(event)),
        }
        | fixed(case, "D-49")
    )
