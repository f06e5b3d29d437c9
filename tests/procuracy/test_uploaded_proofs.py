"""Every step and every record there is: without the file that proves it nothing is saved.

A walk over all declarations and all kinds of events. What no file proves stands in a list below with its reason,
so that whoever declares a step decides about its proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from audit.errors import Invalid
from cases.forms.base import FactsForm
from cases.machine import Declaration, LegalDay
from cases.models import Case, Proposal
from cases.registries import EventKind, event_kinds, machines
from cases.services import acts, proposals
from cases.services.facts import bound_form, form_class
from tests.support.matters import make_administrative_case, make_case, upload

pytestmark = pytest.mark.django_db
MATTERS = ("lead", "case", "administrative")
# The form takes the publication's proof and a guard demands it: `test_each_guard` tries that guard alone.
BY_A_GUARD = {"announcement_published": "publication_proven"}

OWN_WORK = (
    "work of the office before anything is decided: the report or form it ends in is the document"
)
ON_THE_JUDGMENT = "read from the judgment, whose file the step before demanded (T36, T39)"
COMPUTED = "follows from recorded days and their proofs (law 3.10a, 14.1); nobody has a paper of it"
OF_THE_RECOMMENDATION = (
    "work on a recommendation of the office: its paper is D-71, its receipt the service"
)
STEPS_WITHOUT_A_FILE = {
    "governance_begun": OF_THE_RECOMMENDATION,
    "governance_drafted": OF_THE_RECOMMENDATION,
    "governance_sent_out": OF_THE_RECOMMENDATION,
    "governance_assessed": "a reading of the reply, whose file was demanded (G-9)",
    "governance_closed": OF_THE_RECOMMENDATION,
    "consultation_begun": "shown by the minutes or the letter the next step demands (A-2-2; norm C100)",
    "consultation_held": "its guard demands the minutes (D-32) or the letter (D-31)",
    "authority_investigated": OWN_WORK,
    "administrative_investigation_closed": OWN_WORK,
    "recommendation_received": "its guard demands the service with its receipt (Rules 76; norm C104)",
    "measure_assessed": "its guard demands a file for what was done; nothing shows what was not",
    "follow_up_begun": OWN_WORK,
    "performance_review_begun": OWN_WORK,
    "administrative_decision_effective": COMPUTED,
    "inquiry_started": OWN_WORK,
    "jurisdiction_examined": "the answer of law 3.3 to the places stated; no paper exists",
    "claim_entered": "the text of the complaint (D-45); invoices are asked for by a warning (norm C054)",
    "claim_struck": "takes back a draft that no paper outside the office names",
    "provisional_day_confirmed": "the chief's own reasoned confirmation (law 14.2)",
    "announcement_expired": COMPUTED,
    "judgment_effective": COMPUTED,
    "operative_item_entered": ON_THE_JUDGMENT,
    "operative_item_struck": ON_THE_JUDGMENT,
    "money_checked": "a second look at an entry whose receipt was demanded (S40; law 8.3)",
    "relapse_found": "rests on the look-back check, whose report was demanded (S42)",
    "archive_indexed": "the index with its hashes is made here and is itself the file (Rules 106)",
}

OF_THE_RECORD = "concerns the record itself, and is made by an act within the house"
OF_THE_LEAD = "the lead's own register; the paper that brought it lies in the register of papers (Rules 24-27)"
OF_RECUSAL = "an application and its decision, made here; minutes of the committee are demanded (Rules 19-23)"
KINDS_WITHOUT_A_FILE = {
    "governance_entered": "follows from the beginning of the recommendation (G-1)",
    "governance_term_begun": "follows from the service of the recommendation, which demands its receipt",
    "lead_registered": OF_THE_LEAD,
    "lead_assessed": OF_THE_LEAD,
    "lead_marked_major": OF_THE_LEAD,
    "lead_recorded_with_superior": OF_THE_LEAD,
    "lead_escalated": OF_THE_LEAD,
    "act_approved": "an approval, given here or with its scan",
    "act_given_up": OF_THE_RECORD,
    "case_opened": "follows from the decision to file",
    "case_split_off": "follows from the split, which is approved",
    "administrative_case_received": "as `case_received` (tests/administrative/test_transfer.py)",
    "case_received": "its form is not one of facts; the receipt is demanded (tests/litigation/test_transfers.py)",
    "investigative_act": "its paper is an exhibit or a document D-20 to D-34 with a number of its own",
    "violator_identified": OF_THE_RECORD,
    "team_changed": OF_THE_RECORD,
    "case_handed_over": OF_THE_RECORD,
    "recusal_applied": OF_RECUSAL,
    "recusal_decided": OF_RECUSAL,
    "recusal_review_requested": OF_RECUSAL,
    "recusal_review_decided": OF_RECUSAL,
    "committee_minutes_opened": OF_THE_RECORD,
    "direction_recorded": "an objection written here; a direction with its paper is S53",
    "objection_filed": "an opinion written here (Rules 8)",
    "event_corrected": OF_THE_RECORD,
    "transition_annulled": OF_THE_RECORD,
    "back_entry_asked": OF_THE_RECORD,
    "back_entry_agreed": OF_THE_RECORD,
    "back_entry_refused": OF_THE_RECORD,
    "back_entry_ended": OF_THE_RECORD,
    "rulebook_kept": OF_THE_RECORD,
    "completion_refused": "a second look at a completion whose proof was demanded",
    "obligation_entered": "follows from the split of the judgment",
    "document_served": "recorded from the service of process, which demands its receipt",
    "service_failed": "recorded from the service of process, which demands its proof",
}


def files_of(kind: EventKind) -> list[str]:
    """Return the fields of the facts that ask for a file without which nothing is saved."""
    fields: dict[str, forms.Field] = getattr(form_class(kind.code), "base_fields", {})
    return [
        name
        for name, field in fields.items()
        if isinstance(field, forms.FileField) and field.required
    ]


def steps() -> Iterator[Declaration]:
    for machine in MATTERS:
        yield from machines[machine].declarations.values()


def step_kinds() -> set[str]:
    return {each.event_kind for machine in machines for each in _declared(machine)}


def _declared(machine: str) -> Any:
    return machines[machine].declarations.values()


PROVEN = [step for step in steps() if files_of(event_kinds[step.event_kind])]
PROVEN_KINDS = [
    kind for code, kind in event_kinds.items() if code not in step_kinds() and files_of(kind)
]


def case_in(cast: Any, step: Declaration) -> Case:
    """Return a case that says it stands where the step begins; no step of a lead asks for a file."""
    civil = step in machines["case"].declarations.values()
    assert civil or step in machines["administrative"].declarations.values()
    case = make_case(cast) if civil else make_administrative_case(cast)
    case.__dict__["state"] = step.sources[0]
    return case


def attempt(cast: Any, case: Case, step: Declaration) -> None:
    """Take the step without its file, the way people take it: directly, or on an approved proposal."""
    if not step.needs_proposal:
        acts.enter_directly(actor=cast.handler, matter=case, declaration=step, data={})
        return
    approved = Proposal.objects.create(
        office=case.office,
        case=case,
        machine=case.machine,
        object_id=case.pk,
        transition=step.code,
        title=step.title_zh,
        status="approved",
        author=cast.handler,
    )
    proposals.carry_out(actor=cast.handler, proposal=approved, data={})


@pytest.mark.parametrize("step", PROVEN, ids=lambda step: step.code)
def test_a_step_without_the_file_that_proves_it_is_refused_and_nothing_is_recorded(cast, step):
    case = case_in(cast, step)
    before = case.events.count()
    with pytest.raises(Invalid) as refused:
        attempt(cast, case, step)
    for name in files_of(event_kinds[step.event_kind]):
        assert refused.value.errors[name], (step.code, name)
    assert case.events.count() == before


@pytest.mark.parametrize("kind", PROVEN_KINDS, ids=lambda kind: kind.code)
def test_a_record_beside_the_steps_is_refused_without_its_file(cast, kind):
    with pytest.raises(Invalid) as refused:
        bound_form(kind.code, {}, matter=make_case(cast), actor=cast.handler)
    assert set(files_of(kind)) <= set(refused.value.errors)


def test_it_is_the_file_alone_that_is_missed_where_the_file_is_missing(cast):
    for code in {step.event_kind for step in PROVEN}:
        case, names = make_case(cast), files_of(event_kinds[code])
        form: FactsForm = form_class(code)(
            {}, {name: upload() for name in names}, matter=case, actor=cast.handler
        )
        assert not set(names) & set(form.errors), code


def test_every_act_towards_others_asks_for_its_file():
    for step in steps():
        if step.legal_day != LegalDay.ACT or step.event_kind in STEPS_WITHOUT_A_FILE:
            continue
        guard = BY_A_GUARD.get(step.event_kind)
        assert guard in step.act_requirements or files_of(event_kinds[step.event_kind]), step.code


def test_a_step_without_a_file_is_approved_here_has_its_document_or_a_stated_reason():
    without = {
        step.event_kind
        for step in steps()
        if not files_of(event_kinds[step.event_kind])
        and not step.route
        and not (step.needs_documents or step.makes_documents)
    }
    assert without == set(STEPS_WITHOUT_A_FILE)


def test_a_record_beside_the_steps_asks_for_its_file_or_has_a_stated_reason():
    without = {
        code
        for code, kind in event_kinds.items()
        if code not in step_kinds() and not files_of(kind)
    }
    assert without == set(KINDS_WITHOUT_A_FILE)
