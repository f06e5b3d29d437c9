"""One case on one sheet (案件情况表): always in Chinese, whatever language its reader uses."""

from __future__ import annotations

from django.utils import translation

from accounts.models import User
from audit import clock
from cases.models import Case, LegalBasis
from cases.selectors import people
from cases.selectors.case_list import next_deadline_of
from cases.selectors.timeline import timeline_of
from cases.track import law_code, state_title
from documents.model import FormCell, FormDocument, FormRow, fair_row

# So many acts fit on one page beside the rest; older ones stand in the record of acts.
PRINTED_ENTRIES = 12
LONGEST_SUMMARY = 400


def case_sheet(case: Case, reader: User) -> FormDocument:
    """Return the sheet of a case as `reader` sees it."""
    with translation.override("zh-hans"):
        return FormDocument(
            issuer=case.office.name,
            name="案件情况表",
            number_draft=case.official_number or case.key,
            rows=(*_identity(case), *_substance(case, reader), *_people(case), _acts(case, reader)),
            notes=(_printed(reader),),
        )


def _identity(case: Case) -> tuple[FormRow, ...]:
    state = f"{state_title(case.machine, case.state)}（{law_code(case.machine, case.state)}）"
    return (
        FormRow((FormCell("案件名称", case.title),)),
        fair_row(FormCell("编号", case.key), FormCell("当前阶段", state)),
        fair_row(
            FormCell("立案日期", case.filed_on.isoformat()),
            FormCell("承办部门", str(case.department or "")),
        ),
    )


def _substance(case: Case, reader: User) -> tuple[FormRow, ...]:
    bases = "\n".join(str(LegalBasis(basis).label) for basis in case.legal_bases)
    deadline = next_deadline_of(case)
    return (
        FormRow((FormCell("案情摘要", _shortened(case.summary), lines=4),)),
        FormRow((FormCell("法律依据", bases),)),
        fair_row(FormCell("行为发生地", case.act_place), FormCell("损害结果地", case.harm_place)),
        fair_row(
            FormCell("涉及人数", _number(case.persons_concerned)),
            FormCell("涉及信息条数", _number(case.items_concerned)),
        ),
        fair_row(
            FormCell("标记", "；".join(_marks(case))),
            FormCell("最近期限", deadline.isoformat() if deadline else "无"),
        ),
    )


def _people(case: Case) -> tuple[FormRow, ...]:
    parties = "\n".join(
        f"{party.get_role_display()}：{party.name}　{party.credit_code}".rstrip("　")
        for party in case.parties.filter(removed_at__isnull=True)
    )
    team = "；".join(
        f"{row.get_position_display()}：{row.user.name}" for row in people.open_team(case)
    )
    return (FormRow((FormCell("当事人", parties),)), FormRow((FormCell("办案组", team),)))


def _acts(case: Case, reader: User) -> FormRow:
    entries = timeline_of(case, reader, "procedure")[:PRINTED_ENTRIES]
    lines = [f"{entry.day.isoformat()}　{entry.title}" for entry in entries]
    return FormRow((FormCell("办案经过", "\n".join(lines)),))


def _marks(case: Case) -> list[str]:
    marks = {
        "保密": case.confidential,
        "敏感个人信息": case.sensitive,
        "涉及未成年人": case.minors_concerned,
        "情节严重": case.severe,
        "违法行为人不明": case.violator_unknown,
    }
    return [name for name, holds in marks.items() if holds]


def _number(value: int | None) -> str:
    return "未查明" if value is None else str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY]}……"


def _printed(reader: User) -> str:
    moment = clock.now().astimezone(clock.BEIJING)
    return f"打印人：{reader.name}；打印时间：{moment:%Y-%m-%d %H:%M}。内部材料，请妥善保管。"
