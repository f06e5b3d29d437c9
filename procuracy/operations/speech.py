"""How the commands speak to the person who started them."""

from __future__ import annotations

import sys


def say(sentence: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """Write one line to standard error at once."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
