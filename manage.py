#!/usr/bin/env python
"""Django's command line for Procuracy."""

import os
import sys


def main() -> None:
    """Run an administrative command with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        # A sentence instead of a trace; 2, because 1 of a verification means "tampered".
        print(problem, file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except KeyboardInterrupt:
        # Whoever pressed Ctrl-C knows why it ends.
        sys.exit(130)


if __name__ == "__main__":
    main()
