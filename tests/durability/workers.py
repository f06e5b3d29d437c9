"""Worker processes for the tests of durability: a parent that never touches the database keeps `count`
children sweeping and replaces each one that dies. Prints the id of every child.

Called as: python -m tests.durability.workers COUNT
With CLOCK_SHIFT_SECONDS the clock of these processes alone is wrong by so much, as on a machine that lost
its time.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta

import django


def set_wrong(seconds: float) -> None:
    """Let everything here that asks the machine for the time hear a wrong one."""
    from django.utils import timezone

    from audit import clock

    class WrongTime(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=seconds)

    clock.datetime = WrongTime
    timezone.datetime = WrongTime


def sweep_for_ever() -> None:
    from django.db import DatabaseError, InterfaceError, connections

    from deadlines import services

    while True:
        try:
            services.sweep()
        except (DatabaseError, InterfaceError):
            # The database is gone for a moment; a worker of Celery logs it and takes the next task.
            connections.close_all()
            time.sleep(0.1)
        time.sleep(0.02)


def start() -> None:
    pid = os.fork()
    if pid == 0:
        try:
            sweep_for_ever()
        finally:
            os._exit(1)
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()


def main() -> None:
    django.setup()
    if shift := os.environ.get("CLOCK_SHIFT_SECONDS"):
        set_wrong(float(shift))
    for _ in range(int(sys.argv[1])):
        start()
    while True:
        os.wait()
        start()


if __name__ == "__main__":
    main()
