"""D-10 to D-12: what recusals, the clock of the review and directions already say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from accounts.models import Office, User
from cases.models import Case, CaseKind, Event, Lead, Proposal, Recusal
from cases.selectors.events import corrected, latest, standing_events
from cases.selectors.people import recusals_of
from deadlines.derive import rule_of, rulebook_of
from deadlines.models import Deadline
from deadlines.terms import Terms
from deadlines.yearbook import calendar_under
from documents.numerals import chinese_date
from notices.bodies.statutes import RULES_ZH, SUPERVISING_ZH
from notices.prefill.said import Prefilled, Said, on_event, said, today
from notices.prefill.words import period_zh

if TYPE_CHECKING:
    Matter = Lead | Case

RECUSAL_RULES_ZH = f"{RULES_ZH}第十九条、第二十二条、第二十三条"
RECUSAL_IN_SUPERVISION_ZH = f"{SUPERVISING_ZH}第十四条"
REVIEWED_ZH = "本决定系复议决定，申请人不得再次申请复议。"
EXTENSION_RULES_ZH = f"{RULES_ZH}第四十七条"
# The clocks of a review for prosecution and the two steps that lengthen them (Rules 47).
REVIEW_CLOCKS = ("P-02", "P-03", "P-55", "P-55-2")
BY_CHIEF, BY_SUPERIOR = "T17", "T17-2"
EXTENDED = {BY_CHIEF: "review_extended", BY_SUPERIOR: "review_extended_further"}
LEVELS_ZH = {BY_CHIEF: "检察长", BY_SUPERIOR: "上一级人民检察院"}
GROUNDS_ZH = {"major": "重大案件", "difficult": "疑难案件", "complex": "复杂案件"}
DIRECTIONS_ZH = {
    "assign": "交办函",
    "raise": "提办函",
    "supervise": "督办函",
    "lead": "领办函",
}
LOAN_ZH = "调用检察人员决定书"


# --- D-10 ----------------------------------------------------------------------------------------


def recusal_decision(matter: Matter) -> Prefilled:
    """D-10: who asked that who stands aside, and how it was decided, on review the last time."""
    row = recusals_of(matter).select_related("person").order_by("-id").first()
    if row is None:
        return {"case": said(matter.title, "case"), "day": today()}
    reviewed = row.review_decision not in ("", "pending")
    event = latest(matter, "recusal_review_decided" if reviewed else "recusal_decided")
    supervision = isinstance(matter, Case) and matter.kind == CaseKind.SUPERVISION
    return {
        "addressee": said(row.person.name if row.by_oneself else row.applicant, "event"),
        "case": said(matter.title, "case"),
        "person": said(row.person.name, "event"),
        "grounds": said(row.grounds, "event", on_event(latest(matter, "recusal_applied"))),
        "reason": said("" if reviewed else row.decision_reason, "event", on_event(event)),
        "basis": said(RECUSAL_IN_SUPERVISION_ZH if supervision else RECUSAL_RULES_ZH, "law"),
        "decider": said("检察委员会" if row.decided_by_committee else "检察长", "event"),
        "result": said(_result(row), "event", on_event(event)),
        "review": said(REVIEWED_ZH if reviewed else _review(matter, row, supervision), "law"),
        "day": today(),
    }


def _result(row: Recusal) -> str:
    if "pending" in (row.decision, row.review_decision):
        return ""
    return f"{row.person.name}回避" if row.granted else f"驳回对{row.person.name}的回避申请"


def _review(matter: Matter, row: Recusal, supervision: bool) -> str:
    """Say within which time a review is asked and decided, and whether the person keeps working."""
    length = rulebook_of(matter).periods["P-09"].length
    within = f"在{period_zh(length)}内" if length else ""
    text = (
        "申请人不服本决定的，可以在收到本决定书时向本院申请复议一次，"
        f"本院{within}作出复议决定并书面通知申请人。"
    )
    working = row.decision == "refused" and not supervision  # Rules 21; CSR 14 says the opposite
    return text + ("复议期间，被申请回避的人员不停止参与本案的办理。" if working else "")


# --- D-11 ----------------------------------------------------------------------------------------


def extension_form(matter: Matter) -> Prefilled:
    """D-11: which review is lengthened, why, by whom, and its end before and after."""
    case = cast(Case, matter)
    step, event, facts = _extension(case)
    old, new = _ends(case, step, granted=event is not None)
    return {
        "case": said(case.title, "case"),
        "level": said(LEVELS_ZH[step], "law"),
        "old_end": said(chinese_date(old) if old else "", "case"),
        "new_end": said(chinese_date(new) if new else "", "case"),
        "ground": said(GROUNDS_ZH.get(str(facts.get("ground", "")), ""), "event", on_event(event)),
        "reason": said(str(facts.get("explanation", "")), "event", on_event(event)),
        "basis": said(EXTENSION_RULES_ZH, "law"),
    }


def _extension(case: Case) -> tuple[str, Event | None, dict[str, Any]]:
    """Return the step proposed last, its event once it is carried out, and the facts of both."""
    proposal = (
        Proposal.objects.filter(case=case, transition__in=EXTENDED)
        .exclude(status__in=("rejected", "withdrawn"))
        .order_by("-id")
        .first()
    )
    if proposal is None:
        extended = latest(case, EXTENDED[BY_CHIEF])
        return (BY_SUPERIOR if extended else BY_CHIEF), None, {}
    events = standing_events(case, EXTENDED[proposal.transition]).filter(proposal=proposal)
    event = events.order_by("-id").first()
    facts = corrected(event)[1] if event else {}
    return proposal.transition, event, proposal.facts | facts


def _ends(case: Case, step: str, *, granted: bool) -> tuple[date | None, date | None]:
    """Return the last day of the review before and after the extension; None where nothing says it."""
    rows = case.deadlines.filter(rule__in=REVIEW_CLOCKS, manual=False, terms__isnull=False)
    row = rows.select_related("start_event").order_by("-id").first()
    if row is None or row.start_day is None:
        return None, None
    return _before_and_after(case, row, step, granted=granted)


def _before_and_after(
    case: Case, row: Deadline, step: str, *, granted: bool
) -> tuple[date | None, date | None]:
    assert row.start_day is not None  # asked by `_ends`
    terms = Terms.read(row.start_day, row.terms or {}, backwards=row.backwards)
    calendar = calendar_under(rulebook_of(case))
    if granted:
        shorter = terms.extensions if step == BY_SUPERIOR else terms.extensions[:-1]
        before = replace(terms, typed_end=None, extensions=shorter)
        return before.computed(calendar).last_day, row.effective_day
    rule = rule_of(row)
    length = rule.extensions[0].length if rule and rule.extensions else None
    if step == BY_SUPERIOR or length is None:  # the office above names the new end
        return row.effective_day, None
    longer = replace(terms, extensions=(*terms.extensions, length))
    return row.effective_day, longer.computed(calendar).last_day


# --- D-12 ----------------------------------------------------------------------------------------


def directions(matter: Matter) -> Prefilled:
    """D-12: what the superior office directed last, or whom it lent to the case."""
    found = [latest(matter, "superior_directed"), latest(matter, "staff_lent")]
    event = max((one for one in found if one), key=lambda one: one.pk, default=None)
    facts = corrected(event)[1] if event else {}
    superior = Office.objects.filter(pk=facts.get("superior") or 0).first() or matter.office.parent
    lent = event is not None and event.kind == "staff_lent"
    form = LOAN_ZH if lent else DIRECTIONS_ZH.get(str(facts.get("direction", "")), "")
    scope = str(facts.get("scope" if lent else "content", ""))
    return {
        "form": said(form, "event"),
        "superior": said(superior.name if superior else "", "office"),
        "number": said(str(facts.get("number", "")), "event"),
        "addressee": said(matter.office.name, "office"),
        "case": said(matter.title, "case"),
        "staff": _staff_lent(facts, event),
        "scope": said(scope, "event", on_event(event)),
        "term": said(_term(facts), "event", on_event(event)),
    }


def _staff_lent(facts: dict[str, Any], event: Event | None) -> Said:
    """Return who is lent and from which office."""
    person = User.objects.select_related("office").filter(pk=facts.get("person") or 0).first()
    text = f"{person.office.name}{person.name}" if person and person.office else ""
    return said(text, "event", on_event(event))


def _term(facts: dict[str, Any]) -> str:
    days = [facts.get("first_day"), facts.get("last_day")]
    return "至".join(chinese_date(date.fromisoformat(str(day))) for day in days if day)
