"""The checklist of a step: every guard and every document it needs, with what each says now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.errors import Refusal, UnmetRequirement, Verdict
from audit.language import is_chinese
from cases.guards import LEGAL_DAY
from cases.machine import Declaration
from cases.models import Case, Event, Lead
from cases.registries import document_slots, requirements
from cases.selectors.events import corrected
from cases.selectors.spending import spent_by

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Checked:
    """One line of a checklist: the guard and what it says now.

    Attributes:
        asked: the guard reads what the proposal or the act still has to state.
    """

    code: str
    title_zh: str
    title_en: str
    article: str
    verdict: Verdict
    cure: str
    asked: bool = False
    by_statement: bool = False

    @property
    def title(self) -> str:
        return self.title_zh if is_chinese() else self.title_en

    def unmet(self) -> UnmetRequirement:
        """Return the line as an unmet requirement."""
        return UnmetRequirement(
            code=self.code,
            message=f"{self.title}: {self.verdict.why}",
            law=self.article,
            cure=self.cure,
            link=self.verdict.link,
        )


DOCUMENT = "document:"


def titles_of(code: str) -> tuple[str, str, str]:
    """Return both titles and the article of a line of a checklist; the code when nobody knows it now."""
    if code.startswith(DOCUMENT):
        return *_document_titles(code.removeprefix(DOCUMENT)), ""
    requirement = requirements.get(code)
    if requirement is None:
        return code, code, ""
    return requirement.title_zh, requirement.title_en, requirement.article


def _document_titles(code: str) -> tuple[str, str]:
    slot = document_slots.get("documents")
    chinese, english = slot.titles(code) if slot and slot.known(code) else (code, code)
    return f"{chinese}（{code}）", f"{english} ({code})"


def _document_verdict(matter: Matter, code: str, before: Event | None) -> Verdict:
    """Say whether a document of that code is in final form that has served for no step yet."""
    slot = document_slots.get("documents")
    if slot is None:
        return Verdict(False, _("No room of documents answers."))
    verdict = slot.check(matter, code)
    spent = spent_by(matter, code, before=before) if verdict.met else None
    if spent is None:
        return verdict
    why = _("“%(title)s” has served for the step of %(day)s; this one needs a new one.") % {
        "title": _title_of(slot.titles(code)),
        "day": corrected(spent)[0].isoformat(),
    }
    return Verdict(False, why, slot.where_made(matter, code))


def _title_of(titles: tuple[str, str]) -> str:
    return titles[0] if is_chinese() else titles[1]


def _document_line(matter: Matter, code: str, before: Event | None) -> Checked:
    title_zh, title_en = _document_titles(code)
    return Checked(
        code=f"{DOCUMENT}{code}",
        title_zh=title_zh,
        title_en=title_en,
        article="",
        verdict=_document_verdict(matter, code, before),
        cure=_("The handling prosecutor or the clerk of the team."),
    )


def _judged_on(facts: dict[str, Any], legal_day: date | None) -> dict[str, Any]:
    """Return the facts a guard reads, with the day of the act where one is stated."""
    return facts if legal_day is None else facts | {LEGAL_DAY: legal_day.isoformat()}


def _guard_line(
    code: str, matter: Matter, facts: dict[str, Any], *, asked: bool, legal_day: date | None
) -> Checked:
    requirement = requirements.get(code)
    if requirement is None:
        verdict = Verdict(False, _("Nobody has registered this guard; it counts as unmet."))
        return Checked(code, code, code, "", verdict, "")
    return Checked(
        code=code,
        title_zh=requirement.title_zh,
        title_en=requirement.title_en,
        article=requirement.article,
        verdict=requirement.check(matter, _judged_on(facts, legal_day)),
        cure=str(requirement.cure),
        asked=asked and "facts" in requirement.reads and not facts,
        by_statement=requirement.by_statement,
    )


def lines_of(declaration: Declaration, *, carrying_out: bool = True) -> list[str]:
    """Return the codes of the lines of its checklist: guards, then documents, in the order declared."""
    codes = declaration.requirements + (declaration.act_requirements if carrying_out else ())
    return [*codes, *(f"{DOCUMENT}{code}" for code in declaration.needs_documents)]


def judged(
    code: str,
    matter: Matter,
    facts: dict[str, Any],
    *,
    asked: bool = False,
    legal_day: date | None = None,
    before: Event | None = None,
) -> Checked:
    """Return one line of a checklist with what it says now.

    Args:
        asked: the facts are still to be stated; a guard that reads them is marked so.
        legal_day, before: as in `checklist`.
    """
    if code.startswith(DOCUMENT):
        return _document_line(matter, code.removeprefix(DOCUMENT), before)
    return _guard_line(code, matter, facts, asked=asked, legal_day=legal_day)


def checklist(
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    *,
    asked: bool = False,
    carrying_out: bool = True,
    legal_day: date | None = None,
    before: Event | None = None,
) -> list[Checked]:
    """Return every guard of a transition with what it says now.

    Args:
        asked: the facts are still to be stated; guards that read nothing else are marked so.
        carrying_out: judge also the guards on the facts of the act itself.
        legal_day: the day of the act, by which periods and the law in force are judged; None for today.
        before: the event of the step itself, where it has been taken: its documents have not served for it.
    """
    codes = lines_of(declaration, carrying_out=carrying_out)
    return [
        judged(code, matter, facts, asked=asked, legal_day=legal_day, before=before)
        for code in codes
    ]


def unmet_before(declaration: Declaration, matter: Matter) -> list[UnmetRequirement]:
    """Return what stands in the way of a transition before anybody has stated its facts.

    A step that comes too early is refused by the state; this says what has to happen first, and who does it.
    """
    lines = checklist(declaration, matter, {}, asked=True, carrying_out=False)
    return [line.unmet() for line in lines if not (line.verdict.met or line.asked)]


def require_met(
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    *,
    carrying_out: bool = True,
    legal_day: date | None = None,
) -> list[Checked]:
    """Return the checklist when every guard holds.

    Raises:
        Refusal: with all unmet requirements at once.
    """
    lines = checklist(declaration, matter, facts, carrying_out=carrying_out, legal_day=legal_day)
    unmet = [line.unmet() for line in lines if not line.verdict.met]
    if unmet:
        raise Refusal(
            _("%(title)s is not possible yet: %(count)s requirements are not met.")
            % {"title": declaration.title, "count": len(unmet)},
            code="requirements_unmet",
            law=declaration.article,
            unmet=unmet,
        )
    return lines
