"""Worker processes for the tests of reminders: a parent that never touches the database keeps `count`
children sweeping and replaces each one that dies. Prints the id of every child; ends on SIGTERM.

Called as: python -m tests.deadlines.workers COUNT
"""

from __future__ import annotations

import os
import signal
import sys
import time

import django


def sweep_for_ever() -> None:
    from deadlines import services

    while True:
        services.sweep()
        time.sleep(0.02)


def start() -> int:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            sweep_for_ever()
        finally:
            os._exit(1)
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
    return pid


def main() -> None:
    django.setup()
    children: set[int] = set()

    def stop(number: int, frame: object) -> None:
        for child in children:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    children.update(start() for _ in range(int(sys.argv[1])))
    while True:
        dead, _status = os.wait()
        children.discard(dead)
        children.add(start())


if __name__ == "__main__":
    main()
