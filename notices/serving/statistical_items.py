"""What the events of service of process are counted as."""

from __future__ import annotations

from cases.registries import StatisticalItem, Unit, statistical_items

ITEMS = (
    StatisticalItem(
        "documents_served",
        "文书送达",
        "Documents served",
        "有效送达的文书，每一受送达人计一份，按送达日计。",
        "Documents validly served, one for each addressee, by the day of service.",
        Unit.DOCUMENTS,
    ),
    StatisticalItem(
        "services_failed",
        "送达未成",
        "Services failed",
        "未成功的送达，每次计一次，按记录的法定日计。",
        "Services that failed, each once, by its day.",
    ),
)


def register() -> None:
    """Hand the items to the registry."""
    for item in ITEMS:
        statistical_items.register(item.code, item)
