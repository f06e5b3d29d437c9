"""What an item of the case card (案卡) is: what a room above says of a matter, with the row it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.language import is_chinese

if TYPE_CHECKING:
    from cases.card.reading import CardReading, Told

# What a value is for programs, whatever language its reader reads.
Plain: TypeAlias = str | int | bool | list[str]


class CardSection(models.TextChoices):
    """The sections of the card, in the order of the procedure (law 3.1)."""

    CASE = "case", _("The case")
    LEAD = "lead", _("Lead")
    FILING = "filing", _("Filing")
    PARTIES = "parties", _("Parties")
    INVESTIGATION = "investigation", _("Investigation")
    BEFORE_SUIT = "before_suit", _("Before the suit")
    REVIEW = "review", _("Review and decision to sue")
    SUIT = "suit", _("Suit")
    JUDGMENT = "judgment", _("Judgment and appeal")
    PERFORMANCE = "performance", _("Performance and enforcement")
    ENDING = "ending", _("End and archive")


@dataclass(frozen=True)
class CardSource:
    """The row a value comes from.

    Attributes:
        kind: ``event``, ``party``, ``document``, ``exhibit``, ``deadline``, ``obligation``, ``entry``,
            ``member``, ``case`` or ``lead``.
        pk: its key.
        title: the row, in the reader's language unless it is `written`.
        link: its page.
        change: the page of the act that changes the row; empty where only a new act does.
        written: the title is as people wrote it, in Chinese.
    """

    kind: str
    pk: int
    title: Text
    link: str
    change: str = ""
    written: bool = False


@dataclass(frozen=True)
class CardValue:
    """One value of an item.

    Attributes:
        plain: the value for programs; a check of the card is bound to it.
        text: the value for people, in the reader's language unless it is `written`.
        written: the text is as people wrote it, in Chinese.
        day: the value as a day, where it is one.
        note: what is said beside it, in the reader's language.
    """

    plain: Plain
    text: Text
    source: CardSource
    written: bool = False
    day: date | None = None
    note: Text = ""


@dataclass(frozen=True)
class CardItem:
    """One item of the card, declared once. Nobody types it: it is read from what was recorded.

    Attributes:
        article: the article that asks for it or under which it was recorded.
        tell: the values as they stand now, each with its row; none when there is nothing to say.
        since: the states from which on the item must be filled (law 3.1); before, an empty one is no fault.
        only_if: whether the matter can have it at all; None when every matter of its machines can.
        of: the machines of the matters that have it.
        main: shown on the page of the matter already. It may ask the database for nothing more.
        cure: the page of the act that fills it, by its name; it is given the key of the matter.
        counted: counted from rows the reader sees, so that two readers may see different numbers and
            nobody marks it as checked.
        among: the keys of those of several matters of which it says something, in one statement for all of
            them; None where `tell` asks for nothing but what a `CardReading` holds.
        kinds: the kinds of events it is read from, in which its history lies.
        fact: the fact of these events it shows; empty when it shows their legal day.
        said: what one version of such an event says, for the history.
        room: the package that declares it.
    """

    code: str
    section: CardSection
    title_zh: str
    title_en: str
    article: str
    tell: Callable[[CardReading], Iterable[CardValue]]
    since: tuple[str, ...] = ()
    only_if: Callable[[CardReading], bool] | None = None
    of: tuple[str, ...] = ("case", "administrative")
    main: bool = False
    cure: str = ""
    counted: bool = False
    among: Callable[[Sequence[CardReading]], Collection[int]] | None = None
    kinds: tuple[str, ...] = ()
    fact: str = ""
    said: Callable[[CardReading, Told], CardValue | None] | None = None
    room: str = ""

    @property
    def title(self) -> str:
        """Title in the reader's language."""
        return self.title_zh if is_chinese() else self.title_en
