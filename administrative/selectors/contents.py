"""The eight contents a recommendation has (Rules 75), and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from administrative.models import Recommendation
from administrative.selectors.recommendations import paper_of
from audit.errors import Text
from cases.models import Case
from deadlines.explain import period_words
from notices.slots import making_address

# What only the paper says: number in Rules 75, title, name among the contents of D-70.
IN_THE_PAPER = (
    (2, _("Source of the case"), "source"),
    (3, _("Facts of the harm"), "harm"),
    (4, _("Facts and reasons of the non-performance"), "failure"),
    (5, _("Legal basis"), "basis"),
)


@dataclass(frozen=True)
class ContentLine:
    """One of the eight, as `components/checklist.html` shows it."""

    title: Text
    met: bool
    why: str
    law: str
    link: str = ""
    warning: bool = False


def eight_contents(case: Case, row: Recommendation | None) -> list[ContentLine]:
    """Return the contents in their order: those prepared here, and those the paper D-70 says."""
    prepared = {1: _name(row), 6: _measures(row), 7: _period(row), 8: _other()}
    lines = prepared | dict(_in_the_paper(case))
    return [lines[number] for number in sorted(lines)]


def _name(row: Recommendation | None) -> ContentLine:
    why = row.body.name if row else translate("Follows from the case once it is begun here.")
    return ContentLine(_("Name of the authority"), row is not None, why, "Rules 75(1)")


def _measures(row: Recommendation | None) -> ContentLine:
    count = len(row.measures.all()) if row else 0
    why = (
        translate("Measures entered: %(count)s.") % {"count": count}
        if count
        else translate("No measure is entered.")
    )
    return ContentLine(_("What is recommended, measure by measure"), count > 0, why, "Rules 75(6)")


def _period(row: Recommendation | None) -> ContentLine:
    length = row.length if row else None
    why = period_words(length) if length else translate("No period is named.")
    return ContentLine(_("Rectification period"), length is not None, why, "Rules 75(7)")


def _other() -> ContentLine:
    why = translate("Said in the paper where there is more to say.")
    return ContentLine(_("What else has to be said"), True, why, "Rules 75(8)")


def _in_the_paper(case: Case) -> Iterator[tuple[int, ContentLine]]:
    paper = paper_of(case)
    values = paper.values if paper else {}
    link = paper.get_absolute_url() if paper else making_address(case, "D-70")
    uploaded = paper is not None and paper.uploaded
    for number, title, name in IN_THE_PAPER:
        said = bool(str(values.get(name, "")).strip())
        yield (
            number,
            ContentLine(
                title,
                said or uploaded,
                _where(begun=paper is not None, said=said, uploaded=uploaded),
                f"Rules 75({number})",
                link,
                warning=uploaded,
            ),
        )


def _where(*, begun: bool, said: bool, uploaded: bool) -> str:
    if uploaded:
        return translate("The paper was filed as an upload: compare it yourself.")
    if said:
        return translate("Stands in the paper D-70.")
    if begun:
        return translate("Not written in the paper D-70 yet.")
    return translate("Written in the paper D-70, which is not begun.")
