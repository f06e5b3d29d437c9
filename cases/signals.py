"""Signals of the kernel."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with event=Event inside the act's transaction, by `send`: an exception stops the act.
event_recorded = Signal()

# Sent with proposal=Proposal and actor=User in the transaction of the last approval of a document.
document_approved = Signal()
