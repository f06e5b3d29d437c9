"""What the viewsets of every room share: who acts, what the request says, what is answered."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Model
from rest_framework import renderers, status, viewsets
from rest_framework.response import Response

from accounts.models import User

NUMBER = r"\d{1,18}"


class FileRenderer(renderers.BaseRenderer):
    """Lets a program ask for the bytes of a file with any `Accept`."""

    media_type = "*/*"
    format = "file"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        """Return a refusal as JSON; files themselves are streamed, not rendered."""
        return renderers.JSONRenderer().render(data)


class ActorViewSet(viewsets.GenericViewSet[Any]):
    """A viewset whose reads are scoped to the actor and whose writes call services."""

    lookup_value_regex = NUMBER
    filter_backends: tuple[Any, ...] = ()

    @property
    def actor(self) -> User:
        """The person of the session or token; never anybody named by the request."""
        return cast(User, self.request.user)

    def entries(self, serializer_class: type[Any], *, partial: bool = False) -> dict[str, Any]:
        """Return the valid entries of the request; names the serializer does not know are ignored."""
        serializer = serializer_class(
            data=self.request.data, partial=partial, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return cast(dict[str, Any], serializer.validated_data)

    def shown(self, instance: Model, code: int = status.HTTP_200_OK) -> Response:
        """Return `instance` as reading it shows it."""
        return Response(self.get_serializer(instance).data, status=code)
