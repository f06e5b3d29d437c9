"""Dispatch `python -m procuracy.operations COMMAND …` and turn every trouble into one sentence."""

from __future__ import annotations

import importlib
import signal
import sys
from types import FrameType

from procuracy.embedded import errors
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import ROOT
from procuracy.operations.speech import complain

COMMANDS = ("server", "test", "bench", "backup", "restore", "manage", "messages", "fonts")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run the command named first and return its exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        complain(f"Say one of: {', '.join(COMMANDS)}.")
        return 2
    # A polite end asked by a service manager takes the same way out as Ctrl-C.
    signal.signal(signal.SIGTERM, _interrupt)
    module = importlib.import_module(f"procuracy.operations.{arguments[0]}")
    try:
        return int(module.run(arguments[1:]))
    except CannotRun as error:
        complain(str(error))
        return 1
    except OSError as error:
        complain(str(errors.from_system(error, ROOT)))
        return 1
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
