"""`script/messages`: gather, complete and compile the translations; with `--check` judge them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from procuracy.embedded.home import ROOT
from procuracy.operations.manage import MANAGE


def run(arguments: Sequence[str]) -> int:
    """Run `makemessages` of the house and return its exit code; it needs no server."""
    return subprocess.run(
        [sys.executable, MANAGE, "makemessages", *arguments],
        cwd=ROOT,
        env=os.environ | {"PROCURACY_ENVIRONMENT": "test"},
        check=False,
    ).returncode
