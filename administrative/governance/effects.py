"""What the steps of a recommendation on governance create: rows, moves, papers, tasks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from administrative.governance import services
from administrative.governance.forms import OutcomeOfObjection, Sending
from administrative.models import GovernanceRecommendation
from cases.machine import Act
from cases.models import Event
from cases.registries import EffectLine, add_effect
from notices.catalogue import TYPES
from notices.models import Document
from notices.services.approving import decider_of
from notices.services.drafting import create_draft

Lines = list[EffectLine]
CODE = "D-71"


def _event(act: Act) -> Event:
    assert act.event is not None  # effects that write run after the event
    return act.event


def _person(act: Act) -> User:
    person = _event(act).recorded_by
    assert person is not None  # no act of this procedure is the system's
    return person


def _row(act: Act) -> GovernanceRecommendation:
    return services.locked(act.matter, act.facts)


def _line(text: str) -> Lines:
    return [EffectLine("governance", text)]


# --- preparation -----------------------------------------------------------------------------------


def begin(act: Act, preview: bool) -> Lines:
    """Enter the recommendation, to be written (G-1)."""
    if not preview:
        services.begin(case=act.matter, event=_event(act), actor=_person(act), facts=act.facts)
    return _line(_("The recommendation is entered; write it and have it reviewed."))


def write(act: Act, preview: bool) -> Lines:
    """Keep the contents; the review is asked for anew (G-1-4)."""
    if not preview:
        services.write(row=_row(act), event=_event(act), facts=act.facts)
    return _line(_("The legal-policy department reviews the text as it stands now."))


def review(act: Act, preview: bool) -> Lines:
    """The department has given its opinion (G-2)."""
    if not preview:
        services.move_if(_row(act), "R2", _event(act))
    return _line(_("It can be proposed for decision."))


def decide(act: Act, preview: bool) -> Lines:
    """Fix the contents, and link the paper that is drawn from them (G-3)."""
    if not preview:
        services.decide(row=_row(act), event=_event(act), draft=_draft(act))
    return _line(_("The contents stand as they are decided."))


def _draft(act: Act) -> Document | None:
    """Return the draft the decision has made; a second recommendation of a case has one of its own.

    In back-entry the paper exists already and is filed: then there is none.
    """
    event = _event(act)
    found = Document.objects.filter(event=event, code=CODE).first()
    if (
        found is not None
        or not GovernanceRecommendation.objects.filter(
            case=act.matter, document__isnull=False
        ).exists()
    ):
        return found
    return create_draft(
        kind=TYPES[CODE],
        matter=act.matter,
        actor=_person(act),
        event=event,
        signer=decider_of(event.proposal),
        signed_day=act.legal_day,
    )


# --- the unit --------------------------------------------------------------------------------------


def issue(act: Act, preview: bool) -> Lines:
    """The paper goes out; declared on the spot, the unit has it (G-4)."""
    declared = act.facts.get("way") == Sending.DECLARED
    if not preview:
        row, paper = _row(act), Document.objects.get(pk=act.facts["document"])
        services.issue(row=row, event=_event(act), document=paper)
        if declared:
            services.receive(row=row, event=_event(act), begins=True)
    then = _("The unit has it.") if declared else _("It is served next.")
    return _line(_("Two departments of the next-higher office get it within five days.") + then)


def record(act: Act, preview: bool) -> Lines:
    """One department has it (G-5)."""
    if not preview:
        department = act.facts["department"]
        services.close_record_task(row=_row(act), department=department, actor=_person(act))
    both = act.facts.get("both") == "yes"
    return _line(_("Both departments have it.") if both else _("The other department is left."))


def receive_objection(act: Act, preview: bool) -> Lines:
    """The objection waits for its decision (G-6)."""
    if not preview:
        services.move_if(_row(act), "R6", _event(act))
    return _line(_("It is examined again (G-7)."))


def decide_objection(act: Act, preview: bool) -> Lines:
    """It stands, is changed or withdrawn (G-7)."""
    if act.facts.get("outcome") != OutcomeOfObjection.UPHELD:
        return change(act, preview)
    if not preview:
        row = _row(act)
        services.uphold(row=row, event=_event(act))
        services.ask_to_tell(row=row, event=_event(act), actor=_person(act))
    return _line(_("The recommendation stands; the unit is told."))


def change(act: Act, preview: bool) -> Lines:
    """It ends; a changed one is written, reviewed and decided anew (G-8)."""
    outcome = str(act.facts.get("outcome"))
    if not preview:
        row, event, person = _row(act), _event(act), _person(act)
        services.end_by(row=row, event=event, outcome=outcome, actor=person)
        services.ask_to_tell(row=row, event=event, actor=person)
    changed = outcome == OutcomeOfObjection.CHANGE
    return _line(
        _("A changed recommendation is prepared in its place; the unit is told.")
        if changed
        else _("It is withdrawn; the unit is told.")
    )


def tell_unit(act: Act, preview: bool) -> Lines:
    """The unit knows (G-8-2)."""
    if not preview:
        services.told(row=_row(act), actor=_person(act))
    return []


def receive_reply(act: Act, preview: bool) -> Lines:
    """The answer waits for its assessment (G-9)."""
    if not preview:
        row = _row(act)
        services.move_if(row, "R8", _event(act))
        services.close_reply_task(row=row, actor=_person(act))
    return _line(_("The answer is assessed next (G-10)."))


def assess(act: Act, preview: bool) -> Lines:
    """How far it was adopted is known (G-10)."""
    if not preview:
        services.move(_row(act), "R9", _event(act))
    return []


def close(act: Act, preview: bool) -> Lines:
    """Nothing more follows (G-12)."""
    if not preview:
        services.move(_row(act), "R12", _event(act))
    return _line(_("Its periods end."))


EFFECTS = {
    "governance_begun": begin,
    "governance_drafted": write,
    "governance_reviewed": review,
    "governance_decided": decide,
    "governance_sent_out": issue,
    "governance_recorded": record,
    "governance_objected": receive_objection,
    "governance_objection_decided": decide_objection,
    "governance_change_decided": change,
    "governance_unit_told": tell_unit,
    "governance_answered": receive_reply,
    "governance_assessed": assess,
    "governance_closed": close,
}


def register() -> None:
    """Hand the effects to the registry."""
    for kind, effect in EFFECTS.items():
        add_effect(f"{kind}:governance", effect)
