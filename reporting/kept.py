"""Blocks that took long to count are shown again for some minutes, with the time at which they were counted.

Counting the year of an office with a million cases takes half a minute, and would take it again on the way
back from each list. What takes less than `SLOW` is counted every time, and so is what somebody counts of the
matters he may see: those change with every team. They are kept by the web server (`procuracy.gunicorn`), for
one reader and only while his rights are the same. Lists, workbooks and programs always count anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from time import perf_counter

from django.core.cache import caches
from django.utils.translation import get_language

from accounts.selectors import effective_roles
from cases.selectors.matters import aside_of
from reporting.figures import Block, BlockMaker
from reporting.scope import Scope
from reporting.selectors import makers_for

# As `settings.CACHES` calls the place; it says for how long.
PLACE = "figures"
# In seconds.
SLOW = 2.0


def blocks_of(scope: Scope, *, anew: Collection[str] = ()) -> list[Block]:
    """Return the blocks of figures of a scope, in the order of the page.

    Args:
        anew: the codes of those that are counted now, however long it takes.
    """
    return [_block(scope, maker, anew=maker.code in anew) for maker in makers_for(scope)]


def _block(scope: Scope, maker: BlockMaker, *, anew: bool) -> Block:
    if not scope.whole:
        return maker.build(scope)
    key = _key(scope, maker.code)
    kept: Block | None = None if anew else caches[PLACE].get(key)
    if kept is not None:
        return kept
    begun = perf_counter()
    block = maker.build(scope)
    if perf_counter() - begun > SLOW:
        caches[PLACE].set(key, replace(block, counted_at=scope.as_of))
    return block


def _key(scope: Scope, code: str) -> str:
    """Return a name for all that decides what a block says, but for the record itself."""
    asked = (scope.office.pk, scope.below, scope.first, scope.last, scope.track.value, scope.today)
    rights = (
        scope.actor.pk,
        sorted(effective_roles(scope.actor)),
        *map(sorted, aside_of(scope.actor)),
    )
    return hashlib.sha256(repr((code, get_language(), asked, rights)).encode()).hexdigest()
