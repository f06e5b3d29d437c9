"""The seven groups of facts an investigation answers (Rules 86; law sections 3.2 T10 and 5).

The Chinese wording follows the usual short form of Rules 86(1)-(7); it has not been compared with
the official text, and the pages say so.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.language import is_chinese

ARTICLE = "Rules 86"


class FactGroup(models.TextChoices):
    """Codes of the seven groups, in the order of the article."""

    VIOLATOR = "violator", _("Data of the violator")
    ACT = "act", _("The act")
    HARM = "harm", _("Harm to the public interest")
    CAUSATION = "causation", _("Causal link")
    FAULT = "fault", _("Fault")
    EXEMPTION = "exemption", _("Exemption or reduction")
    OTHER = "other", _("Other facts")


class Burden(models.TextChoices):
    """Who has to prove a group at trial (law 5)."""

    PROCURATORATE = "procuratorate", _("Procuratorate")
    DEFENDANT = "defendant", _("Defendant")
    DEFENDANT_PRESUMED = "defendant_presumed", _("Defendant (fault is presumed)")
    OPEN = "open", _("Whoever asserts it")


@dataclass(frozen=True)
class Group:
    """What the house knows of one group.

    Attributes:
        number: its number in Rules 86.
        burden_article: where the burden of proof comes from.
        wording_verified: whether `title_zh` was compared with the official text.
    """

    code: FactGroup
    number: int
    title_zh: str
    title_en: str
    question: Text
    burden: Burden
    burden_article: str
    wording_verified: bool = False

    @property
    def article(self) -> str:
        return f"{ARTICLE}({self.number})"

    @property
    def title(self) -> str:
        return self.title_zh if is_chinese() else self.title_en


GROUPS: dict[str, Group] = {
    str(group.code): group
    for group in (
        Group(
            FactGroup.VIOLATOR,
            1,
            "违法行为人的基本情况",
            "Data of the violator",
            _("Who is the processor, under which name and code, and what does it do?"),
            Burden.PROCURATORATE,
            "Rules 86(1)",
        ),
        Group(
            FactGroup.ACT,
            2,
            "损害社会公共利益的行为",
            "The act that harms the public interest",
            _("Which act of processing: collecting, storing, using, providing, publishing …?"),
            Burden.PROCURATORATE,
            "Rules 86(2); PIPL 4",
        ),
        Group(
            FactGroup.HARM,
            3,
            "社会公共利益受损的类型、数额等",
            "Harm to the public interest, its kind and amount",
            _("How many persons, which information, what loss or gain, does it go on?"),
            Burden.PROCURATORATE,
            "Rules 86(3); PIPL 69(2)",
        ),
        Group(
            FactGroup.CAUSATION,
            4,
            "行为与损害之间的因果关系",
            "Causal link between act and harm",
            _("What leads from the act to the harm?"),
            Burden.PROCURATORATE,
            "Rules 86(4)",
        ),
        Group(
            FactGroup.FAULT,
            5,
            "违法行为人的主观过错",
            "Fault of the violator",
            _("What speaks for and against fault? Fault is presumed (PIPL 69(1))."),
            Burden.DEFENDANT_PRESUMED,
            "Rules 86(5); PIPL 69(1)",
        ),
        Group(
            FactGroup.EXEMPTION,
            6,
            "免除或者减轻责任的事实",
            "Facts that exempt from liability or reduce it",
            _("Was any such fact found? If none was found, state that."),
            Burden.DEFENDANT,
            "Rules 86(6); CC 1173-1178",
        ),
        Group(
            FactGroup.OTHER,
            7,
            "其他需要查明的事项",
            "Other facts to be found",
            _("What else matters here? If nothing does, state that."),
            Burden.OPEN,
            "Rules 86(7)",
        ),
    )
}
