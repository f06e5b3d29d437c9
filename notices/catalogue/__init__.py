"""The document types of law 7.2, one file a type, one package a group; complete and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.errors import Invalid
from documents.model import Document
from notices.bodies.frame import Frame, Values
from notices.catalogue import (
    administrative,
    against_authority,
    announcement,
    conduct,
    court,
    investigation,
    leads,
    records,
    supervision,
)
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    NumberCode,
    Numbering,
)

if TYPE_CHECKING:
    from cases.models import Case, Lead

GROUPS = (
    leads,
    conduct,
    investigation,
    announcement,
    court,
    supervision,
    administrative,
    records,
)
TYPES: dict[str, DocumentType] = {item.code: item for group in GROUPS for item in group.TYPES}
# What a type says in a case against an authority, where its civil form would say something else.
AGAINST_AUTHORITY: dict[str, DocumentType] = {item.code: item for item in against_authority.TYPES}

__all__ = [
    "AGAINST_AUTHORITY",
    "TYPES",
    "Addressee",
    "Approval",
    "Content",
    "Delivery",
    "DocumentType",
    "Kind",
    "Layout",
    "NumberCode",
    "Numbering",
    "compose",
    "document_type",
    "in_matter",
    "type_of",
]


def document_type(code: str) -> DocumentType:
    """Return the type with that code.

    Raises:
        Invalid: law 7.2 knows no such code.
    """
    found = TYPES.get(code)
    if found is None:
        raise Invalid(
            _("There is no document type %(code)s. Choose one of the list.") % {"code": code[:20]},
            errors={"code": [_("There is no such document type.")]},
            code="unknown_document_type",
        )
    return found


def in_matter(kind: DocumentType, matter: Lead | Case) -> DocumentType:
    """Return the form a type has in a lead, a civil case or a case against an authority."""
    own = AGAINST_AUTHORITY.get(kind.code) if matter.machine == "administrative" else None
    return own or kind


def type_of(code: str, template: str) -> DocumentType:
    """Return the type of a document by the version of its body, which tells the two forms apart."""
    own = AGAINST_AUTHORITY.get(code)
    return own if own and template.startswith(against_authority.VERSION) else TYPES[code]


def compose(kind: DocumentType, frame: Frame, values: Values) -> Document:
    """Return the document of type `kind` with these contents; unfinished ones are drawn as they are.

    Raises:
        LookupError: the type is not composed here.
    """
    if kind.body is None:
        raise LookupError(kind.code)
    return kind.body(kind, frame, values)
