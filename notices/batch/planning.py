"""What a batch is asked to make: a type, its cases or addressees, and the texts typed once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.errors import Invalid, invalid_field
from cases.models import Case
from notices.catalogue import TYPES, Content, DocumentType, document_type
from notices.models import BatchItem
from notices.services.drafting import clean_values

MOST_ITEMS = 1000
LONGEST_ADDRESSEE = 200
# What a content is called that names to whom a document goes.
ADDRESSEES = ("addressee", "holder")


@dataclass(frozen=True)
class Target:
    """One document to be made; `addressee` is empty where the record names it."""

    case: Case
    addressee: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be made, checked as far as it does not depend on the single case.

    Attributes:
        texts: typed once for all, by name of content; none is empty.
        make_final: make final what lacks nothing.
    """

    kind: DocumentType
    targets: tuple[Target, ...]
    texts: Mapping[str, str]
    make_final: bool = False


def kinds() -> list[DocumentType]:
    """Return the types a batch drafts: those that are made here for a case."""
    return [kind for kind in TYPES.values() if kind.composed and "case" in kind.on]


def addressee_of(kind: DocumentType) -> Content | None:
    """Return the content that names the addressee; None where the type has none to type in."""
    found = (content for name in ADDRESSEES if (content := kind.content(name)))
    return next((content for content in found if not content.fixed), None)


def typed_for(kind: DocumentType, texts: Mapping[str, str], addressee: str) -> dict[str, str]:
    """Return what was typed for one document: the texts for all, and its addressee."""
    content = addressee_of(kind)
    named = {content.name: addressee} if content and addressee else {}
    return {**texts, **named}


def plan_of(
    *,
    code: str,
    cases: Sequence[Case],
    addressees: Iterable[str] = (),
    texts: Mapping[str, str] | None = None,
    make_final: bool = False,
) -> Plan:
    """Return the plan of a batch.

    Args:
        cases: many; or one, where `addressees` names to whom its documents go.

    Raises:
        Invalid: the type is not made here for a case, nothing or too much is chosen, an addressee cannot
            be one, a text cannot be accepted, or what is issued under a signature is to be made final.
    """
    kind = _kind(code)
    named = _named(kind, cases, addressees)
    targets = [Target(case, name) for case in cases for name in named or ("",)]
    unique = tuple({(item.case.pk, item.addressee): item for item in targets}.values())
    if not unique:
        raise invalid_field("cases", _("Choose at least one case."))
    if len(unique) > MOST_ITEMS:
        too_many = _("A batch makes %(most)d documents at most. Make several batches.")
        raise invalid_field("cases", too_many % {"most": MOST_ITEMS})
    if make_final and kind.issued:
        raise invalid_field(
            "make_final",
            _("“%(title)s” is issued under a signature: a batch drafts it and makes it not final.")
            % {"title": kind.title},
        )
    return Plan(kind, unique, _texts(kind, texts or {}, named), make_final)


def _kind(code: str) -> DocumentType:
    kind = document_type(code)
    if kind not in kinds():
        raise invalid_field(
            "code", _("“%(title)s” is not made here for a case.") % {"title": kind.title}
        )
    return kind


def _named(kind: DocumentType, cases: Sequence[Case], addressees: Iterable[str]) -> list[str]:
    """Return the addressees, each once."""
    named = list(dict.fromkeys(" ".join(name.split()) for name in addressees))
    named = [name for name in named if name]
    if not named:
        return []
    if addressee_of(kind) is None:
        raise invalid_field(
            "addressees", _("“%(title)s” names no addressee.") % {"title": kind.title}
        )
    if len(cases) != 1:
        raise invalid_field("addressees", _("Addressees are named for one case alone."))
    if long := next((name for name in named if len(name) > LONGEST_ADDRESSEE), ""):
        raise invalid_field(
            "addressees",
            _("“%(name)s…” has more than %(most)d characters.")
            % {"name": long[:20], "most": LONGEST_ADDRESSEE},
        )
    return named


def _texts(kind: DocumentType, texts: Mapping[str, str], named: Sequence[str]) -> dict[str, str]:
    cleaned = {name: text for name, text in clean_values(kind, texts).items() if text}
    content = addressee_of(kind)
    if content is not None and named and content.name in cleaned:
        sentence = _("The addressees are named one by one already.")
        raise Invalid(sentence, errors={content.name: [sentence]})
    return cleaned


def items_of_plan(plan: Plan) -> list[BatchItem]:
    """Return the items of a plan, not saved and without their batch."""
    return [
        BatchItem(position=position, case=target.case, addressee=target.addressee)
        for position, target in enumerate(plan.targets, start=1)
    ]
