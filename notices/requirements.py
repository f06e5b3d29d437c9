"""The guards of this room: what announcement, complaint and appeal must say (norms C037, C048, C070)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Verdict
from cases.models import Case, Lead
from cases.registries import Requirement, requirements
from cases.registries.entries import Check
from notices import selectors
from notices.catalogue import document_type
from notices.catalogue.announcement.d41_announcement import FIVE_ITEMS
from notices.models import Document, DocumentStatus
from notices.slots import making_address
from notices.sourcing.sentences import unsupported

if TYPE_CHECKING:
    Matter = Lead | Case

ANNOUNCEMENT = "D-41"
COMPLAINT = "D-45"
APPEAL = "D-60"


def missing_items(document: Document) -> list[str]:
    """Return what the announcement lacks of the five items, each with its number in Rules 91.

    Of an uploaded announcement the items count that whoever filed it read and confirmed.
    """
    kind = document_type(ANNOUNCEMENT)
    values = document.values
    missing = []
    for number, names in enumerate(FIVE_ITEMS, start=1):
        for name in names:
            content = kind.content(name)
            if content is not None and not values.get(name, "").strip():
                missing.append(
                    _("(%(number)d) %(name)s") % {"number": number, "name": content.label}
                )
    return missing


def announcement_five_items(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """All five contents of Rules 91 stand in the announcement that is final or issued."""
    rows = selectors.standing_of_type(matter, ANNOUNCEMENT)
    ready = next((row for row in rows if row.in_final_form), None)
    if ready is None:
        link = rows[0].get_absolute_url() if rows else making_address(matter, ANNOUNCEMENT)
        return Verdict(False, _("There is no announcement in final form."), link)
    missing = missing_items(ready)
    if missing:
        why = _("The announcement lacks: %(items)s.") % {"items": "; ".join(missing)}
        return Verdict(False, why, ready.get_absolute_url())
    return Verdict(True, _("All five items are there."), ready.get_absolute_url())


def announcement_issued(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The announcement bears its number, day and signer before it is published."""
    rows = selectors.standing_of_type(matter, ANNOUNCEMENT)
    issued = next((row for row in rows if row.status == DocumentStatus.ISSUED), None)
    if issued is not None:
        return Verdict(True, issued.number or str(issued), issued.get_absolute_url())
    link = rows[0].get_absolute_url() if rows else making_address(matter, ANNOUNCEMENT)
    return Verdict(
        False, _("The announcement is not issued: it has no number and no signer."), link
    )


def _holds_everything(matter: Matter, code: str) -> Verdict:
    """Say whether the document in final form holds every mandatory content of its type.

    That there is one is asked by the line of the document itself, so its lack is no second refusal. Of
    an uploaded document the contents count that whoever filed it read and confirmed.
    """
    rows = selectors.standing_of_type(matter, code)
    ready = next((row for row in rows if row.in_final_form), None)
    kind = document_type(code)
    if ready is None:
        sentence = _("Judged once “%(title)s” is in final form.") % {"title": kind.title}
        return Verdict(True, sentence, making_address(matter, code), warning=True)
    values = ready.values
    missing = [
        str(item.label)
        for item in kind.contents
        if item.required and not values.get(item.name, "").strip()
    ]
    if missing:
        why = _("It lacks: %(items)s.") % {"items": "; ".join(missing)}
        return Verdict(False, why, ready.get_absolute_url())
    if fallen := unsupported(None, ready) if kind.needs_sources else []:
        return Verdict(False, str(fallen[0].message), fallen[0].link)
    return Verdict(True, _("It holds everything the law asks of it."), ready.get_absolute_url())


def complaint_complete(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The complaint names litigator, defendants, claims, facts, evidence, reasons (Rules 46; CPL 124)."""
    return _holds_everything(matter, COMPLAINT)


def appeal_complete(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The appeal names the parties, the court with its case, the claims and the reasons (Rules 59)."""
    return _holds_everything(matter, APPEAL)


def is_issued(code: str) -> Check:
    """Return the guard that what goes out bears its signature, where it was made here and is final only.

    A paper filed from outside bears it already; that there is one is asked by its own line.
    """

    def check(matter: Matter, facts: dict[str, Any]) -> Verdict:
        rows = selectors.standing_of_type(matter, code)
        ready = next((row for row in rows if row.in_final_form), None)
        title = {"title": document_type(code).title}
        if ready is None:
            sentence = _("Judged once “%(title)s” is in final form.") % title
            return Verdict(True, sentence, making_address(matter, code), warning=True)
        if ready.status == DocumentStatus.ISSUED:
            return Verdict(True, ready.number or str(ready), ready.get_absolute_url())
        why = _("“%(title)s” is final, but not issued: nobody has signed it.") % title
        return Verdict(False, why, ready.get_absolute_url())

    return check


# What the step that needs it hands over in the name of the office (Rules 5; law 7.2).
HANDED_OVER = {
    "transfer_letter_issued": ("D-47", "移送函已签发", "The transfer letter is issued"),
    "complaint_issued": ("D-45", "起诉书已签发", "The complaint is issued"),
    "change_of_claims_issued": (
        "D-54",
        "变更诉讼请求申请书已签发",
        "The change of claims is issued",
    ),
    "attendance_notice_issued": (
        "D-50",
        "派员出庭通知书已签发",
        "The notice of attending staff is issued",
    ),
    "settlement_opinion_issued": (
        "D-59",
        "协议审查意见已签发",
        "The opinion on the settlement is issued",
    ),
    "withdrawal_issued": (
        "D-55",
        "撤回起诉决定书已签发",
        "The decision to withdraw the suit is issued",
    ),
    "appeal_issued": ("D-60", "上诉书已签发", "The appeal is issued"),
    "urging_letter_issued": ("D-66", "督促函已签发", "The urging letter is issued"),
}
TEAM_CURES = gettext_lazy("The handling prosecutor or the clerk of the team.")
GUARDS = (
    Requirement(
        code="announcement_five_items",
        title_zh="公告五项内容齐全",
        title_en="The five items of the announcement",
        article="Rules 91",
        check=announcement_five_items,
        cure=TEAM_CURES,
        reads="Document D-41",
    ),
    Requirement(
        code="announcement_issued",
        title_zh="公告已签发",
        title_en="The announcement is issued",
        article="Rules 5, 91",
        check=announcement_issued,
        cure=TEAM_CURES,
        reads="Document D-41",
    ),
    Requirement(
        code="complaint_complete",
        title_zh="起诉书内容齐全",
        title_en="The contents of the complaint",
        article="Rules 46; CPL 124",
        check=complaint_complete,
        cure=TEAM_CURES,
        reads="Document D-45",
    ),
    Requirement(
        code="appeal_complete",
        title_zh="上诉书内容齐全",
        title_en="The contents of the appeal",
        article="Rules 59",
        check=appeal_complete,
        cure=TEAM_CURES,
        reads="Document D-60",
    ),
    *(
        Requirement(
            code=code,
            title_zh=title_zh,
            title_en=title_en,
            article="Rules 5",
            check=is_issued(paper),
            cure=TEAM_CURES,
            reads=f"Document {paper}",
        )
        for code, (paper, title_zh, title_en) in HANDED_OVER.items()
    ),
)


def register() -> None:
    """Hand the guards to the registry."""
    for guard in GUARDS:
        requirements.register(guard.code, guard)
