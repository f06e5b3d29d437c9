"""Another eligible body joins the suit and is a party of it from then on (T26; CPLI 285; CPL 171)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from audit.errors import Conflict, Refusal
from cases.models import Case, Event, Party, PartyRole
from cases.services import checklists, corrections, parties
from cases.services.acts import declaration_of
from cases.states import CaseState
from deadlines.models import Deadline
from litigation import selectors
from litigation.forms.judging import AppealReportedFacts, OpponentAppealFacts, party_choices
from litigation.services.copying import copy_parties
from litigation.soundness import records_follow
from tests.litigation import suit
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import force, happen, make_case, record, upload

pytestmark = pytest.mark.django_db
NAME = "某省消费者权益保护委员会"
JOINING = {"legal_day": "2026-05-18", "plaintiff": NAME, "permitted": "on"}


def join(cast, case: Case, **facts) -> Event:
    return record(cast.handler, case, "T26", JOINING | facts, {"paper": upload()})


def co_plaintiff(case: Case) -> Party:
    return case.parties.get(joined_by__isnull=False, removed_at=None)


@pytest.fixture
def prepared(cast) -> Case:
    """A case in preparation; the clock stands on 20 May 2026."""
    with on(2026, 5, 20):
        yield suit.in_preparation(cast)


@pytest.fixture
def judged(cast) -> Case:
    """A case a co-plaintiff joined, judged on 22 June 2026; the clock stands on 8 July."""
    with on(2026, 7, 8):
        case = suit.in_preparation(cast)
        join(cast, case)
        for code, day in (("T29", "06-08"), ("T36", "06-22")):
            facts = {"judgment_number": "1"} if code == "T36" else {}
            force(case, code, date.fromisoformat(f"2026-{day}"), actor=cast.handler, **facts)
        yield case


def serve(cast, case: Case, party: str, day: str) -> Event:
    facts = {"legal_day": day, "party": party}
    return record(cast.handler, case, "S19", facts, {"paper": upload()})


def all_served(cast, case: Case) -> str:
    """Serve office and defendant on 24 June, the co-plaintiff on 8 July; return its key."""
    joined = str(co_plaintiff(case).pk)
    serve(cast, case, "office", "2026-06-24")
    serve(cast, case, str(suit.defendants(case)[0].pk), "2026-06-24")
    serve(cast, case, joined, "2026-07-08")
    return joined


def correct(cast, event: Event, **facts) -> None:
    corrections.correct_event(
        actor=cast.handler,
        event=event,
        data=JOINING | facts,
        reason="误录",
        files={"paper": upload()},
    )


def test_who_joins_becomes_a_party_of_the_suit_between_office_and_defendants(prepared, cast):
    event = join(cast, prepared)
    party = co_plaintiff(prepared)
    assert (party.role, party.name, party.joined_by) == (PartyRole.ELIGIBLE_PLAINTIFF, NAME, event)
    names = [name for _key, name in party_choices(prepared)]
    assert names == [prepared.office.name, NAME, suit.defendants(prepared)[0].name]
    shown = selectors.parties_of_suit(prepared)
    assert [(row.name, row.joined) for row in shown] == list(
        zip(names, (False, True, False), strict=True)
    )


def test_an_eligible_plaintiff_entered_before_is_the_one_that_joins(prepared, cast):
    known = parties.add_party(
        actor=cast.handler,
        case=prepared,
        facts={"role": "eligible_plaintiff", "kind": "organisation", "name": NAME},
    )
    assert (str(known.pk), NAME) not in party_choices(prepared), "it has not joined yet"
    prepared.refresh_from_db()
    join(cast, prepared)
    assert co_plaintiff(prepared) == known


def test_a_joining_that_is_annulled_takes_the_party_off_with_the_reason(prepared, cast):
    event = join(cast, prepared)
    happen(
        prepared,
        "transition_annulled",
        date(2026, 5, 19),
        actor=cast.chief,
        annuls=event,
        reason="误录他案",
    )
    party = prepared.parties.get(joined_by=event)
    assert party.removed_at is not None
    assert party.removed_reason == "误录他案"
    assert len(party_choices(prepared)) == 2


def test_a_correction_renames_the_party_takes_it_off_and_lets_it_in_again_once(prepared, cast):
    event = join(cast, prepared)
    first = co_plaintiff(prepared)
    correct(cast, event, plaintiff="某市消费者权益保护委员会")
    assert co_plaintiff(prepared).name == "某市消费者权益保护委员会"
    correct(cast, event, permitted="")
    assert len(party_choices(prepared)) == 2
    correct(cast, event)
    assert co_plaintiff(prepared) == first
    assert prepared.parties.filter(role="eligible_plaintiff").count() == 1


def test_only_its_entry_says_who_the_co_plaintiff_is_and_that_it_is_in(prepared, cast):
    event = join(cast, prepared)
    party = co_plaintiff(prepared)
    with pytest.raises(Conflict) as refused:
        parties.remove_party(actor=cast.handler, party=party, reason="误录")
    assert (refused.value.code, refused.value.details) == (
        "joined_by_an_event",
        {"event": event.pk},
    )
    for change in ({"name": "另一组织"}, {"role": "third_party"}):
        with pytest.raises(Conflict):
            parties.change_party(
                actor=cast.handler, party=party, facts=change, version=party.version
            )
    changed = parties.change_party(
        actor=cast.handler,
        party=party,
        facts={"name": NAME, "representative": "某代表"},
        version=party.version,
    )
    assert changed.representative == "某代表"


def test_the_verification_finds_a_co_plaintiff_no_event_tells_of(prepared, cast):
    join(cast, prepared)
    assert list(records_follow(prepared)) == []
    Party.objects.filter(pk=co_plaintiff(prepared).pk).update(name="另一组织")
    assert list(records_follow(prepared)) == ["the co-plaintiffs are not what the events say"]


@pytest.mark.norm("C069")
def test_effect_waits_for_service_on_the_co_plaintiff_and_for_the_end_of_its_period(judged, cast):
    serve(cast, judged, "office", "2026-06-24")
    serve(cast, judged, str(suit.defendants(judged)[0].pk), "2026-06-24")
    lines = checklists.checklist(declaration_of(judged, "T38"), judged, {})
    [served] = [line for line in lines if line.code == "served_on_every_party"]
    assert NAME in served.verdict.why
    serve(cast, judged, str(co_plaintiff(judged).pk), "2026-07-08")
    with on(2026, 7, 23), pytest.raises(Refusal) as refused:
        record(cast.handler, judged, "T38", {"legal_day": "2026-07-10"})
    assert codes(refused) == ["appeal_periods_over"]
    assert "2026-07-23" in refused.value.unmet[0].message
    with on(2026, 7, 24):
        record(cast.handler, judged, "T38", {"legal_day": "2026-07-24"})
    assert judged.state == CaseState.EFFECTIVE


@pytest.mark.norm("C069", "C072")
def test_an_appeal_of_the_co_plaintiff_takes_the_case_to_the_second_instance(judged, cast):
    joined = all_served(cast, judged)
    facts = {
        "legal_day": "2026-07-20",
        "received_on": "2026-07-20",
        "party": joined,
        "content": "请求改判",
    }
    with on(2026, 7, 20):
        event = record(cast.handler, judged, "T37-2", facts, {"paper": upload()})
    assert judged.state == CaseState.SECOND_INSTANCE
    assert selectors.appellants(judged) == [joined]
    assert selectors.period_of_party(judged, "P-30", joined).state == "met"
    assert not Deadline.objects.filter(case=judged, rule="P-06").exists(), "Rules 62: defendants"
    assert event.facts["co_plaintiff"] == "yes"
    lines = checklists.checklist(declaration_of(judged, "S24"), judged, {})
    assert not next(x for x in lines if x.code == "opponent_has_appealed").verdict.met


def test_the_appeal_form_offers_the_co_plaintiff_and_the_report_upwards_only_defendants(
    judged, cast
):
    joined = str(co_plaintiff(judged).pk)
    appeal = OpponentAppealFacts(matter=judged, actor=cast.handler)
    assert joined in dict(appeal.fields["party"].choices)
    reported = AppealReportedFacts(matter=judged, actor=cast.handler)
    assert joined not in dict(reported.fields["party"].choices)


def test_the_co_plaintiff_answers_an_appeal_of_a_defendant(judged, cast):
    joined = all_served(cast, judged)
    appeal = {
        "legal_day": "2026-07-08",
        "received_on": "2026-07-08",
        "party": str(suit.defendants(judged)[0].pk),
        "content": "请求改判",
    }
    record(cast.handler, judged, "T37-2", appeal, {"paper": upload()})
    copy = {"legal_day": "2026-07-08", "party": joined}
    record(cast.handler, judged, "S25", copy, {"paper": upload()})
    answer = copy | {"content": "请求维持"}
    record(cast.handler, judged, "S25-2", answer, {"paper": upload()})


def test_the_page_of_the_suit_and_the_api_name_the_co_plaintiff(judged, cast, client):
    all_served(cast, judged)
    client.force_login(cast.handler)
    page = client.get(reverse("case_suit", args=[judged.key])).content.decode()
    assert NAME in page
    assert "2026-07-23" in page
    listed = client.get(reverse("case_parties", args=[judged.key])).content.decode()
    party = co_plaintiff(judged)
    assert reverse("event_detail", args=[party.joined_by_id]) in listed
    assert reverse("party_remove", args=[judged.key, party.pk]) not in listed
    program = APIClient()
    program.force_authenticate(cast.handler)
    rows = program.get(f"/api/v1/cases/{judged.key}/parties/").json()["results"]
    assert {row["id"]: row["joined_by"] for row in rows}[party.pk] == party.joined_by_id
    answer = program.post(
        f"/api/v1/cases/{judged.key}/parties/{party.pk}/remove/", {"reason": "误录"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "joined_by_an_event")


def test_who_joined_one_suit_has_not_joined_the_case_split_from_it(prepared, cast):
    join(cast, prepared)
    other = make_case(cast)
    copy_parties(cast.handler, prepared, other)
    assert other.parties.get(name=NAME).joined_by is None
    assert [name for _key, name in party_choices(other)][1:] == ["某科技有限公司"]
