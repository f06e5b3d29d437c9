"""D-10 to D-12: recusal, extension, directions of the superior office."""

from __future__ import annotations

from notices.catalogue.conduct.d10_recusal_decision import TYPE as D10
from notices.catalogue.conduct.d11_extension_of_review import TYPE as D11
from notices.catalogue.conduct.d12_directions import TYPE as D12
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D10,
    D11,
    D12,
)
