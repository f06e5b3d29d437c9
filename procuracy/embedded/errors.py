"""What stands in the way of a start, in one sentence that says what to do."""

from __future__ import annotations

import errno


class CannotRun(Exception):
    """Procuracy cannot run; the text is the sentence the person reads."""


def from_system(error: OSError, place: object) -> CannotRun:
    """Return the sentence for an operating-system error met at `place`."""
    where = error.filename or place
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotRun(
            f"The disk of {where} is full: free some space, or set PROCURACY_HOME to a folder "
            "on another disk."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return CannotRun(
            f"No permission to write {where}: give this user the folder, "
            "or set PROCURACY_HOME to a folder of its own."
        )
    return CannotRun(f"{where}: {error.strerror or error}; mend that and start again.")
