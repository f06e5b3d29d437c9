"""Leaving out the browser tests is said aloud, and where the browser is required it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.database import ROOT

LEFT_OUT = 18


def run(*arguments: str, required: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CHROMIUM": "/nowhere/chromium", "REQUIRE_BROWSER": required}
    command = [sys.executable, "-m", "pytest", "-q", "tests/procuracy/test_browser.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("required", "code"), [("1", 1), ("", 5)])
def test_a_run_without_a_browser_says_what_it_left_out(required, code):
    result = run(required=required)
    assert f"BROWSER TESTS NOT RUN: {LEFT_OUT}" in result.stdout
    assert result.returncode == code


def test_workers_of_a_parallel_run_report_it_too():
    result = run("-n", "1", required="1")
    assert f"BROWSER TESTS NOT RUN: {LEFT_OUT}" in result.stdout
    assert result.returncode == 1
