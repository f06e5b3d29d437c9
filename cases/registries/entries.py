"""What the entries of the registries are: what a room above hands to the kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from audit.errors import Invalid, Text, Verdict
from audit.language import is_chinese

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from django import forms
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet
    from django.utils.datastructures import MultiValueDict

    from accounts.models import User
    from cases.lifecycle.apart import StepApart
    from cases.machine import Act
    from cases.models import Case, Event, Lead
    from cases.registries.statistics import Uncounted

    Matter: TypeAlias = Lead | Case

# A question about a matter and the facts of an act, without side effects.
Check = Callable[["Matter", dict[str, Any]], Verdict]


@dataclass(frozen=True)
class EventKind:
    """A kind of procedural event, declared once.

    Attributes:
        code: for example ``announcement_published``.
        title_zh: title in the law's words.
        title_en: English gloss.
        article: the article, empty for an internal event.
        form: the Django form that validates the facts, for page and API alike; None when there are none.
        proposal_form: what a proposer states where the act itself states other facts (`legal_day` act).
        statistics: the statistical items the kind feeds.
        uncounted: why it feeds none; `manage.py check` wants the one or the other of every kind.
        manual: whether a handler may record it directly, outside a transition.
        of_entry: concerns the record itself or who keeps it, and always bears the day it was entered; so it
            says nothing of when the procedure went on and ends no back-entry.
        remark: says something about a decision and changes nothing of the matter: it raises no version,
            so that no approval under way is voided by it.
        part: follows from another event in the same act, which tells it; the timeline leaves it out.
        counter_act: what is recorded instead of a correction, where others rely on the facts; empty
            where they are corrected as usual.
    """

    code: str
    title_zh: str
    title_en: str
    article: str = ""
    form: type[forms.Form] | None = None
    proposal_form: type[forms.Form] | None = None
    statistics: tuple[str, ...] = ()
    uncounted: Uncounted | None = None
    manual: bool = False
    of_entry: bool = False
    remark: bool = False
    part: bool = False
    counter_act: Text = ""


@dataclass(frozen=True)
class Requirement:
    """A condition of law that a matter must meet before an act.

    Attributes:
        check: function of the matter and the facts of the act, without side effects.
        cure: who can cure it and how.
        by_statement: the guard reads a signed statement, not a record (shown to the user).
    """

    code: str
    title_zh: str
    title_en: str
    article: str
    check: Check
    cure: Text = ""
    by_statement: bool = False
    reads: str = ""


@dataclass(frozen=True)
class EffectLine:
    """One thing that recording an event creates, as the proposal screen announces it."""

    kind: str
    text: Text


# Asked with preview=True by the proposal screen (nothing is written), with preview=False in the act's
# own transaction after its event was recorded.
Effect = Callable[["Act", bool], list[EffectLine]]


@dataclass(frozen=True)
class DraftDocument:
    """A document as an approval sees it.

    Attributes:
        status: how far it is, in the reader's language.
    """

    pk: int
    code: str
    title: str
    sha256: str
    link: str
    final: bool
    status: str


class DocumentSlots(Protocol):
    """What the room of documents answers about a matter."""

    def documents(self, matter: Matter, code: str) -> Sequence[DraftDocument]: ...

    def all_documents(self, matter: Matter) -> Mapping[str, Sequence[DraftDocument]]: ...

    def keep_texts(self, documents: Sequence[DraftDocument]) -> None: ...

    def text(self, actor: User, pk: int, digest: str) -> Mapping[str, str] | None: ...

    def check(self, matter: Matter, code: str) -> Verdict: ...

    def newest_at(self, matter: Matter, code: str) -> datetime | None: ...

    def where_made(self, matter: Matter, code: str) -> str: ...

    def ready_on(
        self, matter: Matter, code: str, *, since: datetime | None = None
    ) -> date | None: ...

    def under_way(self, matter: Matter) -> Sequence[str]: ...

    def titles(self, code: str) -> tuple[str, str]: ...

    def known(self, code: str) -> bool: ...


@dataclass(frozen=True)
class PeriodBearing:
    """What recording an event of some kind does to a period of law.

    Attributes:
        code: of the period, for example ``P-01``.
        does: ``starts``, ``meets``, ``cancels``, ``extends``, ``pauses``, ``resumes``.
        words: the same in the reader's language.
        link: where the period is explained.
        only: what the facts of the event must say for it, in the reader's language; empty when any do.
    """

    code: str
    title: Text
    article: str
    does: str
    words: Text
    link: str = ""
    only: Text = ""


@dataclass(frozen=True)
class Panel:
    """A part of the page of a case or lead: a template and the function that gives its context.

    Attributes:
        of: the machines of the matters on whose page it stands.
    """

    code: str
    title: Text
    template: str
    context: Callable[[Matter, User], dict[str, Any]]
    order: int = 100
    place: str = "aside"
    of: tuple[str, ...] = ("lead", "case", "administrative")


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits for one person.

    Attributes:
        group: ``todo``, ``approval``, ``mine``, ``notice``.
        due: the day it is due, None when it has none.
        waiting_since: when it came to wait.
        period: the period of law 6.1 this is the bare clock of.
        serves: the periods of law 6.1 that this act keeps; their bare clocks need not stand beside it.
    """

    group: str
    title: Text
    link: str
    kind: Text
    due: date | None = None
    matter_title: str = ""
    matter_key: str = ""
    matter_state: Text = ""
    person: str = ""
    waiting_since: datetime | None = None
    period: str = ""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a matter's timeline.

    Attributes:
        group: ``procedure``, ``document``, ``evidence``, ``contact``.
    """

    at: datetime
    day: date
    group: str
    title: Text
    text: Text = ""
    by: str = ""
    link: str = ""
    tone: str = ""
    number: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A row the search found, as the page and the API show it.

    Attributes:
        number: its key or number, for reading.
        gloss: the English of a title that is a term of law.
        text: what tells it from others of the same title.
        link: its page.
        address: its path in the API.
    """

    title: str
    link: str
    address: str
    number: str = ""
    gloss: Text = ""
    text: Text = ""
    state: Text = ""
    tone: str = "info"


@dataclass(frozen=True)
class OtherNumber:
    """A number under which others keep a case.

    Attributes:
        cases: given the spellings of a number, returns the keys of the cases that bear it.
        of_case: makes the question for the numbers of the case `OuterRef("pk")`: rows of one text, the oldest
            first; one number may stand in several.
    """

    cases: Callable[[Sequence[str]], QuerySet[Any, Any]]
    of_case: Callable[[], QuerySet[Any, Any]]


@dataclass(frozen=True)
class SearchSource:
    """What the global search finds in one room.

    Attributes:
        find: the rows that hold the words, already scoped to the actor, the newest first.
        show: how one of these rows is shown.
        lists: the page and the list of the API that show all of them, by name; empty where none does.
        parameter: what both lists call the words.
        numbered: the rows the actor sees that bear exactly one of the spellings of a number.
    """

    code: str
    title: Text
    find: Callable[[User, str], QuerySet[Any]]
    show: Callable[[Any], Found]
    lists: tuple[str, str] | None = None
    parameter: str = "q"
    numbered: Callable[[User, Sequence[str]], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the write-once store already."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Offer:
    """What a row of a room above brings to an event recorded from it, such as a paper that came in.

    Attributes:
        reference: what names the row, for example ``paper:12``; empty where nothing is offered.
        title: the row, for reading.
        link: its page.
        initial: what the form begins with, by field; the person may change it.
        instant: when it happened, where that is known to the minute.
        files: what proves the event and need not be uploaded again.
    """

    reference: str = ""
    title: str = ""
    link: str = ""
    initial: Mapping[str, Any] = field(default_factory=dict)
    instant: datetime | None = None
    files: Sequence[StoredFile] = ()


class FactSource(Protocol):
    """A room whose rows can be made events of a matter."""

    def offer(self, actor: User, matter: Matter, pk: int, kind: str) -> Offer | None:
        """Return what row `pk` brings to an event of `kind`; None where the matter has none for `actor`.

        Raises:
            Refusal: the actor sees the row, but nothing can be recorded from it any more.
        """

    def became(self, actor: User, pk: int, event: Event) -> None:
        """Note that the row became `event`, in the transaction of the act.

        Raises:
            Conflict: it became another one meanwhile.
        """


@dataclass(frozen=True)
class Movement:
    """Something by which a matter moves, as the list of idle ones asks for it.

    Attributes:
        title: what happened.
        rows: the rows that say so, with their `case` and, unless only cases have it, their `lead`.
        at: the field with the instant at which somebody did it.
        of: the machines of the matters it can move.
    """

    title: Text
    rows: Callable[[], QuerySet[Any]]
    at: str
    of: tuple[str, ...] = ("lead", "case")


@dataclass(frozen=True)
class Burden:
    """Something a room above counts for each person where matters are assigned.

    Attributes:
        title: what is counted, as the head of a column.
        count: how many, of what the first person may see, for each of the others by number; those without
            any may be left out. One statement for all of them.
        link: the address that lists what was counted for a person.
    """

    title: Text
    count: Callable[[User, Sequence[int]], Mapping[int, int]]
    link: Callable[[User], str]


@dataclass(frozen=True)
class FiledPiece:
    """One stored file of a case, as the index of its archive lists it.

    Attributes:
        place: what names it within its room, for example ``exhibit 3``.
        confidential: its title is shown only to who handles or decides the case.
    """

    place: str
    title: str
    day: date
    name: str
    size: int
    sha256: str
    confidential: bool = False


@dataclass(frozen=True)
class Volume:
    """One volume of the archived file: what a room has kept of a case, in order (Rules 106)."""

    code: str
    title_zh: str
    title_en: str
    pieces: Callable[[Case], list[FiledPiece]]
    order: int = 100

    @property
    def title(self) -> str:
        """Title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en


@dataclass(frozen=True)
class Reception:
    """How a case of one machine goes on in the office it was transferred to.

    Attributes:
        step: the step by which it is taken in: its number, its event, the state it begins in.
        carry: enters in the new case what its room keeps besides the events. Given the actor, the case as it
            was sent, the new one, and the copy of each event by the key of the event that was copied. None
            where there is nothing.
    """

    step: StepApart
    carry: Callable[[User, Case, Case, Mapping[int, Event]], None] | None = None


@dataclass(frozen=True)
class EntryColumn:
    """One column of the table from which running cases are entered.

    Attributes:
        code: for example ``T12.legal_day``; stable, so that a table of last year is read this year.
        kind: ``text``, ``day``, ``yes``, ``choice``, ``choices``, ``person``, ``people``, ``named`` (a row of
            the database), ``file`` or ``files``.
        choices: value and title of each choice.
    """

    code: str
    title_zh: str
    title_en: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()


class EntryRow(Protocol):
    """What a room reads of one row while it enters its part."""

    matter: Matter

    @property
    def actor(self) -> User: ...

    def text(self, code: str) -> str: ...

    def yes(self, code: str) -> bool: ...

    def day(self, code: str) -> date | None: ...

    def person(self, code: str) -> User | None: ...

    def upload(self, code: str) -> UploadedFile[Any] | None: ...

    def uploads(self, code: str) -> list[UploadedFile[Any]]: ...

    def says(self, code: str) -> bool: ...

    def refused(self, code: str, sentence: str) -> Invalid: ...

    def posted(
        self, prefix: str, fields: Mapping[str, forms.Field]
    ) -> MultiValueDict[str, str]: ...

    def cells_of(self, prefix: str) -> AbstractContextManager[None]: ...


@dataclass(frozen=True)
class EntryPart:
    """What a room enters of a running case beside the steps of its machine.

    Attributes:
        before: the step before which it is entered, so that its guards find it.
        after: or the step after which.
        enter: writes it, through the room's own service; nothing when the cells are empty.
    """

    columns: Callable[[], Sequence[EntryColumn]]
    enter: Callable[[EntryRow], None]
    before: str = ""
    after: str = ""
