"""Which office may file, which court is competent, and what was said in a dispute (law 3.3; Rules 14-18).

The decision tree of law 3.3 as a function of what is stated of the places; it writes nothing. Courts come
from the table of courts: an area covers an address that names it, with or without its province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Office, OfficeLevel
from accounts.selectors import offices_in_service
from audit import clock
from audit.articles import written
from cases.models import Case
from cases.selectors.events import corrected, latest
from litigation.models import Court, CourtLevel
from litigation.models.court import LEVELS

PROVINCE = re.compile(r"^.*?(?:省|自治区)")
# The places Rules 14 and JI 5 name, then those the network adds to the place of the tort (CPLI 24-25).
PLACES = ("act_place", "harm_place", "domicile")
NETWORK_PLACES = ("device_place", "infringed_domicile")


@dataclass(frozen=True)
class Step:
    """One branch of the tree: its article, what it says here, and whether it speaks for this office."""

    article: str
    text: str
    met: bool | None = None


@dataclass
class Examination:
    """What the tree answers.

    Attributes:
        may_file: whether this office may file.
        courts: the courts of the table that are competent.
        transfer: whether the office may file, but another one sues: the option T20.
        counterparts: offices at the level and place of those courts, as far as the table of offices knows.
    """

    steps: list[Step] = field(default_factory=list)
    may_file: bool = False
    courts: list[Court] = field(default_factory=list)
    transfer: bool = False
    counterparts: list[Office] = field(default_factory=list)

    def add(self, article: str, text: str, met: bool | None = None) -> None:
        """Add one branch."""
        self.steps.append(Step(article, text, met))

    @property
    def in_words(self) -> str:
        """Every branch on a line of its own, with its article."""
        return "\n".join(f"{step.text}（{written(step.article)}）" for step in self.steps)


def examine(case: Case, facts: dict[str, Any]) -> Examination:
    """Walk the tree of law 3.3 for a case.

    Args:
        facts: as `JurisdictionFacts` states them.
    """
    found = Examination()
    if facts.get("criminal_here"):
        return _with_the_criminal_case(found, facts)
    _filing(found, case, facts)
    _dispute(found, case)
    _competent_courts(found, facts)
    _match(found, case)
    return found


def _with_the_criminal_case(found: Examination, facts: dict[str, Any]) -> Examination:
    """The office that handles the criminal case files; its court tries both (Rules 14; JI 20)."""
    found.may_file = True
    found.add("Rules 14", _("This office handles the criminal case: it may file."), True)
    found.courts = list(Court.objects.filter(pk=facts.get("criminal_court") or 0))
    named = "、".join(map(str, found.courts)) or _("not named yet")
    found.add(
        "JI 20; Rules 97",
        _("The court that tries the criminal case is competent: %(courts)s.") % {"courts": named},
        bool(found.courts),
    )
    found.add("Rules 16; JI 20", _("No transfer: the suit follows the criminal case."), None)
    return found


def _filing(found: Examination, case: Case, facts: dict[str, Any]) -> None:
    """Rules 14, 15, 18: who files."""
    if case.office.level == OfficeLevel.GRASSROOTS:
        _filing_at_the_grassroots(found, facts)
    else:
        found.may_file = bool(facts.get("major"))
        yes = _("An office of this level handles major and complex cases itself.")
        no = _("A grassroots office files; this level handles major and complex cases itself.")
        found.add("Rules 14, 15", yes if found.may_file else no, found.may_file)
    if facts.get("several_areas"):
        text = _(
            "Two or more administrative areas are concerned: their common superior may take it."
        )
        found.add("Rules 15", text)
    if facts.get("major") and case.office.level == OfficeLevel.GRASSROOTS:
        found.add("Rules 15, 18", _("A major or complex case may be handed up to the superior."))


def _filing_at_the_grassroots(found: Examination, facts: dict[str, Any]) -> None:
    found.may_file = bool(facts.get("here"))
    if found.may_file:
        text = _(
            "The act, the harm or the domicile of the violator lies here: this office may file."
        )
    else:
        offices = _offices_at(_places(facts), OfficeLevel.GRASSROOTS)
        named = "、".join(map(str, offices)) or _("the grassroots office of one of these places")
        text = _("Nothing of it lies here. This may file: %(offices)s.") % {"offices": named}
    found.add("Rules 14", text, found.may_file)


def _dispute(found: Examination, case: Case) -> None:
    """Rules 17: what was agreed or designated goes before the places."""
    dispute = dispute_of(case)
    if dispute.open:
        text = _("The dispute with %(office)s is open.") % {"office": dispute.other}
        found.add("Rules 17", text)
    elif dispute.handled_by is not None:
        found.may_file = dispute.handled_by.pk == case.office_id
        text = _("After the dispute %(office)s handles the case.") % {"office": dispute.handled_by}
        found.add("Rules 17", text, found.may_file)


def _competent_courts(found: Examination, facts: dict[str, Any]) -> None:
    """JI 5; CPLI 24-25, 283; law 3.3 point 7."""
    found.courts = competent_courts(_places(facts), network=bool(facts.get("network")))
    if facts.get("network"):
        text = _(
            "On the network the place of the device and the domicile of those infringed count too."
        )
        found.add("CPLI 24-25", text)
    named = "、".join(map(str, found.courts))
    yes = _("Competent by place of the tort or domicile of the defendant: %(courts)s.")
    no = _("The table of courts holds no competent court for these places. Have it completed.")
    found.add("JI 5; CPLI 283", yes % {"courts": named} if named else no, bool(named))
    doubtful = "、".join(str(court) for court in found.courts if not court.verified)
    if doubtful:
        text = _("Not verified in the table of courts: %(courts)s.") % {"courts": doubtful}
        found.add("law 3.3", text)


def _match(found: Examination, case: Case) -> None:
    """Rules 16: the same level sues, else the case is transferred after it was filed (norm C015)."""
    if not found.courts:
        return
    level = LEVELS[OfficeLevel(case.office.level)]
    own = [court for court in found.courts if court.level == level]
    if own:
        named = "、".join(map(str, own))
        text = _("This office is of the level of %(courts)s: it brings the suit itself.")
        found.add("Rules 16", text % {"courts": named}, True)
        return
    found.transfer = found.may_file
    found.counterparts = _counterparts(found.courts)
    named = "、".join(map(str, found.counterparts)) or _("the office at that court")
    text = _(
        "This office is not of the level of that court. It may transfer (T20) to: %(offices)s."
    )
    found.add("Rules 16, 94(3)", text % {"offices": named}, False)


def competent_courts(places: Iterable[str], *, network: bool) -> list[Court]:
    """Return the courts of the table that hear such suits today and cover one of the places."""
    kinds = Q(level=CourtLevel.INTERMEDIATE) | (Q(internet=True) if network else Q(pk__in=[]))
    named = list(places)
    return [
        court
        for court in Court.objects.filter(kinds).order_by("level", "name")
        if court.hears_on(clock.today()) and any(covers(court.area, place) for place in named)
    ]


def covers(area: str, place: str) -> bool:
    """Say whether an address lies in an area, whether or not it names the province."""
    short = PROVINCE.sub("", area)
    return bool(area) and (area in place or (bool(short) and short in place))


def is_office_at(office: Office, court: Court) -> bool:
    """Say whether an office is the one at a court: of its level and in the area of that court (Rules 16).

    A court whose area the table does not name is matched by its level alone.
    """
    if LEVELS[OfficeLevel(office.level)] != court.level:
        return False
    return not court.area or covers(court.area, office.name)


def _places(facts: dict[str, Any]) -> list[str]:
    names = PLACES + (NETWORK_PLACES if facts.get("network") else ())
    return [str(facts[name]) for name in names if facts.get(name)]


def _offices_at(places: Iterable[str], level: str) -> list[Office]:
    """Return the offices of a level whose area, as their name tells, holds one of the places."""
    named = list(places)
    return [
        office
        for office in offices_in_service().filter(level=level).order_by("code")
        if any(covers(office.name.removesuffix("人民检察院"), place) for place in named)
    ]


def _counterparts(courts: Iterable[Court]) -> list[Office]:
    levels = {court: office for office, court in LEVELS.items()}
    found = [
        office
        for court in courts
        for office in _offices_at([court.area], levels[CourtLevel(court.level)])
    ]
    return list(dict.fromkeys(found))


# --- the dispute ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dispute:
    """A dispute about jurisdiction as it stands (Rules 17; norm C016).

    Attributes:
        other: the office with which there is one; None when there was none.
        open: neither agreed nor designated.
        failed: the negotiation has failed, so the common superior designates.
        handled_by: who handles the case by agreement or designation.
    """

    other: Office | None = None
    open: bool = False
    failed: bool = False
    handled_by: Office | None = None


def dispute_of(case: Case) -> Dispute:
    """Return the dispute about jurisdiction of a case, by its last negotiation and designation."""
    negotiated = latest(case, "jurisdiction_negotiated")
    if negotiated is None:
        return Dispute()
    facts = corrected(negotiated)[1]
    other = Office.objects.filter(pk=facts["other_office"]).first()
    designated = latest(case, "jurisdiction_designated")
    if designated is not None and designated.pk > negotiated.pk:
        key = corrected(designated)[1]["designated"]
        return Dispute(other, handled_by=Office.objects.filter(pk=key).first())
    if facts["result"] == "agreed":
        return Dispute(other, handled_by=Office.objects.filter(pk=facts["agreed_office"]).first())
    return Dispute(other, open=True, failed=facts["result"] == "failed")
