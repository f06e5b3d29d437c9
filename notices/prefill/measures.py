"""D-51 to D-53 and D-60 to D-62: preservation, injunction, reconsideration, appeal and protest."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from accounts.models import Office
from cases.models import Case, Lead
from cases.selectors.events import corrected, latest
from cases.selectors.people import lead_handler
from documents.numerals import chinese_date
from litigation import selectors as litigation
from litigation.forms.claims import defendants_of, standing_claims
from litigation.forms.judging import Order
from litigation.models import ClaimKind, Judgment
from notices.bodies.statutes import CPL_ZH, PRESERV_ZH
from notices.catalogue.court.d51_preservation_application import APPLICATION
from notices.catalogue.court.d61_withdrawal_of_appeal import APPEAL, WITHDRAW
from notices.prefill.outgoing import open_exhibits
from notices.prefill.proceedings import (
    before_court,
    court_of,
    defendants,
    judgment_zh,
    office_zh,
    planned,
)
from notices.prefill.said import Prefilled, Said, joined, on_event, on_exhibit, said, today
from notices.prefill.suit import course, facts

if TYPE_CHECKING:
    Matter = Lead | Case

# PRESERV 9(3): the court may go without security where a procuratorate claims damages in such a suit.
NO_SECURITY_ZH = (
    "本案系检察机关提起的公益诉讼，请求判令被告承担损害赔偿责任，请你院依照"
    f"{PRESERV_ZH}第九条第三项的规定，准予不提供担保。"
)
SEALED_ZH = "涉及被侵权人个人信息的材料密封提交，不随申请书送达；相关数据请先封存固定，不予销毁。"


def _court(case: Case) -> Said:
    court = court_of(case)
    return said(court.name if court else "", "event")


def _in_suit(case: Case) -> bool:
    return latest(case, "suit_accepted") is not None


def _basis(case: Case) -> Said:
    """Return the route by law 4.6: preservation during the suit, else before it."""
    return said(f"{CPL_ZH}第一百零{'三' if _in_suit(case) else '四'}条", "law")


def preservation(matter: Matter) -> Prefilled:
    """D-51: court, respondents, facts, and that a court may do without security (CPL 103-104)."""
    case = cast(Case, matter)
    damages = standing_claims(case).filter(kind=ClaimKind.DAMAGES).exists()
    return {
        "instrument": said(APPLICATION, "wording"),
        "court": _court(case),
        "case": said(f"{litigation.court_case_number(case)}{case.title}", "case"),
        "respondent": defendants(case),
        "reason": facts(case),
        "security": said(NO_SECURITY_ZH if damages and _in_suit(case) else "", "law"),
        "basis": _basis(case),
        "day": today(),
    }


def injunction(matter: Matter) -> Prefilled:
    """D-52: what the case says of the elements of law 4.4; imminence, term and security are typed in."""
    case = cast(Case, matter)
    exhibits = (
        said(f"证据{row.number}　{row.name}", "evidence", on_exhibit(row))
        for row in open_exhibits(case)
    )
    return {
        "court": _court(case),
        "respondent": defendants(case),
        "reasons": facts(case),
        "evidence": joined(exhibits, "evidence"),
        "suit": _suit(case),
        "data": said(SEALED_ZH, "wording"),
        "basis": _basis(case),
        "contact": _contact(case),
        "day": today(),
    }


def _suit(case: Case) -> Said:
    event = latest(case, "complaint_delivered")
    if event is None:
        return said("", "event")
    number = litigation.court_case_number(case)
    known = f"，案号{number}" if number else ""
    text = f"本院已于{chinese_date(corrected(event)[0])}提起民事公益诉讼{known}。"
    return said(text, "event", on_event(event))


def _contact(case: Case) -> Said:
    handler = lead_handler(case)
    parts = (handler.name if handler else "", case.office.telephone)
    return said("，".join(part for part in parts if part), "team")


def reconsideration(matter: Matter) -> Prefilled:
    """D-53: court and other side; the ruling and what is asked are typed in."""
    case = cast(Case, matter)
    return {"court": _court(case), "respondent": defendants(case), "day": today()}


# --- appeal and protest --------------------------------------------------------------------------


def appeal(matter: Matter) -> Prefilled:
    """D-60: parties, judgment, and which part is appealed against and why (T37; Rules 59)."""
    case = cast(Case, matter)
    told = planned(case, "T37")
    part = str(told.get("appealed_part", "")).strip()
    return before_court(case) | {
        "appellant": office_zh(case),
        "appellee": defendants(case),
        "judgment": judgment_zh(case),
        "claims": said(f"请求依法改判原审裁判的下列部分：{part}" if part else "", "case"),
        "facts": facts(case),
        "reasons": said(str(told.get("why", "")), "case"),
        "attachments": said(f"上诉书副本{defendants_of(case).count()}份", "law"),
        "day": today(),
    }


def order_of_superior(matter: Matter) -> Prefilled:
    """D-61: what the next-higher office ordered, by which number and why (Rules 61)."""
    case = cast(Case, matter)
    event = latest(case, "superior_ordered")
    told = corrected(event)[1] if event else {}
    order = WITHDRAW if told.get("order") == Order.WITHDRAW else APPEAL
    superior = case.office.parent
    return {
        "instrument": said(order, "event", on_event(event)),
        "superior": said(superior.name if superior else "", "office"),
        "order_number": said(str(told.get("order_number", "")), "event", on_event(event)),
        "addressee": said(case.office.name, "office"),
        "case": said(case.title, "case"),
        "judgment": judgment_zh(case),
        "reason": said(str(told.get("reason", "")), "event", on_event(event)),
        "day": today(),
    }


def protest(matter: Matter) -> Prefilled:
    """D-62: the effective decision, how it came about, and the articles of a protest (CPL 219, 223)."""
    case = cast(Case, matter)
    event = latest(case, "protest_lodged")
    told = corrected(event)[1] if event else {}
    lodged_by = Office.objects.filter(pk=told.get("superior") or 0).first()
    superior = lodged_by or case.office.parent
    return {
        "superior": said(superior.name if superior else "", "office"),
        "order_number": said(str(told.get("document_number", "")), "event", on_event(event)),
        "case": said(case.title, "case"),
        "judgment": _effective(case),
        "course": _told_of(case),
        "facts": facts(case),
        "law": said(f"{CPL_ZH}第二百一十九条、第二百二十三条", "law"),
        "day": today(),
    }


def _told_of(case: Case) -> Said:
    """Return the course of the case as another office tells it: by name where this one says 本院."""
    told = course(case)
    return Said(told.text.replace("本院", case.office.name), told.source, told.rests_on)


def _effective(case: Case) -> Said:
    """Return the judgment against which a protest goes, with its court."""
    standing = Judgment.objects.filter(case=case, set_aside_by__isnull=True)
    if not standing.filter(effective_on__isnull=False).exists():
        return said("", "event")
    court, judged = court_of(case), judgment_zh(case)
    return Said(f"{court or ''}{judged.text}", judged.source, judged.rests_on)
