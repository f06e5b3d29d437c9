"""Make the virtual environment, install the pinned requirements and go on inside it.

Standard library only, because nothing is installed yet. An unchanged requirements file is
recognised by its digest, so that a later start passes through here in some milliseconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = Path(os.environ.get("PROCURACY_VENV", ROOT / ".venv"))
MINIMUM_FREE_BYTES = 700 * 1024**2
# What needs the development requirements too.
TOOLS_OF_DEVELOPERS = ("test", "bench")
# How pip begins the line about one more package: from an index, from a folder, there already.
_ONE_MORE = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) (\S+)")


class CannotInstall(Exception):
    """The one sentence that says what stands in the way and what to do."""


def say(sentence: str) -> None:
    """Write `sentence` to the person who started the command."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def requirements_of(command: str) -> list[Path]:
    """Return the requirement files `command` needs, the one to install last."""
    names = ["requirements.txt"] + (
        ["requirements-dev.txt"] if command in TOOLS_OF_DEVELOPERS else []
    )
    return [ROOT / name for name in names]


def fingerprint(files: list[Path]) -> str:
    """Return a digest of the requirement files and of the Python they were installed for."""
    digest = hashlib.sha256(sys.version.encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Create the virtual environment.

    Raises:
        CannotInstall: this Python comes without the parts a virtual environment needs.
    """
    say(f"Making the virtual environment in {ENVIRONMENT} …")
    try:
        venv.EnvBuilder(with_pip=True).create(ENVIRONMENT)
    except (subprocess.CalledProcessError, ModuleNotFoundError) as error:
        raise CannotInstall(
            "This Python cannot make virtual environments: install that part of it "
            "(Debian: apt install python3-venv) and start again."
        ) from error


def install(files: list[Path]) -> None:
    """Install the last of `files` with pip, one line of progress a package.

    Raises:
        CannotInstall: pip could not install everything.
    """
    pins = [line for path in files for line in path.read_text().splitlines() if "==" in line]
    say(f"Installing {len(pins)} packages (once; about half a minute) …")
    options = ["--no-input", "--progress-bar=off", "--disable-pip-version-check", "--no-deps"]
    process = subprocess.Popen(
        [ENVIRONMENT / "bin/python", "-m", "pip", "install", *options, "-r", files[-1]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PIP_ROOT_USER_ACTION": "ignore"},
    )
    last, done = "no reason given", 0
    for line in process.stdout or ():
        if match := _ONE_MORE.match(line):
            done += 1
            say(f"  {done:3}/{len(pins)} {Path(match[1]).name}")
        elif "Installing collected" in line:
            say("  unpacking …")
        elif line.startswith("ERROR"):
            last = line.strip()
    if process.wait():
        raise CannotInstall(
            f"pip could not install the requirements ({last}): check the connection to the package "
            "index and the free disk space, then start again."
        )


def _cause(error: OSError) -> str:
    place = error.filename or ENVIRONMENT
    if isinstance(error, PermissionError):
        return (
            f"No permission to write {place}: give this user the folder, "
            "or set PROCURACY_VENV to a folder of its own."
        )
    return f"{place}: {error.strerror or error}; mend that and start again."


def require_free_space() -> None:
    """Raise CannotInstall when the disk cannot take the installation."""
    free = shutil.disk_usage(ENVIRONMENT).free
    if free < MINIMUM_FREE_BYTES:
        raise CannotInstall(
            f"Only {free // 1024**2} MB are free on the disk of {ENVIRONMENT}; the installation "
            f"needs {MINIMUM_FREE_BYTES // 1024**2} MB: free some space and start again."
        )


def prepare(command: str) -> None:
    """Bring the virtual environment up to date for `command`.

    Raises:
        CannotInstall: it could not be brought up to date.
    """
    files = requirements_of(command)
    stamp = ENVIRONMENT / "procuracy-requirements"
    wanted = fingerprint(files)
    if stamp.exists() and wanted in stamp.read_text().split():
        return
    ENVIRONMENT.mkdir(parents=True, exist_ok=True)
    # Two commands started together in a fresh clone must not install into each other.
    with (ENVIRONMENT / "procuracy-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and wanted in stamp.read_text().split():
            return
        require_free_space()
        if not (ENVIRONMENT / "bin/pip").exists():
            make_environment()
        install(files)
        stamp.write_text("\n".join(sorted({wanted, fingerprint(requirements_of("server"))})))


def main() -> int:
    """Prepare the environment and become the command inside it."""
    command, arguments = sys.argv[1], sys.argv[2:]
    try:
        prepare(command)
    except CannotInstall as error:
        say(str(error))
        return 1
    except OSError as error:
        say(_cause(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped; start again to go on.")
        return 130
    python = str(ENVIRONMENT / "bin/python")
    os.environ["PATH"] = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # The caller's folder is kept, because file arguments are relative to it.
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(  # noqa: S606 - becomes the command, with no process between
        python,
        [python, "-m", "procuracy.operations", command, *arguments],
    )


if __name__ == "__main__":
    sys.exit(main())
