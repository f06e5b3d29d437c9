from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.support.database import ROOT


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_it_prints_one_json_object():
    assert run("2026-03-05", "P30D") == {
        "start": "2026-03-05",
        "period": "P30D",
        "nominal": "2026-04-04",
        "last_day": "2026-04-07",
        "provisional": False,
        "skipped": [
            {"day": "2026-04-04", "reason": "Tomb-sweeping Day"},
            {"day": "2026-04-05", "reason": "Tomb-sweeping Day"},
            {"day": "2026-04-06", "reason": "Tomb-sweeping Day"},
        ],
        "law": "CPL 85; CC 201; CC 203",
    }


def test_it_counts_working_days():
    answer = run("2026-02-13", "--working-days", "3")
    assert (answer["last_day"], answer["period"]) == ("2026-02-25", "3WD")


def test_it_counts_hours_from_a_time():
    assert run("2026-06-18T14:20", "PT48H")["last_day"] == "2026-06-20T15:00"
    assert run("2026-06-18T06:20+00:00", "PT48H")["last_day"] == "2026-06-20T15:00"


def test_it_counts_back_from_a_hearing():
    answer = run("2026-06-23", "--before", "3")
    assert (answer["nominal"], answer["last_day"]) == ("2026-06-20", "2026-06-18")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2026-02-30", "P1M"), "'2026-02-30' is no day or time"),
        (("2026-2-3", "P1M"), "is no day or time"),
        (("2026-06-18T25:00", "PT48H"), "is no day or time"),
        (("2026-01-31", "P1W"), "is not a period"),
        (("2026-01-31", "P0D"), "1 to 100000 units"),
        (("2026-01-31", "PT48H"), "needs the time"),
        (("2026-01-31",), "exactly one of"),
        (("2026-01-31", "P1M", "--before", "3"), "exactly one of"),
        (("2026-01-31", "--working-days", "x"), "not a number of days"),
        (("2026-01-31", "--before", "0"), "1 to 100000 units"),
        (("9999-12-31", "P1D"), "There is no day after 9999-12-31"),
        (("2099-12-31", "P5Y"), "reaches from 1950-01-01 to 2100-12-31"),
    ],
)
def test_bad_input_is_refused_with_exit_code_2(arguments, message):
    with pytest.raises(CommandError, match=message) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2


def test_the_process_ends_with_2_and_one_sentence():
    result = subprocess.run(
        [sys.executable, "manage.py", "deadline", "2026-02-30", "P1M"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.strip().endswith("write 2026-01-31 or 2026-01-31T14:20.")
