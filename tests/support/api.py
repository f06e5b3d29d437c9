"""A program that talks to the API in the name of one person."""

from __future__ import annotations

from knox.models import AuthToken
from rest_framework.test import APIClient

API = "/api/v1"


class Program(APIClient):
    """Sends JSON unless told otherwise; addresses are relative to the API."""

    def ask(self, path: str, **parameters):
        """GET; returns the decoded answer and expects success."""
        response = self.get(f"{API}/{path}", parameters)
        assert response.status_code == 200, response.content
        return response.json()

    def send(self, path: str, body=None, *, method: str = "post", format: str = "json"):
        """POST (or another method); returns the response."""
        return getattr(self, method)(f"{API}/{path}", body, format=format)


def program_of(person) -> Program:
    """Return a program that speaks for `person`, in English."""
    person.language = "en"
    person.save(update_fields=["language"])
    program = Program(headers={"accept-language": "en"})
    program.force_authenticate(person)
    return program


def program_with_token(person) -> Program:
    """Return a program that shows a token of `person` with each request, as programs outside do."""
    _stored, text = AuthToken.objects.create(user=person)
    return Program(headers={"accept-language": "en", "authorization": f"Token {text}"})
