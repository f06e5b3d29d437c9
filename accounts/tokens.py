"""How a program shows who acts: with a token, and with it come the rights of the day."""

from __future__ import annotations

from binascii import Error as NotHexadecimal
from hmac import compare_digest

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import User
from accounts.selectors import active_user
from audit import clock
from audit.prepared import prepared


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """Knox's check in two small questions; what has expired is removed when a token is made."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """Return the person and his token.

        Raises:
            AuthenticationFailed: there is no such token, it has expired, or its account is not active.
        """
        text = token.decode("utf-8", errors="replace")
        found = _of_text(text)
        if found is None or (found.expiry and found.expiry <= clock.now()):
            raise AuthenticationFailed(_("Invalid token."))
        user = active_user(found.user_id)
        if user is None:
            raise AuthenticationFailed(_("User inactive or deleted."))
        return user, found


def _of_text(text: str) -> AuthToken | None:
    try:
        digest = hash_token(text)
    except (TypeError, NotHexadecimal):
        return None
    alike = _beginning_with(text[: CONSTANTS.TOKEN_KEY_LENGTH])
    return next((token for token in alike if compare_digest(digest, token.digest)), None)


@prepared(str)
def _beginning_with(token_key: str) -> QuerySet[AuthToken]:
    found: QuerySet[AuthToken] = AuthToken.objects.filter(token_key=token_key)
    return found


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """Describes our check of a token in the description of the API as Knox's."""

    target_class = "accounts.tokens.TokenAuthentication"
