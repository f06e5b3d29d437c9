"""The files an office is run with elsewhere say the same as the Procfile, keep secrets out and lock up what they start."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import psycopg2
import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from procuracy.operations import healthy, places
from procuracy.operations.supervisor import read_procfile
from tests.support.database import ROOT

DEPLOY = ROOT / "deploy"
PROCESSES = ("web", "worker", "beat")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OWNERS = {"procuracy-prepare.service", "procuracy-backup.service"}
_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def words(command: str, variables: dict[str, str] | None = None) -> list[str]:
    """Return a command word by word, its variables replaced by `variables` or their own defaults."""
    known = variables or {}
    return shlex.split(_VARIABLE.sub(lambda found: known.get(found[1], found[2] or ""), command))


# --- compose.yaml ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_the_containers_run_the_processes_of_the_procfile(composed):
    for name in PROCESSES:
        *shell, command = composed["services"][name]["command"]
        assert shell == ["sh", "-c"]
        # A container listens to its own network, and its port is published to this machine alone.
        assert words(command.removeprefix("exec ").replace("$$", "$")) == words(
            read_procfile()[name].replace("127.0.0.1", "0.0.0.0")
        )
    assert composed["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_only_the_service_that_migrates_sees_the_owner_of_the_tables(composed):
    seeing = {
        name
        for name, service in composed["services"].items()
        if ".env.owner" in service.get("env_file", [])
    }
    assert seeing == {"prepare"}
    assert "DATABASE_OWNER_URL" not in variables(ROOT / ".env.example")
    assert list(variables(ROOT / ".env.owner.example")) == ["DATABASE_OWNER_URL"]
    for name in PROCESSES:
        waits = composed["services"][name]["depends_on"]["prepare"]
        assert waits == {"condition": "service_completed_successfully"}
    assert composed["services"]["prepare"]["restart"] == "no"


def test_every_container_is_read_only_and_gains_no_right(composed):
    for name, service in composed["services"].items():
        assert service["read_only"] is True, name
        assert "no-new-privileges:true" in service["security_opt"], name
        if name != "database":  # its image begins as root and changes to its own user
            assert service["cap_drop"] == ["ALL"], name


def test_every_container_that_stays_says_whether_it_is_well(composed):
    for name, service in composed["services"].items():
        assert ("healthcheck" in service) == (name != "prepare"), name


def test_no_secret_stands_in_the_file_and_every_one_is_a_file_that_git_does_not_keep(composed):
    text = (ROOT / "compose.yaml").read_text()
    assert not re.search(r"(?i)(password|secret_key|audit_key)\s*[:=]\s*['\"]?\w{8,}", text)
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text)
    for secret in composed["secrets"].values():
        assert secret["file"].startswith("./secrets/")
    used = {
        name for service in composed["services"].values() for name in service.get("secrets", [])
    }
    assert used == set(composed["secrets"])
    kept_out = (ROOT / ".gitignore").read_text().splitlines()
    assert {".env", ".env.owner", "secrets/"} <= set(kept_out)
    assert {".env", ".env.owner", "secrets", ".git"} <= set(
        (ROOT / ".dockerignore").read_text().splitlines()
    )


def test_database_and_broker_are_reached_from_inside_alone(composed):
    assert composed["networks"]["inside"] == {"internal": True}
    for name in ("database", "broker", "beat"):
        service = composed["services"][name]
        assert service["networks"] == ["inside"]
        assert "ports" not in service


def test_the_broker_keeps_nothing_on_a_disk(composed):
    command = composed["services"]["broker"]["command"]
    assert command[1:5] == ["--save", "", "--appendonly", "no"]


def test_a_worker_is_given_the_time_of_its_longest_task(composed):
    seconds = int(composed["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert seconds > settings.CELERY_TASK_TIME_LIMIT


@pytest.mark.slow
def test_the_new_cluster_has_an_owner_and_an_application_that_owns_nothing(
    tmp_path, django_db_setup
):
    """The script the image of PostgreSQL runs, on a cluster of this test's own."""
    from tests.support import office

    for name in ("owner_password", "application_password"):
        (tmp_path / name).write_text(f"it's {name}\n")
    with office.temporary_home() as home, office.servers(home) as running:
        server = running.servers["postgres"]
        connection = server.connect("postgres")
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("DROP DATABASE procuracy")
            cursor.execute("DROP ROLE procuracy_app, procuracy_owner")
        _run_roles(running, tmp_path)
        address = places.client_environment(running.environment["DATABASE_URL"])
        for role, word in (("procuracy_owner", "owner"), ("procuracy_app", "application")):
            found = psycopg2.connect(
                host=address["PGHOST"],
                dbname="procuracy",
                user=role,
                password=f"it's {word}_password",
            )
            with found.cursor() as cursor:
                cursor.execute(
                    "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s",
                    [role],
                )
                assert cursor.fetchone() == (False,)
                cursor.execute(
                    "SELECT pg_get_userbyid(datdba) = %s FROM pg_database WHERE datname = 'procuracy'",
                    [role],
                )
                assert cursor.fetchone() == (role == "procuracy_owner",)
                cursor.execute("SELECT has_database_privilege('procuracy', 'TEMPORARY')")
                assert cursor.fetchone() == (role == "procuracy_owner",)
            found.close()


def _run_roles(running: Any, secrets: Path) -> None:
    server = running.servers["postgres"]
    superuser = places.client_environment(running.environment["DATABASE_URL"]) | {
        "PGUSER": "postgres",
        "PGPASSWORD": server.home.secret("superuser_password"),
    }
    del superuser["PGDATABASE"]
    folder = Path(places.client_program("psql")).parent
    subprocess.run(
        [DEPLOY / "compose/roles.sh"],
        env=superuser | {"PATH": f"{folder}:/usr/bin:/bin", "SECRETS": str(secrets)},
        check=True,
    )


@pytest.mark.parametrize(("age", "whole"), [("0", "True"), ("60", "False")])
def test_behind_a_pooler_nothing_is_read_through_a_cursor_of_the_server(age, whole):
    program = (
        "from django.conf import settings; "
        "print({each['DISABLE_SERVER_SIDE_CURSORS'] for each in settings.DATABASES.values()})"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "procuracy.settings",
        "CONN_MAX_AGE": age,
    }
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{{{whole}}}\n"


# --- systemd -----------------------------------------------------------------------------------------


class Unit(configparser.RawConfigParser):
    """A unit file: a name may stand several times in a section."""

    def __init__(self, file: Path) -> None:
        super().__init__(strict=False, dict_type=_Repeated, comment_prefixes=("#",))
        self.optionxform = str  # type: ignore[assignment]
        self.file = file
        self.read(file)

    def all(self, name: str) -> list[str]:
        """Return every value of a name of the service."""
        return self["Service"].get(name, "").split("\n") if name in self["Service"] else []

    @property
    def environment(self) -> dict[str, str]:
        pairs = [pair for line in self.all("Environment") for pair in shlex.split(line)]
        return dict(pair.partition("=")[::2] for pair in pairs)


class _Repeated(dict):
    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def variables(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.partition("=")[::2] for line in lines)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_unit_runs_its_process_of_the_procfile(name):
    unit = Unit(DEPLOY / f"systemd/procuracy-{name}.service")
    (command,) = unit.all("ExecStart")
    known = unit.environment | {"PROCURACY_HOME": "/var/lib/procuracy"}
    assert words(command.removeprefix("/srv/procuracy/.venv/bin/"), known) == words(
        read_procfile()[name], {"PROCURACY_HOME": "/var/lib/procuracy"}
    )
    assert unit.all("Restart") == ["always"]
    assert f"procuracy-{name}.service" in (DEPLOY / "systemd/procuracy.target").read_text()


HARDENED = {
    "User": "procuracy",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
}


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_is_locked_up_and_limited(file):
    unit = Unit(file)
    for name, value in HARDENED.items():
        assert unit.all(name) == [value], name
    assert unit.all("MemoryMax")
    sees_owner = "/etc/procuracy/owner" in unit.all("EnvironmentFile")
    assert sees_owner == (file.name in OWNERS)
    assert not re.search(r"://[^/\s]*:[^/\s]*@", file.read_text())
    program = words(unit.all("ExecStart")[0])[0].removeprefix("/srv/procuracy/")
    assert (Path(sys.prefix) / program.removeprefix(".venv/")).exists() or (ROOT / program).exists()


def test_the_end_of_a_unit_fits_its_program():
    """gunicorn and Celery end politely at SIGTERM; who takes longer than he may is ended."""
    web, worker = (Unit(DEPLOY / f"systemd/procuracy-{name}.service") for name in ("web", "worker"))
    patience = int(re.findall(r"--graceful-timeout (\d+)", read_procfile()["web"])[0])
    assert int(web.all("TimeoutStopSec")[0]) > patience
    assert int(worker.all("TimeoutStopSec")[0]) > settings.CELERY_TASK_TIME_LIMIT
    for unit in (web, worker):
        assert unit.all("KillMode") == ["mixed"]
        assert not unit.all("KillSignal")


@pytest.mark.parametrize("name", ["backup", "verify"])
def test_a_timer_starts_its_unit_every_night(name):
    timer = (DEPLOY / f"systemd/procuracy-{name}.timer").read_text()
    assert re.search(r"^OnCalendar=\*-\*-\* 0\d:\d0:00 Asia/Shanghai$", timer, re.M)
    assert "Persistent=true" in timer
    assert (DEPLOY / f"systemd/procuracy-{name}.service").exists()


def test_another_command_runs_with_what_the_preparing_unit_has():
    said = (DEPLOY / "systemd/manage").read_text()
    given = dict.fromkeys(re.findall(r"--property=(\w+)", said), "")
    asked = re.findall(r"--property=(\w+=\S+)", said)
    unit = Unit(DEPLOY / "systemd/procuracy-prepare.service")
    assert given.keys() == {
        *("EnvironmentFile", "LoadCredential", "StateDirectory", "StateDirectoryMode", "UMask")
    }
    for name in given:
        own = [value.partition("=")[2] for value in asked if value.startswith(f"{name}=")]
        assert own == unit.all(name), name
    assert f"--uid={unit.all('User')[0]}" in said
    assert f"--working-directory={unit.all('WorkingDirectory')[0]}" in said
    held = dict(
        pair.split("=", 1) for pair in re.findall(r'--setenv=(\S+=[^\s"]\S*|\S+="[^"]+")', said)
    )
    for name, value in unit.environment.items():
        if name != "PATH":
            assert held[name].strip('"') == value.replace("%d", "$held")


def test_systemd_finds_no_fault_in_the_units(tmp_path):
    if not (program := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not installed: the units were only read by this file")
    for file in (DEPLOY / "systemd").glob("procuracy*"):
        text = file.read_text().replace("/srv/procuracy/.venv", sys.prefix)
        (tmp_path / file.name).write_text(text.replace("/srv/procuracy/script", f"{ROOT}/script"))
    files = [str(file) for file in tmp_path.iterdir()]
    done = subprocess.run(
        [program, "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file", [ROOT / ".env.example", DEPLOY / "systemd/environment.example"])
def test_an_example_sets_only_what_the_table_of_settings_names(file):
    table = (ROOT / "docs/settings.md").read_text()
    for name in variables(file):
        assert f"`{name.removesuffix('_FILE')}`" in table, name


# --- nginx -------------------------------------------------------------------------------------------

NGINX = DEPLOY / "nginx/procuracy.conf"


def directive(name: str) -> list[str]:
    """Return the values of a directive of the sample, wherever it stands."""
    return re.findall(rf"^\s*{re.escape(name)}\s+([^;]+);", NGINX.read_text(), re.M)


def test_the_proxy_says_who_asks_as_the_settings_believe_it():
    given = dict(value.split(None, 1) for value in directive("proxy_set_header"))
    assert given["X-Forwarded-For"] == "$remote_addr"
    assert given["X-Forwarded-Proto"] == "https"
    assert given["Host"] == "$host"
    assert directive("ssl_protocols") == ["TLSv1.2 TLSv1.3"]


def test_the_proxy_takes_the_largest_exhibit_and_lets_procuracy_refuse():
    (most,) = directive("client_max_body_size")
    largest = settings.EVIDENCE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert int(most.removesuffix("g")) * 1024**3 > largest
    assert directive("proxy_request_buffering") == ["off"]
    timeout = re.findall(r"--timeout (\d+)", read_procfile()["web"])[0]
    assert directive("proxy_read_timeout") == [f"{timeout}s"]


def test_state_and_figures_are_closed_to_the_world_and_addresses_stay_out_of_the_log():
    text = NGINX.read_text()
    for path in ("/healthz", "/readyz", "/metrics"):
        assert resolve(path)
        assert re.search(rf"location = {path}\s+{{ return 404; }}", text)
    (form,) = directive("log_format")
    assert not re.search(r"\$(request|request_uri|uri|args|http_referer|remote_addr)\b", form)
    assert directive("error_log") == ["/var/log/nginx/procuracy-error.log crit"]
    assert re.search(r"location /feeds/ {\s+access_log off;", text)


# --- health of a container ---------------------------------------------------------------------------


class _Site(BaseHTTPRequestHandler):
    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def test_a_container_asks_itself_under_a_name_the_site_answers_to():
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known = {"PORT": str(server.server_port), "ALLOWED_HOSTS": ".procuracy.example, other"}
    assert healthy.lives(known)
    assert _Site.hosts == ["procuracy.example"]
    server.shutdown()
    server.server_close()
    assert not healthy.lives(known)
