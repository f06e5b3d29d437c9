"""What the record already says of the papers after the decision: D-66, D-67, D-85 and D-86 (law 3.10a).

Everything is read from events: this room does not know the tables of the obligations.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from audit import clock
from cases.models import Case, Event, Lead
from cases.registries import volumes
from cases.selectors.events import corrected, current_facts, standing_events
from litigation import selectors as litigation
from litigation.models import Judgment

if TYPE_CHECKING:
    Matter = Lead | Case

Prefilled = dict[str, tuple[str, str]]
URGING_ZH = (
    "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第十二条、"
    "《中华人民共和国民事诉讼法》第二百四十七条"
)
# A content holds ten thousand characters; a longer list is counted only.
LIST_LENGTH = 8000


def _today() -> tuple[str, str]:
    return clock.today().isoformat(), "person"


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _entered(case: Case) -> list[dict[str, Any]]:
    return [corrected(event)[1] for event in standing_events(case, "obligation_entered")]


def _finished(case: Case) -> set[int]:
    events = standing_events(case, "obligation_finished")
    return {int(event.facts["obligation"]) for event in events}


def _due_zh(facts: dict[str, Any]) -> str:
    named = facts.get("performance_until")
    return f"{_day_zh(date.fromisoformat(named))}前" if named else "裁判生效时"


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}．{line}" for number, line in enumerate(lines, start=1))


def urging_letter(matter: Matter) -> Prefilled:
    """D-66: which decision, what is due and not performed, on which basis the court is to enforce."""
    case = cast(Case, matter)
    court = litigation.court_of(case)
    judgment = Judgment.objects.filter(
        case=case, effective_on__isnull=False, set_aside_by__isnull=True
    ).last()
    finished = _finished(case)
    left = [
        f"{facts['text']}（履行期限：{_due_zh(facts)}）"
        for facts in _entered(case)
        if facts["obligation"] not in finished
    ]
    decision = (
        f"{judgment.number}，{_day_zh(judgment.effective_on)}生效"
        if judgment and judgment.effective_on
        else ""
    )
    return {
        "addressee": (str(court) if court else "", "event"),
        "decision": (decision, "event"),
        "items": (_numbered(left), "event"),
        "basis": (URGING_ZH, "law"),
        "day": _today(),
    }


def monitoring_sheet(matter: Matter) -> Prefilled:
    """D-67: what is owed, until when, and with which evidence it was performed."""
    case = cast(Case, matter)
    entered = _entered(case)
    return {
        "items": (_numbered([facts["text"] for facts in entered]), "event"),
        "due": (_numbered([_due_zh(facts) for facts in entered]), "event"),
        "evidence": (_numbered([_evidence_zh(case, facts) for facts in entered]), "event"),
        "day": _today(),
    }


def _evidence_zh(case: Case, entered: dict[str, Any]) -> str:
    events = standing_events(case, "performance_recorded").filter(
        facts__obligation=entered["obligation"]
    )
    told = [corrected(event)[1] for event in events]
    lines = [
        f"{_day_zh(date.fromisoformat(facts['performed_on']))}：{facts.get('account', '')}"
        for facts in told
    ]
    return "；".join(lines) or "尚无"


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
    listed = _numbered([f"{title}　{piece.title}" for title, piece in pieces])
    digest = hashlib.sha256("\n".join(piece.sha256 for _title, piece in pieces).encode())
    return {
        "outcome": (_outcome_zh(case), "event"),
        "list": (listed if len(listed) <= LIST_LENGTH else counted, "case"),
        "pages": (counted, "case"),
        "hash": (f"SHA-256 {digest.hexdigest()}", "case"),
        "day": _today(),
    }


def _outcome_zh(case: Case) -> str:
    finished = standing_events(case, "obligation_finished")
    lines = [_finished_zh(case, event) for event in finished]
    return _numbered(lines) or case.state_zh


def _finished_zh(case: Case, event: Event) -> str:
    texts = {facts["obligation"]: facts["text"] for facts in _entered(case)}
    how = "未履行而终结" if event.to_state == "ended" else "已履行"
    return f"{texts.get(event.facts['obligation'], '')}（{how}）"


def look_back_report(matter: Matter) -> Prefilled:
    """D-86: what was tested again, whether the harm is back, which lead came of it."""
    case = cast(Case, matter)
    checks = [corrected(event) for event in standing_events(case, "look_back_checked")]
    plan = str(current_facts(case, "look_back_planned").get("plan", ""))
    tested = [f"{_day_zh(day)}：{facts.get('tested', '')}" for day, facts in checks]
    back = any(facts.get("relapse") == "yes" for _day, facts in checks)
    found = [
        corrected(event)[1].get("title", "") for event in standing_events(case, "relapse_found")
    ]
    return {
        "items": ("\n".join(filter(None, (plan, _numbered(tested)))), "event"),
        "relapse": ("发现反弹" if back else "未发现反弹" if checks else "", "event"),
        "lead": (_numbered(found), "event"),
        "day": _today(),
    }
