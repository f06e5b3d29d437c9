"""`/metrics`: for Prometheus alone, about no person, and of bounded size."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from prometheus_client.parser import text_string_to_metric_families

from audit import clock
from deadlines.models import Reminder
from procuracy.embedded.home import ROOT
from procuracy.embedded.valkey import free_port
from procuracy.metrics import folder, requests, verification
from tests.support.matters import make_case
from tests.support.reminders import DUE, reminders_due

TOKEN = "a long enough token"


@pytest.fixture
def open_to_token(settings):
    settings.METRICS_TOKEN = TOKEN


def ask(client, **headers):
    """Return the samples by name and labels."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"} | headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_nobody_finds_the_page_unless_settings_say_so(client, db):
    answer = client.get("/metrics", headers={"authorization": "Bearer "})
    assert answer.status_code == 404
    assert b"procuracy_" not in answer.content


def test_the_right_token_opens_it_and_no_other(client, db, open_to_token):
    assert ask(client)
    for wrong in ("", TOKEN, "Bearer", f"Bearer {TOKEN}x", f"Token {TOKEN}", "Bearer \u4e00"):
        assert client.get("/metrics", headers={"authorization": wrong}).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.1.2.3", 200), ("11.1.2.3", 404), ("::ffff:10.1.2.3", 200), ("fd00::1", 404)],
)
def test_an_address_of_the_settings_opens_it(client, db, settings, address, status):
    settings.METRICS_ADDRESSES = ["10.0.0.0/8"]
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


def test_a_proxy_lends_nobody_its_address(client, db, settings):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    outside = client.get("/metrics", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="8.8.8.8")
    assert outside.status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200


def test_the_answer_is_read_only_and_never_kept(client, db, open_to_token):
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert client.post("/metrics", headers=headers).status_code == 405
    assert "no-store" in client.get("/metrics", headers=headers)["Cache-Control"]


def test_requests_are_counted_by_route_with_what_they_ask_the_database(
    client, cast, as_user, open_to_token
):
    before = ask(client)
    key = make_case(cast).key
    assert as_user(cast.handler).get(f"/cases/{key}/").status_code == 200
    after = ask(client)

    def more(*series: str) -> float:
        return after.get(series, 0) - before.get(series, 0)

    assert more("procuracy_requests_total", "200", "GET", "case_detail") == 1
    assert more("procuracy_request_seconds_count", "case_detail") == 1
    assert more("procuracy_database_statements_total", "case_detail") > 5
    assert more("procuracy_database_seconds_total", "case_detail") > 0
    assert not [series for series in after if key in series]


def test_labels_are_names_the_code_declares(client, cast, as_user, open_to_token):
    """Whatever people ask for, the number of series does not grow with it."""
    person = as_user(cast.handler)
    for path in ("/no/such/page/", "/wp-login.php", "/cases/330106-2026-99999/", "/search/?q=张三"):
        person.get(path)
    person.generic("BREW", "/cases/")
    methods, routes = requests.METHODS | {requests.OTHER}, names() | {"unmatched", "static"}
    series = [name[1:] for name in ask(client) if name[0] == "procuracy_requests_total"]
    assert len(series) >= 4
    for labels in series:
        rest = set(labels) - methods - routes
        assert len(rest) == 1
        assert re.fullmatch(r"\d{3}", rest.pop())


def names() -> set[str]:
    """Return the name of every address of the site."""
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_what_is_due_and_waits_is_told_with_its_age(client, cast, open_to_token):
    reminders_due(cast, 3)
    Reminder.objects.filter(offset=0).update(next_try_at=clock.now() + timedelta(days=400))
    found = ask(client)
    assert found["procuracy_waiting", "reminder"] == 2
    assert found["procuracy_oldest_waiting_timestamp_seconds", "reminder"] == DUE.timestamp()
    assert found["procuracy_waiting", "batch_item"] == 0
    assert found["procuracy_audit_newest_entry",] > 0
    assert found["procuracy_queue_length",] >= 0


def test_the_version_of_the_program_is_told(client, db, open_to_token):
    (info,) = [series for series in ask(client) if series[0] == "procuracy_program_info"]
    assert "0.1.0" in info


def test_without_database_and_broker_it_still_answers_and_says_so(
    client, committed_db, settings, open_to_token, monkeypatch
):
    from django.db import DatabaseError

    from procuracy.metrics import office

    def gone():
        raise DatabaseError

    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    monkeypatch.setitem(office.PARTS, "database", (gone,))
    found = ask(client)
    assert found["procuracy_up", "database"] == found["procuracy_up", "broker"] == 0
    assert ("procuracy_waiting", "reminder") not in found


def test_the_nightly_verification_is_told(client, cast, settings, tmp_path, open_to_token):
    settings.HOME = tmp_path
    with pytest.raises(SystemExit) as end:
        call_command("verify", stdout=(tmp_path / "said").open("w"))
    assert end.value.code == 0
    found = ask(client)
    for what in ("audit", "evidence", "cases"):
        assert found["procuracy_verified_clean", what] == 1
        assert found["procuracy_verified_timestamp_seconds", what] > 1e9


def test_a_fault_found_at_night_is_told_and_ends_with_its_code(
    client, cast, settings, tmp_path, open_to_token
):
    settings.HOME = tmp_path
    make_case(cast)  # it came about without an event
    with pytest.raises(SystemExit) as end:
        call_command("verify", stdout=(tmp_path / "said").open("w"))
    assert end.value.code == 1
    found = ask(client)
    assert found["procuracy_verified_clean", "cases"] == 0
    assert found["procuracy_verified_clean", "audit"] == 1
    assert json.loads(verification.place(tmp_path).read_text())["cases"]["exit_code"] == 1


COUNT = """
import os, sys, time
from pathlib import Path
from procuracy.metrics import folder
home = Path(sys.argv[1])
folder.begin(home, "web")
from procuracy.metrics import requests
for _ in range(2):
    if os.fork() == 0:
        requests.count("home", "GET", 200, 0.2, requests.DatabaseTime())
        requests.IN_PROGRESS.inc()
        os._exit(0)
    os.wait()
"""


def test_what_several_processes_counted_is_added_up_and_a_restart_begins_anew(tmp_path):
    from procuracy.metrics import exposition

    def counted() -> str:
        subprocess.run([sys.executable, "-c", COUNT, str(tmp_path)], cwd=ROOT, check=True)
        return exposition.of_processes(tmp_path).decode()

    for _ in range(2):
        text = counted()
        assert 'procuracy_requests_total{method="GET",route="home",status="200"} 2.0' in text
        assert 'procuracy_request_seconds_bucket{le="0.25",route="home"} 2.0' in text
    assert len(list(folder.place(tmp_path).iterdir())) == 1


def test_two_servers_of_one_machine_do_not_remove_each_others_counts(tmp_path):
    place = folder.place(tmp_path)
    running = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        host = os.uname().nodename
        (place / f"worker-{host}-{running.pid}").mkdir(parents=True)
        (place / "web-another-machine-1").mkdir()
        subprocess.run([sys.executable, "-c", COUNT, str(tmp_path)], cwd=ROOT, check=True)
        assert len(list(place.iterdir())) == 3
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


def test_the_addresses_are_read_without_deciding_where_it_is_counted():
    """A worker checks every address before it knows where it counts (`procuracy.metrics.folder`)."""
    program = (
        "import sys, django; django.setup(); import procuracy.urls; "
        "sys.exit('prometheus_client' in sys.modules)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "procuracy.settings"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0


def test_worker_and_beat_say_where_they_count_before_they_load_what_counts():
    """What `celery worker` and `celery beat` do before their first signal, with no variable but the settings."""
    program = (
        "import sys; from procuracy.celery import app; app.loader.init_worker(); "
        "sys.exit('prometheus_client' in sys.modules)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "CELERY_SKIP_CHECKS"}
    environment["DJANGO_SETTINGS_MODULE"] = "procuracy.settings"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0


def test_counting_that_began_too_early_is_said(tmp_path):
    with pytest.raises(RuntimeError, match="before it was said where"):
        folder.begin(tmp_path, "web")
