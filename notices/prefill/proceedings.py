"""What the record says of a suit for every paper that goes to a court: court, case, parties, claims."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cases.models import Case, Party, PartyKind, PartyRole, Proposal
from cases.models.matter import Track
from cases.models.proposal import ProposalStatus
from cases.selectors.events import latest
from documents.numerals import chinese_date
from litigation import selectors as litigation
from litigation.forms.claims import defendants_of, standing_claims
from litigation.models import Claim, Court, Judgment
from notices.prefill.said import Prefilled, Said, joined, on_event, on_party, said

# Words with which a claim already asks the court itself.
ASKING = ("判令", "请求", "确认", "依法判令")


def planned(case: Case, code: str) -> dict[str, Any]:
    """Return the facts of the last proposal of a step that was neither rejected nor withdrawn."""
    gone = (ProposalStatus.REJECTED, ProposalStatus.WITHDRAWN)
    rows = Proposal.objects.filter(case=case, transition=code).exclude(status__in=gone)
    found = rows.order_by("-id").first()
    return dict(found.facts) if found else {}


def court_of(case: Case) -> Court | None:
    """Return the court of the suit: where it is, else that of the criminal case, else where it shall go."""
    found = litigation.court_of(case)
    if found is None and case.track == Track.CRIMINAL_INCIDENTAL:
        found = litigation.criminal_court(case)
    if found is None and case.is_administrative:
        return Court.objects.filter(pk=planned(case, "A-9").get("court") or 0).first()
    return found or Court.objects.filter(pk=planned(case, "T22").get("court") or 0).first()


def before_court(case: Case) -> Prefilled:
    """Return court, case number and cause, which most papers of a suit name."""
    court = court_of(case)
    registered = "administrative_suit_accepted" if case.is_administrative else "suit_accepted"
    accepted = latest(case, "court_changed") or latest(case, registered)
    number = litigation.court_case_number(case)
    return {
        "court": said(court.name if court else "", "event"),
        "case_number": said(number, "event", on_event(accepted)),
        "cause": said(case.title, "case"),
    }


# --- parties -------------------------------------------------------------------------------------


def party_zh(party: Party) -> str:
    """Return name and data of a party as a complaint gives them; what is not known is left out."""
    person = party.kind == PartyKind.PERSON
    parts = (
        ("住址" if person else "住所地", party.address),
        ("法定代表人（负责人）", party.representative),
        ("统一社会信用代码", party.credit_code),
        ("联系电话", party.telephone),
    )
    return "，".join((party.name, *(f"{label}{text}" for label, text in parts if text))) + "。"


def sued(case: Case) -> list[Party]:
    """Return who is sued: the violators, or the authority the case is against (Rules 81)."""
    if case.is_administrative:
        rows = case.parties.filter(role=PartyRole.AUTHORITY, removed_at__isnull=True)
    else:
        rows = defendants_of(case)
    return list(rows.order_by("pk"))


def defendants(case: Case) -> Said:
    """Return the defendants, one a line, each resting on its entry."""
    rows = sued(case)
    return joined((said(party_zh(party), "case", on_party(party)) for party in rows), "case")


def defendant_names(case: Case) -> Said:
    """Return the names of the defendants in one line."""
    rows = sued(case)
    return said("、".join(row.name for row in rows), "case", *map(on_party, rows))


def office_zh(case: Case) -> Said:
    """Return name and data of the office as a party of the suit."""
    office = case.office
    parts = (("住所地", office.address), ("联系电话", office.telephone))
    known = (f"{label}{text}" for label, text in parts if text)
    return said("，".join((office.name, *known)) + "。", "office")


# --- claims --------------------------------------------------------------------------------------


def claims(case: Case) -> Said:
    """Return the standing claims, one a line, each resting on the event that entered it."""
    rows = standing_claims(case).order_by("number").select_related("event")
    several = defendants_of(case).count() > 1
    texts = (said(claim_zh(row, several), "event", on_event(row.event)) for row in rows)
    return joined(texts, "event")


def claim_zh(claim: Claim, several: bool) -> str:
    """Return a claim as a request to the court: against whom, what, and how much where it is money."""
    names = [party.name for party in claim.defendants.all()]
    return request_zh(claim.text, claim.amount, names, several)


def request_zh(text: str, amount: Decimal | None, names: Iterable[str], several: bool) -> str:
    """Return what is asked of the court; nobody named means all defendants (law 8.1)."""
    asked = flat(text).rstrip("。；") + amount_zh(amount, text)
    if asked.startswith(ASKING):
        return f"{asked}。"
    if asked.startswith("被告"):
        return f"判令{asked}。"
    joined_names = "、".join(names)
    against = f"被告{joined_names}" if joined_names else ("各被告" if several else "被告")
    return f"判令{against}{asked}。"


def amount_zh(amount: Decimal | None, text: str) -> str:
    """Return the amount in brackets, unless the text names it already."""
    if amount is None:
        return ""
    whole = f"{amount:f}".removesuffix(".00")
    named = whole in text.replace(",", "").replace("，", "")
    return "" if named else f"（人民币{whole}元）"


def flat(text: object) -> str:
    """Return a text of several lines as one, for a list that has one line an item."""
    return "".join(line.strip() for line in str(text or "").splitlines())


# --- judgment ------------------------------------------------------------------------------------


def judgment_zh(case: Case) -> Said:
    """Return day and number of the judgment that stands last, called a judgment where it does not say so."""
    row = Judgment.objects.filter(case=case, set_aside_by__isnull=True).last()
    if row is None:
        return said("", "event")
    called = any(word in row.number for word in ("判决", "裁定", "调解"))
    text = f"{chinese_date(row.pronounced_on)}作出的{row.number}{'' if called else '民事判决'}"
    return said(text, "event", on_event(row.event))
