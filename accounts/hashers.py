"""How passwords are stored."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher


class ProcuracyArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the smaller OWASP profile: 19 MiB, two passes, one lane.

    Django's default takes 100 MiB and eight lanes for each login, so that a hundred logins at once
    take ten gigabytes (safety 0.9). Passwords are normalised (NFC): the same characters typed on
    two keyboards are one password.
    """

    time_cost = 2
    memory_cost = 19456  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return super().encode(unicodedata.normalize("NFC", password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(unicodedata.normalize("NFC", password), encoded)
