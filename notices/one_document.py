"""What the acts of programs on one document share: only a document the reader may see is found."""

from __future__ import annotations

from accounts.viewsets import ActorViewSet
from notices import selectors
from notices.models import Document


class OneDocument(ActorViewSet):
    """A viewset whose object is a document of the matters the reader may see."""

    def get_object(self) -> Document:
        return selectors.get_document(self.actor, int(self.kwargs["pk"]))
