"""No writable endpoint takes state, office, number, author or approver from a request (safety B5)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction
from django.forms.models import model_to_dict

from accounts.models import Office, User
from cases.models import Case, Lead, Party, Proposal
from cases.selectors.card import card_of
from tests.cases.test_api_access import ALL, address_in
from tests.cases.world import make_world
from tests.support import matters
from tests.support.api import program_of

pytestmark = pytest.mark.django_db

WRITES = [(method, address) for method, address in ALL if method in ("post", "patch")]
V1 = "/api/v1/"
ON = [f"{V1}leads/{{key}}/", f"{V1}cases/{{key}}/"]
TRANSFER = {"jurisdiction_ground": "不在本辖区。", "materials": "一册"}


def hand_over(cast):
    return {"successor": cast.colleague.pk, "reason": "工作调整"}


def bodies_of_both(cast):
    """Return (persona, valid body) of what can be written on leads and cases alike."""
    handler, chief = cast.handler, cast.chief
    person = {"person": cast.colleague.pk, "applicant": "甲", "grounds": "亲属"}
    contact = {"day": "2026-01-06", "person": "王", "medium": "visit", "content": "内容"}
    direction = {"direction": "指示", "legal_day": "2026-01-06"}
    second = matters.make_lead(cast)
    both = {
        "hand-over/": (cast.head, hand_over(cast)),
        "transitions/": (handler, {"transition": "M01", "facts": {"into": second.pk}}),
        "events/": (handler, {"kind": "direction_recorded", "facts": direction}),
        "events/{id}/correct/": (
            handler,
            {"facts": direction | {"direction": "更正"}, "reason": "误录"},
        ),
        "events/{id}/annul/": (chief, {"reason": "误录"}),
        "back-entry/": (handler, {"reason": "补录"}),
        "back-entry/decide/": (cast.head, {"decision": "agree"}),
        "back-entry/end/": (handler, {}),
        "on-paper/": (handler, {"transition": "T07"}),
        "recusals/": (handler, person | {"received_on": "2026-01-06"}),
        "recusals/{id}/decide/": (chief, {"granted": False, "reason": "不属实"}),
        "recusals/{id}/request-review/": (handler, {"received_on": "2026-01-07"}),
        "attachments/{id}/open-minutes/": (chief, {"person": cast.clerk.pk, "reason": "核对"}),
        "tasks/": (handler, {"title": "核对", "owner": handler.pk}),
        "tasks/{id}/close/": (handler, {"note": "完成"}),
        "comments/": (handler, {"text": "意见"}),
        "notes/": (handler, {"text": "笔记"}),
        "contacts/": (handler, contact),
    }
    return {("post", on + part): entry for on in ON for part, entry in both.items()}


def bodies(cast, world):
    """Return (persona, valid body) of every writable endpoint."""
    handler, head = cast.handler, cast.head
    version = {"version": Case.objects.get(pk=world.case.pk).version}
    party = Party.objects.get(pk=world.ids["cases/parties"])
    lead, case = ON
    decided = {"decision": "return", "opinion": "补充", "digest": world.proposal.digest}
    return bodies_of_both(cast) | {
        ("post", f"{V1}leads/{{key}}/reporter/"): (handler, {"reason": "核实举报"}),
        ("post", f"{V1}leads/"): (cast.intake, {
            "title": "线索", "source": "media", "source_detail": "报道",
            "received_on": "2026-01-05", "summary": "摘要",
        }),
        ("post", lead + "assess/"): (handler, {
            "truthfulness": 3, "truthfulness_reason": "有", "feasibility": 3,
            "feasibility_reason": "可",
        }),
        ("post", lead + "mark-major/"): (head, {}),
        ("post", lead + "record-with-superior/"): (head, {
            "received_on": "2026-01-06", "receipt": "1号",
        }),
        ("post", lead + "escalate/"): (handler, {"reason": "请示"}),
        ("patch", case): (handler, {"summary": "新", "confidential": False} | version),
        ("post", case + "identify-violator/"): (handler, {"kind": "person", "name": "张"}),
        ("post", case + "parties/"): (handler, {
            "role": "third_party", "kind": "person", "name": "王五",
        }),
        ("patch", case + "parties/{id}/"): (handler, {"name": "张四", "version": party.version}),
        ("post", case + "parties/{id}/contact/"): (handler, {"reason": "通知询问"}),
        ("post", case + "parties/{id}/remove/"): (handler, {"reason": "重复"}),
        ("post", case + "team/"): (head, {
            "members": [{"user": handler.pk, "position": "lead"}], "reason": "调整",
        }),
        ("post", case + "links/"): (handler, {
            "other": Case.objects.exclude(pk=world.case.pk).get().key, "kind": "same_facts",
        }),
        ("patch", f"{V1}proposals/{{pk}}/"): (handler, {
            "reasons": "新理由", "version": world.proposal.version,
        }),
        ("post", f"{V1}proposals/{{pk}}/submit/"): (handler, {}),
        ("post", f"{V1}proposals/{{pk}}/withdraw/"): (handler, {"reason": "撤回"}),
        ("post", f"{V1}proposals/{{pk}}/decide/"): (head, decided),
        ("post", f"{V1}proposals/{{pk}}/paper/"): (cast.clerk, {}),
        ("post", f"{V1}proposals/{{pk}}/carry-out/"): (handler, {"facts": {}}),
        ("post", f"{V1}running-cases/"): (handler, {"reason": "补录"}),
        ("post", f"{V1}running-cases/{{pk}}/ask/"): (handler, {}),
        ("post", f"{V1}running-cases/{{pk}}/decide/"): (head, {"decision": "agree", "digest": "x"}),
        ("post", f"{V1}hand-overs/"): (head, hand_over(cast) | {"person": handler.pk}),
        ("post", f"{V1}saved-filters/"): (handler, {"list_name": "cases", "name": "二"}),
        ("patch", f"{V1}saved-filters/{{pk}}/"): (handler, {"name": "三"}),
        ("patch", f"{V1}load-weights/office/"): (head, {"minors": 2}),
    } | bodies_of_labels(cast, world) | bodies_of_cards(cast, world)  # fmt: skip


def bodies_of_labels(cast, world):
    """Return (persona, valid body) of what writes labels, and of the acts on several leads or cases."""
    cases, leads, tag = [world.case.key], [world.lead.key], world.ids["tags"]
    return {
        ("post", f"{V1}tags/"): (cast.head, {"name": "二手房", "use": "field"}),
        ("patch", f"{V1}tags/{{pk}}/"): (cast.head, {"name": "网约车"}),
        ("post", f"{V1}cases/{{key}}/tags/"): (cast.handler, {"put_on": [tag]}),
        ("post", f"{V1}leads/{{key}}/tags/"): (cast.handler, {"put_on": [tag]}),
        ("post", f"{V1}leads/label/"): (cast.handler, {"leads": leads, "put_on": [tag]}),
        ("post", f"{V1}cases/label/"): (cast.handler, {"cases": cases, "put_on": [tag]}),
        ("post", f"{V1}cases/assign/"): (cast.head, hand_over(cast) | {"cases": cases}),
        ("post", f"{V1}leads/assign/"): (
            cast.head,
            hand_over(cast) | {"leads": leads, "conflict_checked": True},
        ),
    }


def bodies_of_cards(cast, world):
    """Return (persona, valid body) of marking an item of the card as checked."""
    return {
        ("post", f"{on}card/checks/"): (
            cast.handler,
            next(
                {"item": line.item.code, "digest": line.digest}
                for line in card_of(cast.handler, matter).lines
                if line.values
            ),
        )
        for on, matter in zip(ON, (world.lead, world.case), strict=True)
    }


def hostile(cast):
    """Return fields nobody may set, naming a person and an office that must appear nowhere."""
    person, office = cast.stranger.pk, cast.other_office.pk
    people = (
        "created_by", "approved_by", "author", "actor", "acted_by", "recorded_by", "decided_by",
        "entered_by", "uploaded_by", "closed_by", "assessed_by", "handler", "on_behalf_of",
    )  # fmt: skip
    numbers = {"number": "检公〔2026〕1号", "official_number": "x", "serial": 999, "year": 1999}
    return (
        dict.fromkeys(people, person)
        | numbers
        | {"office": office, "key": "X", "state": "archived", "status": "carried_out"}
        | {"route": [], "position": 2, "round": 9, "lead": 1, "case": 1, "id": 1, "pk": 1}
    )


def protected():
    """Return what no request may write of the rows there are."""
    names = ["key", "office", "year", "serial", "state", "created_by", "official_number"]
    rows = [*Lead.objects.order_by("pk"), *Case.objects.order_by("pk")]
    fixed = {}
    for row in rows:
        values = model_to_dict(row) | {name: getattr(row, name, None) for name in names}
        fixed[type(row).__name__, row.pk] = {name: values[name] for name in names}
    return fixed


def places_of(kind, pk):
    """Return the columns of the room's tables that point to a person or an office."""
    return [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.fields
        if field.related_model is kind and model.objects.filter(**{field.name: pk}).exists()
    ]


def test_the_table_knows_every_writable_endpoint(cast):
    assert set(bodies(cast, make_world(cast))) == set(WRITES)


# Refused in this world even with a right body: not in this state, or only with a file.
REFUSED = {
    ("post", "/api/v1/cases/{key}/back-entry/decide/"),
    ("post", "/api/v1/cases/{key}/back-entry/end/"),
    ("post", "/api/v1/cases/{key}/on-paper/"),
    ("post", "/api/v1/leads/{key}/back-entry/decide/"),
    ("post", "/api/v1/leads/{key}/back-entry/end/"),
    ("post", "/api/v1/leads/{key}/on-paper/"),
    ("post", "/api/v1/cases/{key}/events/{id}/annul/"),
    ("post", "/api/v1/cases/{key}/identify-violator/"),
    ("post", "/api/v1/cases/{key}/attachments/{id}/open-minutes/"),
    ("post", "/api/v1/cases/{key}/recusals/{id}/request-review/"),
    ("post", "/api/v1/cases/{key}/transitions/"),
    ("post", "/api/v1/leads/{key}/events/{id}/annul/"),
    ("post", "/api/v1/leads/{key}/attachments/{id}/open-minutes/"),
    ("post", "/api/v1/leads/{key}/recusals/{id}/request-review/"),
    ("post", "/api/v1/leads/{key}/transitions/"),
    ("post", "/api/v1/proposals/{pk}/carry-out/"),
    ("post", "/api/v1/proposals/{pk}/paper/"),
    ("post", "/api/v1/proposals/{pk}/submit/"),
    ("post", "/api/v1/running-cases/"),
    ("post", "/api/v1/running-cases/{pk}/ask/"),
    ("post", "/api/v1/running-cases/{pk}/decide/"),
}


def sent(body, extra):
    """Return `body` with the hostile fields beside its own, among the facts too."""
    if "facts" not in body:
        return extra | body
    return extra | body | {"facts": extra | body["facts"]}


def wrongs(cast, before, reply, expected):
    """Name everything a request changed that it must not."""
    after = protected()
    found = [place for place in before if after[place] != before[place]]
    found += places_of(User, cast.stranger.pk) + places_of(Office, cast.other_office.pk)
    if Proposal.objects.filter(status="carried_out").exists():
        found.append("carried out")
    if (reply.status_code < 300) is not expected or reply.status_code >= 500:
        found.append(f"{reply.status_code} {reply.content[:300]!r}")
    return found


def test_fields_that_follow_from_acts_are_never_taken_from_a_request(cast):
    world = make_world(cast)
    extra, table = hostile(cast), bodies(cast, world)
    programs = {person.pk: program_of(person) for person, _body in table.values()}
    before, found = protected(), {}
    for (method, address), (person, body) in table.items():
        send = getattr(programs[person.pk], method)
        point = transaction.savepoint()
        reply = send(address_in(world, address), sent(body, extra), format="json")
        wrong = wrongs(cast, before, reply, (method, address) not in REFUSED)
        if wrong:
            found[method, address] = wrong
        transaction.savepoint_rollback(point)
    assert found == {}


def test_a_proposal_takes_neither_author_nor_state_nor_route_from_its_request(cast):
    lead, other = (matters.assign(cast, matters.make_lead(cast)) for _ in range(2))
    body = {"transition": "M01", "reasons": "重复"}
    body |= {"facts": {"into": other.pk, "reason": "同一事实"}}
    extra = hostile(cast)
    address = f"leads/{lead.key}/transitions/"
    reply = program_of(cast.handler).send(address, sent(body, extra))
    assert reply.status_code == 201
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.office) == (cast.handler, cast.office)
    assert (proposal.status, proposal.position) == ("submitted", 0)
    assert proposal.route == ["department_head"]
    assert set(proposal.facts) == {"into", "reason"}


@pytest.mark.parametrize("field", sorted({"state", "key", "office", "created_by", "version"}))
def test_leads_and_cases_have_no_writing_method_of_their_own(cast, field):
    world = make_world(cast)
    program = program_of(cast.handler)
    for address in (f"leads/{world.lead.key}/", f"cases/{world.case.key}/"):
        assert program.send(address, {field: 1}, method="put").status_code == 405
        assert program.send(address, method="delete").status_code == 405
    assert program.send(f"leads/{world.lead.key}/", {field: 1}, method="patch").status_code == 405
    assert program.send("cases/", {field: 1}).status_code == 405
