"""What a document for the public still says of people, in its contents and in its print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Refusal, UnmetRequirement
from notices.declaration import Addressee, Content
from notices.masking.filed import LAW, everything_in, left_in
from notices.masking.patterns import Found, bare, find
from notices.models import Document
from notices.whole_text import CONTENT


@dataclass(frozen=True)
class Exposed:
    """Something a content says of a person."""

    content: Content
    found: Found


def is_public(document: Document) -> bool:
    """Say whether a document is written here for everybody to read."""
    return document.type.addressee is Addressee.PUBLIC and not document.uploaded


def maskable(document: Document) -> Iterator[tuple[Content, str]]:
    """Return the contents that speak of others; those about the office itself are meant to be read."""
    values = document.values
    for content in (*document.type.contents, CONTENT):
        if not content.own and values.get(content.name):
            yield content, values[content.name]


def exposed(document: Document) -> list[Exposed]:
    """Return what a public document that is written here says of people by number."""
    if not is_public(document):
        return []
    return [Exposed(content, found) for content, text in maskable(document) for found in find(text)]


def unmasked(document: Document) -> list[UnmetRequirement]:
    """Return a line for each number of a person that keeps a public document from becoming final.

    Of a paper that was filed as a file, what its filing left to whoever publishes it.
    """
    if document.uploaded:
        return left_in(document)
    return [
        UnmetRequirement(
            code=f"masking:{item.content.name}",
            message=_("“%(content)s” names a person: %(kind)s %(masked)s.")
            % {
                "content": item.content.label,
                "kind": item.found.label,
                "masked": item.found.masked,
            },
            law=LAW,
            cure=_("Mask it before it is published."),
            link=reverse("document_masking", args=[document.pk]),
        )
        for item in exposed(document)
    ]


def require_clean_print(document: Document, content: bytes) -> None:
    """Refuse a public PDF whose text layer or properties name a person by number.

    Raises:
        Refusal: naming each, masked.
    """
    if not is_public(document):
        return
    own = "".join(document.values.get(item.name, "") for item in document.type.contents if item.own)
    left = [found for found in find(everything_in(content)) if found.text not in bare(own)]
    if left:
        raise Refusal(
            _("The print still names a person: %(found)s. Mask it before it is published.")
            % {"found": "; ".join(f"{item.label} {item.masked}" for item in left)},
            code="print_names_a_person",
            law=LAW,
        )
