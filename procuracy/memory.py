"""How a server process gives memory back.

Each thread checks passwords in 19 MiB. The C library keeps such a block, once freed, for the thread that had
it: four threads held 76 MiB after their first logins. Large blocks are therefore taken from the system and
given back to it, and the threads share the places for small ones.
"""

from __future__ import annotations

import ctypes

# Of glibc's malloc.h. Naming the threshold also keeps the library from raising it by itself.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
LARGE_BYTES = 1024 * 1024
ARENAS = 2


def give_back() -> bool:
    """Let this process and those it forks give large blocks back; say whether the C library knows how."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    return bool(
        library.mallopt(_MMAP_THRESHOLD, LARGE_BYTES) and library.mallopt(_ARENA_MAX, ARENAS)
    )
