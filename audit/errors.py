"""The refusals every room raises: a clear sentence, the rule behind it and the way out.

They live on the lowest floor so that every service can raise them. The browser turns them into a message
or a page, the API into problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.forms import BaseForm

Text = str | Promise
Form = TypeVar("Form", bound="BaseForm")


@dataclass(frozen=True)
class UnmetRequirement:
    """One condition that does not hold.

    Attributes:
        code: the requirement's code, for example ``seven_fact_groups``.
        message: what is missing, in the user's language.
        law: the article, for example ``Rules 86``; empty for a rule of the office.
        cure: who can cure it and how, in the user's language.
        link: where it is cured, a path of this application; may be empty.
    """

    code: str
    message: Text
    law: str = ""
    cure: Text = ""
    link: str = ""


class Refusal(Exception):
    """An act that is refused; nothing of it was done."""

    status = 409
    code = "refused"

    def __init__(
        self,
        message: Text,
        *,
        code: str = "",
        law: str = "",
        unmet: Sequence[UnmetRequirement] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.law = law
        self.unmet = list(unmet)


class Invalid(Refusal):
    """Facts that cannot be accepted; `errors` maps a field to its sentences."""

    status = 400
    code = "invalid"

    def __init__(
        self,
        message: Text,
        *,
        errors: Mapping[str, Sequence[Text]] | None = None,
        code: str = "",
        law: str = "",
    ) -> None:
        super().__init__(message, code=code, law=law)
        self.errors = {name: list(texts) for name, texts in (errors or {}).items()}


class NotPermitted(Refusal):
    """The person may see the object but may not do this to it."""

    status = 409
    code = "not_permitted"


class Conflict(Refusal):
    """The object moved meanwhile; `details` holds what is different now."""

    status = 409
    code = "conflict"

    def __init__(
        self,
        message: Text,
        *,
        code: str = "",
        law: str = "",
        unmet: Sequence[UnmetRequirement] = (),
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=code, law=law, unmet=unmet)
        self.details: dict[str, Any] = dict(details or {})


class NotVisible(Refusal):
    """The object does not exist for this person; answered as 404."""

    status = 404
    code = "not_found"


class TooLarge(Refusal):
    """More was announced than is ever accepted; nothing of it was read."""

    status = 413
    code = "request_too_large"


@dataclass
class Verdict:
    """What a requirement says of a matter.

    Attributes:
        met: whether the requirement holds.
        why: the finding, in the user's language.
        link: where it can be cured or seen, a path of this application.
        warning: met, but the user is told (law 14.3 "warn").
    """

    met: bool
    why: Text = ""
    link: str = ""
    warning: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def invalid_field(field: str, sentence: Text, law: str = "") -> Invalid:
    """Return the refusal of one field, whose sentence is all there is to say."""
    return Invalid(sentence, errors={field: [sentence]}, law=law)


def sentences_of(form: BaseForm) -> dict[str, list[str]]:
    """Return what is wrong with a form, by field, in the user's language; empty where nothing is."""
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def valid(form: Form, sentence: Text = "") -> Form:
    """Return `form` when it is valid.

    Args:
        sentence: what cannot be done with it as it is; a general one when left out.

    Raises:
        Invalid: with the sentences of every field.
    """
    if not form.is_valid():
        general = _("Some entries are missing or not right. Correct them.")
        raise Invalid(sentence or general, errors=sentences_of(form))
    return form


def stated_reason(reason: str, sentence: Text, *, field: str = "reason", law: str = "") -> str:
    """Return the reason somebody gave, without blanks around it.

    Args:
        sentence: what is to be said, when nothing is.
        field: under which name it was asked.

    Raises:
        Invalid: there is none.
    """
    text = reason.strip()
    if not text:
        raise Invalid(sentence, errors={field: [_("The reason is missing.")]}, law=law)
    return text
