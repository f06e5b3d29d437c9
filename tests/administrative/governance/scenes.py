"""A recommendation on governance, step by step, for tests of what comes after a step."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import DepartmentKind, Role
from administrative.models import Body, GovernanceRecommendation
from audit import clock
from cases.models import Case, Event
from notices.models import Document
from notices.services.approving import approval_of
from tests.notices.matters import approve_text, issue
from tests.notices.serving import end, send
from tests.support.documents import final
from tests.support.matters import approve, propose, record, upload
from tests.support.people import Cast, make_department, make_user

CONTENTS = {
    "source": "本院办理侵害公民个人信息案件中发现。",
    "findings": "你单位未对前台登记的个人信息加密保存。",
    "hazard": "存在个人信息泄露的隐患。",
    "basis": "《中华人民共和国个人信息保护法》第五十一条",
    "content": "建立个人信息保护制度。\n对工作人员开展培训。",
    "objection_days": 10,
}


def body(cast: Cast, **facts: Any) -> Body:
    """Enter a body in the directory: a company of the district, unless told otherwise."""
    given = {
        "name": "某物业管理有限公司",
        "kind": "unit",
        "level": "county",
        "created_by": cast.handler,
    }
    return Body.objects.create(**given | facts)


def authority(cast: Cast, level: str, **facts: Any) -> Body:
    return body(cast, **{"name": f"某{level}住建部门", "kind": "housing", "level": level} | facts)


def facts_to_begin(unit: Body, **facts: Any) -> dict[str, Any]:
    given = {
        "body": unit.pk,
        "situation": "unit_management",
        "reason": "属于管理漏洞，不符合行政公益诉讼立案条件。",
        "relation": "own_level",
        "legal_day": clock.today().isoformat(),
    }
    return given | facts


def begun(cast: Cast, case: Case, unit: Body, **facts: Any) -> GovernanceRecommendation:
    """Begin a recommendation (G-1)."""
    record(cast.handler, case, "G-1", facts_to_begin(unit, **facts))
    return case.governance.latest("pk")


def of(row: GovernanceRecommendation, **facts: Any) -> dict[str, Any]:
    """Return facts about a recommendation on today's day."""
    return {"recommendation": row.pk, "legal_day": clock.today().isoformat()} | facts


def write(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> GovernanceRecommendation:
    """Write the contents (G-1-4); None leaves one out."""
    texts = {name: text for name, text in (CONTENTS | facts).items() if text is not None}
    record(cast.handler, row.case, "G-1-4", of(row, **texts))
    return again(row)


def reviewer(cast: Cast) -> Any:
    """Return somebody of the legal-policy department, which is made when first asked for."""
    department = cast.office.departments.filter(kind=DepartmentKind.LEGAL_POLICY).first()
    department = department or make_department(
        cast.office, "法律政策研究室", DepartmentKind.LEGAL_POLICY
    )
    found = department.users.first()
    return found or make_user(cast.office, Role.PROSECUTOR, name="钱研究", department=department)


def opinion(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> dict[str, Any]:
    given = {
        "reviewer": reviewer(cast).pk,
        "outcome": "agrees",
        "necessity": "确有必要。",
        "legality": "于法有据。",
        "reasoning": "说理充分。",
    }
    return of(row, **given | facts)


def review(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> GovernanceRecommendation:
    """Enter the opinion of the legal-policy department (G-2)."""
    record(
        cast.clerk, row.case, "G-2", opinion(cast, row, **facts), {"paper": upload("审核意见.txt")}
    )
    return again(row)


def reviewed(cast: Cast, case: Case, unit: Body, **facts: Any) -> GovernanceRecommendation:
    return review(cast, write(cast, begun(cast, case, unit), **facts))


def decide(cast: Cast, row: GovernanceRecommendation, code: str = "G-3", **facts: Any) -> Any:
    """Let a step be proposed and approved by head and chief."""
    case = row.case
    case.refresh_from_db()
    proposal = propose(case, code, {"recommendation": row.pk} | facts, cast.handler)
    approve(proposal, cast.head, cast.chief)
    return again(row)


def decided(cast: Cast, case: Case, unit: Body, **facts: Any) -> GovernanceRecommendation:
    return decide(cast, reviewed(cast, case, unit, **facts))


def paper(cast: Cast, row: GovernanceRecommendation) -> Document:
    """Complete and issue the D-71 the decision has drafted, which covers it where nothing was added."""
    document = final(row.case, "D-71", cast.handler)
    if approval_of(document) is None:
        approve_text(document, cast)
    return issue(cast, document)


def go_out(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> GovernanceRecommendation:
    """Record that the paper went out (G-4)."""
    document = paper(cast, row)
    files = {"record": upload("宣告笔录.txt")} if facts.get("way") == "declared" else None
    given = {"document": document.pk, "way": "service"} | facts
    record(cast.clerk, row.case, "G-4", of(row, **given), files)
    return again(row)


def issued(cast: Cast, case: Case, unit: Body, **facts: Any) -> GovernanceRecommendation:
    return go_out(cast, decided(cast, case, unit, **facts))


def serve(cast: Cast, row: GovernanceRecommendation, day: date | None = None) -> Any:
    """Serve the paper on the unit, today unless told otherwise."""
    day = day or clock.today()
    return end(cast, send(cast, row.document, name=row.body.name, started_on=day), day=day)


def served(cast: Cast, case: Case, unit: Body, **facts: Any) -> GovernanceRecommendation:
    row = issued(cast, case, unit, **facts)
    serve(cast, row)
    return again(row)


def answer(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> GovernanceRecommendation:
    """Log the written answer (G-9)."""
    given = of(row, text="已建立制度并培训。", **facts)
    record(cast.clerk, row.case, "G-9", given, {"letter": upload("回复函.txt")})
    return again(row)


def assess(cast: Cast, row: GovernanceRecommendation, adoption: str) -> GovernanceRecommendation:
    given = of(row, adoption=adoption, findings="经实地查看。")
    record(cast.handler, row.case, "G-10", given)
    return again(row)


def object_to(cast: Cast, row: GovernanceRecommendation, **facts: Any) -> GovernanceRecommendation:
    given = of(row, raised_by="法定代表人", grounds="认为事实有误。", **facts)
    record(cast.clerk, row.case, "G-6", given, {"paper": upload("异议书.txt")})
    return again(row)


def record_with(cast: Cast, row: GovernanceRecommendation, department: str) -> Event:
    given = of(row, department=department, reference="备案1号")
    return record(cast.clerk, row.case, "G-5", given, {"paper": upload("备案回执.txt")})


def again(row: GovernanceRecommendation) -> GovernanceRecommendation:
    """Return the recommendation and its case as they are now."""
    return GovernanceRecommendation.objects.select_related("case", "body", "document").get(
        pk=row.pk
    )


def served_from(cast: Cast, row: GovernanceRecommendation) -> GovernanceRecommendation:
    """Let a decided recommendation go out and be served."""
    row = go_out(cast, row)
    serve(cast, row)
    return again(row)
