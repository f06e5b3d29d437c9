"""How a program shows who acts: with a token, and with it come the rights of the day."""

from __future__ import annotations

from binascii import Error as NotHexadecimal
from datetime import date, datetime
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
from accounts.selectors import give_rights, midnight_after, rights_between
from audit import clock
from audit.prepared import prepared


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """Knox's check in one question; what has expired is removed when a token is made."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """Return the person and his token.

        Raises:
            AuthenticationFailed: there is no such token, it has expired, or its account is not active.
        """
        text = token.decode("utf-8", errors="replace")
        found = _of_text(text)
        if found is None or (found.expiry and found.expiry <= clock.now()):
            raise AuthenticationFailed(_("Invalid token."))
        user: User = found.user
        if not user.is_active:
            raise AuthenticationFailed(_("User inactive or deleted."))
        give_rights(user, found)
        return user, found


def _of_text(text: str) -> AuthToken | None:
    try:
        digest = hash_token(text)
    except (TypeError, NotHexadecimal):
        return None
    today = clock.today()
    alike = _beginning_with(text[: CONSTANTS.TOKEN_KEY_LENGTH], today, midnight_after(today))
    return next((token for token in alike if compare_digest(digest, token.digest)), None)


@prepared(str, date, datetime)
def _beginning_with(token_key: str, day: date, midnight: datetime) -> QuerySet[AuthToken]:
    rows = AuthToken.objects.select_related("user__office", "user__department")
    found: QuerySet[AuthToken] = rows.filter(token_key=token_key).annotate(
        **rights_between("user", day, midnight)
    )
    return found


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """Describes our check of a token in the description of the API as Knox's."""

    target_class = "accounts.tokens.TokenAuthentication"
