"""Lines of an invented former system: as many cases as wanted, each another, the same for the same number.

Five acts on the way to the case, two parties, and then one of six courses. With the two periods of the office's
own that `own_periods` enters, a case has three deadlines or more once its announcement is published.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from accounts.models import User
from deadlines.calendar import official
from deadlines.services.office_periods import OfficePeriodEntry, enter

FIRST, LAST = date(2021, 11, 2), date(2026, 5, 29)
PLACES = (
    "云山",
    "临川",
    "江州",
    "白塔",
    "石桥",
    "青浦",
    "南屏",
    "东港",
    "西岭",
    "北原",
    "双河",
    "柳林",
)
NAMES = (
    "优享家",
    "易购通",
    "乐住",
    "云诊",
    "快递通",
    "学而达",
    "车友汇",
    "邻里帮",
    "健安",
    "惠民",
    "速运",
    "安居",
)
LINES = (
    "科技",
    "网络",
    "信息技术",
    "物业服务",
    "医疗器械",
    "教育咨询",
    "汽车销售",
    "房产经纪",
    "电子商务",
    "保险代理",
)
DEEDS = ("泄露", "非法出售", "过度收集", "公开披露", "未经同意提供", "强制收集")
DATA = (
    "住户信息",
    "就诊记录",
    "快递面单信息",
    "人脸信息",
    "学生信息",
    "行踪轨迹",
    "联系人信息",
    "消费记录",
)
ANNOUNCED_DAYS = 30
COURSES: tuple[tuple[tuple[str, ...], int], ...] = (
    ((), 8),
    (("T08",), 12),
    (("T08", "T10", "T11"), 25),
    (("T08", "T10", "T12"), 20),
    (("T08", "T10", "T12", "T16"), 20),
    (("T08", "T10", "T12", "T16", "T19"), 15),
)
FACTS: dict[str, dict[str, Any]] = {
    "T11": {"ground": "interest_protected", "explanation": "违法行为已停止，信息已删除。"},
    "T12": {"medium": "检察日报", "national_influence": True},
    "T19": {"ground": "interest_protected", "explanation": "经公告，公益得到有效保护。"},
}
OWN = OfficePeriodEntry(
    title_zh="查办期限",
    title_en="Investigation",
    basis="《办案管理办法（示例）》第8条",
    length="P6M",
    start="case_opened",
    met_by=("investigation_closed",),
    cancelled_by=(),
    duty="handler",
    reminders=(30, 7, 0),
    valid_from=FIRST,
)


def own_periods(head: User) -> None:
    """Enter the two periods the office set itself; the clock stands before the first case."""
    enter(actor=head, entry=OWN)
    plan = {"title_zh": "制定调查方案", "title_en": "Plan", "length": "P15D"}
    ended = {"met_by": ("investigation_started",), "reminders": (3, 0)}
    enter(actor=head, entry=OfficePeriodEntry(**(OWN.__dict__ | plan | ended)))


def lines(count: int, handlers: Sequence[User]) -> Iterator[str]:
    """Yield `count` lines, in the order of the days on which the cases were filed."""
    logins = [user.username for user in handlers]
    span = (LAST - FIRST).days
    for number in range(count):
        rng = random.Random(number)
        filed = FIRST + timedelta(days=span * number // count)
        yield json.dumps(
            _told(rng, number, filed, logins[number % len(logins)]), ensure_ascii=False
        )


def _told(rng: random.Random, number: int, filed: date, login: str) -> dict[str, Any]:
    place, kind, deed, data = (rng.choice(group) for group in (PLACES, LINES, DEEDS, DATA))
    company = f"{place}{rng.choice(NAMES)}{kind}有限公司"
    title = f"{company}{deed}{data}"
    return {
        "reference": f"旧{filed.year}-{number:07}",
        "handler": login,
        "lead": {
            "title": f"{title}线索",
            "source": rng.choice(("media", "complaint", "own_casework", "transfer")),
            "source_detail": f"第{number}号来件",
            "received_on": (filed - timedelta(days=rng.randint(12, 40))).isoformat(),
            "summary": f"反映{company}{deed}{data}，涉及{rng.randint(100, 90000)}人。" * 3,
            "suspected_processor": company,
        },
        "assigned_on": (filed - timedelta(days=11)).isoformat(),
        "assessment": {
            "day": (filed - timedelta(days=rng.randint(2, 10))).isoformat(),
            "truthfulness": rng.randint(2, 5),
            "truthfulness_reason": "有截图和公证书。",
            "feasibility": rng.randint(2, 5),
            "feasibility_reason": "运营者可查。",
        },
        "filing": {
            "day": filed.isoformat(),
            "case_title": f"{title}民事公益诉讼案",
            "processor": company,
            "harm": f"{data}被{deed}，社会公共利益受到损害。",
            "unlawful_act": "可能违反个人信息保护法第十条。",
            "numerous_individuals": "涉及不特定多数人。",
            "legal_bases": ["PIPL 70"],
            "persons_concerned": rng.randint(100, 90000),
            "sensitive": rng.random() < 0.3,
            "minors_concerned": rng.random() < 0.1,
            "harm_place": f"{place}区",
        },
        "parties": [_third(rng)],
        "steps": list(_steps(rng, filed)),
    }


def _third(rng: random.Random) -> dict[str, Any]:
    number = f"9133{rng.randint(0, 9999):04}MA{rng.randint(0, 9999999):07}"
    return {
        "role": "third_party",
        "kind": "organisation",
        "name": f"{rng.choice(PLACES)}{rng.choice(NAMES)}{rng.choice(LINES)}有限公司",
        "credit_code": number + uscc.calc_check_digit(number),
    }


def _steps(rng: random.Random, filed: date) -> Iterator[dict[str, Any]]:
    (course,) = rng.choices([codes for codes, _ in COURSES], [weight for _, weight in COURSES])
    day = filed
    for code in course:
        if code == "T16":
            (day,) = official().last_days([day], [ANNOUNCED_DAYS])
        else:
            day = day + timedelta(days=rng.randint(3, 25))
        if day >= LAST:
            return
        facts = dict(FACTS.get(code, {}))
        if code == "T10":
            proposal = "announce" if "T12" in course else "terminate"
            facts = {"proposal": proposal, "conclusion": "事实已查清。"}
        yield {"code": code, "day": day.isoformat()} | facts
