"""Making a paper an event: the day, the time and the files go along, by page and by API."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from audit.errors import Conflict, Invalid
from cases.models import Attachment, Event
from cases.registries import event_kinds
from cases.selectors.events import reference_of
from cases.services import acts
from exchange import selectors, services
from tests.exchange.conftest import REPLY, register
from tests.support.api import program_of
from tests.support.matters import (
    approve,
    happen,
    make_case,
    make_lead,
    propose,
    stand_aside,
    upload,
)

pytestmark = pytest.mark.django_db
DATA = REPLY | {"legal_day": "2026-03-09"}


def take(cast, case, paper, **changes):
    """Record the reply from the paper, as the page does."""
    return acts.record_directly(
        actor=cast.handler,
        matter=case,
        code="T13",
        data=DATA | changes,
        source=selectors.reference_of(paper),
    )


def test_the_file_and_the_time_of_the_paper_are_those_of_the_event(cast, case, paper):
    event = take(cast, case, paper)
    file = paper.files.get()
    assert [proof.sha256 for proof in event.proofs.all()] == [file.sha256]
    assert event.facts["proofs"] == [file.sha256]
    assert "paper" not in event.facts
    assert event.legal_instant == datetime(2026, 3, 9, 11, 40, tzinfo=UTC)
    paper.refresh_from_db()
    assert (paper.event, paper.standing) == (event, "event")


def test_an_event_of_another_day_does_not_bear_the_time_of_the_paper(cast, case, paper):
    assert take(cast, case, paper, legal_day="2026-03-08").legal_instant is None


def test_further_files_are_kept_beside_those_of_the_paper(cast, case, paper):
    event = acts.record_directly(
        actor=cast.handler,
        matter=case,
        code="T13",
        data=DATA,
        files={"paper": upload("信封.txt")},
        source=f"paper:{paper.pk}",
    )
    assert [proof.name for proof in event.proofs.all()] == ["复函.txt", "信封.txt"]


def test_a_paper_becomes_one_event(cast, case, paper):
    first = take(cast, case, paper)
    with pytest.raises(Conflict) as refused:
        take(cast, case, paper)
    assert refused.value.code == "became_an_event"
    assert refused.value.details == {"event": first.pk}
    assert Event.objects.filter(case=case, kind="announcement_reply").count() == 1


def test_of_two_who_take_the_paper_at_once_the_second_records_nothing(
    cast, case, paper, monkeypatch
):
    """The second has seen the paper free; the row that both lock says otherwise."""
    first, unused = take(cast, case, paper), services.require_unused
    monkeypatch.setattr("exchange.source.services.require_unused", lambda row: None)
    monkeypatch.setattr(
        "exchange.source.services.make_event",
        lambda **given: _as_before(monkeypatch, unused, given),
    )
    with pytest.raises(Conflict):
        take(cast, case, paper)
    assert list(Event.objects.filter(case=case, kind="announcement_reply")) == [first]
    assert Attachment.objects.filter(case=case, purpose="announcement_reply").count() == 1


def _as_before(monkeypatch, unused, given):
    monkeypatch.undo()
    services.make_event(**given)


def test_nothing_is_recorded_from_a_closed_paper(cast, case, paper):
    services.close_paper(actor=cast.clerk, paper=paper, reason="误登")
    with pytest.raises(Conflict):
        take(cast, case, paper)
    assert not Event.objects.filter(case=case, kind="announcement_reply").exists()


def test_a_step_that_asks_for_two_files_wants_the_second_beside_the_paper(cast, case, paper):
    form = event_kinds["settlement_published"].form
    stated = {"legal_day": "2026-03-09", "agreed_on": "2026-03-06", "medium": "法院公告网"}
    given = [file.stored for file in paper.files.all()]

    def errors(count, files=None):
        filled = form(stated, files, matter=case, actor=cast.handler, given=given * count)
        return set(filled.errors)

    assert errors(0) == {"agreement", "publication"}
    assert errors(1) == {"publication"}
    assert errors(1, {"agreement": upload()}) == set()
    assert errors(2) == set()


def test_what_is_no_paper_of_the_matter_is_refused_alike(cast, case, paper):
    """So that nobody learns from the answer which papers there are."""
    elsewhere = register(cast.colleague, matter=make_case(cast, handler=cast.colleague))
    unlinked, foreign = register(cast.intake), register(cast.stranger)
    said = set()
    for reference in (
        *(f"paper:{row.pk}" for row in (elsewhere, unlinked, foreign)),
        *("paper:987654321", f"paper:{'9' * 40}", "paper:", "paper:-1", "letter:1", "nonsense"),
    ):
        with pytest.raises(Invalid) as refused:
            acts.record_directly(
                actor=cast.handler, matter=case, code="T13", data=DATA, source=reference
            )
        assert list(refused.value.errors) == ["source"]
        said.add(str(refused.value.message).replace(reference[:40], ""))
    assert len(said) == 1


def test_a_paper_of_the_lead_proves_an_event_of_its_case(cast, case):
    lead = make_lead(cast, received_on=date(2026, 1, 4))
    case.lead = lead
    case.save(update_fields=["lead"])
    event = take(cast, case, register(cast.intake, matter=lead))
    assert event.case == case
    assert event.proofs.get().case == case


def test_a_record_without_a_step_is_made_from_a_paper_too(cast, case, paper):
    event = acts.record_fact(
        actor=cast.handler,
        matter=case,
        kind="direction_recorded",
        data={"legal_day": "2026-03-09", "direction": "上级院指示。"},
        source=f"paper:{paper.pk}",
    )
    paper.refresh_from_db()
    assert paper.event == event
    assert event.proofs.count() == 1


# --- pages -------------------------------------------------------------------------------------------


def test_from_the_page_of_the_paper_the_step_is_recorded_without_another_upload(
    cast, case, paper, as_user
):
    client = as_user(cast.handler)
    step = f"{reverse('transition_record', args=[case.key, 'T13'])}?source=paper:{paper.pk}"
    assert (
        reverse("paper_event", args=[paper.pk])
        in client.get(paper.get_absolute_url()).content.decode()
    )
    assert step in client.get(reverse("paper_event", args=[paper.pk])).content.decode()
    page = client.get(step).content.decode()
    assert 'value="2026-03-09"' in page
    assert "复函.txt" in page
    assert client.post(step, DATA | {"step": "record"}).status_code == 302
    event = Event.objects.get(case=case, kind="announcement_reply")
    assert event.proofs.get().sha256 == paper.files.get().sha256
    page = client.get(paper.get_absolute_url()).content.decode()
    assert reverse("event_detail", args=[event.pk]) in page
    assert reverse("paper_event", args=[paper.pk]) not in page
    assert client.get(reverse("paper_event", args=[paper.pk])).status_code == 409
    assert client.get(step).status_code == 409


def test_what_is_wrong_on_the_page_keeps_the_paper_and_records_nothing(cast, case, paper, as_user):
    step = f"{reverse('transition_record', args=[case.key, 'T13'])}?source=paper:{paper.pk}"
    answer = as_user(cast.handler).post(step, DATA | {"step": "record", "legal_day": "2026-03-11"})
    assert answer.status_code == 400
    assert "复函.txt" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.event is None


def test_a_foreign_paper_named_in_the_address_shows_nothing_of_it(cast, case, as_user):
    foreign = register(cast.stranger, subject="外院来函")
    step = f"{reverse('transition_record', args=[case.key, 'T13'])}?source=paper:{foreign.pk}"
    answer = as_user(cast.handler).get(step)
    assert answer.status_code == 400
    assert "外院来函" not in answer.content.decode()


def test_the_paper_offers_what_the_actor_may_do_in_the_matter_now(cast, case, paper):
    ways = {way.code: way for way in selectors.ways_of(cast.handler, paper)}
    assert ways["T13"].kind == "record"
    assert ways["T14"].kind == "propose"
    assert ways["T15"].kind == "decide"
    assert "source" not in ways["T14"].link + ways["T15"].link
    assert reverse("direction_create", args=[case.key]) in ways[""].link
    assert {way.code for way in selectors.ways_of(cast.clerk, paper)} >= {"T13"}
    assert selectors.ways_of(cast.case_manager, paper) == []
    assert selectors.ways_of(cast.handler, register(cast.clerk)) == []


SUPPORT = {
    "plaintiff_kind": "consumer_organisation",
    "means": ["opinion"],
}
ACCEPTED = {
    "legal_day": "2026-03-10",
    "court": "杭州互联网法院",
    "court_case_number": "（2026）浙0192民初1号",
}


@pytest.fixture
def support(cast, case):
    """An approved proposal to support another's suit (T14), and the court's notice that opens it."""
    told = {"replier": "eligible", "name": "江州市消费者权益保护委员会", "intention": "has"}
    reply = happen(case, "announcement_reply", date(2026, 3, 5), actor=cast.handler, facts=told)
    plan = SUPPORT | {"reply": reference_of(reply)}
    proposal = approve(propose(case, "T14", plan, cast.handler), cast.head, cast.chief)
    notice = {"subject": "受理通知书", "day": date(2026, 3, 10), "time": time(9, 0)}
    return proposal, register(cast.clerk, matter=case, **notice)


def test_an_approved_act_is_carried_out_from_the_page_of_the_paper(cast, case, support, as_user):
    proposal, notice = support
    (way,) = [way for way in selectors.ways_of(cast.handler, notice) if way.code == "T14"]
    address = reverse("proposal_carry_out", args=[proposal.pk])
    assert (way.kind, way.link) == ("carry_out", f"{address}?source=paper:{notice.pk}")
    client = as_user(cast.handler)
    assert 'value="2026-03-10"' in client.get(way.link).content.decode()
    assert client.post(way.link, ACCEPTED).status_code == 302
    notice.refresh_from_db()
    assert notice.event == Event.objects.get(case=case, kind="support_begun")
    assert notice.event.proofs.get().sha256 == notice.files.get().sha256


def test_a_program_carries_an_approved_act_out_from_a_paper(cast, case, support):
    proposal, notice = support
    program = program_of(cast.handler)
    body = {"facts": ACCEPTED, "source": f"paper:{notice.pk}"}
    reply = program.send(f"proposals/{proposal.pk}/carry-out/", body)
    assert reply.status_code == 201, reply.content
    assert program.ask(f"papers/{notice.pk}/")["event"] == reply.json()["id"]


# --- API ---------------------------------------------------------------------------------------------


def test_a_program_records_a_step_from_a_paper(cast, case, paper):
    body = {"transition": "T13", "facts": DATA, "source": f"paper:{paper.pk}"}
    reply = program_of(cast.handler).send(f"cases/{case.key}/transitions/", body)
    assert reply.status_code == 201, reply.content
    told = program_of(cast.handler).ask(f"papers/{paper.pk}/")
    assert told["event"] == reply.json()["event"]
    proof = Event.objects.get(pk=told["event"]).proofs.get()
    assert proof.sha256 == told["files"][0]["sha256"]


def test_a_program_that_names_no_paper_still_has_to_send_the_file(cast, case, paper):
    body = {"transition": "T13", "facts": DATA}
    reply = program_of(cast.handler).send(f"cases/{case.key}/transitions/", body)
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["paper"])


@pytest.mark.parametrize("source", ["paper:987654321", "nonsense", ["paper:1"], 7])
def test_a_program_with_a_wrong_source_is_told_so(cast, case, source):
    body = {"transition": "T13", "facts": DATA, "source": source}
    reply = program_of(cast.handler).send(f"cases/{case.key}/transitions/", body)
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["source"])


def test_a_proposal_takes_no_source(cast, case, paper):
    body = {"transition": "T11", "facts": {}, "reasons": "x", "source": f"paper:{paper.pk}"}
    reply = program_of(cast.handler).send(f"cases/{case.key}/transitions/", body)
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["source"])


def test_a_program_records_an_event_without_a_step_from_a_paper(cast, case, paper):
    facts = {"legal_day": "2026-03-09", "direction": "上级院指示。"}
    body = {"kind": "direction_recorded", "facts": facts, "source": f"paper:{paper.pk}"}
    reply = program_of(cast.handler).send(f"cases/{case.key}/events/", body)
    assert reply.status_code == 201, reply.content
    paper.refresh_from_db()
    assert paper.event_id == reply.json()["id"]


def test_who_stands_aside_makes_nothing_of_the_papers_of_the_case(cast, case, paper):
    case.team.create(user=cast.recused, position="handler")
    stand_aside(cast, case, cast.recused)
    program = program_of(cast.recused)
    body = {"transition": "T13", "facts": DATA, "source": f"paper:{paper.pk}"}
    assert program.send(f"cases/{case.key}/transitions/", body).status_code == 404
    assert program.get(f"/api/v1/papers/{paper.pk}/").status_code == 404
