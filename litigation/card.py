"""What this room says on the case card: replies, review, suit, judgment (law 3.2, 3.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from accounts.models import Office
from cases.card.declaring import amount_value, of_day, of_fact, register
from cases.card.reading import CardReading, Told, cases_of
from cases.registries import CardItem, CardSection, CardValue
from cases.states import CaseState
from litigation import rounds
from litigation.forms.review import Intention
from litigation.models import Claim, ClaimStatus, Court

CIVIL = ("case",)
# A suit begins with its complaint, civil or against an authority (law 3.2, 3.9); a court hears anew what was
# sent back to it.
SUIT = (*rounds.SUIT, "administrative_suit_submitted")
TRIAL = (*rounds.TRIAL, "administrative_suit_submitted")
EFFECT = (
    "judgment_effective",
    "second_instance_judged",
    "appeal_withdrawn",
    "mediation_effective",
    "retrial_judged",
    "administrative_decision_effective",
)


def _intention(told: Told) -> str:
    code = str(told.facts.get("intention") or "")
    return str(Intention(code).label) if code in Intention.values else ""


def _claims(reading: CardReading) -> Iterator[CardValue]:
    for claim in _standing_claims(reading):
        yield CardValue(claim.text, claim.text, reading.from_event(claim.event), written=True)


def _amount(reading: CardReading) -> Iterator[CardValue]:
    money = [claim for claim in _standing_claims(reading) if claim.amount is not None]
    if money:
        total = sum((claim.amount or Decimal(0) for claim in money), Decimal(0))
        yield amount_value(total, reading.from_event(money[-1].event))


def _standing_claims(reading: CardReading) -> list[Claim]:
    rows = Claim.objects.filter(case=reading.case, status=ClaimStatus.STANDING)
    return list(rows.select_related("event").order_by("number"))


def _with_claims(readings: Sequence[CardReading]) -> list[int]:
    rows = Claim.objects.filter(case__in=cases_of(readings), status=ClaimStatus.STANDING)
    return list(rows.order_by().values_list("case", flat=True).distinct())


BEFORE_SUIT = (
    of_day(
        *("announcement_expired", CardSection.BEFORE_SUIT, "公告期满日期"),
        *("Announcement expired on", "Rules 47, 94"),
        kinds=("announcement_expired",),
        after=rounds.ANNOUNCEMENT,
        of=CIVIL,
        since=(CaseState.REVIEW_FOR_PROSECUTION,),
    ),
    of_day(
        *("announcement_replies", CardSection.BEFORE_SUIT, "公告答复"),
        *("Replies to the announcement", "Rules 93"),
        kinds=("announcement_reply",),
        every=True,
        after=rounds.ANNOUNCEMENT,
        note=_intention,
        of=CIVIL,
    ),
)
REVIEW = (
    of_fact(
        *(
            "review_outcome",
            CardSection.REVIEW,
            "审查终结意见",
            "Outcome of the review",
            "Rules 94",
        ),
        kinds=("review_reported",),
        fact="outcome",
        after=rounds.REVIEW,
        of=CIVIL,
        since=(CaseState.SUIT_DECIDED, CaseState.TRANSFERRED_FOR_SUIT),
    ),
    of_day(
        *("committee_decided", CardSection.REVIEW, "检委会决定日期"),
        *("Committee decided on", "PCR 21"),
        kinds=("committee_decided",),
        of=CIVIL,
    ),
    of_day(
        *("suit_decided", CardSection.REVIEW, "决定起诉日期", "Suit decided on", "Rules 94(2), 96"),
        kinds=("suit_decided",),
        after=("suit_decision_revoked",),
        of=CIVIL,
        since=(CaseState.SUIT_DECIDED,),
        main=True,
    ),
    of_day(
        *(
            "transferred_on",
            CardSection.REVIEW,
            "移送起诉日期",
            "Transferred on",
            "Rules 16, 94(3)",
        ),
        kinds=("case_transferred",),
        of=CIVIL,
        since=(CaseState.TRANSFERRED_FOR_SUIT,),
        main=True,
    ),
    of_fact(
        *("transferred_to", CardSection.REVIEW, "接收移送的检察院", "Transferred to", "Rules 16"),
        kinds=("case_transferred",),
        fact="target_office",
        model=Office,
        of=CIVIL,
        since=(CaseState.TRANSFERRED_FOR_SUIT,),
    ),
    of_day(
        *(
            "support_begun",
            CardSection.REVIEW,
            "支持起诉日期",
            "Support begun on",
            "Rules 100, 101",
        ),
        kinds=("support_begun",),
        of=CIVIL,
        since=(CaseState.SUPPORTING_PROSECUTION,),
        main=True,
    ),
)
BEFORE_COURT = (
    of_fact(
        *("criminal_case", CardSection.SUIT, "刑事案件案号", "Criminal case", "Rules 97; JI 20"),
        kinds=("criminal_case_joined",),
        fact="criminal_case_number",
        after=("criminal_case_left",),
        of=CIVIL,
    ),
    of_day(
        *("complaint_delivered", CardSection.SUIT, "起诉日期", "Complaint delivered on"),
        "Rules 46; JI 14, 22",
        kinds=SUIT,
        since=(CaseState.SUIT_SUBMITTED,),
        main=True,
    ),
    of_fact(
        *("court", CardSection.SUIT, "受诉人民法院", "Court", "JI 5; CPLI 283"),
        kinds=("court_changed", *SUIT),
        fact="court",
        model=Court,
        since=(CaseState.SUIT_SUBMITTED,),
    ),
    of_day(
        *("suit_accepted", CardSection.SUIT, "法院立案日期", "Registered by the court on"),
        "CPL 126; APL 51",
        kinds=("suit_accepted", "administrative_suit_accepted"),
        after=SUIT,
        since=(CaseState.COURT_ACCEPTED,),
    ),
    of_fact(
        *("court_case_number", CardSection.SUIT, "法院案号", "Case number of the court"),
        "CPL 126; APL 51",
        kinds=("court_changed", "suit_accepted", "administrative_suit_accepted"),
        fact="court_case_number",
        after=SUIT,
        since=(CaseState.COURT_ACCEPTED,),
        main=True,
    ),
    CardItem(
        *("claims", CardSection.SUIT, "诉讼请求", "Claims", "Rules 46, 98", _claims),
        among=_with_claims,
        of=CIVIL,
        since=(CaseState.SUIT_SUBMITTED,),
    ),
    CardItem(
        *("amount_claimed", CardSection.SUIT, "诉请金额（元）", "Amount claimed (yuan)"),
        *("Rules 98; CC 179", _amount),
        of=CIVIL,
    ),
    of_day(
        *("hearings", CardSection.SUIT, "开庭日期", "Hearings", "Rules 49-57"),
        kinds=("hearing_held",),
        every=True,
        of=CIVIL,
        since=(CaseState.JUDGED_FIRST,),
    ),
    of_day(
        *("settlement_published", CardSection.SUIT, "调解、和解协议公告日期"),
        *("Settlement published on", "CPLI 287"),
        kinds=("settlement_published",),
        after=TRIAL,
        of=CIVIL,
        since=(CaseState.SETTLEMENT_ANNOUNCED,),
    ),
    of_day(
        *(
            "suit_withdrawn",
            CardSection.SUIT,
            "撤回起诉日期",
            "Suit withdrawn on",
            "Rules 84, 99; JI 19, 24",
        ),
        kinds=("suit_withdrawn", "administrative_suit_withdrawn"),
        after=SUIT,
        since=(CaseState.WITHDRAWN,),
        main=True,
    ),
    of_fact(
        *(
            "suit_rejected",
            CardSection.SUIT,
            "不予受理、驳回起诉裁定",
            "Ruling that rejected the suit",
        ),
        "CPL 126, 157",
        kinds=("suit_rejected",),
        fact="ruling_number",
        after=SUIT,
        of=CIVIL,
        since=(CaseState.COURT_REJECTED,),
    ),
)
JUDGED = (
    of_day(
        *("judged_on", CardSection.JUDGMENT, "一审宣判日期", "First judgment pronounced on"),
        "CPL 151; APL 69-78",
        kinds=("judged",),
        after=TRIAL,
        of=CIVIL,
        since=(CaseState.JUDGED_FIRST,),
    ),
    of_fact(
        *("judgment_number", CardSection.JUDGMENT, "裁判文书号", "Number of the judgment"),
        "CPL 151; APL 69-78",
        kinds=("judged", "administrative_suit_judged"),
        fact="judgment_number",
        after=TRIAL,
        since=(CaseState.JUDGED_FIRST,),
        main=True,
    ),
    of_fact(
        *("judgment_result", CardSection.JUDGMENT, "裁判结果", "Result of the judgment"),
        "CPL 151; APL 69-78",
        kinds=("judged", "administrative_suit_judged"),
        fact="result",
        after=TRIAL,
        since=(CaseState.JUDGED_FIRST,),
        main=True,
    ),
    of_day(
        *("appeals_of_office", CardSection.JUDGMENT, "本院上诉日期", "Appeal of this office"),
        "CPL 171; Rules 58-61",
        kinds=("appeal_filed",),
        every=True,
        after=TRIAL,
        of=CIVIL,
    ),
    of_day(
        *("appeals_of_others", CardSection.JUDGMENT, "对方上诉日期", "Appeal of another party"),
        "CPL 171, 173-174",
        kinds=("opponent_appealed",),
        every=True,
        after=TRIAL,
        of=CIVIL,
    ),
    of_fact(
        *("second_judgment", CardSection.JUDGMENT, "二审裁判文书号"),
        *("Second-instance judgment", "CPL 182, 183"),
        kinds=("second_instance_judged",),
        fact="judgment_number",
        after=TRIAL,
        of=CIVIL,
    ),
    of_fact(
        *("second_outcome", CardSection.JUDGMENT, "二审结果", "Outcome of the second instance"),
        "CPL 177, 182",
        kinds=("second_instance_judged",),
        fact="outcome",
        after=TRIAL,
        of=CIVIL,
    ),
    of_fact(
        *("mediation_document", CardSection.JUDGMENT, "调解书文号", "Mediation document"),
        "CPLI 287; CPL 100",
        kinds=("mediation_effective",),
        fact="document_number",
        after=TRIAL,
        of=CIVIL,
        since=(CaseState.MEDIATION_EFFECTIVE,),
        main=True,
    ),
    of_fact(
        *("retrial_judgment", CardSection.JUDGMENT, "再审裁判文书号", "Retrial judgment"),
        "CPL 218, 224",
        kinds=("retrial_judged",),
        fact="judgment_number",
        after=rounds.RETRIAL,
        of=CIVIL,
    ),
    of_day(
        *("effective_on", CardSection.JUDGMENT, "裁判生效日期", "Decision effective on"),
        "CPL 100, 171, 182; APL 85",
        kinds=EFFECT,
        after=TRIAL,
        since=(CaseState.EFFECTIVE, CaseState.MEDIATION_EFFECTIVE),
        main=True,
    ),
)


def register_items() -> None:
    """Hand the items to the registry."""
    register("litigation", (*BEFORE_SUIT, *REVIEW, *BEFORE_COURT, *JUDGED))
