"""The document types of law 7.2, one module a group; the catalogue is complete and closed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from audit.errors import Invalid
from notices.catalogue import (
    administrative,
    announcement,
    conduct,
    court,
    investigation,
    leads,
    records,
    supervision,
)
from notices.catalogue.declaration import (
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

__all__ = [
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
    "document_type",
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
