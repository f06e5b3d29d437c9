"""D-50 and D-54 to D-59: what court, claims, hearing, evidence and agreement say of a running suit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from accounts.models import User
from cases.models import Case, Event, Lead, Party
from cases.selectors.events import corrected, latest
from cases.selectors.people import open_team
from cases.states import CaseState
from documents.numerals import chinese_date
from evidence.models import Exhibit
from evidence.selectors import standing_facts
from litigation.forms.claims import defendants_of, standing_claims
from litigation.models import Claim, ClaimStatus
from litigation.settlement import comparisons
from notices.bodies.court import CELL_MARK
from notices.catalogue.court.d54_change_of_claims import ADDITION, CHANGE
from notices.prefill import against_authority
from notices.prefill.laws import articles_of_suit
from notices.prefill.outgoing import open_exhibits
from notices.prefill.proceedings import (
    before_court,
    claim_zh,
    claims,
    defendant_names,
    defendants,
    flat,
    planned,
    request_zh,
)
from notices.prefill.said import (
    Prefilled,
    Said,
    joined,
    on_event,
    on_exhibit,
    said,
    today,
)
from notices.prefill.suit import facts, reasons

if TYPE_CHECKING:
    Matter = Lead | Case

# Rules 51; JI 9.
READING_ZH = "宣读公益诉讼起诉书"
DUTIES_ZH = (
    "对人民检察院调查收集的证据予以出示和说明，对相关证据进行质证",
    "参加法庭调查，进行辩论并发表意见",
    "依法从事其他诉讼活动",
)
PANEL_ZH = "审判长、审判员、人民陪审员"
VIEW_ZH = "本案诉讼请求有事实和法律依据，请合议庭依法予以支持。"
NOT_LESS_ZH = "协议内容涵盖全部诉讼请求，未减损被告应当承担的民事责任。"
AGREED_ZH = "协议不损害社会公共利益，请你院依法将协议公告；公告期满后经审查不损害社会公共利益的，出具调解书。"


# --- hearing -------------------------------------------------------------------------------------


def attending_staff(matter: Matter) -> Prefilled:
    """D-50: the hearing the court gave notice of, who attends, in which post, with which duties."""
    case = cast(Case, matter)
    event = latest(case, "hearing_noticed")
    told = corrected(event)[1] if event else {}
    staff = _staff(case, told)
    return before_court(case) | {
        "hearing": said(_hearing(told), "event", on_event(event)),
        "names": said("\n".join(person.name for person in staff), "team"),
        "posts": said(_posts(staff), "team"),
        "duties": _duties(case, told, event),
        "day": today(),
    }


def _staff(case: Case, told: dict[str, Any]) -> list[User]:
    """Return whom the entry of the court's notice names, else the present team."""
    named = [int(key) for key in told.get("staff") or ()]
    if named:
        return list(User.objects.filter(pk__in=named).order_by("pk"))
    return [member.user for member in open_team(case)]


def _posts(staff: list[User]) -> str:
    """Return the legal posts, one a line; nothing while one is not known: the notice must name it (JI 8)."""
    posts = [person.title for person in staff]
    return "\n".join(posts) if all(posts) else ""


def _hearing(told: dict[str, Any]) -> str:
    if not told.get("hearing_on"):
        return ""
    place = f"在{told['place']}" if told.get("place") else ""
    return f"{chinese_date(date.fromisoformat(told['hearing_on']))}{place}"


def _duties(case: Case, told: dict[str, Any], event: Event | None) -> Said:
    if told.get("duties"):
        return said(str(told["duties"]), "event", on_event(event))
    reading = () if case.state == CaseState.SECOND_INSTANCE else (READING_ZH,)
    return said("\n".join((*reading, *DUTIES_ZH)), "law")


def court_opinion(matter: Matter) -> Prefilled:
    """D-57: facts with their evidence, the law, and the view that the claims are founded."""
    case = cast(Case, matter)
    law = joined(
        (_reasons(case), said(f"本案应当适用{articles_of_suit(case)}的规定。", "law")), "law"
    )
    return before_court(case) | {
        "panel": said(PANEL_ZH, "wording"),
        "facts": _facts(case),
        "law": law,
        "view": said(VIEW_ZH, "wording"),
        "day": today(),
    }


def _reasons(case: Case) -> Said:
    return against_authority.reasons(case) if case.is_administrative else reasons(case)


def _facts(case: Case) -> Said:
    return against_authority.facts(case) if case.is_administrative else facts(case)


def evidence_list(matter: Matter) -> Prefilled:
    """D-58: each exhibit that may be named, with its source, what it proves and its pages (EVID 19)."""
    case = cast(Case, matter)
    proves = _proves(case)
    lines = (
        said(_cells(row, proves.get(row.pk, [])), "evidence", on_exhibit(row))
        for row in open_exhibits(case)
    )
    return before_court(case) | {"evidence": joined(lines, "evidence"), "day": today()}


def _proves(case: Case) -> dict[int, list[str]]:
    """Return the facts each exhibit proves, by its key."""
    found: dict[int, list[str]] = {}
    for fact in standing_facts(case).filter(exhibit__isnull=False).order_by("group", "id"):
        assert fact.exhibit_id is not None
        found.setdefault(fact.exhibit_id, []).append(flat(fact.text).rstrip("。"))
    return found


def _cells(row: Exhibit, proves: list[str]) -> str:
    pages = str(row.pages) if row.pages else ""
    cells = (f"证据{row.number}　{row.name}", row.source, "；".join(proves), pages)
    return CELL_MARK.join(flat(cell).replace(CELL_MARK, "|") for cell in cells)


# --- claims --------------------------------------------------------------------------------------


def change_of_claims(matter: Matter) -> Prefilled:
    """D-54: the claims as they stand, as they shall be, and why (T28)."""
    case = cast(Case, matter)
    told = planned(case, "T28")
    return before_court(case) | {
        "change": said(ADDITION if told.get("change") == "add" else CHANGE, "case"),
        "defendant": defendants(case),
        "old_claims": claims(case),
        "claims": said("\n".join(_claims_then(case, told)), "case"),
        "reasons": said(str(told.get("why", "")), "case"),
        "day": today(),
    }


def _claims_then(case: Case, told: dict[str, Any]) -> Iterable[str]:
    """Return the claims as they are after the change that is proposed; none while nothing is."""
    if not told:
        return
    several = defendants_of(case).count() > 1
    new = _new_claim(told, several)
    for row in standing_claims(case).order_by("number"):
        if str(row.pk) != str(told.get("claim") or ""):
            yield claim_zh(row, several)
        elif told.get("change") == "replace":
            yield new
    if told.get("change") == "add":
        yield new


def _new_claim(told: dict[str, Any], several: bool) -> str:
    keys = [int(key) for key in told.get("defendants") or ()]
    names = Party.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True)
    amount = Decimal(str(told["amount"])) if told.get("amount") else None
    return request_zh(str(told.get("text", "")), amount, names, several)


def withdrawal_of_suit(matter: Matter) -> Prefilled:
    """D-55: each claim with how it was realised, each resting on the event that says so (Rules 99)."""
    case = cast(Case, matter)
    rows = Claim.objects.filter(case=case, status=ClaimStatus.REALISED).order_by("number")
    realised = (
        said(_realised(row), "event", on_event(row.ended_by))
        for row in rows.select_related("ended_by")
    )
    return before_court(case) | {
        "defendant": defendant_names(case),
        "realised": joined(realised, "event"),
        "reason": said(str(planned(case, "T33").get("why", "")), "case"),
        "day": today(),
    }


def _realised(claim: Claim) -> str:
    how = flat(corrected(claim.ended_by)[1].get("how")) if claim.ended_by else ""
    return f"{flat(claim.text).rstrip('。；')}：{how or '已实现'}"


# --- settlement ----------------------------------------------------------------------------------


def opinion_on_settlement(matter: Matter) -> Prefilled:
    """D-59: the agreement as it is proposed or published, compared with the claims item by item."""
    case = cast(Case, matter)
    event = latest(case, "settlement_published")
    told = planned(case, "T55") or planned(case, "T30") or (corrected(event)[1] if event else {})
    compared = str(told.get("comparison", "")).replace("；", "\n")
    return before_court(case) | {
        "instrument": said("调解协议", "wording"),
        "terms": said(str(told.get("terms", "")), "case"),
        "comparison": said(compared, "case"),
        "liability": _liability(case, told),
        "interest": said("", "wording"),
        "conclusion": said(AGREED_ZH if told else "", "wording"),
        "day": today(),
    }


def _liability(case: Case, told: dict[str, Any]) -> Said:
    """Return that nothing is lessened, where the comparison shows it; else the reason that was given."""
    if told.get("below_reason"):
        return said(str(told["below_reason"]), "case")
    compared = comparisons(case)
    met = bool(told and compared) and all(item.is_met(told) for item in compared)
    return said(NOT_LESS_ZH if met else "", "wording")
