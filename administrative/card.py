"""What this room says on the case card: consultation, recommendation, replies, assessment, suit (law 3.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Office
from administrative.models import Recommendation
from administrative.selectors import measures_now, recommendation_of
from cases.card.declaring import of_day, of_fact, register
from cases.card.reading import CardReading, cases_of
from cases.registries import CardItem, CardSection, CardSource, CardValue
from cases.states import AdministrativeState

OF = ("administrative",)
RECEIVED = (AdministrativeState.ADM_AWAITING_REPLY,)


def _source(row: Recommendation) -> CardSource:
    link = reverse("case_recommendation", args=[row.case.key])
    return CardSource("recommendation", row.pk, str(row._meta.verbose_name), link)


def _period(reading: CardReading) -> Iterator[CardValue]:
    """The rectification period that the decided recommendation names (Rules 75(7))."""
    row = recommendation_of(reading.matter)
    if row is not None and row.decided and row.period:
        words = (
            ngettext("%(number)d month", "%(number)d months", row.period)
            if row.unit == "months"
            else ngettext("%(number)d day", "%(number)d days", row.period)
        )
        yield CardValue(f"{row.period} {row.unit}", words % {"number": row.period}, _source(row))


def _measures(reading: CardReading) -> Iterator[CardValue]:
    """How many measures are final, of all that were recommended (Rules 77, 82)."""
    row = recommendation_of(reading.matter)
    if row is None or not row.decided:
        return
    measures = measures_now(row)
    final = sum(measure.final for measure in measures)
    number = {"final": final, "all": len(measures)}
    words = _("%(final)d of %(all)d done or fallen away") % number
    yield CardValue([str(final), str(len(measures))], words, _source(row))


def _with_period(readings: Sequence[CardReading]) -> list[int]:
    return list(_decided(readings).filter(period__gt=0).values_list("case", flat=True))


def _with_measures(readings: Sequence[CardReading]) -> list[int]:
    return list(_decided(readings).values_list("case", flat=True))


def _decided(readings: Sequence[CardReading]) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(case__in=cases_of(readings), decision__isnull=False)
    return rows.order_by()


INVESTIGATION = (
    of_fact(
        *("conduct", CardSection.FILING, "不依法履职情形", "How the authority may have failed"),
        "Rules 67, 69",
        kinds=("administrative_case_filed",),
        fact="conduct",
        of=OF,
        main=True,
    ),
    of_fact(
        *("duty", CardSection.FILING, "行政机关法定职责", "Duty of the authority", "Rules 67, 72"),
        kinds=("administrative_case_filed",),
        fact="duty",
        of=OF,
    ),
    of_day(
        *("consultation_begun", CardSection.INVESTIGATION, "开始磋商日期"),
        *("Consultation begun on", "Rules 70"),
        kinds=("consultation_begun",),
        of=OF,
        since=(AdministrativeState.ADM_CONSULTING,),
    ),
    of_day(
        *("consultations", CardSection.INVESTIGATION, "磋商日期", "Consultations", "Rules 70"),
        kinds=("consultation_held",),
        every=True,
        of=OF,
    ),
    of_day(
        *("authority_investigation_closed", CardSection.INVESTIGATION, "行政案件调查终结日期"),
        *("Investigation of the authority closed on", "Rules 73"),
        kinds=("administrative_investigation_closed",),
        of=OF,
        since=(AdministrativeState.ADM_INVESTIGATION_CLOSED,),
        main=True,
    ),
)
RECOMMENDATION = (
    of_day(
        *("recommendation_decided", CardSection.BEFORE_SUIT, "决定提出检察建议日期"),
        *("Recommendation decided on", "Rules 75"),
        kinds=("recommendation_decided",),
        of=OF,
        since=(AdministrativeState.ADM_REC_ISSUED,),
        main=True,
    ),
    of_day(
        *("recommendation_received", CardSection.BEFORE_SUIT, "行政机关收到检察建议日期"),
        *("Recommendation received on", "JI 21; Rules 76"),
        kinds=("recommendation_received",),
        of=OF,
        since=RECEIVED,
        main=True,
    ),
    CardItem(
        *("rectification_period", CardSection.BEFORE_SUIT, "整改期限", "Rectification period"),
        *("Rules 75(7)", _period),
        among=_with_period,
        of=OF,
        since=(AdministrativeState.ADM_REC_ISSUED,),
    ),
    of_day(
        *("authority_replies", CardSection.BEFORE_SUIT, "行政机关回复日期"),
        *("Replies of the authority", "JI 21"),
        kinds=("authority_replied",),
        every=True,
        of=OF,
        main=True,
    ),
    CardItem(
        *("measures", CardSection.BEFORE_SUIT, "整改措施评估", "Measures assessed"),
        *("Rules 77, 82", _measures),
        among=_with_measures,
        of=OF,
        since=(AdministrativeState.ADM_REVIEW,),
    ),
    of_day(
        *(
            "review_suspended",
            CardSection.REVIEW,
            "中止审查日期",
            "Review suspended on",
            "Rules 78",
        ),
        kinds=("administrative_review_suspended",),
        of=OF,
        since=(AdministrativeState.ADM_SUSPENDED,),
    ),
    of_day(
        *("escalated_on", CardSection.REVIEW, "通报、报告日期", "Escalated on", "Rules 45; PRR 25"),
        kinds=("recommendation_escalated",),
        every=True,
        of=OF,
    ),
    of_day(
        *("performance_review", CardSection.REVIEW, "审查履职情况日期"),
        *("Performance reviewed on", "Rules 79"),
        kinds=("performance_review_begun",),
        of=OF,
        since=(AdministrativeState.ADM_REVIEW,),
    ),
    of_day(
        *("administrative_transferred_on", CardSection.REVIEW, "行政案件移送日期"),
        *("Case against an authority transferred on", "Rules 16, 79"),
        kinds=("administrative_case_transferred",),
        of=OF,
        since=(AdministrativeState.ADM_TRANSFERRED,),
        main=True,
    ),
    of_fact(
        *("administrative_transferred_to", CardSection.REVIEW, "接收移送的检察院（行政）"),
        *("Case against an authority transferred to", "Rules 16, 79"),
        kinds=("administrative_case_transferred",),
        fact="target_office",
        model=Office,
        of=OF,
        since=(AdministrativeState.ADM_TRANSFERRED,),
    ),
    of_day(
        *("administrative_suit_decided", CardSection.REVIEW, "决定提起行政公益诉讼日期"),
        *("Suit against the authority decided on", "Rules 81-83"),
        kinds=("administrative_suit_decided",),
        of=OF,
        since=(AdministrativeState.ADM_SUIT,),
        main=True,
    ),
)
ENDING = (
    of_day(
        *("administrative_judged_on", CardSection.JUDGMENT, "行政公益诉讼宣判日期"),
        *("Suit against the authority judged on", "APL 69-78; JI 25"),
        kinds=("administrative_suit_judged",),
        of=OF,
    ),
    of_day(
        *("administrative_terminated_on", CardSection.ENDING, "行政案件终结日期"),
        *("Case against the authority terminated on", "Rules 74, 80"),
        kinds=("administrative_case_terminated",),
        of=OF,
        since=(AdministrativeState.ADM_TERMINATED,),
        main=True,
    ),
    of_fact(
        *("administrative_termination_ground", CardSection.ENDING, "行政案件终结理由"),
        *("Ground on which the case against the authority ended", "Rules 74, 80"),
        kinds=("administrative_case_terminated",),
        fact="ground",
        of=OF,
        since=(AdministrativeState.ADM_TERMINATED,),
    ),
)


def register_items() -> None:
    """Hand the items to the registry."""
    register("administrative", (*INVESTIGATION, *RECOMMENDATION, *ENDING))
