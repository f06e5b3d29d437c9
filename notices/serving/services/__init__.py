"""Writing services: the sending, each attempt, the outcome with its proof and its event (norm C128)."""

from notices.serving.services.common import record_addressed, record_certificate, record_look
from notices.serving.services.outcomes import Ending, record_attempt, record_outcome
from notices.serving.services.sending import (
    Sending,
    may_be_served,
    require_servable,
    start_service,
)

__all__ = [
    "Ending",
    "Sending",
    "may_be_served",
    "record_addressed",
    "record_attempt",
    "record_certificate",
    "record_look",
    "record_outcome",
    "require_servable",
    "start_service",
]
