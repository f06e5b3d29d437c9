"""Every write of this room."""

from evidence.services.exhibits import add_exhibit, add_exhibits, withdraw_exhibit
from evidence.services.facts import state_fact, unlink
from evidence.services.integrity import check_exhibit, record_download, record_look

__all__ = [
    "add_exhibit",
    "add_exhibits",
    "check_exhibit",
    "record_download",
    "record_look",
    "state_fact",
    "unlink",
    "withdraw_exhibit",
]
