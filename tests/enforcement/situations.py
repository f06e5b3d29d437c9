"""What makes each step from T41 on possible, and what makes one guard alone unmet."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import DepartmentKind, Role
from audit import clock
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.support.documents import filed
from tests.support.matters import force, happen, record, upload
from tests.support.people import make_department, make_user

SOON, LATER = datetime(2026, 7, 17, 10), datetime(2026, 8, 17, 10)
PROVEN = {"proofs": ["a" * 64]}


# --- obligations ---------------------------------------------------------------------------------


def of(case, item_type: str = "EI-1", **facts):
    return {"obligation": owed(case, item_type).pk} | facts


def to_log(cast, case):
    return of(case) | PROVEN


def logged(cast, case, item_type: str = "EI-1", **facts):
    scenes.log(cast.handler, case, owed(case, item_type), **facts)
    return of(case, item_type, checked_by=cast.assistant.pk, way="terminated") | PROVEN


def logged_by_the_same(cast, case):
    return logged(cast, case) | {"checked_by": cast.handler.pk}


def nothing_logged(cast, case):
    return of(case, checked_by=cast.assistant.pk)


def logged_with_too_little(cast, case):
    return logged(cast, case, evidence=["certificate", "logs"])


def logged_after_a_failed_test(cast, case):
    stopped(cast, case, "no")
    return logged(cast, case, "EI-2")


def stopped(cast, case, passed: str):
    facts = of(case, "EI-2", legal_day="2026-07-17", method="app", passed=passed, findings="复测。")
    record(cast.handler, case, "S33", facts, {"report": upload()})


def ending(cast, case):
    enforced(cast, case)
    return of(case, way="dismissed")


def ending_as_enforced(cast, case):
    enforced(cast, case)
    return of(case, way="round")


def ending_of_what_waits(cast, case):
    waiting_in_enforcement(cast, case)
    return of(case, "EI-3", way="terminated")


def all_verified(cast, case):
    for row in case.obligations.all():
        scenes.perform(cast, case, row, "2026-07-16")
    return {}


def all_but_one_verified(cast, case):
    all_but_one(cast, case)
    return {}


def one_ended(cast, case):
    enforced(cast, case)
    all_but_one(cast, case)
    given = of(case, way="cancelled", ground="销案。", legal_day=clock.today().isoformat())
    record(cast.handler, case, "S34", given, {"ruling": upload()})
    return {}


def all_but_one(cast, case):
    for row in case.obligations.exclude(type="EI-1"):
        scenes.perform(cast, case, row, "2026-07-16")
    return {}


# --- court -----------------------------------------------------------------------------------------


def due(cast, case):
    return {"obligations": [owed(case, "EI-1").pk]} | PROVEN


def urged(cast, case):
    filed(case, "D-66", cast.handler, cast.chief)
    return {"obligations": [owed(case, "EI-1").pk]} | PROVEN


def urged_without_signature(cast, case):
    scenes.papers(cast, case, "D-66")
    return {"obligations": [owed(case, "EI-1").pk]} | PROVEN


def nothing_due(cast, case):
    for row in case.obligations.filter(due_on__lt=clock.today()):
        scenes.perform(cast, case, row, "2026-07-16")
    return PROVEN


def not_transferred(cast, case):
    return {"obligations": [owed(case, "EI-1").pk]}


def nothing_to_urge(cast, case):
    filed(case, "D-66", cast.handler, cast.chief)
    return nothing_due(cast, case)


def enforced(cast, case):
    scenes.enforce(cast.handler, case, owed(case, "EI-1"))
    return {}


def another_due(cast, case):
    enforced(cast, case)
    return {"obligations": [owed(case, "EI-3").pk]} | PROVEN


def enforced_already(cast, case):
    enforced(cast, case)
    return {"obligations": [owed(case, "EI-1").pk]} | PROVEN


def another_not_shown(cast, case):
    enforced(cast, case)
    return {"obligations": [owed(case, "EI-3").pk]}


def publication(cast, case):
    enforced(cast, case)
    return of(case, "EI-3", measure="publication", amount="5000")


def publication_of_data(cast, case):
    enforced(cast, case)
    return of(case, "EI-1", measure="publication", amount="5000")


def supervisor(cast, case):
    enforced(cast, case)
    department = make_department(cast.office, kind=DepartmentKind.CIVIL)
    person = make_user(cast.office, Role.PROSECUTOR, department=department)
    return {"department": department.pk, "receiver": person.pk} | PROVEN


def own_team(cast, case):
    enforced(cast, case)
    return {"department": cast.department.pk, "receiver": cast.handler.pk} | PROVEN


def no_property(cast, case):
    enforced(cast, case)
    return {"investigation": "查询无财产。", "ground": "panel", "president_approved": True}


def no_approval(cast, case):
    return no_property(cast, case) | {"president_approved": False}


def round_over(cast, case):
    enforced(cast, case)
    given = {"legal_day": "2026-08-10", "investigation": "查无。", "ground": "confirmed"}
    record(cast.handler, case, "T45", given, {"ruling": upload()})
    return {"found": "发现存款。"}


def nothing_found(cast, case):
    round_over(cast, case)
    return {"found": " "}


def waiting_in_enforcement(cast, case):
    logged(cast, case, "EI-3")
    return ending_all(cast, case)


def suspending(cast, case):
    enforced(cast, case)
    return {"ground": "objection"}


def suspending_for_heirs(cast, case):
    return suspending(cast, case) | {"ground": "heirs_awaited"}


def ending_all(cast, case):
    enforced(cast, case)
    return {"ground": "other", "explanation": "被执行人主体终止。"}


def ending_all_without_words(cast, case):
    return ending_all(cast, case) | {"explanation": " "}


def enforced_and_final(cast, case):
    enforced(cast, case)
    return all_verified(cast, case)


# --- money -----------------------------------------------------------------------------------------


def money(cast, case):
    return of(case, "EI-4") | PROVEN


def money_of_nobody(cast, case):
    return {"obligation": 0} | PROVEN


def money_without_receipt(cast, case):
    return of(case, "EI-4")


def entered(cast, case, checker: str = "assistant"):
    entry = scenes.pay(cast.handler, case, owed(case, "EI-4"))
    return {"entry": entry.pk, "checked_by": getattr(cast, checker).pk, "decision": "confirm"}


def entered_by_the_same(cast, case):
    return entered(cast, case, "handler")


def checked_already(cast, case):
    facts = entered(cast, case)
    entry = case.ledger.get(pk=facts["entry"])
    scenes.confirm(cast.assistant, case, entry)
    return facts


# --- look-back, closing, archive -------------------------------------------------------------------


def finished(cast, case, *, paid: bool = True):
    all_verified(cast, case)
    if paid:
        scenes.confirm(cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4")))
    scenes.papers(cast, case, "D-67", "D-85")
    force(case, "T42", clock.today(), actor=cast.handler)
    return {}


def planned(cast, case):
    finished(cast, case)
    force(case, "T48", clock.today(), actor=cast.head, plan="复测。", days=["2026-08-17"])
    return {"days": ["2026-08-17"]}


def checked_back(cast, case, relapse: str = "no"):
    planned(cast, case)
    given = {"planned": "2026-08-17", "tested": "复测。", "relapse": relapse}
    given["legal_day"] = clock.today().isoformat()
    record(cast.handler, case, "S42", given, {"report": upload()})
    return {}


def back_again(cast, case):
    return checked_back(cast, case, "yes")


def reported(cast, case):
    checked_back(cast, case)
    scenes.papers(cast, case, "D-86")
    return {}


def plan_without_days(cast, case):
    finished(cast, case)
    return {"days": []}


def plan_with_days(cast, case):
    finished(cast, case)
    return {"days": ["2026-11-17"]}


def clock_runs(cast, case):
    finished(cast, case)
    happen(case, "complaint_delivered", clock.today(), actor=cast.handler, facts={})
    happen(case, "complaint_reported", clock.today(), actor=cast.handler)
    return {}


def report_missing(cast, case):
    finished(cast, case)
    facts = {"decision": "1"}
    happen(case, "committee_decision_executed", date(2026, 8, 3), actor=cast.handler, facts=facts)
    return {}


def answer_by_hand_missing(cast, case):
    """An answer to process monitoring (P-38c) that nobody completed; a commission elsewhere owes the office."""
    finished(cast, case)
    for period in ("P-38c", "P-10"):
        facts = {"period": period, "event_text": "收到流程监控通知"}
        happen(case, "period_begun", date(2026, 5, 6), actor=cast.handler, facts=facts)
    return {}


def unpaid(cast, case):
    return finished(cast, case, paid=False)


def one_not_final(cast, case):
    all_but_one(cast, case)
    scenes.confirm(cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4")))
    scenes.papers(cast, case, "D-67", "D-85")
    force(case, "T42", clock.today(), actor=cast.handler)
    return {}


def without_form(cast, case):
    all_verified(cast, case)
    scenes.confirm(cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4")))
    force(case, "T42", clock.today(), actor=cast.handler)
    return {}


def closed(cast, case):
    finished(cast, case)
    force(case, "T50", clock.today(), actor=cast.head)
    record(cast.case_manager, case, "S43", {})
    return dict(PROVEN)


def closed_without_index(cast, case):
    finished(cast, case)
    force(case, "T50", clock.today(), actor=cast.head)
    return dict(PROVEN)


def closed_without_receipt(cast, case):
    closed(cast, case)
    return {}


NO_INJUNCTION = {"injunctions": "none", "injunctions_statement": "经核对卷宗，未申请过。"}


def without_the_statement(cast, case):
    """Say that none was applied for, and not how that was found."""
    return reported(cast, case) | {"injunctions": "none"}


def stating(arrange):
    """Return the arrangement with the statement every closing asks for."""
    return lambda cast, case: arrange(cast, case) | NO_INJUNCTION


POSSIBLE = {
    "S30": (SOON, to_log),
    "S31": (SOON, logged),
    "S32": (SOON, logged),
    "S33": (SOON, lambda cast, case: of(case, "EI-2")),
    "S34": (LATER, ending),
    "T42": (SOON, all_verified),
    "T43": (LATER, due),
    "S70": (LATER, urged),
    "S38": (LATER, another_due),
    "S37": (LATER, publication),
    "S39": (LATER, supervisor),
    "T45": (LATER, no_property),
    "T58": (LATER, round_over),
    "T44": (LATER, suspending),
    "T46": (LATER, ending_all),
    "T47": (LATER, enforced_and_final),
    "S40": (SOON, money),
    "S41": (SOON, entered),
    "T48": (LATER, plan_with_days),
    "T49": (LATER, back_again),
    "T50": (LATER, stating(reported)),
    "T51": (LATER, closed),
}
ALONE = {
    ("S30", "obligation_is_owed"): (SOON, logged),
    ("S30", "performance_proven"): (SOON, lambda cast, case: of(case)),
    ("S31", "performance_waits"): (SOON, nothing_logged),
    ("S31", "checked_by_a_second_person"): (SOON, logged_by_the_same),
    ("S31", "evidence_is_complete"): (SOON, logged_with_too_little),
    ("S31", "no_failed_test"): (SOON, logged_after_a_failed_test),
    ("S32", "performance_waits"): (SOON, nothing_logged),
    ("S32", "checked_by_a_second_person"): (SOON, logged_by_the_same),
    ("S33", "obligation_to_refrain"): (SOON, lambda cast, case: of(case, "EI-1")),
    ("S34", "obligation_is_owed"): (LATER, ending_of_what_waits),
    ("S34", "way_of_ending"): (LATER, ending_as_enforced),
    ("T42", "all_obligations_verified"): (SOON, all_but_one_verified),
    ("T43", "obligation_overdue"): (LATER, nothing_due),
    ("S70", "obligation_overdue"): (LATER, nothing_to_urge),
    ("S70", "document:D-66"): (LATER, due),
    ("S70", "urging_letter_issued"): (LATER, urged_without_signature),
    ("T43", "transfer_shown"): (LATER, not_transferred),
    ("S38", "obligation_overdue"): (LATER, enforced_already),
    ("S38", "transfer_shown"): (LATER, another_not_shown),
    ("S37", "measure_fits_the_obligation"): (LATER, publication_of_data),
    ("S39", "supervisor_is_not_of_the_team"): (LATER, own_team),
    ("T45", "round_may_end"): (LATER, no_approval),
    ("T58", "something_was_found"): (LATER, nothing_found),
    ("T44", "enforcement_suspension_ground"): (LATER, suspending_for_heirs),
    ("T46", "enforcement_termination_ground"): (LATER, ending_all_without_words),
    ("T46", "nothing_waits_for_verification"): (LATER, waiting_in_enforcement),
    ("T47", "all_obligations_verified"): (LATER, one_ended),
    ("S40", "money_of_this_case"): (SOON, money_of_nobody),
    ("S40", "money_receipt"): (SOON, money_without_receipt),
    ("S41", "entry_waits"): (SOON, checked_already),
    ("S41", "entry_checked_by_a_second_person"): (SOON, entered_by_the_same),
    ("T48", "look_back_has_days"): (LATER, plan_without_days),
    ("T49", "relapse_was_found"): (LATER, checked_back),
    ("T50", "all_obligations_final"): (LATER, stating(one_not_final)),
    ("T50", "no_open_clock"): (LATER, stating(clock_runs)),
    ("T50", "returns_are_in"): (LATER, stating(report_missing)),
    ("T50", "ledger_balanced"): (LATER, stating(unpaid)),
    ("T50", "injunctions_over"): (LATER, without_the_statement),
    ("T50", "look_back_reported"): (LATER, stating(checked_back)),
    ("T50", "document:D-85"): (LATER, stating(without_form)),
    ("T51", "archive_index_complete"): (LATER, closed_without_index),
    ("T51", "archive_receipt"): (LATER, closed_without_receipt),
}
# Shown below, on a case of another state.
ELSEWHERE = {
    ("T41", "decision_orders_something"),
    ("T62", "decision_orders_nothing"),
    ("T63", "receiver_acknowledged"),
}
