"""What is typed to name a body, and how a credit code is checked."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as WrongNumber

from administrative.bodies import selectors
from administrative.models import Body

_WITH_REGION = re.compile(r"(?P<name>.+?)\s*[（(](?P<region>\d{6})[）)]")
_LONGEST_NUMBER = 18


class BodyField(forms.CharField):
    """A body of the directory by its name; where the name is there twice, with its region: 教育局（330106）.

    A program may send the number of the entry. An entry that was merged stands for the one that goes on.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 220)
        kwargs.setdefault("help_text", _("Its name as it stands in the directory."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        body = value if isinstance(value, Body) else _numbered(value)
        return body.survivor.label if body else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Body) or value in self.empty_values:
            return value or None
        text = str(value).strip()
        body = _numbered(text)
        if body is not None:
            return body.survivor
        return self._called(text) if text else None

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Leave a body as it is; only what was typed has a length."""

    def _called(self, text: str) -> Body:
        named = _WITH_REGION.fullmatch(text)
        found = selectors.called(text) or (
            selectors.called(named["name"], named["region"]) if named else []
        )
        if len(found) == 1:
            return found[0]
        if found:
            sentence = _(
                "Several bodies are called so. Add the code of the region, as in 教育局（330106）."
            )
            raise ValidationError(sentence, code="ambiguous")
        sentence = _(
            "The directory has no body of this name. Look it up in the list, or enter it first."
        )
        raise ValidationError(sentence, code="unknown")


def _numbered(value: Any) -> Body | None:
    """Return the entry of a number; None for what is none."""
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        return None
    return Body.objects.select_related("merged_into").filter(pk=int(text)).first()


def checked_credit_code(code: str) -> str:
    """Return a unified social credit code without blanks; empty where none is stated.

    Raises:
        ValidationError: its length, a character or its check character is wrong.
    """
    if not code:
        return ""
    try:
        return str(uscc.validate(code))
    except WrongNumber as problem:
        sentence = _(
            "This is no unified social credit code: a character is wrong or missing. Compare it with the "
            "certificate of the body."
        )
        raise ValidationError(sentence, code="wrong_code") from problem
