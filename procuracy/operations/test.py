"""`script/test [pytest arguments]`: the checks and the tests on servers of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from procuracy.embedded import services
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import ROOT, Home
from procuracy.operations.speech import complain, say

# The first is the same browser without its window, which nobody sees here: a third less work.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
)
MANAGE = (sys.executable, "manage.py")
CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("mypy", "."),
    "ruff": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "floors": ("lint-imports",),
    "templates": ("djlint", "templates", "--lint", "--quiet"),
    "migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
    "settings": (*MANAGE, "check"),
    "deployment": (
        "env",
        "PROCURACY_ENVIRONMENT=production",
        *(*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
    ),
    "generated pages": (*MANAGE, "generate_docs", "--check"),
}
PYTEST = (sys.executable, "-m", "pytest")
# Three, for two processors: some tests wait.
PARALLEL = ("-n", "3")
# Files here are in memory (Linux). A test that commits works in a database of its own, 700 files; on a
# disk their making and removal takes longer than the test.
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder in it
MEMORY_NEEDED_BYTES = 4 * 1024**3
# What would make a test depend on the person's own shell.
IGNORED_VARIABLES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_APPLICATION_ROLE",
    "REDIS_URL",
    "SECRET_KEY",
    "AUDIT_KEY",
    "EVIDENCE_STORAGE",
    "EMAIL_URL",
)


def browser_found() -> bool:
    """Tell whether a Chromium is installed."""
    return any(shutil.which(name) for name in BROWSERS)


def memory_for_files() -> Path | None:
    """Return the folder in memory when the tests' files and programs may lie there, or None."""
    if os.environ.get("TMPDIR") or not MEMORY.is_dir():
        return None
    state = os.statvfs(MEMORY)
    free = min(state.f_bavail * state.f_frsize, _available_bytes())
    if state.f_flag & os.ST_NOEXEC or free < MEMORY_NEEDED_BYTES:
        return None
    return MEMORY


def _available_bytes() -> int:
    """Return how much memory a program may take, what only keeps files at hand included (Linux)."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return int(told["MemAvailable"].split()[0]) * 1024


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a folder for everything the tests write, which every user can pass; remove it after."""
    folder = Path(tempfile.mkdtemp(prefix="procuracy-", dir=memory_for_files()))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(name: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def failed_checks(environment: dict[str, str]) -> list[str]:
    """Run every check, two at a time, and return those that failed; their output has been shown."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda name: _checked(name, environment), CHECKS)
        for name, result in zip(CHECKS, results, strict=True):
            say(f"{name}: {'failed' if result.returncode else 'ok'}")
            if result.returncode:
                say(result.stdout)
                failed.append(name)
    return failed


def run_tests(environment: dict[str, str], arguments: Sequence[str]) -> int:
    """Run pytest with `arguments` and return its exit code."""
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=environment, check=False).returncode


def everything(environment: dict[str, str]) -> int:
    """Run all checks and all tests; the last line is pytest's, or says what was not run."""
    if environment.get("REQUIRE_BROWSER") == "1" and not browser_found():
        raise CannotRun(
            "REQUIRE_BROWSER is 1 without a Chromium: install it (Debian: apt install chromium)."
        )
    failed = failed_checks(environment)
    code = run_tests(environment, PARALLEL)
    if failed:
        complain(f"Failed before the tests: {', '.join(failed)}.")
    return code or bool(failed)


def run(arguments: Sequence[str]) -> int:
    """Run everything, or pytest alone with `arguments`, in a home that is removed afterwards."""
    for name in IGNORED_VARIABLES:
        os.environ.pop(name, None)
    os.environ["PROCURACY_ENVIRONMENT"] = "test"
    with (
        temporary_folder() as folder,
        services.started(Home.open(folder / "home"), testing=True) as running,
    ):
        files = folder / "tmp"
        files.mkdir()
        files.chmod(0o1777)
        environment = running.environment | {"PYTHONWARNINGS": "ignore", "TMPDIR": str(files)}
        return run_tests(environment, arguments) if arguments else everything(environment)
