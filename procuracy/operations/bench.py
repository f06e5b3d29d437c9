"""`script/bench [NAME …]`: the benchmarks, each beside its floor in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from procuracy.embedded.home import ROOT


def run(arguments: Sequence[str]) -> int:
    """Run the benchmarks named, or all, and return their exit code."""
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments],
        cwd=ROOT,
        env=os.environ | {"PROCURACY_ENVIRONMENT": "test"},
        check=False,
    ).returncode
