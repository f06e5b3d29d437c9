"""`script/manage COMMAND …`: a manage.py command with the environment of this home's office."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from procuracy.embedded import services
from procuracy.embedded.home import ROOT, Home
from procuracy.embedded.services import Services

MANAGE = str(ROOT / "manage.py")


def manage(
    reached: Services, *command: str, capture: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one manage.py command as administrator and return how it ended."""
    return subprocess.run(
        [sys.executable, MANAGE, *command],
        env=reached.environment,
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    with services.reached(Home.open()) as reached:
        return manage(reached, *arguments).returncode
