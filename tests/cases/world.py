"""One lead and one case with something of every kind on them, for tests that try every endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Attachment, Case, Lead, Proposal
from cases.services import lists, team, work
from cases.services.parties import add_party
from cases.services.tags import create_tag
from cases.services.tasks import add_task
from tests.support import matters
from tests.support.matters import happen, make_case
from tests.support.people import Cast

DAY = date(2026, 1, 6)


@dataclass
class World:
    """What there is, and the ids an address of each kind needs."""

    lead: Lead
    case: Case
    proposal: Proposal
    ids: dict[str, int]


def _around(cast: Cast, matter) -> dict[str, int]:
    """Put one of everything on `matter`; return the ids by the last part of the address."""
    actor, machine = cast.handler, matter.machine
    event = matter.events.order_by("-id").first()
    contact = {"day": DAY, "person": "李四", "medium": "telephone", "content": "通话内容"}
    file = Attachment.objects.create(
        **{machine: matter}, name="a.txt", media_type="text/plain", size=1, sha256="0" * 64,
        purpose="proof", uploaded_by=actor,
    )  # fmt: skip
    made = {
        "events": event,
        "recusals": matters.ask_to_stand_aside(cast, matter, cast.assistant),
        "tasks": add_task(actor=actor, matter=matter, title="核对", owner=actor, due_on=None),
        "comments": work.add_comment(actor=actor, matter=matter, text="意见"),
        "notes": work.add_note(actor=actor, matter=matter, text="笔记"),
        "contacts": work.record_contact(actor=actor, matter=matter, facts=contact),
        "attachments": file,
    }
    return {f"{machine}s/{name}": row.pk for name, row in made.items()}


def _leave_open(cast: Cast, lead: Lead, case: Case) -> None:
    """Let only the recusal keep the person out: he registered the lead, his place in the team is open."""
    Lead.objects.filter(pk=lead.pk).update(created_by=cast.recused)
    case.team.create(user=cast.recused, position="handler")


def make_world(cast: Cast) -> World:
    """Build it through the services; the recused person was in the team of the case before."""
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    case, other = make_case(cast), make_case(cast)
    members = [(cast.handler, "lead"), (cast.assistant, "assistant"), (cast.recused, "handler")]
    team.set_team(actor=cast.head, case=case, members=members, reason="组成办案组")
    happen(case, "direction_recorded", DAY, actor=cast.handler, facts={"direction": "指示"})
    ids = _around(cast, lead) | _around(cast, case)
    party = {"role": "violator", "kind": "person", "name": "张三"}
    ids["cases/parties"] = add_party(actor=cast.handler, case=case, facts=party).pk
    ids["cases/links"] = work.link_cases(
        actor=cast.handler, source=case, target=other, kind="related"
    ).pk
    ids["cases/team"] = case.team.first().pk
    for matter in (lead, case):
        matters.stand_aside(cast, matter, cast.recused)
    _leave_open(cast, lead, case)
    transfer = {
        "target_office": cast.other_office.pk,
        "jurisdiction_ground": "侵权行为地不在本辖区。",
        "materials": "线索材料一册",
    }
    proposal = matters.propose(lead, "T02", transfer, cast.handler)
    kept = lists.save_filter(actor=cast.handler, list_name="cases", name="我的", query="mine=1")
    tag = create_tag(actor=cast.head, facts={"name": "快递", "use": "field"})
    ids |= {"saved-filters": kept.pk, "proposals": proposal.pk, "tags": tag.pk}
    return World(lead, case, proposal, ids)
