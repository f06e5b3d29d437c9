"""Tables of running cases for tests, and the papers they name."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases.models import RunningEntry
from cases.running import services
from notices.catalogue import TYPES
from tests.litigation import suit
from tests.support import old_cases as old
from tests.support import old_suit as story
from tests.support.people import Cast

FACTS = ("violator", "act", "harm", "causation", "fault", "exemption", "other")


def filed_row(cast: Cast, **changes: str) -> dict[str, str]:
    """Return a row of a case that was filed on 15 June 2020 and goes no further."""
    day = old.FILED.isoformat()
    return {
        "lead.title": "群组公开他人信息线索",
        "lead.source": "media",
        "lead.source_detail": "媒体报道",
        "lead.received_on": old.RECEIVED.isoformat(),
        "lead.summary": "有人收集并公开他人信息。",
        "T03.conflict_checked": "是",
        "T03.legal_day": old.RECEIVED.isoformat(),
        "assessment.legal_day": old.RECEIVED.isoformat(),
        "assessment.truthfulness": "4",
        "assessment.truthfulness_reason": "有截图。",
        "assessment.feasibility": "4",
        "assessment.feasibility_reason": "运营者可查。",
        "D-05.file": "立案审批表.pdf",
        "D-05.day": day,
        "D-05.signer": cast.chief.username,
        "D-05.read": "是",
        "T06.case_title": old.FILING["case_title"],
        "T06.processor": old.FILING["processor"],
        "T06.harm": old.FILING["harm"],
        "T06.unlawful_act": old.FILING["unlawful_act"],
        "T06.numerous_individuals": old.FILING["numerous_individuals"],
        "T06.legal_bases": "CPL 58",
        "T06.by_department_head": cast.head.name,
        "T06.on_department_head": day,
        "T06.opinion_department_head": "同意。",
        "T06.by_chief": cast.chief.username,
        "T06.on_chief": "2020年6月15日",
        "T06.opinion_chief": "同意。",
        "T06.paper": "审批表.pdf",
        "state": "立案",
    } | changes


def announced_row(cast: Cast, **changes: str) -> dict[str, str]:
    """Return a row of the case that was announced on 5 August 2020."""
    closed = old.CLOSED.isoformat()
    row = filed_row(cast) | {
        "D-09.file": "调查方案.pdf",
        "D-09.day": old.FILED.isoformat(),
        "D-09.read": "是",
        "team": f"{cast.assistant.name}；{cast.clerk.username}",
        "T08.legal_day": old.STARTED.isoformat(),
        **{f"facts.{code}": "已查明。" for code in FACTS},
        "T10.legal_day": closed,
        "T10.proposal": "announce",
        "T10.conclusion": "事实清楚。",
        "D-40.file": "调查终结报告.pdf",
        "D-40.day": closed,
        "D-40.signer": cast.chief.username,
        "D-40.read": "是",
        "D-41.file": "公告文书.pdf",
        "D-41.day": closed,
        "D-41.number": "江云检民公告〔2020〕3号",
        "D-41.signer": cast.chief.username,
        "D-41.read": "是",
        "T12.medium_planned": "检察日报",
        "T12.medium": "检察日报",
        "T12.national_influence": "是",
        "T12.legal_day": old.ANNOUNCED.isoformat(),
        "T12.proof": "公告.pdf",
        "T12.by_department_head": cast.head.username,
        "T12.on_department_head": closed,
        "T12.opinion_department_head": "同意。",
        "T12.by_chief": cast.chief.username,
        "T12.on_chief": closed,
        "T12.opinion_chief": "同意。",
        "T12.paper": "审批表.pdf",
        "state": "announcing",
    }
    return row | changes


def judged_row(cast: Cast, **changes: str) -> dict[str, str]:
    """Return a row of the case that was judged on 8 January 2021."""
    decided = story.DECIDED.isoformat()
    row = announced_row(cast) | {"T16.legal_day": story.EXPIRED.isoformat()}
    row |= {f"S03.{name}": value for name, value in story.REPORT.items()}
    row |= {f"T21.{name}": value for name, value in story.HARM.items()}
    for code, day in (("D-43", story.SIGNED), ("D-45", story.SUED), ("D-46", story.SUED)):
        row |= {f"{code}.file": f"{code}.pdf", f"{code}.day": day.isoformat(), f"{code}.read": "是"}
        row |= {f"{code}.signer": cast.chief.username} if TYPES[code].signed_by_chief else {}
    row |= {"D-45.number": story.COMPLAINT}
    for code in ("T21", "T22"):
        for role, person in (("department_head", cast.head), ("chief", cast.chief)):
            row |= {f"{code}.by_{role}": person.username, f"{code}.on_{role}": decided}
            row |= {f"{code}.opinion_{role}": "同意。"}
        row |= {f"{code}.paper": "审批表.pdf"}
    for number, item in enumerate(story.ITEMS, start=1):
        row |= {f"claim{number}.{name}": str(value) for name, value in story.claim_of(item).items()}
        row |= {f"claim{number}.legal_day": decided}
    row |= {f"T22.{name}": str(value) for name, value in story.DELIVERY.items()}
    row |= {"T22.pieces": "；".join(story.DELIVERY["pieces"])}
    row |= {"T22.court": suit.INTERNET_COURT, "T22.receipt": "receipt.pdf"}
    for code, day, facts, field in story.COURT:
        row |= {f"{code}.{name}": value for name, value in facts.items()}
        row |= {f"{code}.legal_day": day, f"{code}.{field}": f"{field}.pdf"}
        if code in story.ATTENDED:
            row |= {f"{code}.staff": cast.handler.name, f"{code}.duties": story.DUTIES}
    row |= {"S12.defendant": old.FILING["processor"], "state": "judged_first"}
    return row | changes


def effective_row(cast: Cast, **changes: str) -> dict[str, str]:
    """Return a row of the case whose judgment took effect on 28 January 2021."""
    row = judged_row(cast)
    for party in ("judgment_office", "judgment1"):
        row |= {f"{party}.legal_day": story.SERVED.isoformat(), f"{party}.paper": "paper.pdf"}
    for number, item in enumerate(story.ITEMS, start=1):
        row |= {f"item{number}.{name}": str(value) for name, value in item.items()}
        row |= {f"item{number}.obligee": "社会公众"}
    row |= {"T38.legal_day": story.EFFECTIVE.isoformat(), "state": "effective"}
    return row | changes


def with_second_defendant(row: dict[str, str], **changes: str) -> dict[str, str]:
    """Return the row with a second defendant, served with the complaint later than the first."""
    named = {
        "defendant2.name": "某数据有限公司",
        "defendant2.kind": "organisation",
        "defendant2.no_code_reason": "注销前未取得统一社会信用代码。",
        "T22.copies": "2",
        "complaint2.legal_day": "2020-12-04",
        "complaint2.paper": "送达回证二.pdf",
    }
    if row["state"] == "effective":
        named |= {"judgment2.legal_day": "2021-01-13", "judgment2.paper": "送达回证三.pdf"}
        named |= {"T38.legal_day": "2021-01-29"}
    return row | named | changes


def papers_of(*rows: dict[str, str]) -> list[SimpleUploadedFile]:
    """Return every file the rows name, once."""
    names = {
        value
        for row in rows
        for code, value in row.items()
        if value and code.endswith((".file", ".paper", ".proof", ".receipt", ".record"))
    }
    return [old.scan(name) for name in sorted(names)]


def workbook(*rows: dict[str, Any], heads: Sequence[str] = ()) -> SimpleUploadedFile:
    """Return the rows as an uploaded workbook whose headings are the codes, or those given."""
    codes = list(dict.fromkeys(code for row in rows for code in row))
    book = Workbook()
    assert book.active is not None
    book.active.append(list(heads or codes))
    for row in rows:
        book.active.append([row.get(code) for code in codes])
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("在办案件.xlsx", file.getvalue())


def comma_table(*rows: dict[str, str], encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    """Return the rows as an uploaded CSV."""
    codes = list(dict.fromkeys(code for row in rows for code in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, codes)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("在办案件.csv", text.getvalue().encode(encoding))


def tried(
    cast: Cast, *rows: dict[str, str], table: SimpleUploadedFile | None = None
) -> RunningEntry:
    """Let the handler try the rows, or a file, with every paper the rows name."""
    return services.try_table(
        actor=cast.handler,
        table=table or workbook(*rows),
        papers=papers_of(*rows),
        reason=old.REASON,
    )
