"""The suit that goes with a criminal case (law 3.10; JI 20; Rules 14, 87, 88, 97)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Department
from audit import clock
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, named, stated
from cases.models import Case, CaseLink, LinkKind
from cases.models.matter import Track
from cases.selectors.events import current_facts
from deadlines.derive import compute, rulebook_of
from litigation import selectors
from litigation.forms.criminal import Origin


@guard(
    "本院办理刑事案件",
    "This office handles the criminal case",
    "Rules 14, 97; JI 20",
    reads="facts, Department",
)
def criminal_case_at_this_office(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The suit goes with a criminal case that a department of this very office handles."""
    department = named(Department.objects.all(), facts.get("department"))
    if department is None:
        return Verdict(False, _("Name the department that handles the criminal case."))
    return either(
        department.office_id == matter.office_id,
        _("%(department)s of this office handles the criminal case.") % {"department": department},
        _("%(department)s belongs to another office, which then files the case.")
        % {"department": department},
    )


@guard(
    "刑事附带民事公益诉讼",
    "The suit goes with a criminal case",
    "JI 20; Rules 97",
    reads="Case.track",
)
def is_criminal_incidental(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The track of the case is the criminal-incidental one."""
    return either(
        matter.track == Track.CRIMINAL_INCIDENTAL,
        _("The suit goes with a criminal case."),
        _("This case goes with no criminal case (S55): nothing is to be split or left."),
    )


@guard(
    "同一事实",
    "The same facts",
    "Rules 88",
    reads="facts",
    cure=TEAM_CURES,
)
def criminal_case_on_the_same_facts(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Criminal evidence is used where both cases concern the same facts (norm C142)."""
    return either(
        bool(facts.get("same_facts")),
        _("Both cases concern the same facts; every piece names its origin."),
        _(
            "Evidence of a criminal case is used on the same facts only. Say that they are the same."
        ),
    )


@guard(
    "公告将影响刑事审理期限",
    "The announcement would affect the criminal trial",
    "JI 20; 法释〔2019〕18号",
    reads="facts, Event criminal_case_joined, Deadline P-01",
)
def announcement_affects_the_criminal_trial(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Stated in words; where the days known say otherwise, a warning (norm C162)."""
    told = stated(facts, "affects", _("Say how the announcement would affect the criminal trial."))
    limit = current_facts(matter, "criminal_case_joined").get("trial_ends_on")
    if not told.met or not limit:
        return told
    over = _end_of_announcement(matter)
    days = {"over": over, "limit": limit}
    if over < date.fromisoformat(limit):
        sentence = _(
            "The announcement would end on %(over)s, before the criminal trial period (%(limit)s)."
        )
        return Verdict(True, sentence % days, warning=True)
    sentence = _("The announcement would end on %(over)s; the criminal trial period on %(limit)s.")
    return Verdict(True, sentence % days)


def _end_of_announcement(matter: Case) -> date:
    """Return the last day of the announcement, as computed or as if it were published today."""
    period = selectors.announcement_period(matter)
    if period is not None:
        return period.effective_day
    book = rulebook_of(matter)
    return compute(book.periods["P-01"], clock.today(), book).last_day


@guard(
    "未分案", "The suit was not split off", "JI 20; law 14.1", reads="Event case_split, CaseLink"
)
def not_split_off(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Where the civil part was split off whole, the suit is brought in the new case (norm C162)."""
    if current_facts(matter, "case_split").get("origin") != Origin.ENDS:
        return Verdict(True, _("The suit is brought in this case."))
    link = CaseLink.objects.filter(source=matter, kind=LinkKind.SPLIT).order_by("-id").first()
    named = {"case": link.target.key if link else ""}
    return Verdict(False, _("The civil part was split off: sue in %(case)s.") % named)
