"""Lists, a case and a transition under gunicorn, beside an empty view, JSON that PostgreSQL builds and plain DRF.

`PROCURACY_CASES=10000,100000,1000000` names the sizes (default 10000); the first `PROCURACY_IMPORTED` cases of an office are imported
(default 10000), the others copies of them that PostgreSQL writes. `PROCURACY_BENCH_HOME` is a folder on a disk where the filled offices stay, so
that the next run finds them, `PROCURACY_BENCH_ROUNDS` how often is asked (default 12). All sizes are served at once, each by gunicorn
gthread with two workers of four threads. In every round each operation is asked of every size in turn, by one client and by eight; a ratio
is the median of the ratios of the rounds. So a machine that slows down and recovers slows what is compared alike. Goals: the list of the
API within 4 times the JSON of PostgreSQL and at 3 times the rate of plain DRF; the page of the list within 25 ms, of a case
within 40 ms at one client; a page after 100,000 rows within 1.3 times the first; a transition within twice the bare
transaction with the same rows; a search for two characters within 5 ms in the database; nothing at a million above 1.5 times
what it is at 100,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, cast

from procuracy.embedded.home import ROOT
from procuracy.embedded.postgres import DATABASE, Postgres
from procuracy.embedded.services import Services
from procuracy.embedded.valkey import free_port
from tests.benchmarks.asking import Request, Taken, run
from tests.benchmarks.multiplying import multiply
from tests.support import office

ROUNDS = int(os.environ.get("PROCURACY_BENCH_ROUNDS", "12"))
# Requests a round, at one client and at eight. A transition uses up a case each time.
ASKED = (10, 32)
MOVED = (5, 16)
# What reads a whole office: by one client alone, for eight at once would wait for each other; and not in every round.
SLOW = (3, 0)
COUNTING = (1, 0)
SLOW_ROUNDS = min(ROUNDS, 3)
# Each of the eight threads keeps a connection, and PostgreSQL plans a prepared question five times before it keeps the plan.
WARMING = 48
CLIENTS = (1, 8)
MOST_GROWTH = 1.5
DAY = "2026-06-01"
# Read before an office is open: its servers take such variables away.
KEPT = os.environ.get("PROCURACY_BENCH_HOME")
READY_SECONDS = 60
# So many come in by the import; a million would take most of an hour.
IMPORTED = int(os.environ.get("PROCURACY_IMPORTED", "10000"))


@dataclass(frozen=True)
class Operation:
    """What is measured.

    Attributes:
        floor: the name of the operation it is compared with; empty for a floor.
        goal: what is wanted, in words.
        counts: requests a round, at one client and at eight.
        rounds: how many rounds it takes part in.
    """

    name: str
    requests: Iterator[Request]
    floor: str = ""
    goal: str = ""
    counts: tuple[int, int] = ASKED
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Served:
    """An office of one size with its web server.

    Attributes:
        told: what `tests.benchmarks.filling` says of it.
        taken: the answers so far, by the name of the operation.
    """

    size: int
    told: dict[str, Any]
    port: int
    operations: list[Operation]
    taken: dict[str, Taken]


def sizes() -> list[int]:
    """Return the sizes asked for."""
    return [int(text) for text in os.environ.get("PROCURACY_CASES", "10000").split(",")]


def report() -> str:
    """Measure all sizes side by side and return their tables."""
    with ExitStack() as stack:
        offices = [stack.enter_context(_served(size)) for size in sizes()]
        _measure(offices)
    parts = []
    for position, one in enumerate(offices):
        parts.append(f"### {one.size:,} cases\n\n{_said(one)}\n\n{_table(one)}")
        if position:
            parts.append(_growth(offices[position - 1], one))
    return "\n\n".join(parts)


def _growth(smaller: Served, larger: Served) -> str:
    """Say what takes more than half as long again as at the size before."""
    grown = []
    for before, after in zip(smaller.operations, larger.operations, strict=True):
        times = larger.taken[after.name].ratio(smaller.taken[before.name], 1)
        if times > MOST_GROWTH:
            grown.append(f"{after.name} {times:.1f} times")
    return f"More than {MOST_GROWTH} times the size before: {'; '.join(grown) or 'nothing'}."


@contextmanager
def _served(size: int) -> Iterator[Served]:
    """Fill an office of this size, or find it filled, and serve it."""
    with _home(size) as home, office.servers(home) as servers:
        environment = servers.environment | {
            "PROCURACY_ENVIRONMENT": "demonstration",
            "PYTHONWARNINGS": "ignore",
            "SESSION_IDLE_SECONDS": "86400",
            "SESSION_SECONDS": "86400",
        }
        told = _told(servers, environment, size, home)
        found = operations(told)
        with _serving(environment) as port:
            yield Served(size, told, port, found, {each.name: Taken() for each in found})


def _told(servers: Services, environment: dict[str, str], size: int, home: Path) -> dict[str, Any]:
    """Fill the office and return what `tests.benchmarks.filling` tells of it."""
    base = min(size, IMPORTED)
    told = _filled(environment, base, home)
    if size == base:
        return told
    if told["import"]:
        _multiply(cast(Postgres, servers.servers["postgres"]), size // base)
    return _filled(environment, size, home) | {"import": told["import"]}


def _multiply(database: Postgres, times: int) -> None:
    with closing(database.connect(DATABASE)) as connection:
        multiply(connection, times)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _said(one: Served) -> str:
    told = one.told
    seconds = told["import"]
    base = min(one.size, IMPORTED)
    imported = (
        f"{base:,} cases were imported in {seconds:,.0f} s, {base / seconds:,.0f} a second."
        if seconds
        else "The office was there from a run before."
    )
    search = told["search"] * 1000
    return f"{imported} The database finds the first twenty of “{told['word']}” in {search:.3g} ms."


@contextmanager
def _home(size: int) -> Iterator[Path]:
    if not KEPT:
        with office.temporary_home() as home:
            yield home
        return
    folder = Path(KEPT) / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    yield folder / "home"


def _filled(environment: dict[str, str], size: int, home: Path) -> dict[str, Any]:
    _python(environment, "manage.py", "migrate", "--database", "owner", "-v", "0")
    _python(environment, "manage.py", "apply_grants", "-v", "0")
    _python(environment, "manage.py", "collectstatic", "--no-input", "-v", "0")
    lines = home.parent / "lines.jsonl"
    try:
        # Only under test can the clock be set back to the day the office's own periods began.
        filling = environment | {"PROCURACY_ENVIRONMENT": "test"}
        told = _python(filling, "-m", "tests.benchmarks.filling", str(size), str(lines))
    finally:
        lines.unlink(missing_ok=True)
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def _python(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[int]:
    """Run the web server as `Procfile` does, with the floors beside the application."""
    port = free_port()
    own = {k: v for k, v in environment.items() if k not in ("DATABASE_OWNER_URL",)}
    settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.floor_settings"}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "procuracy.wsgi"),
            *("--config", "python:procuracy.gunicorn", "--worker-class", "gthread", "--preload"),
            *("--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}"),
            *("--timeout", "120", "--log-level", "warning", "--no-control-socket"),
        ],
        cwd=ROOT,
        env=os.environ | own | settings,
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    limit = time.monotonic() + READY_SECONDS
    while True:
        try:
            return run(port, cycle([Request("/floor/empty/", {})]), 1, 1, Taken())
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)


def operations(told: dict[str, Any]) -> list[Operation]:
    """Return what is asked for, the floors first."""
    program = {"Authorization": f"Token {told['token']}", "Accept": "application/json"}
    person = {"Cookie": f"{told['cookie']}={told['session']}", "Accept": "text/html"}
    after = {size: urllib.parse.quote(cursor) for size, cursor in told["after"].items()}
    deep, keys = told["deep"], told["cases"]
    word = urllib.parse.quote(told["word"])
    api, page = "/api/v1/cases/?size=20", "/cases/"
    anew = urllib.parse.urlencode({"anew": told["blocks"]}, doseq=True)

    def asked(headers: dict[str, str], *paths: str) -> Iterator[Request]:
        return cycle([Request(path, headers) for path in paths])

    slow: dict[str, Any] = {"counts": SLOW, "rounds": SLOW_ROUNDS}
    counting: dict[str, Any] = {"counts": COUNTING, "rounds": SLOW_ROUNDS}
    ready = told["ready"]
    half = len(ready) // 2
    if half < (needed := WARMING + ROUNDS * sum(MOVED)):
        raise SystemExit(
            f"Only {half} cases stand ready for a transition and {needed} are needed: take a larger size,"
            " fewer rounds (PROCURACY_BENCH_ROUNDS), or a fresh PROCURACY_BENCH_HOME."
        )
    return [
        Operation("empty view", asked({}, "/floor/empty/")),
        Operation("JSON by PostgreSQL, list", asked(program, "/floor/pgjson/")),
        Operation("plain DRF, list", asked(program, "/floor/plain/")),
        Operation(
            f"plain DRF, after {deep:,} rows",
            asked(program, f"/floor/plain/?page={deep // 20 + 1}"),
            **slow,
        ),
        Operation("plain DRF, filtered", asked(program, "/floor/plain/?state=terminated")),
        Operation("plain DRF, sorted", asked(program, "/floor/plain/?ordering=filed_on")),
        Operation("plain DRF, searched", asked(program, f"/floor/plain/?search={word}"), **slow),
        Operation(
            "JSON by PostgreSQL, case", asked(program, *(f"/floor/pgjson/{key}/" for key in keys))
        ),
        Operation("plain DRF, case", asked(program, *(f"/floor/plain/{key}/" for key in keys))),
        Operation("bare ORM transition", _bare(ready[:half]), counts=MOVED),
        Operation(
            "API, list", asked(program, api), "JSON by PostgreSQL, list", "≤ 4; ≥ 3 × plain DRF"
        ),
        Operation(
            f"API, after {deep:,} rows",
            asked(program, f"{api}&after={after['20']}"),
            "API, list",
            "≤ 1.3",
        ),
        Operation(
            "API, filtered", asked(program, f"{api}&state=terminated"), "plain DRF, filtered"
        ),
        Operation("API, sorted", asked(program, f"{api}&sort=filed_on"), "plain DRF, sorted"),
        Operation("API, searched", asked(program, f"{api}&q={word}"), "plain DRF, searched"),
        Operation(
            "API, case",
            asked(program, *(f"/api/v1/cases/{key}/" for key in keys)),
            "JSON by PostgreSQL, case",
        ),
        Operation("page of the list", asked(person, page), "JSON by PostgreSQL, list", "≤ 25 ms"),
        Operation(
            f"page after {deep:,} rows",
            asked(person, f"{page}?after={after['50']}"),
            "page of the list",
            "≤ 1.3",
        ),
        Operation("page, filtered", asked(person, f"{page}?state=terminated"), "page of the list"),
        Operation("page, sorted", asked(person, f"{page}?sort=filed_on"), "page of the list"),
        Operation("page, searched", asked(person, f"{page}?q={word}"), "page of the list"),
        Operation("page of the search", asked(person, f"/search/?q={word}")),
        Operation("page of the statistics", asked(person, f"/statistics/?{anew}"), **counting),
        Operation(
            "the same again", asked(person, "/statistics/"), "page of the statistics", **counting
        ),
        Operation(
            "page of a case",
            asked(person, *(f"/cases/{key}/" for key in keys)),
            "JSON by PostgreSQL, case",
            "≤ 40 ms",
        ),
        Operation(
            "API, transition", _transitions(ready[half:]), "bare ORM transition", "≤ 2", MOVED
        ),
    ]


def _bare(ready: list[dict[str, str]]) -> Iterator[Request]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urllib.parse.urlencode({"legal_day": DAY, "conclusion": "已查清。"}).encode()
    for one in ready:
        headers = {"Authorization": f"Token {one['token']}"} | form
        yield Request(f"/floor/transition/{one['key']}/", headers, "POST", body, 201)


def _transitions(ready: list[dict[str, str]]) -> Iterator[Request]:
    facts = {"legal_day": DAY, "proposal": "announce", "conclusion": "已查清。"}
    body = json.dumps({"transition": "T10", "facts": facts}).encode()
    for one in ready:
        headers = {"Authorization": f"Token {one['token']}", "Content-Type": "application/json"}
        yield Request(f"/api/v1/cases/{one['key']}/transitions/", headers, "POST", body, 201)


def _measure(offices: list[Served]) -> None:
    """Ask for everything in turn, of one office after the other; the first answers of each are not counted."""
    for one in offices:
        for operation in one.operations:
            together = operation.counts[1]
            run(one.port, operation.requests, WARMING if together else 1, max(CLIENTS), Taken())
    for turn in range(ROUNDS):
        for position, like in enumerate(offices[0].operations):
            if turn < like.rounds:
                _ask(offices, position)
        sys.stderr.write(f"round {turn + 1} of {ROUNDS}\n")


def _ask(offices: list[Served], position: int) -> None:
    for clients in CLIENTS:
        for one in offices:
            operation = one.operations[position]
            if count := operation.counts[CLIENTS.index(clients)]:
                run(one.port, operation.requests, count, clients, one.taken[operation.name])


HEAD = (
    "| operation | median, 1 client | p95 | median, 8 clients | p95 | a second | ratio | goal |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def _table(one: Served) -> str:
    return "\n".join([HEAD, *(_line(operation, one.taken) for operation in one.operations)])


def _line(operation: Operation, taken: dict[str, Taken]) -> str:
    own = taken[operation.name]
    alone = [own.median(1), own.p95(1)]
    many = [own.median(8), own.p95(8)] if operation.counts[1] else []
    told = [f"{seconds * 1000:.3g} ms" for seconds in (*alone, *many)]
    told += [f"{own.rate(8):,.0f}"] if many else ["", "", ""]
    ratio = ""
    if operation.floor:
        ratio = f"{own.ratio(taken[operation.floor], 1):.2f} × {operation.floor}"
    if operation.name == "API, list":
        ratio += f"; {own.rates(taken['plain DRF, list'], 8):.1f} × the rate of plain DRF"
    return f"| {' | '.join([operation.name, *told, ratio, operation.goal])} |"
