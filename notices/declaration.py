"""How a document type of law 7.2 is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.language import is_chinese
from notices.stages import stage_label

if TYPE_CHECKING:
    from documents.model import Document
    from notices.bodies.frame import Frame, Values

    # Makes the structured document of a type from its contents; unfinished ones are drawn as they are.
    Builder = Callable[["DocumentType", Frame, Values], Document]


class Layout(StrEnum):
    """How the application makes a document; FILED: it is made elsewhere and filed as an upload."""

    OFFICIAL = "official"
    FORM = "form"
    FILED = "filed"


class Approval(models.TextChoices):
    """Who approves and signs (law 7.2, "Approval / signature"; law 2.2)."""

    NONE = "none", _("Nobody")
    INTAKE = "intake", _("Intake staff")
    HANDLER = "handler", _("Handling prosecutor")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    CHIEF = "chief", _("Chief procurator or who is authorised (Rules 5)")
    CHIEF_OR_COMMITTEE = "chief_or_committee", _("Chief procurator or procuratorial committee")
    COMMITTEE = "committee", _("Procuratorial committee")
    SUPERIOR = "superior", _("Superior office")
    OUTSIDE = "outside", _("Somebody outside the office")


# Documents signed in the name of the office (Rules 5; norm C119).
SIGNED_BY_CHIEF = (Approval.CHIEF, Approval.CHIEF_OR_COMMITTEE, Approval.COMMITTEE)


class Addressee(models.TextChoices):
    """To whom a document goes (law 7.2, "From → to")."""

    FILE = "file", _("The file")
    DECIDERS = "deciders", _("Those who decide in the office")
    OFFICE = "office", _("Another procuratorate")
    SUPERIOR = "superior", _("The next-higher procuratorate")
    COURT = "court", _("Court")
    AUTHORITY = "authority", _("Administrative body")
    UNIT = "unit", _("Unit, institution or expert")
    PERSON = "person", _("Party or other person concerned")
    PUBLIC = "public", _("The public")


class Delivery(models.TextChoices):
    """How it is delivered (law 7.2, 7.3)."""

    NONE = "none", _("Not delivered")
    FILE = "file", _("Stays in the file")
    SERVICE = "service", _("Direct or leave-in service")
    EXPRESS = "express", _("Procuratorial express mail")
    SYSTEM = "system", _("Internal system")
    COURT = "court", _("Submitted to the court with receipt")
    MEDIA = "media", _("Published in a medium")


class Numbering(models.TextChoices):
    """Whether a document bears a number of the office (law 7.1)."""

    WORD = "word", _("Number of the office")
    INTERNAL = "internal", _("Internal number")
    NONE = "none", _("No number")


class Kind(StrEnum):
    """How a content is typed in."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


# The choice that says which of two papers of one code this is.
WHICH = "which"


@dataclass(frozen=True)
class NumberCode:
    """Track and type of a 字号, for example 民公 and 立 (law 7.1); none was compared with a sample.

    Attributes:
        chosen_by: words of the content `which` that take this code instead of the first one.
    """

    track: str
    type: str
    unverified: bool = True
    chosen_by: str = ""

    @property
    def word(self) -> str:
        """The 字号, for example 民公立."""
        return f"{self.track}{self.type}"


@dataclass(frozen=True)
class Content:
    """One thing a document must or may say.

    Attributes:
        article: where it is required; empty when the office wants it.
        set_at_issue: replaced by the day of signature when the document is issued, and therefore no
            part of what an approval covers.
        fixed: follows from law or record and is never typed in.
        own: says something of the office itself, so that nothing in it is masked before publication.
        options: of a choice, what can be chosen, in the words of the document; the first is usual.
        sourced: each of its paragraphs is a sentence of fact that says what it rests on.
    """

    name: str
    label_zh: str
    label_en: str
    article: str = ""
    required: bool = True
    kind: Kind = Kind.TEXT
    set_at_issue: bool = False
    fixed: bool = False
    own: bool = False
    options: tuple[str, ...] = ()
    sourced: bool = False

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.label_zh if is_chinese() else self.label_en


@dataclass(frozen=True)
class DocumentType:
    """One document of law 7.2.

    Attributes:
        code: for example ``D-06``.
        stage: the states of law 3.1 in which it is made, for example ``P4``.
        administrative_stage: the states of law 3.9 in which it is made in a case against an authority, where
            law 7.2 names it with the civil case alone.
        machines: the cases it is made in, by the machine that moves them.
        article: the articles it rests on.
        contents: what it must say, each with its article.
        codes: track and type of its number, the civil one first; empty where law 7.2 gives none.
        on: ``lead``, ``case`` or both: what it can belong to.
        layout: FILED for everything that is not composed here.
        body: makes the structured document from the contents; None for what is not composed here.
        template: version of the body, kept with every document (norm C146).
        practice: the type is known from practice, not from a text.
        needs_sources: it is not issued while a sentence of fact rests on nothing that stands.
        repeats: several may stand beside each other, as notices to several holders or receipts of service do.
        after: periods that should be over before it goes out; while one runs, a caution says so.
    """

    code: str
    title_zh: str
    title_en: str
    stage: str
    article: str
    approval: Approval
    addressee: Addressee
    delivery: Delivery
    contents: tuple[Content, ...] = ()
    numbering: Numbering = Numbering.NONE
    codes: tuple[NumberCode, ...] = ()
    on: tuple[str, ...] = ("lead", "case")
    administrative_stage: str = ""
    machines: tuple[str, ...] = ("case", "administrative")
    layout: Layout = Layout.FILED
    body: Builder | None = None
    template: str = ""
    practice: bool = False
    needs_sources: bool = False
    repeats: bool = False
    after: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def stage_label(self) -> str:
        """The stage as a reader reads it: the states by their codes and names."""
        return stage_label(self.stage)

    def stage_in(self, machine: str) -> str:
        """Return the states in which it is made in a matter of that machine."""
        own = self.administrative_stage if machine == "administrative" else ""
        return own or self.stage

    def made_for(self, machine: str) -> bool:
        """Say whether it can belong to a lead, a civil case or a case against an authority."""
        if machine == "lead":
            return "lead" in self.on
        return "case" in self.on and machine in self.machines

    @property
    def composed(self) -> bool:
        """Whether the application makes it."""
        return self.body is not None

    @property
    def signed_by_chief(self) -> bool:
        """Whether it is signed in the name of the office (Rules 5)."""
        return self.approval in SIGNED_BY_CHIEF

    @property
    def issued(self) -> bool:
        """Whether it goes out in the name of the office under a signature; else it is made final."""
        inside = self.addressee in (Addressee.FILE, Addressee.DECIDERS)
        return self.signed_by_chief and (self.numbering is Numbering.WORD or not inside)

    @property
    def day_content(self) -> Content | None:
        """The content that holds the day of the document."""
        return next((item for item in self.contents if item.kind is Kind.DAY), None)

    def code_for(self, values: Mapping[str, str]) -> NumberCode | None:
        """Return the code of the number of a document with these contents."""
        said = values.get(WHICH, "")
        chosen = (code for code in self.codes if code.chosen_by and code.chosen_by in said)
        return next(chosen, self.codes[0] if self.codes else None)

    def content(self, name: str) -> Content | None:
        """Return the content of that name."""
        return next((item for item in self.contents if item.name == name), None)
