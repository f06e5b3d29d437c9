"""The document as JSON and back.

The stored form names the kind of every part (``"kind": "paragraph"``), so that a reader needs no
Python. Reading is strict: an unknown field or a wrong type is refused with its path.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from audit.errors import Invalid
from documents.model import Document, FormDocument, OfficialDocument
from documents.validation import validate

Json = dict[str, Any]


def to_json(document: Document) -> Json:
    """Return `document` as plain dictionaries, lists and texts."""
    encoded: Json = _encode(document)
    return encoded


def from_json(data: Any) -> Document:
    """Return the document that `to_json` wrote, validated.

    Raises:
        Invalid: naming each field that is missing, unknown, of a wrong type or against a rule.
    """
    document: Document = _decode(OfficialDocument | FormDocument, data, "document")
    validate(document)
    return document


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"kind": value.KIND} if hasattr(value, "KIND") else {}
        return kind | {f"{f.name}": _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _refuse(path: str, sentence: str) -> Invalid:
    message = _("The stored document cannot be read: %(path)s %(sentence)s") % {
        "path": path,
        "sentence": sentence,
    }
    return Invalid(message, errors={path: [sentence]}, code="document_unreadable")


def _decode(wanted: Any, data: Any, path: str) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(wanted), data, path)
    if origin is tuple:
        return _decode_tuple(get_args(wanted)[0], data, path)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _decode_object(wanted, data, path)
    return _decode_plain(wanted, data, path)


def _decode_union(options: tuple[Any, ...], data: Any, path: str) -> Any:
    if types.NoneType in options:
        if data is None:
            return None
        options = tuple(option for option in options if option is not types.NoneType)
    kinds = {option.KIND: option for option in options if hasattr(option, "KIND")}
    if not kinds:
        return _decode(options[0], data, path)
    kind = data.get("kind") if isinstance(data, Mapping) else None
    if not isinstance(kind, str) or kind not in kinds:
        raise _refuse(path, _("must be one of: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    return _decode(kinds[kind], data, path)


def _decode_tuple(item: Any, data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise _refuse(path, _("must be a list."))
    return tuple(_decode(item, value, f"{path}[{index}]") for index, value in enumerate(data))


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted)


def _decode_object(wanted: type, data: Any, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _refuse(path, _("must be an object."))
    known = {f.name: f for f in fields(wanted)}
    given = dict(data)
    if hasattr(wanted, "KIND"):
        given.pop("kind", None)
    if unknown := set(given) - set(known):
        raise _refuse(f"{path}.{min(unknown)}", _("is not a field of this part."))
    for name, one in known.items():
        if name not in given and one.default is MISSING:
            raise _refuse(f"{path}.{name}", _("is missing."))
    hints = _hints(wanted)
    return wanted(**{n: _decode(hints[n], v, f"{path}.{n}") for n, v in given.items()})


def _decode_plain(wanted: type, data: Any, path: str) -> Any:
    if issubclass(wanted, StrEnum | date):
        try:
            return wanted(data) if issubclass(wanted, StrEnum) else date.fromisoformat(data)
        except (TypeError, ValueError):
            raise _refuse(path, _("has a value that is not possible here.")) from None
    if type(data) is not wanted:
        raise _refuse(path, _("must be of type %(type)s.") % {"type": wanted.__name__})
    return data
