"""Look-back, closing and archive (T48 to T51, T61 to T63; law 3.10a; Rules 106)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, proven, stated
from cases.models import Case
from cases.registries import document_slots
from cases.selectors.events import corrected, latest, standing
from enforcement import selectors
from enforcement.forms.closing import Injunctions
from litigation.models import CaseTransfer

ARCHIVE_CURES = gettext_lazy("Case management.")


@guard("回头看计划", "The plan names its days", "law 3.10a", reads="facts")
def look_back_has_days(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one day on which the performance is tested again (practice; norm C147)."""
    days = facts.get("days") or []
    return either(bool(days), "、".join(days), _("Name at least one day of the look-back."))


@guard(
    "发现反弹",
    "A relapse was found",
    "Rules 24",
    reads="Event look_back_checked, Event relapse_found",
)
def relapse_was_found(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A check has found the harm back, and no lead came of it yet."""
    found = [
        event
        for event in standing(matter, "look_back_checked")
        if corrected(event)[1].get("relapse") == "yes"
    ]
    registered = len(standing(matter, "relapse_found"))
    return either(
        len(found) > registered,
        _("A check has found the harm back."),
        _("No check has found the harm back without a lead having come of it."),
    )


@guard("无期限在计算", "No clock runs", "law 3.10a", reads="Deadline")
def no_open_clock(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No period runs but those the office only keeps an eye on (P-34, P-42, P-45)."""
    rows = selectors.open_clocks(matter)
    names = "；".join(f"{row.rule} {row.title} {row.effective_day}".strip() for row in rows)
    return either(
        not rows,
        _("No period runs."),
        _("These periods run: %(periods)s.") % {"periods": names},
        reverse("case_deadlines", args=[matter.key]),
    )


@guard(
    "回证、备案材料齐全",
    "Receipts and reports are in",
    "Rules 106; law 3.10a",
    reads="Deadline.state, Deadline.kind, Deadline.effective_day, Case.state, Task (documents to be filed), "
    "Service (sent and under way)",
    cure=TEAM_CURES,
)
def returns_are_in(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Every report and receipt the office owes is entered, every document a step asked for is filed."""
    missing = selectors.missing_returns(matter)
    return either(
        not missing,
        _("Nothing the office owes is missing."),
        _("Missing: %(items)s.") % {"items": "；".join(missing)},
    )


@guard(
    "关联禁令、保全已解除或者被裁判吸收",
    "Linked injunctions are over",
    "law 3.10a, 4.7",
    reads="facts, Event injunctions_ended, Event period_begun, Deadline P-60 to P-66",
    by_statement=True,
)
def injunctions_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """None was applied for, as the closing states; or a statement with its paper says that each is over."""
    said = facts.get("injunctions")
    if said == Injunctions.NONE:
        return _none_was_applied_for(matter, facts)
    if said != Injunctions.ENDED:
        return Verdict(False, _("State how the injunctions and preservation measures stand."))
    signed = latest(matter, "injunctions_ended")
    if signed is None:
        link = reverse("transition_record", args=[matter.key, "S71"])
        return Verdict(False, _("Sign the statement that they are over (S71)."), link)
    day, stated = corrected(signed)
    words = {"day": day, "who": signed.recorded_by, "what": stated.get("statement", "")}
    return Verdict(True, _("%(who)s stated on %(day)s: %(what)s") % words)


def _none_was_applied_for(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The statement has its words, and no period of a measure that somebody began by hand still runs."""
    if running := selectors.running_periods_of_measures(matter):
        names = "；".join(f"{row.rule} {row.title} {row.effective_day}" for row in running)
        sentence = _(
            "Periods of a preservation measure or an injunction are still open: %(periods)s. Complete each "
            "with its proof, then choose that every measure is over and sign for it (S71)."
        )
        link = reverse("case_deadlines", args=[matter.key])
        return Verdict(False, sentence % {"periods": names}, link)
    return stated(
        facts,
        "injunctions_statement",
        _("Say how it was found that none was applied for in this case."),
    )


@guard(
    "回头看报告",
    "The look-back is reported",
    "law 3.10a",
    reads="Event look_back_planned, Event look_back_checked, Document D-86",
)
def look_back_reported(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Where a look-back was planned every check is made and the report D-86 is final."""
    if latest(matter, "look_back_planned") is None:
        return Verdict(True, _("No look-back was planned; no law asks for one."))
    if waiting := selectors.planned_checks(matter):
        return Verdict(False, _("Checks to come: %(days)s.") % {"days": "、".join(waiting)})
    slot = document_slots.get("documents")
    return slot.check(matter, "D-86") if slot else Verdict(False, "D-86")


@guard(
    "受移送院已确认接收",
    "The other office has the case",
    "Rules 16; law 14.1",
    reads="CaseTransfer",
)
def receiver_acknowledged(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The transfer was acknowledged (T64)."""
    sent = CaseTransfer.objects.filter(source=matter).order_by("-id").first()
    held = sent is not None and sent.received_on is not None
    day = sent.received_on if sent else None
    return either(
        held,
        _("Acknowledged; received on %(day)s.") % {"day": day},
        _("The receiving office has not acknowledged the case."),
    )


@guard(
    "归档目录完整",
    "The archive index is complete",
    "Rules 106",
    reads="ArchiveIndex, ArchiveEntry",
    cure=ARCHIVE_CURES,
)
def archive_index_complete(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is an index and it lists every file the case has now, each with its digest (norm C123)."""
    index = selectors.latest_index(matter)
    page = reverse("archive_index", args=[matter.key])
    if index is None:
        return Verdict(False, _("No archive index was made."), page)
    missing = selectors.not_in_index(matter, index, facts.get("proofs") or ())
    return either(
        not missing,
        _("The index lists %(count)s files.") % {"count": index.entries.count()},
        _("Not listed as they are now: %(places)s. Make the index again.")
        % {"places": "、".join(missing[:10])},
        page,
    )


@guard(
    "档案部门收据",
    "The receipt of the archive",
    "Rules 106",
    reads="facts, Attachment",
    cure=ARCHIVE_CURES,
)
def archive_receipt(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The archive has given its receipt."""
    return proven(facts, _("Upload the receipt of the archive."))
