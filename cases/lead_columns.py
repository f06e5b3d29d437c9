"""The columns of the list of leads. Who reported a lead is none of them: it is told singly, for a reason."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.list_columns import LABELS, Column, Columns, Row, day_of


def _sender(lead: Row) -> list[object]:
    department = lead.sender_department
    return [department.name if department else None, lead.sent_on]


def _assessment(lead: Row) -> list[object]:
    found = getattr(lead, "assessment", None)
    return [found.truthfulness, found.feasibility] if found else [None, None]


LEADS: Final = Columns(
    (
        Column(
            "key",
            _("Number"),
            (_("Key"),),
            lambda lead: [lead.key],
            sort="key",
            members=("key", "url"),
        ),
        Column(
            "title",
            _("Title"),
            (_("Title"), _("Suspected processor")),
            lambda lead: [lead.title, lead.suspected_processor],
            members=("title", "suspected_processor", "confidential"),
        ),
        LABELS,
        Column("source", _("Source"), (_("Source"),), lambda lead: [lead.get_source_display()]),
        Column(
            "source_detail",
            _("Detail of the source"),
            (_("Detail of the source"),),
            lambda lead: [lead.source_detail],
            usual=False,
        ),
        Column(
            "sender",
            _("Transferred by department"),
            (_("Transferred by department"), _("Transferred on")),
            _sender,
            usual=False,
            members=("sender_department", "sent_on"),
        ),
        Column(
            "state",
            _("State"),
            (_("State"),),
            lambda lead: [lead.get_state_display()],
            members=("state", "state_title", "law_code"),
        ),
        Column(
            "major",
            _("Major lead"),
            (_("Major lead"),),
            lambda lead: [_("yes") if lead.major else _("no")],
            shown=False,
        ),
        Column(
            "assessment",
            _("Truthfulness, feasibility"),
            (
                _("Truthfulness, from 1 (doubtful) to 5 (certain)"),
                _("Feasibility of a case, from 1 (hopeless) to 5 (easy)"),
            ),
            _assessment,
            usual=False,
        ),
        Column(
            "handler",
            _("Handler"),
            (_("Handler"),),
            lambda lead: [lead.handler.name if lead.handler else None],
        ),
        Column(
            "department",
            _("Department"),
            (_("Department"),),
            lambda lead: [lead.department.name if lead.department else None],
            usual=False,
        ),
        Column(
            "received_on",
            _("Received on"),
            (_("Received on"),),
            lambda lead: [lead.received_on],
            sort="received_on",
        ),
        Column(
            "created_at",
            _("Registered on"),
            (_("Registered on"),),
            lambda lead: [day_of(lead.created_at)],
            usual=False,
        ),
    ),
    opening="title",
    first="key",
)
