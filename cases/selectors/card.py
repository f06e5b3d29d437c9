"""Reading the case card (案卡): every item with its values, their sources and their checks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.prepared import prepared
from cases.card.reading import CardReading, Told
from cases.models import CardCheck, Case, Lead, Party
from cases.registries import CardItem, CardSection, CardSource, CardValue, card
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.keys import keys_of, of_keys
from cases.workplace import title_of

if TYPE_CHECKING:
    Matter = Lead | Case

# Who answers for the quality of the records beside the team (CSR: flow monitoring; Rules 6).
CHECKERS = (Role.DEPARTMENT_HEAD, Role.CASE_MANAGEMENT)


class CardMark(models.TextChoices):
    """How an item stands."""

    VERIFIED = "verified", pgettext_lazy("case card", "Verified")
    UNCONFIRMED = "unconfirmed", _("Not yet confirmed")
    CHANGED = "changed", _("Changed since it was verified")
    COUNTED = "counted", _("Counted from the records")
    MISSING = "missing", _("Missing")
    NOT_DUE = "not_due", _("Empty, not demanded now")


TONES = {
    CardMark.VERIFIED: "ok",
    CardMark.UNCONFIRMED: "plain",
    CardMark.CHANGED: "warn",
    CardMark.COUNTED: "info",
    CardMark.MISSING: "bad",
    CardMark.NOT_DUE: "plain",
}


@dataclass(frozen=True)
class CardLine:
    """One item of the card of one matter.

    Attributes:
        possible: the matter can have it at all.
        demanded: the state of the matter asks that it be filled.
        check: the check of exactly these values; None where nobody has made one.
        voided: the last check of other values, where there is none of these.
    """

    item: CardItem
    values: Sequence[CardValue]
    possible: bool
    demanded: bool
    check: CardCheck | None = None
    voided: CardCheck | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.values)

    @property
    def mark(self) -> CardMark:
        if not self.values:
            return CardMark.MISSING if self.demanded else CardMark.NOT_DUE
        if self.item.counted:
            return CardMark.COUNTED
        if self.check:
            return CardMark.VERIFIED
        return CardMark.CHANGED if self.voided else CardMark.UNCONFIRMED

    @property
    def tone(self) -> str:
        """The colour of the mark on a page."""
        return TONES[self.mark]

    @property
    def to_check(self) -> bool:
        """Whether somebody may still mark it as checked."""
        return self.mark in (CardMark.UNCONFIRMED, CardMark.CHANGED)

    @property
    def sources(self) -> list[CardSource]:
        """The rows the values come from, each once."""
        return list({(v.source.kind, v.source.pk): v.source for v in self.values}.values())


@dataclass(frozen=True)
class CardPart:
    """One section of the card; empty items that nothing demands stand apart."""

    section: CardSection
    lines: Sequence[CardLine]
    not_due: Sequence[CardLine]


@dataclass(frozen=True)
class Card:
    """The card of one matter, as one reader sees it."""

    matter: Matter
    reading: CardReading
    lines: Sequence[CardLine] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The page of the whole card."""
        return reverse(f"{self.matter.relation}_card", args=[self.matter.key])

    @property
    def missing_in_words(self) -> str:
        """How many items are asked for and empty, as a sentence."""
        return missing_in_words(len(self.missing))

    @property
    def demanded(self) -> int:
        """How many items the state of the matter asks for."""
        return sum(line.demanded for line in self.lines)

    @property
    def filled(self) -> int:
        """How many of them say something."""
        return sum(line.demanded and bool(line.values) for line in self.lines)

    @property
    def missing(self) -> list[CardLine]:
        """The items that are asked for and empty."""
        return [line for line in self.lines if line.mark == CardMark.MISSING]

    @property
    def shown(self) -> list[CardLine]:
        """The items that say something or should."""
        return [line for line in self.lines if line.mark != CardMark.NOT_DUE]

    @property
    def parts(self) -> list[CardPart]:
        """The card by its sections, in the order of the procedure; an empty section is left out."""
        found = []
        for section in CardSection:
            lines = [line for line in self.lines if line.item.section == section]
            not_due = [line for line in lines if line.mark == CardMark.NOT_DUE]
            if len(not_due) < len(lines):
                filled = [line for line in lines if line.mark != CardMark.NOT_DUE]
                found.append(CardPart(section, filled, not_due))
        return found


def missing_in_words(number: int) -> str:
    """Return as a sentence how many items are asked for and empty."""
    sentence = ngettext("%(number)d item is missing", "%(number)d items are missing", number)
    return sentence % {"number": number}


def card_of(actor: User, matter: Matter) -> Card:
    """Return the whole card of a matter `actor` sees."""
    return _card(CardReading(matter, actor), [item for item in card.values() if of(item, matter)])


def summary_of(actor: User, matter: Matter, parties: Sequence[Party] | None = None) -> Card:
    """Return the main items alone, for the page of the matter: at most three queries.

    Args:
        parties: the parties of the case that are not removed, where the page has read them.
    """
    reading = CardReading(matter, actor, parties=parties)
    return _card(reading, [item for item in card.values() if item.main and of(item, matter)])


def line_now(actor: User, matter: Matter, item: CardItem) -> CardLine:
    """Return one item of the card of a matter `actor` sees."""
    reading = CardReading(matter, actor)
    return line_of(reading, item, list(checks_of(matter).filter(item=item.code)))


def of(item: CardItem, matter: Matter) -> bool:
    """Say whether matters of this kind have the item."""
    return matter.machine in item.of


def _card(reading: CardReading, items: Iterable[CardItem]) -> Card:
    checks: dict[str, list[CardCheck]] = {}
    found = _checks(*keys_of(reading.matter)) if holds(reading.matter, "checks") else []
    for check in found:
        checks.setdefault(check.item, []).append(check)
    lines = (line_of(reading, item, checks.get(item.code, ())) for item in items)
    return Card(reading.matter, reading, [line for line in lines if line.values or line.possible])


def line_of(reading: CardReading, item: CardItem, checks: Sequence[CardCheck]) -> CardLine:
    """Return an item as it stands, with the checks made of it so far, oldest first."""
    values = list(item.tell(reading))
    digest = digest_of(values)
    valid = [check for check in checks if check.digest == digest]
    return CardLine(
        item=item,
        values=values,
        possible=is_possible(reading, item),
        demanded=is_demanded(reading, item),
        check=valid[-1] if valid else None,
        voided=checks[-1] if checks and not valid else None,
    )


def is_possible(reading: CardReading, item: CardItem) -> bool:
    """Say whether the matter can have the item at all."""
    return item.only_if is None or item.only_if(reading)


def is_demanded(reading: CardReading, item: CardItem) -> bool:
    """Say whether the state of the matter asks that the item be filled."""
    return is_possible(reading, item) and not reading.reached.isdisjoint(item.since)


def checks_of(matter: Matter) -> QuerySet[CardCheck]:
    """Return the checks of a matter, oldest first; what was checked of its lead counts for a case."""
    return checks_of_keys(*keys_of(matter))


def checks_of_keys(case: int, lead: int) -> QuerySet[CardCheck]:
    """Return `checks_of` a matter by the keys of case and lead, 0 for none."""
    return CardCheck.objects.filter(of_keys(case, lead))


@prepared(int, int)
def _checks(case: int, lead: int) -> QuerySet[CardCheck]:
    return checks_of_keys(case, lead).select_related("checked_by")


def digest_of(values: Iterable[CardValue]) -> str:
    """Return the SHA-256 of values as programs read them, whatever the language of the reader."""
    plain = json.dumps([value.plain for value in values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def may_check(actor: User, matter: Matter) -> bool:
    """Say whether `actor`, who sees the matter, marks items of its card as checked.

    Its team does, the head of its department, and case management of its office.
    """
    if people.is_recused(matter, actor.pk):
        return False
    if people.is_member(matter, actor):
        return True
    return actor.office_id == matter.office_id and accounts.has_role(actor, *CHECKERS)


def may_change(actor: User, matter: Matter) -> bool:
    """Say whether `actor` corrects what the card of a matter rests on."""
    return people.is_handler(matter, actor)


# --- history ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CardVersion:
    """What an item said once.

    Attributes:
        told: the event, as recorded or as a correction left it.
        standing: it is what the item says today.
    """

    value: CardValue
    told: Told
    annulled: bool
    standing: bool

    @property
    def link(self) -> str:
        """The page of the event that told it, or of the correction that brought it."""
        return reverse("event_detail", args=[(self.told.by or self.told.event).pk])

    @property
    def title(self) -> str:
        """What that entry is called."""
        return title_of(self.told.by or self.told.event)

    @property
    def reason(self) -> str:
        return self.told.by.reason if self.told.by else ""

    @property
    def person(self) -> str:
        event = self.told.by or self.told.event
        return event.recorded_by.name if event.recorded_by else translate("System")


def history_of(reading: CardReading, item: CardItem) -> list[CardVersion]:
    """Return what an item has said, oldest first; empty for one that is not read from events.

    What a correction left as it was is no version of its own.
    """
    if item.said is None:
        return []
    standing = {told.event.pk for told in reading.standing}
    found: list[CardVersion] = []
    for event in reading.events:
        if event.kind not in item.kinds or event.corrects_id or event.annuls_id:
            continue
        told = [(each, item.said(reading, each)) for each in reading.versions(event)]
        said = [(each, value) for each, value in told if value is not None]
        for at, (each, value) in enumerate(said):
            if at and said[at - 1][1].plain == value.plain:
                continue
            last = all(later.plain == value.plain for _told, later in said[at:])
            found.append(
                CardVersion(
                    value=value,
                    told=each,
                    annulled=event.pk in reading.annulled,
                    standing=last and event.pk in standing,
                )
            )
    return found


def changed_items(whole: Card) -> list[tuple[CardItem, list[CardVersion]]]:
    """Return the items that have said something else before, or of which something was annulled."""
    histories = ((line.item, history_of(whole.reading, line.item)) for line in whole.lines)
    return [
        (item, versions)
        for item, versions in histories
        if len(versions) > 1 or any(version.annulled for version in versions)
    ]
