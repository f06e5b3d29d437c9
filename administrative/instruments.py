"""Which instrument serves which purpose towards an administrative body (law 9.0), and the level rule (PRR 3).

The rows are data: what the law says stands in Chinese, with an English gloss. Whether an instrument can be
begun in a matter is judged by the guards of its step; here stands only what they will ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from administrative.models import Relation
from audit.errors import Text
from audit.language import is_chinese
from cases.machine import Machine
from cases.models import Case, Lead
from cases.registries import machines
from cases.services import acts
from cases.states import MACHINES_OF_CASES
from notices import selectors as documents
from notices.catalogue import TYPES
from notices.slots import making_address

Matter = Lead | Case


@dataclass(frozen=True)
class Said:
    """Something the law says, in its own words, with an English gloss and its article."""

    zh: str
    en: str
    article: str = ""

    @property
    def text(self) -> str:
        """The words in the reader's language."""
        return self.zh if is_chinese() else self.en


@dataclass(frozen=True)
class Instrument:
    """One row of law 9.0.

    Attributes:
        conditions: what must hold, as a list to be gone through.
        caution: what is debated or not verified; empty where nothing is.
        reply: within what the other side answers; None where nobody has to.
        steps: codes of steps with which it is begun; `papers`: codes of law 7.2 it is written in.
    """

    code: str
    purpose: Said
    name: Said
    conditions: Sequence[Said]
    article: str
    reply: Said | None = None
    caution: Said | None = None
    steps: Sequence[str] = ()
    papers: Sequence[str] = ()


_CHIEF = Said("检察长决定", "The chief procurator decides")
AS_SET = Said("按文书确定的期限", "As the paper sets it")
INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument(
        code="track",
        purpose=Said(
            "行政机关未依法履行职责，个人信息领域的社会公共利益受到侵害",
            "The regulator itself failed its duty, and the public interest in personal information is harmed",
        ),
        name=Said(
            "行政公益诉讼：立案、磋商、公益诉讼检察建议、起诉",
            "Administrative track: filing, consultation, recommendation, suit",
        ),
        conditions=(
            Said("社会公共利益受到侵害", "The public interest is harmed", "Rules 67"),
            Said(
                "负有监督管理职责的行政机关可能违法行使职权或者不作为",
                "An authority with a duty may have acted unlawfully, or not acted",
                "Rules 67",
            ),
            Said(
                "一个行政机关一案，同一行政机关的数个同类行为一案",
                "One case an authority; several acts of the same kind of one authority are one case",
                "Rules 69",
            ),
            Said("立案由检察长决定", "The chief procurator decides to file", "Rules 30"),
            Said(
                "检察建议由检察长决定，载明整改期限和建议内容",
                "The chief procurator decides the recommendation; it names its period and its measures",
                "Rules 75",
            ),
            Said("可以磋商，不是必经程序", "A consultation is possible; nobody has to", "Rules 70"),
        ),
        reply=Said(
            "收到之日起2个月；紧急情形15日内书面回复",
            "2 months from receipt; where it is urgent, a written answer in 15 days",
            "JI 21",
        ),
        caution=Said(
            "行政诉讼法第二十五条第四款未明列个人信息，实践以“等”字立案；个人信息保护法第七十条是否及于"
            "行政公益诉讼有争议。",
            "APL 25(4) does not name personal information; practice files under its open wording. Whether "
            "PIPL 70 reaches the administrative track is debated.",
        ),
        article="APL 25(4); JI 21; Rules 67-76; PRR 5(3), 10",
        steps=("A-1", "A-1-2"),
    ),
    Instrument(
        code="governance",
        purpose=Said(
            "社会治理存在漏洞，不具备公益诉讼条件（也可以致企业、协会）",
            "A gap in management without the conditions of a public-interest case; also to companies and "
            "associations",
        ),
        name=Said("社会治理检察建议", "Social-governance recommendation"),
        conditions=(
            Said("属于六种情形之一", "One of the six situations", "PRR 11"),
            Said(
                "法律政策研究部门事先审核",
                "The legal-policy department reviews it before",
                "PRR 17",
            ),
            Said(
                "检察长或者检察委员会决定",
                "The chief procurator or the committee decides",
                "PRR 15, 17",
            ),
            Said("载明异议期限和回复期限", "It names the time to object and to reply", "PRR 16"),
            Said(
                "五日内报上一级院两个部门备案",
                "Recorded with two departments of the next-higher office in 5 days",
                "PRR 21",
            ),
        ),
        reply=Said(
            "2个月，或者按文书确定的期限；另有异议期限",
            "2 months, or as the paper sets it; a time to object beside it",
            "PRR 19",
        ),
        article="PRR 11, 15-19",
        steps=("G-1",),
        papers=("D-71",),
    ),
    Instrument(
        code="documents",
        purpose=Said("需要调取材料或者了解事实", "Documents or facts are needed"),
        name=Said("调取证据通知书、协助调查函", "Notice to provide evidence, assistance letter"),
        conditions=(
            Said("由二名以上检察人员进行", "Two of the staff or more take part", "Rules 36"),
        ),
        reply=AS_SET,
        article="JI 6; Rules 35, 38; POL 21",
        papers=("D-20", "D-33"),
    ),
    Instrument(
        code="penalty",
        purpose=Said(
            "需要行政机关考虑处罚或者合规审计",
            "The regulator should consider a penalty or an audit",
        ),
        name=Said("检察建议或者线索移送", "Recommendation, or transfer of the clue"),
        conditions=(Said("事实已经查明", "The facts are established"),),
        reply=AS_SET,
        caution=Said(
            "办案规则没有公益诉讼专用的文书。", "The Rules have no form of their own for it."
        ),
        article="PRR 11(5); PIPL 63-66",
        steps=("G-1",),
        papers=("D-71",),
    ),
    Instrument(
        code="crime",
        purpose=Said("发现涉嫌犯罪或者职务违法", "A crime or an offence of duty has come to light"),
        name=Said("移送线索", "Transfer of the clue"),
        conditions=(),
        article="Rules 31; PIPL 64",
        papers=("D-76",),
    ),
    Instrument(
        code="escalation",
        purpose=Said(
            "有关机关阻碍调查或者不予整改",
            "The body obstructs, or does not rectify what it was told",
        ),
        name=Said(
            "向人大常委会、监察机关、上级机关、党委、政府报告或者通报",
            "Report or circular to the congress, supervision, the body above it, Party committee or "
            "government",
        ),
        conditions=(
            Said(_CHIEF.zh, _CHIEF.en, "PRR 25"),
            Said(
                "一般在回复期限届满以后；提前通报的，系统予以提示",
                "As a rule after the time to reply is over; before it the step warns",
                "PRR 25",
            ),
        ),
        article="Rules 45; PRR 20, 25",
        steps=("A-7-4",),
        papers=("D-75",),
    ),
    Instrument(
        code="court",
        purpose=Said(
            "民事公益诉讼已经立案", "The court has registered a civil public-interest suit"
        ),
        name=Said(
            "由人民法院书面告知有关行政主管部门",
            "The court tells the competent departments in writing",
        ),
        conditions=(Said("人民法院已经受理", "The court has accepted the suit", "CPLI 284"),),
        reply=Said("人民法院10日内告知", "The court tells them within 10 days", "CPLI 284"),
        article="CPLI 284",
    ),
)
BY_CODE = {item.code: item for item in INSTRUMENTS}


# --- the level rule ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LevelRule:
    """How an addressee is reached from where the office stands (PRR 3; norm C110).

    Attributes:
        shown: what the recommendation has to state about it; the step A-5 asks for it.
    """

    relation: Relation
    way: Said
    shown: Said


LEVEL_RULES: tuple[LevelRule, ...] = (
    LevelRule(
        Relation.OWN_LEVEL,
        Said(
            "向涉案单位、本级有关主管机关和其他有关单位直接提出",
            "Directly to units involved in the case, departments of the same level and other units",
            "PRR 3",
        ),
        Said("不需另行说明", "Nothing more to state"),
    ),
    LevelRule(
        Relation.SUPERIOR,
        Said(
            "层报被建议单位的同级人民检察院提出",
            "Through the procuratorate of the level of the addressee",
            "PRR 3",
        ),
        Said("经哪一个人民检察院提出", "Through which procuratorate"),
    ),
    LevelRule(
        Relation.LOWER,
        Said(
            "指令对应的下级人民检察院提出",
            "The lower procuratorate beside the addressee is instructed",
            "PRR 3",
        ),
        Said("指令哪一个人民检察院、何时指令", "Which procuratorate was instructed, and when"),
    ),
    LevelRule(
        Relation.OTHER_PLACE,
        Said(
            "征求被建议单位所在地同级人民检察院的意见；意见不一致的，报共同的上级人民检察院决定",
            "The procuratorate of the same level in its place is consulted first; where the two disagree, "
            "their common superior decides",
            "PRR 3",
        ),
        Said(
            "征求了哪一个人民检察院的意见、意见如何（必须征求）",
            "Which procuratorate was consulted and what it said; without a consultation it is not possible",
        ),
    ),
)


# --- how it is begun ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beginning:
    """One way to begin an instrument.

    Attributes:
        link: the page; empty where it cannot be begun, and `why` says why.
    """

    title: str
    link: str
    why: Text = ""


def beginnings(instrument: Instrument, matter: Matter | None, actor: User) -> list[Beginning]:
    """Return how an instrument is begun in a matter; without one, where the matter is chosen."""
    steps = [_by_step(code, matter, actor) for code in instrument.steps if _declaring(code)]
    return steps + [_by_paper(code, matter, actor) for code in instrument.papers]


def _declaring(code: str) -> Machine | None:
    """Return the machine of leads or cases that declares a step; None where the house has no such step."""
    of_matters = ("lead", *MACHINES_OF_CASES)
    found = (machines[name] for name in of_matters if code in machines[name].declarations)
    return next(found, None)


def _by_step(code: str, matter: Matter | None, actor: User) -> Beginning:
    machine = _declaring(code)
    assert machine is not None  # asked by the caller
    title = f"{code} {machine.declarations[code].title}"
    if matter is None:
        page = "lead_list" if machine.code == "lead" else "case_list"
        where = _("Choose the lead or the case in which it is begun.")
        return Beginning(title, reverse(page), where)
    own = acts.machine_of(matter).declarations.get(code)
    if own is None or matter.state not in own.sources:
        return Beginning(title, "", _("It does not leave the present state of this matter."))
    if not acts.may_propose(actor, matter, own):
        who = _("It is for the %(who)s of this matter.") % {"who": own.proposer.label}
        return Beginning(title, "", who)
    page = "proposal_create" if own.needs_proposal else "transition_record"
    return Beginning(title, reverse(page, args=[matter.key, code]))


def _by_paper(code: str, matter: Matter | None, actor: User) -> Beginning:
    kind = TYPES[code]
    title = f"{code} {kind.title}"
    if matter is None:
        where = _("Choose the lead or the case whose document it is.")
        return Beginning(title, reverse("document_begin"), where)
    if matter.relation not in kind.on:
        return Beginning(title, "", _("It is no document of such a matter."))
    if not documents.may_work(actor, matter):
        return Beginning(title, "", _("It is made by the handling team of this matter."))
    return Beginning(title, making_address(matter, code))
