"""D-85 and D-86: what obligations, file and look-back already say (law 3.10a)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from cases.models import Case, Event, Lead
from cases.registries import volumes
from cases.selectors.events import corrected, latest, standing_events
from notices.prefill.said import Prefilled, Said, day_zh, joined, numbered, on_event, said, today
from notices.prefill.supervision import entered_obligations

if TYPE_CHECKING:
    Matter = Lead | Case

# A content holds ten thousand characters; a longer list is counted only.
LIST_LENGTH = 8000


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
        "outcome": _outcome(case),
        "list": listed if len(listed.text) <= LIST_LENGTH else said(counted, "case"),
        "pages": said(counted, "case"),
        "hash": said(f"SHA-256 {digest.hexdigest()}", "case"),
        "day": today(),
    }


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
        said(f"{day_zh(day)}：{facts.get('tested', '')}", "event", on_event(event))
        for event, day, facts in checks
    ]
    back = any(facts.get("relapse") == "yes" for _, _, facts in checks)
    found = [
        said(str(corrected(event)[1].get("title", "")), "event", on_event(event))
        for event in standing_events(case, "relapse_found")
    ]
    return {
        "items": joined(
            (said(plan, "event", on_event(planned)), numbered(tested, "event")), "event"
        ),
        "relapse": said("发现反弹" if back else "未发现反弹" if checks else "", "event"),
        "lead": numbered(found, "event"),
        "day": today(),
    }
