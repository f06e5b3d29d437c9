"""D-82 to D-86: what issued papers, committee, file and look-back already say (law 3.10a, 7.2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from cases.models import Case, Event, Lead
from cases.registries import volumes
from cases.selectors.events import corrected, latest, standing_events
from documents.numerals import chinese_date
from litigation import selectors as litigation
from notices import selectors
from notices.bodies.statutes import RECOMMENDING_ZH, RULES_ZH, SUPERVISING_ZH
from notices.catalogue.records import d84_committee_decision as d84
from notices.models import Document
from notices.prefill.decisions import fixed
from notices.prefill.outgoing import received
from notices.prefill.said import Prefilled, Said, joined, numbered, on_event, said, today
from notices.prefill.supervision import decision_of, entered_obligations
from notices.prefill.words import filed

if TYPE_CHECKING:
    Matter = Lead | Case

# A content holds ten thousand characters; a longer list is counted only.
LIST_LENGTH = 8000


# What goes on record with the next-higher office: the type of record and its basis (law 7.2).
RECORDED = {
    "D-45": ("提起民事公益诉讼", f"{RULES_ZH}第九十六条"),
    "D-63": ("提出再审检察建议", f"{SUPERVISING_ZH}第八十七条"),
    "D-70": ("提出公益诉讼检察建议", f"{RULES_ZH}第七十五条"),
    "D-71": ("提出社会治理检察建议", f"{RECOMMENDING_ZH}第二十一条"),
    "D-74": ("中止审查、恢复审查", f"{RULES_ZH}第七十八条"),
}
AGAINST_AUTHORITY = RECORDED | {"D-45": ("提起行政公益诉讼", f"{RULES_ZH}第四十六条")}
JUDGED = ("收到人民法院裁判", f"{RULES_ZH}第五十八条")


def record_report(matter: Matter) -> Prefilled:
    """D-82: which paper goes on record with which office, on which basis, and when it was served."""
    superior = matter.office.parent
    rows = selectors.standing(matter).filter(code__in=RECORDED, signed_day__isnull=False)
    paper = rows.order_by("-id").first()
    told = _paper_on_record(paper) if paper else _judgment_on_record(matter)
    return {
        "addressee": said(superior.name if superior else "", "office"),
        "case": said(f"{matter.title}（{matter.key}）", "case"),
        "day": today(),
    } | told


def _is_against_authority(paper: Document) -> bool:
    return paper.case is not None and paper.case.is_administrative


def _paper_on_record(paper: Document) -> Prefilled:
    kind, basis = (AGAINST_AUTHORITY if _is_against_authority(paper) else RECORDED)[paper.code]
    outcome = received(paper)
    served = f"{chinese_date(outcome.standing_day)}送达{outcome.service.name}。" if outcome else ""
    named = f"《{paper.name_on_paper}》{paper.number}"
    return {
        "type": said(kind, "law"),
        "basis": said(basis, "law"),
        "document": said(named, "case"),
        "served": said(served, "event", on_event(outcome.event if outcome else None)),
        "attachments": said(f"{named}复印件", "case"),
    }


def _judgment_on_record(matter: Matter) -> Prefilled:
    event = litigation.last_to_report(matter) if isinstance(matter, Case) else None
    judgment = matter.judgments.last() if isinstance(matter, Case) else None
    if event is None or judgment is None:
        return {}
    return {
        "type": said(JUDGED[0], "law"),
        "basis": said(JUDGED[1], "law"),
        "document": said(f"人民法院裁判文书（{judgment.number}）", "event", on_event(event)),
        "attachments": said("人民法院裁判文书复印件", "event"),
    }


def joint_meeting(matter: Matter) -> Prefilled:
    """D-83: which case was talked about."""
    return {"case": said(f"{matter.title}（{matter.key}）", "case"), "day": today()}


def committee_decision(matter: Matter) -> Prefilled:
    """D-84: the last meeting of the committee on the case, its votes and its question.

    The views of the minority are not taken over: more people read this paper than the minutes (PCR 27).
    """
    event = latest(matter, "committee_decided")
    department = matter.department
    found = {
        "which": said(d84.NOTICE, "wording"),
        "addressee": said(department.name if department else "", "office"),
        "day": today(),
    } | fixed(matter, "D-84")
    if event is None:
        return found
    day, facts = corrected(event)
    counts = ("members", "present", "votes_for", "votes_against")
    members, present, votes, against = (facts.get(name, 0) for name in counts)
    attendance = f"应到委员{members}人，实到{present}人；赞成{votes}票，反对{against}票。"
    return found | {
        "meeting": said(chinese_date(day), "event", on_event(event)),
        "attendance": said(attendance, "event", on_event(event)),
        "question": said(str(facts.get("question", "")), "event", on_event(event)),
    }


def closing_form(matter: Matter) -> Prefilled:
    """D-85: how the case ended, what its file holds, and the digest of that list."""
    case = cast(Case, matter)
    pieces = [
        (volume.title_zh, piece)
        for volume in sorted(volumes.values(), key=lambda volume: volume.order)
        for piece in volume.pieces(case)
    ]
    counts: dict[str, int] = {}
    for title, _piece in pieces:
        counts[title] = counts.get(title, 0) + 1
    counted = "；".join(f"{title}{count}件" for title, count in counts.items())
    listed = numbered((said(f"{title}　{piece.title}", "case") for title, piece in pieces), "case")
    digest = hashlib.sha256("\n".join(piece.sha256 for _title, piece in pieces).encode())
    return {
        "case": said(case.title, "case"),
        "course": _course(case),
        "outcome": _outcome(case),
        "proposal": said("建议结案归档。", "wording"),
        "list": listed if len(listed.text) <= LIST_LENGTH else said(counted, "case"),
        "pages": said(counted, "case"),
        "hash": said(f"SHA-256 {digest.hexdigest()}", "case"),
        "day": today(),
    }


def _course(case: Case) -> Said:
    """Return when the case was filed and which decision ended it."""
    event, _facts = filed(case)
    begun = said(f"{chinese_date(case.filed_on)}立案。", "event", on_event(event))
    decision = decision_of(case)
    ended = (
        Said(f"生效裁判：{decision.text}。", "event", decision.rests_on) if decision.text else None
    )
    return joined([begun, *([ended] if ended else [])], "event")


def _outcome(case: Case) -> Said:
    finished = standing_events(case, "obligation_finished")
    lines = [_finished(case, event) for event in finished]
    return numbered(lines, "event") if lines else said(case.state_zh, "event")


def _finished(case: Case, event: Event) -> Said:
    texts = {facts["obligation"]: facts["text"] for _, facts in entered_obligations(case)}
    how = "未履行而终结" if event.to_state == "ended" else "已履行"
    text = f"{texts.get(event.facts['obligation'], '')}（{how}）"
    return said(text, "event", on_event(event))


def look_back_report(matter: Matter) -> Prefilled:
    """D-86: what was tested again, whether the harm is back, which lead came of it."""
    case = cast(Case, matter)
    planned = latest(case, "look_back_planned")
    plan = str(corrected(planned)[1].get("plan", "")) if planned else ""
    checks = [(event, *corrected(event)) for event in standing_events(case, "look_back_checked")]
    tested = [
        said(f"{chinese_date(day)}：{facts.get('tested', '')}", "event", on_event(event))
        for event, day, facts in checks
    ]
    back = any(facts.get("relapse") == "yes" for _, _, facts in checks)
    found = [
        said(str(corrected(event)[1].get("title", "")), "event", on_event(event))
        for event in standing_events(case, "relapse_found")
    ]
    return {
        "case": said(case.title, "case"),
        "background": joined((decision_of(case), _outcome(case)), "event"),
        "items": joined(
            (said(plan, "event", on_event(planned)), numbered(tested, "event")), "event"
        ),
        "relapse": said("发现反弹" if back else "未发现反弹" if checks else "", "event"),
        "lead": numbered(found, "event")
        if found
        else said("未发现新线索。" if checks else "", "event"),
        "day": today(),
    }
