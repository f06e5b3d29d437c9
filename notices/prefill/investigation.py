"""D-20 to D-29 and D-31 to D-34: what case, team, acts of investigation and commissions already say.

What a record must state as having happened (work cards shown, questioned alone, confirmed) is never filled
in: whoever was there says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from accounts.models import User
from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, standing_events
from cases.selectors.people import acting_staff, lead_handler, open_team
from deadlines.derive import rulebook_of
from documents.numerals import chinese_date
from litigation import selectors as litigation
from notices.bodies.statutes import JI_ZH, RULES_ZH
from notices.models import Document, DocumentStatus
from notices.prefill.outgoing import authority, contacts
from notices.prefill.said import Prefilled, Said, joined, on_event, said, today
from notices.prefill.words import harm, period_zh, unlawful_act

if TYPE_CHECKING:
    from datetime import date

    Matter = Lead | Case

EVIDENCE_BASIS_ZH = f"{RULES_ZH}第三十五条、第三十八条和{JI_ZH}第六条"
ASSISTANCE_BASIS_ZH = f"{RULES_ZH}第三十五条和{JI_ZH}第六条"
REASON_ZH = "为查明案件事实，需要依法调取有关证据。"
ASSISTANCE_REASON_ZH = "为查明案件事实，需要你单位予以协助。"
MANNER_ZH = (
    "书证、物证应当提供原件、原物。提供书证原件确有困难或者因保密需要不能提供的，可以提供复制件，"
    "注明提供人、提供时间、来源和“与原件核对无误”，并签名或者盖章；多页的，加盖骑缝章。\n"
    "视听资料、电子数据应当提供原始存储介质。提供原始存储介质确有困难或者因保密需要不能提供的，"
    "可以提供复制件，并说明来源和制作过程。"
)
SECRECY_ZH = (
    "请对本院调查的有关情况予以保密。本院对所提供材料中的个人信息、个人隐私和商业秘密依法予以保密。"
)
COMMISSION_SECRECY_ZH = (
    "委托材料中的个人信息、个人隐私和商业秘密应当依法予以保密，"
    "不得用于委托事项以外的目的；办理完毕后，连同全部材料退还本院。"
)
RESULT_ZH = (
    "出具书面结果，载明所依据的材料、采用的方法和结论，由办理人员签名并加盖机构印章，"
    "附机构和人员的资质证明。"
)
REQUIREMENT_ZH = "由二名以上检察人员依法调查收集证据，制作笔录、清单，并将有关材料一并移送本院。"
RIGHTS_ZH = (
    "问：我们是{office}的检察人员，正在办理{case}，现依法向你了解有关情况，请你如实陈述。"
    "你听清楚了吗？\n答："
)
EXPERT_SECRECY_ZH = (
    "对参与办案知悉的国家秘密、工作秘密、商业秘密、个人信息和个人隐私予以保密，"
    "不得擅自复制、留存、披露或者用于本案以外的目的。"
)
EXPERT_CONFLICT_ZH = (
    "与本案及本案当事人没有利害关系；发现有可能影响公正办案的情形的，立即书面告知本院。"
)
WORK_ZH = {
    "appraisal": "鉴定",
    "evaluation": "评估",
    "audit": "审计",
    "inspection": "检验",
    "testing": "检测",
    "translation": "翻译",
}
Act = tuple[Event | None, "date | None", dict[str, Any]]


def evidence_notice(matter: Matter) -> Prefilled:
    """D-20: case, reason, basis, two of the staff, secrecy; what is wanted from whom is typed in."""
    case = cast(Case, matter)
    return {
        "reason": said(REASON_ZH, "wording"),
        "basis": said(EVIDENCE_BASIS_ZH, "law"),
        "manner": said(MANNER_ZH, "law"),
        "staff": said("、".join(_staff(case)[:2]), "team"),
        "confidentiality": said(SECRECY_ZH, "wording"),
    } | _letter(case)


def questioning_record(matter: Matter) -> Prefilled:
    """D-22: when, where and by whom somebody was questioned last; what was said is typed in."""
    case = cast(Case, matter)
    event, day, facts = _last_act(case, "question")
    return {
        "case": said(case.title, "case"),
        "time": said(chinese_date(day) if day else "", "event", on_event(event)),
        "place": said(str(facts.get("place", "")), "event", on_event(event)),
        "staff": _staff_of_act(case, event, facts),
        "rights": said(RIGHTS_ZH.format(office=case.office.name, case=case.title), "wording"),
        "day": said(day.isoformat(), "event") if day else today(),
    }


def consultation_record(matter: Matter) -> Prefilled:
    """D-23: when, where and by whom somebody was consulted last."""
    case = cast(Case, matter)
    event, day, facts = _last_act(case, "consult")
    place = str(facts.get("place", ""))
    return {
        "form": said("咨询笔录", "wording"),
        "case": said(case.title, "case"),
        "time_place": said(
            f"{chinese_date(day)}，{place}" if day else "", "event", on_event(event)
        ),
        "staff": _staff_of_act(case, event, facts),
        "day": said(day.isoformat(), "event") if day else today(),
    }


def commission_letter(matter: Matter) -> Prefilled:
    """D-24: the commission that waits for its report, as it was recorded."""
    case = cast(Case, matter)
    event, facts = _open_commission(case)
    work = WORK_ZH.get(str(facts.get("work", "")), "")
    return {
        "work": said(work, "event", on_event(event)),
        "addressee": said(str(facts.get("institution", "")), "event", on_event(event)),
        "subject": said(f"对{case.title}的专门性问题进行{work}。" if work else "", "wording"),
        "question": said(str(facts.get("question", "")), "event", on_event(event)),
        "qualification": said(str(facts.get("qualification", "")), "event", on_event(event)),
        "result": said(RESULT_ZH, "wording"),
        "confidentiality": said(COMMISSION_SECRECY_ZH, "wording"),
    } | _letter(case)


def inspection_record(matter: Matter) -> Prefilled:
    """D-25: when, where, by whom and with what result something was inspected last."""
    case = cast(Case, matter)
    event, day, facts = _last_act(case, "inspect")
    leader = lead_handler(case)
    return {
        "case": said(case.title, "case"),
        "time": said(chinese_date(day) if day else "", "event", on_event(event)),
        "place": said(str(facts.get("place", "")), "event", on_event(event)),
        "leader": said(leader.name if leader else "", "team"),
        "staff": _staff_of_act(case, event, facts),
        "finding": said(str(facts.get("content", "")), "event", on_event(event)),
        "day": said(day.isoformat(), "event") if day else today(),
    }


def commission_of_investigation(matter: Matter) -> Prefilled:
    """D-27: case, what the law asks of the other office and within which time (Rules 36, 43)."""
    case = cast(Case, matter)
    length = rulebook_of(case).periods["P-10"].length
    reply = period_zh(length) if length else ""
    return {
        "requirement": said(REQUIREMENT_ZH, "wording"),
        "reply": said(reply, "law"),
    } | _letter(case)


def hearing_notice(matter: Matter) -> Prefilled:
    """D-28: case and whether the hearing is public (HEAR 5); the rest is typed in."""
    case = cast(Case, matter)
    closed = case.minors_concerned or case.confidential
    return {
        "form": said("听证通知书", "wording"),
        "openness": said("不公开" if closed else "公开", "law"),
    } | _letter(case)


def hearing_record(matter: Matter) -> Prefilled:
    """D-29: what the notice of the hearing says already (D-28)."""
    case = cast(Case, matter)
    notice = _issued(case, "D-28")
    values = notice.values if notice else {}
    when = "，".join(filter(None, (values.get("time", ""), values.get("place", ""))))
    return {
        "form": said("听证笔录", "wording"),
        "case": said(case.title, "case"),
        "subject": said(values.get("subject", ""), "case"),
        "time_place": said(when, "case"),
        "officers": said("、".join(values.get("officers", "").splitlines()), "case"),
        "day": today(),
    }


def fact_confirmation(matter: Matter) -> Prefilled:
    """D-31: the authority and the facts as the decision to file states them."""
    case = cast(Case, matter)
    facts = joined((unlawful_act(case), harm(case)), "event")
    return {
        "addressee": authority(case),
        "facts": facts if facts.text else said(case.summary, "case"),
    } | {name: item for name, item in _letter(case).items() if name != "addressee"}


def consultation_minutes(matter: Matter) -> Prefilled:
    """D-32: the authority and who takes part for the office."""
    case = cast(Case, matter)
    return {
        "form": said("磋商会议记录", "wording"),
        "case": said(case.title, "case"),
        "authority": authority(case),
        "staff": said("、".join(_staff(case)), "team"),
        "day": today(),
    }


def assistance_letter(matter: Matter) -> Prefilled:
    """D-33: case, basis and who handles it; what is asked of whom is typed in."""
    case = cast(Case, matter)
    return {
        "reason": said(ASSISTANCE_REASON_ZH, "wording"),
        "basis": said(ASSISTANCE_BASIS_ZH, "law"),
        "staff": said("、".join(_staff(case)[:2]), "team"),
        "confidentiality": said(SECRECY_ZH, "wording"),
    } | _letter(case)


def appointment_of_expert(matter: Matter) -> Prefilled:
    """D-34: case and what the expert undertakes (EXPERT 12, 13)."""
    return {
        "form": said("聘请书", "wording"),
        "secrecy": said(EXPERT_SECRECY_ZH, "wording"),
        "conflict": said(EXPERT_CONFLICT_ZH, "wording"),
    } | _letter(cast(Case, matter))


# --- what several of them ask ----------------------------------------------------------------------


def _letter(case: Case) -> Prefilled:
    """Return what every letter says: the case, whom to turn to, the day."""
    return contacts(case) | {"case": said(case.title, "case"), "day": today()}


def _staff(case: Case) -> list[str]:
    """Return the names of the staff who may act today, the lead handler first (Rules 36)."""
    able = set(acting_staff(case).values_list("user", flat=True))
    return [member.user.name for member in open_team(case) if member.user_id in able]


def _last_act(case: Case, method: str) -> Act:
    """Return the last act of investigation by a method of Rules 35, its day and its facts."""
    acts = standing_events(case, "investigative_act").prefetch_related("corrections")
    for event in acts.order_by("-id"):
        day, facts = corrected(event)
        if facts.get("method") == method:
            return event, day, facts
    return None, None, {}


def _staff_of_act(case: Case, event: Event | None, facts: dict[str, Any]) -> Said:
    """Return who acted; before an act is recorded, who may act."""
    if event is None:
        return said("、".join(_staff(case)[:2]), "team")
    names = User.objects.filter(pk__in=facts.get("staff", ())).order_by("pk")
    return said("、".join(user.name for user in names), "event", on_event(event))


def _open_commission(case: Case) -> tuple[Event | None, dict[str, Any]]:
    waiting = litigation.open_commissions(case)
    if not waiting:
        return None, {}
    event = standing_events(case, "work_commissioned").order_by("-id").first()
    return (event, corrected(event)[1]) if event else (None, {})


def _issued(case: Case, code: str) -> Document | None:
    rows = case.documents.filter(code=code, status=DocumentStatus.ISSUED)
    return rows.order_by("-id").first()
