"""What the documents floor refuses, each as one clear sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.errors import Invalid


@dataclass(frozen=True)
class BadCharacter:
    """One character that cannot be printed, and where it stands.

    Attributes:
        path: the field, for example ``blocks[2].text`` (counted from 0).
        code_point: for example ``U+1F4A9``.
        sentence: what is wrong with it, in the user's language.
    """

    path: str
    code_point: str
    sentence: str


class MissingGlyphs(Invalid):
    """A document holds characters that this server cannot print or that no document may hold."""

    code = "missing_glyphs"

    def __init__(self, characters: Sequence[BadCharacter]) -> None:
        errors: dict[str, list[str]] = {}
        for character in characters:
            errors.setdefault(character.path, []).append(character.sentence)
        super().__init__(
            _("The document cannot be printed: %(sentence)s")
            % {"sentence": characters[0].sentence},
            errors=errors,
        )
        self.characters = tuple(characters)


class RenderingFailed(Invalid):
    """The layout engine refused the document; nothing was made."""

    code = "rendering_failed"
