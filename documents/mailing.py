"""Envelopes and labels: what is printed on the outside of a letter, in the sizes the post and offices use.

An envelope is 220 by 110 mm, the size ZL as GB/T 1416 is said to have it (not verified); the boxes for the
postcodes stay empty for the pen. Labels are 99 by 38 mm, fourteen on a sheet of A4 (a trade size). What is
long is set smaller, never cut into the next label. These are no documents of record: they are not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from documents import glyphs
from documents.typst_renderer import render_layout


@dataclass(frozen=True)
class Mail:
    """One letter as its outside names it.

    Attributes:
        reference: which document of which matter lies in it.
        mark: what kind of mail it is, for example 检察专递; may be empty.
    """

    recipient: str
    address: str
    reference: str
    sender: str
    telephone: str = ""
    sender_address: str = ""
    sender_telephone: str = ""
    mark: str = ""


def render_envelopes(mails: Sequence[Mail]) -> bytes:
    """Return a PDF with one envelope a page.

    Raises:
        MissingGlyphs: a character cannot be printed here.
        RenderingFailed: Typst refused.
    """
    return _render("envelope", mails)


def render_labels(mails: Sequence[Mail]) -> bytes:
    """Return a PDF with the labels on sheets of A4; otherwise like `render_envelopes`."""
    return _render("labels", mails)


def _render(layout: str, mails: Sequence[Mail]) -> bytes:
    glyphs.check(tuple(mails))
    return render_layout(layout, {"mails": [asdict(mail) for mail in mails]})
