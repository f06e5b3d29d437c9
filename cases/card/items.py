"""What the kernel says on the card: lead, filing, parties, investigation, announcement, termination."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse

from cases.card.declaring import (
    day_value,
    in_words,
    of_day,
    of_fact,
    register,
    yes_or_no,
)
from cases.card.parties import PARTIES
from cases.card.reading import CardReading, Told
from cases.models import (
    CaseKind,
    LeadSource,
    LegalBasis,
    TeamPosition,
    Track,
)
from cases.registries import CardItem, CardSection, CardSource, CardValue
from cases.states import AdministrativeState, CaseState, LeadState
from cases.track import state_title

CASES = ("case", "administrative")
EVERY = ("lead", *CASES)
CIVIL = ("case",)
# The events with which a case begins; what it says of itself was told by one of them first.
FILING = ("case_filed", "administrative_case_filed")
BEGINNING = ("case_opened", "case_split_off")
FROM_FILING = (CaseState.FILED, AdministrativeState.ADM_FILED)
FOUND = (CaseState.INVESTIGATION_CLOSED, AdministrativeState.ADM_INVESTIGATION_CLOSED)
ASSESSED = (LeadState.FILED, LeadState.NOT_FILED)


def _has_lead(reading: CardReading) -> bool:
    return reading.lead is not None


# --- the case --------------------------------------------------------------------------------------


def _own(reading: CardReading) -> CardSource:
    """The matter itself as a source that no act on the card changes."""
    matter = reading.matter
    return CardSource(matter.relation, matter.pk, matter.key, matter.get_absolute_url())


def _state(reading: CardReading) -> Iterator[CardValue]:
    matter = reading.matter
    moved = [told for told in reading.standing if told.event.to_state == matter.state]
    source = reading.from_event(moved[-1].event) if moved else _own(reading)
    yield CardValue(matter.state, state_title(matter.machine, matter.state), source)


def _office(reading: CardReading) -> Iterator[CardValue]:
    office = reading.matter.office
    yield CardValue(office.code, office.name, _own(reading), written=True)


def _department(reading: CardReading) -> Iterator[CardValue]:
    if department := reading.matter.department:
        yield CardValue(department.name, department.name, _own(reading), written=True)


def _kind(reading: CardReading) -> Iterator[CardValue]:
    if case := reading.case:
        titles = f"{CaseKind(case.kind).label} · {Track(case.track).label}"
        yield CardValue([case.kind, case.track], titles, _own(reading))


def _handlers(reading: CardReading) -> Iterator[CardValue]:
    if reading.case is None:
        return
    for row in reading.team:
        if row.position in (TeamPosition.LEAD, TeamPosition.HANDLER):
            source = CardSource(
                kind="member",
                pk=row.pk,
                title=row.get_position_display(),
                link=reverse("case_people", args=[reading.case.key]),
            )
            yield CardValue(row.user.name, row.user.name, source, written=True)


THE_CASE = (
    CardItem(
        *("office", CardSection.CASE, "办案单位", "Office", "Rules 13-17", _office),
        of=EVERY,
        since=(*FROM_FILING, LeadState.LEAD_REGISTERED),
        main=True,
    ),
    CardItem(
        *("department", CardSection.CASE, "承办部门", "Department", "Rules 6", _department),
        of=EVERY,
        since=(*FROM_FILING, LeadState.LEAD_ASSESSING),
    ),
    CardItem(
        *("handlers", CardSection.CASE, "承办检察官", "Handling prosecutors", "Rules 6", _handlers),
        since=FROM_FILING,
    ),
    CardItem(
        *("kind", CardSection.CASE, "案件类别", "Kind of case", "Rules 2, 14", _kind),
        since=FROM_FILING,
        main=True,
    ),
    CardItem(
        *("state", CardSection.CASE, "当前环节", "Present state", "law 3.1", _state),
        of=EVERY,
        counted=True,
    ),
)

# --- lead ------------------------------------------------------------------------------------------


def _major(reading: CardReading) -> Iterator[CardValue]:
    if lead := reading.lead:
        told = reading.last("lead_marked_major") or reading.last("lead_registered")
        source = reading.from_event(told.event) if told else reading.from_lead(lead)
        yield yes_or_no(lead.major, source)


def _lead_handler(reading: CardReading) -> Iterator[CardValue]:
    lead = reading.lead
    if lead is not None and lead.handler is not None:
        told = reading.last("lead_assigned")
        source = reading.from_event(told.event) if told else reading.from_lead(lead)
        yield CardValue(lead.handler.name, lead.handler.name, source, written=True)


def _suspected(reading: CardReading) -> Iterator[CardValue]:
    if (lead := reading.lead) and lead.suspected_processor:
        name = lead.suspected_processor
        yield CardValue(name, name, reading.from_lead(lead), written=True)


def _assessed(reading: CardReading) -> Iterator[CardValue]:
    if told := reading.last("lead_assessed"):
        scores = [f"{told.facts.get(name)} / 5" for name in ("truthfulness", "feasibility")]
        yield CardValue(scores, " · ".join(scores), reading.from_event(told.event))


LEAD = (
    of_fact(
        *("lead_source", CardSection.LEAD, "线索来源", "Source of the lead", "Rules 24"),
        kinds=("lead_registered",),
        fact="source",
        titles=lambda: dict(LeadSource.choices),
        of=EVERY,
        since=(*FROM_FILING, LeadState.LEAD_REGISTERED),
        only_if=_has_lead,
        main=True,
    ),
    of_day(
        *("lead_received", CardSection.LEAD, "线索受理日期", "Lead received on", "Rules 25"),
        kinds=("lead_registered",),
        of=EVERY,
        since=(*FROM_FILING, LeadState.LEAD_REGISTERED),
        only_if=_has_lead,
    ),
    CardItem(
        *("lead_major", CardSection.LEAD, "重大线索", "Major lead", "Rules 25", _major),
        of=EVERY,
        since=(*FROM_FILING, LeadState.LEAD_REGISTERED),
        only_if=_has_lead,
    ),
    CardItem(
        *("lead_processor", CardSection.LEAD, "涉嫌处理者", "Suspected processor", "Rules 24"),
        _suspected,
        of=("lead",),
        main=True,
    ),
    CardItem(
        *("lead_handler", CardSection.LEAD, "线索承办人", "Handler of the lead", "Rules 6, 27"),
        _lead_handler,
        of=("lead",),
        since=(LeadState.LEAD_ASSESSING,),
        main=True,
    ),
    CardItem(
        *("lead_assessment", CardSection.LEAD, "真实性·可查性", "Truthfulness · feasibility"),
        *("Rules 27", _assessed),
        of=EVERY,
        since=(*FROM_FILING, *ASSESSED),
        only_if=_has_lead,
        kinds=("lead_assessed",),
    ),
    of_day(
        *("lead_inquiry", CardSection.LEAD, "初步调查终结日期", "Inquiry finished on", "Rules 27"),
        kinds=("inquiry_finished",),
        of=EVERY,
    ),
    of_day(
        *(
            "not_filed_on",
            CardSection.LEAD,
            "不立案决定日期",
            "Decision not to file on",
            "Rules 30",
        ),
        kinds=("filing_refused",),
        of=("lead",),
        since=(LeadState.NOT_FILED,),
        main=True,
    ),
    of_day(
        *("lead_transferred", CardSection.LEAD, "线索移送日期", "Lead transferred on", "Rules 26"),
        kinds=("lead_transferred",),
        of=("lead",),
        since=(LeadState.LEAD_TRANSFERRED,),
        main=True,
    ),
)

# --- filing: what the case says of itself, by the event that told it first -------------------------


def _filed_on(reading: CardReading) -> Iterator[CardValue]:
    if (case := reading.case) is None:
        return
    if told := reading.last(*BEGINNING) or reading.last(*FILING):
        yield day_value(told.day, reading.from_event(told.event))
    else:
        yield day_value(case.filed_on, _own(reading))


def _day_said(reading: CardReading, told: Told) -> CardValue:
    return day_value(told.day, reading.from_event(told.event))


def _said_of_itself(reading: CardReading, name: str) -> Iterator[CardValue]:
    """What the case says in one field; the filing is its source while it says the same."""
    case = reading.case
    value = getattr(case, name, None)
    if case is None or value in (None, "", []):
        return
    told = reading.last(*FILING)
    filed = told.facts.get(name) if told else None
    same = told is not None and (bool(filed) if isinstance(value, bool) else filed) == value
    source = reading.from_event(told.event) if told and same else reading.from_case(case)
    yield _in_words(name, value, source)


def _in_words(name: str, value: Any, source: CardSource) -> CardValue:
    if name == "legal_bases":
        titles = "；".join(str(LegalBasis(basis).label) for basis in value)
        return CardValue(list(value), titles, source)
    if isinstance(value, int) and not isinstance(value, bool):
        return CardValue(value, str(value), source)
    return in_words(None, value, source)


def _itself(code: str, title_zh: str, title_en: str, article: str, **further: Any) -> CardItem:
    """Return an item for a field of the case; what only a civil filing asks for has civil cases alone."""
    return CardItem(
        *(code, CardSection.FILING, title_zh, title_en, article),
        partial(_said_of_itself, name=code),
        kinds=("case_filed",) if further.get("of") == CIVIL else FILING,
        fact=code,
        said=partial(_version_of_filing, name=code),
        cure="case_edit",
        **further,
    )


def _version_of_filing(reading: CardReading, told: Told, name: str) -> CardValue | None:
    value = told.facts.get(name)
    if value in (None, "", []):
        return None
    return _in_words(name, value, reading.from_event(told.event))


FILED = (
    CardItem(
        *("filed_on", CardSection.FILING, "立案日期", "Filed on", "Rules 30", _filed_on),
        since=FROM_FILING,
        main=True,
        kinds=BEGINNING,
        said=_day_said,
    ),
    of_fact(
        *("unlawful_act", CardSection.FILING, "违法行为", "Unlawful act", "Rules 85(2)"),
        kinds=("case_filed",),
        fact="unlawful_act",
        of=CIVIL,
        since=FROM_FILING,
        only_if=_has_lead,
        main=True,
    ),
    of_fact(
        *(
            "harm",
            CardSection.FILING,
            "公益受损情况",
            "Harm to the public interest",
            "Rules 67, 85(1)",
        ),
        kinds=FILING,
        fact="harm",
        since=FROM_FILING,
        only_if=_has_lead,
    ),
    _itself("legal_bases", "法律依据", "Legal basis", "PIPL 70", since=FROM_FILING, main=True),
    _itself(
        *("persons_concerned", "涉及人数", "Persons concerned", "Rules 86"),
        of=CIVIL,
        since=FOUND,
        main=True,
    ),
    _itself(
        *("items_concerned", "涉及信息条数", "Items of information", "Rules 86"),
        of=CIVIL,
        since=FOUND,
        main=True,
    ),
    _itself(
        *("sensitive", "敏感个人信息", "Sensitive personal information", "PIPL 28"),
        of=CIVIL,
        since=FROM_FILING,
    ),
    _itself(
        "minors_concerned", "涉及未成年人", "Minors are concerned", "MPL 106", since=FROM_FILING
    ),
    _itself("severe", "损害严重", "The harm is severe", "Rules 29", of=CIVIL, since=FROM_FILING),
    _itself(
        *("act_place", "行为发生地", "Place of the act", "Rules 14"),
        of=CIVIL,
        since=FOUND,
        main=True,
    ),
    _itself("harm_place", "损害结果地", "Place of the harm", "Rules 14", of=CIVIL, since=FOUND),
)

# --- investigation, announcement, termination ------------------------------------------------------


def _acts(reading: CardReading) -> Iterator[CardValue]:
    if told := reading.told("investigative_act"):
        yield CardValue(len(told), str(len(told)), reading.from_event(told[-1].event))


PROCEDURE = (
    of_day(
        *("investigation_started", CardSection.INVESTIGATION, "调查开始日期"),
        *("Investigation started on", "Rules 33"),
        kinds=("investigation_started",),
        of=CIVIL,
        since=(CaseState.INVESTIGATING,),
    ),
    CardItem(
        *("investigative_acts", CardSection.INVESTIGATION, "调查取证次数", "Investigative acts"),
        *("Rules 35, 36", _acts),
        of=CIVIL,
        since=(CaseState.INVESTIGATION_CLOSED,),
        cure="investigative_act_create",
        kinds=("investigative_act",),
        counted=True,
    ),
    of_day(
        *("investigation_closed", CardSection.INVESTIGATION, "调查终结日期"),
        *("Investigation closed on", "Rules 86, 89"),
        kinds=("investigation_closed",),
        of=CIVIL,
        since=(CaseState.INVESTIGATION_CLOSED,),
        main=True,
    ),
    of_fact(
        *("closing_proposal", CardSection.INVESTIGATION, "调查终结意见"),
        *("What the closing report proposes", "Rules 89"),
        kinds=("investigation_closed",),
        fact="proposal",
        of=CIVIL,
        since=(CaseState.INVESTIGATION_CLOSED,),
    ),
    of_day(
        *("announced_on", CardSection.BEFORE_SUIT, "诉前公告日期"),
        *("Announcement published on", "Rules 91; JI 13"),
        kinds=("announcement_published",),
        of=CIVIL,
        since=(CaseState.ANNOUNCING,),
        main=True,
    ),
    of_fact(
        *("announcement_medium", CardSection.BEFORE_SUIT, "公告媒体"),
        *("Medium of the announcement", "Rules 91"),
        kinds=("announcement_published",),
        fact="medium",
        of=CIVIL,
        since=(CaseState.ANNOUNCING,),
    ),
    of_fact(
        *("announcement_national", CardSection.BEFORE_SUIT, "全国性影响媒体"),
        *("Medium of national influence", "Rules 91"),
        kinds=("announcement_published",),
        fact="national_influence",
        of=CIVIL,
        since=(CaseState.ANNOUNCING,),
    ),
    of_day(
        *("terminated_on", CardSection.ENDING, "终结案件日期", "Terminated on", "Rules 90, 95"),
        kinds=("case_terminated",),
        of=CIVIL,
        since=(CaseState.TERMINATED,),
        main=True,
    ),
    of_fact(
        *("termination_ground", CardSection.ENDING, "终结案件理由", "Ground of termination"),
        "Rules 90",
        kinds=("case_terminated",),
        fact="ground",
        of=CIVIL,
        since=(CaseState.TERMINATED,),
    ),
)


def register_items() -> None:
    """Hand the kernel's items to the registry."""
    register("cases", (*THE_CASE, *LEAD, *FILED, *PARTIES, *PROCEDURE))
