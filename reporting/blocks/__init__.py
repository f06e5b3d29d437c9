"""The blocks of the page, in its order; each gives its figures and the list behind every one of them."""

from __future__ import annotations

from reporting.blocks import (
    ageing,
    durations,
    funnel,
    items,
    load,
    money,
    periods,
    pressure,
    replies,
    trend,
)
from reporting.figures import BlockMaker

BLOCKS: dict[str, BlockMaker] = {
    maker.code: maker
    for maker in (
        funnel.MAKER,
        ageing.MAKER,
        pressure.MAKER,
        durations.MAKER,
        periods.MAKER,
        trend.MAKER,
        replies.MAKER,
        money.MAKER,
        items.MAKER,
        load.MAKER,
    )
}
