"""What a server process gives back to the system (`procuracy.memory`)."""

from __future__ import annotations

import subprocess
import sys

from tests.support.database import ROOT

# Twenty logins in each of four threads, as the web server checks them; prints by how many MiB the process grew.
LOGINS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from argon2 import PasswordHasher
from procuracy import gunicorn

def resident():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024

check = PasswordHasher(time_cost=1, memory_cost=19456, parallelism=1).hash
begun = resident()
with ThreadPoolExecutor(4) as threads:
    list(threads.map(lambda number: check("word"), range(80)))
    print(resident() - begun)
"""


def test_logins_leave_no_memory_behind_in_a_web_server():
    done = subprocess.run(
        [sys.executable, "-c", LOGINS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 19, "MiB stayed with the threads that checked passwords"
