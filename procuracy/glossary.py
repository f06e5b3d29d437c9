"""The words of the house: the Chinese terms of law and the English ones the pages use for them."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from audit.errors import Text


class Term(NamedTuple):
    chinese: str
    english: str
    meaning: Text


TERMS: tuple[Term, ...] = (
    Term("公益诉讼", "public-interest litigation", _("Litigation for an interest of the public.")),
    Term("线索", "lead", _("A hint that the public interest is harmed, before a case is filed.")),
    Term("立案", "filing", _("The decision that makes a lead a case.")),
    Term("承办人", "handler", _("The prosecutor responsible for a case.")),
    Term("检察长", "chief procurator", _("The head of a people's procuratorate.")),
    Term("检察委员会", "procuratorial committee", _("The body that decides major cases.")),
    Term("回避", "recusal", _("A person with a conflict of interest leaves the case.")),
    Term(
        "公告", "announcement", _("The public call on eligible organisations to sue, before we do.")
    ),
    Term(
        "检察建议",
        "procuratorial recommendation",
        _("The letter that asks a body to act lawfully or to improve."),
    ),
    Term("送达", "service", _("Handing a document to its addressee so that it takes effect.")),
    Term("送达回证", "receipt of service", _("The proof that a document was served.")),
    Term("行为保全", "behaviour preservation", _("A court order to do or stop something at once.")),
    Term("举证责任", "burden of proof", _("Who must prove a fact.")),
    Term("保管链", "custody", _("Who held a piece of evidence when, without a gap.")),
    Term("期限", "period", _("The time the law gives for an act.")),
    Term("顺延", "moved forward", _("A last day that is a holiday moves to the next working day.")),
    Term("用印", "sealing", _("Putting the seal of the office on a document.")),
    Term("退回", "return", _("Sending a proposal back with reasons, to be improved.")),
    Term("驳回", "reject", _("Deciding against a proposal.")),
    Term("归档", "archiving", _("Closing the file of a finished case.")),
)
