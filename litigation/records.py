"""The records of a suit that stand behind the guards: which entries each holds, and what of them it shows.

What is shown follows from the events of the case alone; `litigation.selectors.records` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from litigation.package import Piece


@dataclass(frozen=True)
class Column:
    """One column of a record, by the names of the facts it shows.

    Attributes:
        own: facts that speak for themselves below the title of the column, the first of them aloud.
        beside: facts that are shown with the label of their form.
    """

    title: Text
    own: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """One kind of record.

    Attributes:
        kinds: the kinds of events it lists, each entry a line.
        followed: whether a line says what became of it.
    """

    code: str
    title: Text
    article: str
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    followed: bool = False


def shown_as(piece: Piece | str) -> str:
    """Return the name under which a record shows a piece that was handed in with the complaint."""
    return f"piece_{piece}"


RECORDS = (
    Record(
        "replies",
        _("Replies to the announcement"),
        "Rules 93",
        ("announcement_reply",),
        (
            Column(_("Who answered"), ("name", "replier")),
            Column(_("About a suit of its own"), ("intention",), ("court",)),
            Column(_("What the reply says"), ("content",)),
        ),
        followed=True,
    ),
    Record(
        "support",
        _("Support of another's suit"),
        "Rules 100-103",
        ("support_begun", "support_given", "support_withdrawn", "support_withdrawal_served"),
        (
            Column(_("How it is supported"), ("means",)),
            Column(_("Plaintiff and court"), ("plaintiff", "court", "court_case_number")),
            Column(
                _("What was done"),
                ("content", "explanation"),
                ("ground", "court_received_on", "plaintiff_received_on"),
            ),
        ),
    ),
    Record(
        "committee",
        _("Decisions of the committee"),
        "PCR 21, 32",
        ("committee_decided",),
        (
            Column(_("Question put to the vote"), ("question",), ("papers_sent_on",)),
            Column(
                _("Members and votes"),
                beside=("members", "present", "votes_for", "votes_against"),
            ),
            Column(_("Result of the vote"), ("vote",), ("minority_views",)),
        ),
        followed=True,
    ),
    Record(
        "filing",
        _("Filing with the court"),
        "CPL 126, 130; JI 14, 15",
        (
            "complaint_delivered",
            "suit_rejected",
            "rejection_appealed",
            "suit_prepared_again",
            "suit_accepted",
            "court_changed",
            "jurisdiction_objection_refused",
            "jurisdiction_ruling_appealed",
        ),
        (
            Column(_("Court"), ("court", "court_case_number")),
            Column(
                _("What was handed over or decided"),
                ("rejection", "cause", "cured", "reason"),
                (
                    *("copies", *map(shown_as, Piece), "court_fee"),
                    *("court_ground", "ruling_number", "objector", "objected_on", "ruling"),
                ),
            ),
        ),
    ),
    Record(
        "defences",
        _("Defences and counterclaims"),
        "CPL 128; JI 16",
        ("defence_received", "counterclaim_refused"),
        (
            Column(_("Defendant"), ("defendant",)),
            Column(_("What it says"), ("content",)),
        ),
    ),
    Record(
        "hearings",
        _("Hearings and attending staff"),
        "CPL 40, 139; Rules 49-57; JI 8",
        ("hearing_noticed", "attendance_notified", "hearing_held"),
        (
            Column(_("Place"), ("place",), ("hearing_on",)),
            Column(_("Panel"), beside=("judges", "assessors")),
            Column(_("Who attends"), ("staff", "duties")),
            Column(_("Course of the hearing"), ("course",), ("debate_closed",)),
        ),
    ),
    Record(
        "settlements",
        _("Settlement and its publication"),
        "Rules 99; CPLI 287",
        ("settlement_published",),
        (
            Column(_("The agreement"), ("terms",), ("agreed_on", "below_reason")),
            Column(_("Compared with the claims"), ("comparison",)),
            Column(_("Published in"), ("medium",), ("published_on", "published_until")),
        ),
        followed=True,
    ),
    Record(
        "appeals",
        _("Appeals"),
        "CPL 171, 173; Rules 58-62",
        ("superior_ordered", "appeal_filed", "opponent_appealed"),
        (
            Column(_("Who appeals"), ("who",)),
            Column(
                _("Content and filing of the appeal"),
                ("content", "appealed_part", "order"),
                (
                    *("why", "through_original_court", "copy_to_superior", "leave"),
                    *("received_on", "order_number", "reason"),
                ),
            ),
        ),
        followed=True,
    ),
    Record(
        "second_instance",
        _("Second instance"),
        "CPL 174, 177, 180, 182; Rules 62, 63",
        (
            "appeal_reported",
            "appeal_served",
            "appeal_answered",
            "appeal_heard",
            "second_instance_judged",
            "judgment_remanded",
            "appeal_withdrawn",
        ),
        (
            Column(
                _("Who took part"), ("who", "staff", "duties"), ("superior_staff", "appellants")
            ),
            Column(
                _("Course and decision"),
                ("outcome", "operative_part", "course", "content", "ground"),
                ("judgment_number", "ruling_number", "new_panel"),
            ),
        ),
    ),
    Record(
        "retrial",
        _("Retrial"),
        "CPL 209-224; Rules 64",
        (
            *("retrial_applied", "retrial_application_refused", "protest_lodged"),
            *("retrial_ordered", "retrial_judged"),
        ),
        (
            Column(_("Who asked"), ("applicant", "superior"), ("document_number", "application")),
            Column(_("Ground"), ("ground", "explanation", "reason"), ("knowledge_ground",)),
            Column(
                _("Outcome"),
                ("outcome", "operative_part"),
                ("judgment_number", "ruling_number"),
            ),
        ),
    ),
)
# What later entries say of an earlier one: the fact by which each names it.
NAMING = {
    "announcement_reply_followed": "reply",
    "support_begun": "reply",
    "committee_decision_executed": "decision",
    "committee_feedback_given": "decision",
}
# What ends the publication of a settlement, and what ends an appeal.
ENDS_OF_SETTLEMENT = ("mediation_effective", "settlement_refused")
ENDS_OF_APPEAL = (
    *("second_instance_judged", "judgment_remanded", "appeal_withdrawn"),
    *("mediation_effective", "suit_withdrawn", "litigation_terminated"),
)
# What is shown of an entry that tells what became of another.
SHOWN_OF_END = (
    *("result", "outcome", "reason", "ground", "judgment_number", "ruling_number"),
    "document_number",
)
EVERY_KIND = frozenset(
    (
        *(kind for record in RECORDS for kind in record.kinds),
        *NAMING,
        *ENDS_OF_SETTLEMENT,
        *ENDS_OF_APPEAL,
    )
)
