"""`script/server`: the office on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from procuracy.embedded import services
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home, is_root
from procuracy.embedded.services import Services
from procuracy.operations.manage import manage
from procuracy.operations.speech import complain, say
from procuracy.operations.supervisor import Supervisor, read_procfile

READY_SECONDS = 60
CELERY_AT_HOME = {
    # Celery's long warning to root; the greeting says it in one line.
    "PYTHONWARNINGS": "ignore:You're running the worker",
}
DEMONSTRATION_LOADED = "demonstration-loaded"


def port_number() -> int:
    """Return the port of `PORT`, 8000 when unset.

    Raises:
        CannotRun: it is no port number.
    """
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotRun(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def bind_address() -> str:
    return os.environ.get("BIND_ADDRESS", "127.0.0.1")


def require_free_port(port: int) -> None:
    """Raise CannotRun when the web server could not listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind_address(), port))
        except PermissionError as error:
            raise CannotRun(
                f"This user may not open port {port}: set PORT to a number above 1023."
            ) from error
        except OSError as error:
            raise CannotRun(
                f"Port {port} of {bind_address()} cannot be used ({error.strerror}): "
                f"set PORT to another number, for example PORT={port % 65000 + 1} script/server."
            ) from error


def demonstration_password(running: Services) -> str:
    """Return the password to give the demonstration logins: asked for, or made at the first start.

    Empty when the logins exist already and nobody asked for another password.
    """
    if password := running.environment.get("DEMO_PASSWORD"):
        return password
    if (running.home.path / "run" / DEMONSTRATION_LOADED).exists():
        return ""
    return secrets.token_urlsafe(12)


def prepare(running: Services) -> str:
    """Migrate, set the grants, collect the static files, load the demonstration; return the logins.

    Raises:
        CannotRun: one of these failed; its own message was shown.
    """
    password = ""
    if running.environment["PROCURACY_ENVIRONMENT"] == "demonstration":
        password = demonstration_password(running)
        running.environment["DEMO_PASSWORD"] = password
    result = manage(running, "prepare", capture=True)
    running.environment.pop("DEMO_PASSWORD", None)
    if result.returncode:
        raise CannotRun(
            "The database could not be prepared; the message above says why. Nothing was started."
        )
    if password:
        (running.home.path / "run" / DEMONSTRATION_LOADED).touch()
        return f"{result.stdout.rstrip()}\n  Password of all demonstration logins: {password}"
    return result.stdout.rstrip()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        # A host name that is not served here still shows that the web server is up.
        return error.code == 400
    except OSError:
        return False


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Return when the web server is ready.

    Raises:
        CannotRun: a process ended, or it is not ready in time.
    """
    host = "127.0.0.1" if bind_address() == "0.0.0.0" else bind_address()  # noqa: S104 - compared
    limit = time.monotonic() + READY_SECONDS
    while not _answers(f"http://{host}:{port}/readyz"):
        if clause := supervisor.ended():
            raise CannotRun(f"{clause} while starting; its lines above say why.")
        if time.monotonic() > limit:
            raise CannotRun(
                f"Not ready after {READY_SECONDS} seconds: see /readyz and the lines above."
            )
        time.sleep(0.1)


def _greet(running: Services, logins: str) -> None:
    address = running.environment["BASE_URL"]
    running.home.write_state(address=address)
    paragraphs = [
        logins,
        f"Procuracy runs at {address} (Ctrl-C ends it).\nIts data lie in {running.home.path}.",
        "Web, worker and beat run as root: for real data let an ordinary user start them."
        if is_root()
        else "",
    ]
    say("\n" + "\n\n".join(filter(None, paragraphs)) + "\n")


def _end_undisturbed(supervisor: Supervisor) -> None:
    """Stop the processes; an impatient second Ctrl-C must leave none of them behind."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    supervisor.stop()


def _serve(running: Services, port: int) -> int:
    supervisor = Supervisor(running.home, read_procfile(), running.application_environment)
    try:
        logins = prepare(running)
        supervisor.start()
        wait_until_ready(supervisor, port)
        _greet(running, logins)
        clause = supervisor.watch(running.ended)
        complain(
            f"{clause}; everything stops. The lines above say why; start again with script/server."
        )
        return 1
    except KeyboardInterrupt:
        say("Stopping …")
        return 0
    finally:
        _end_undisturbed(supervisor)


def run(arguments: Sequence[str]) -> int:
    """Run the office until it is stopped (0) or one of its processes ends (1)."""
    if arguments:
        raise CannotRun(
            "script/server takes no arguments: PORT, PROCURACY_HOME and the others are variables."
        )
    port = port_number()
    home = Home.open()
    with services.started(home) as running:
        require_free_port(port)
        running.environment |= {"PORT": str(port)}
        running.environment.setdefault("BASE_URL", f"http://localhost:{port}")
        running.environment = CELERY_AT_HOME | running.environment
        return _serve(running, port)
