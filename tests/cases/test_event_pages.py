"""The pages of events: what stands, correcting, annulling."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Event
from cases.selectors.events import events_of, story_of
from cases.services import acts
from tests.support import matters
from tests.support.documents import final

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


@pytest.fixture
def event(lead):
    return Event.objects.get(lead=lead, transition="T03")


def test_the_story_of_a_lead_tells_also_what_is_recorded_of_it_together_with_its_case(cast):
    case = matters.make_case(cast)
    case.lead = matters.make_lead(cast)
    case.save()
    # The services name one owner; a row that names both is allowed and belongs to each.
    day, facts = date(2026, 3, 2), {"intention": "will"}
    both = matters.happen(case, "announcement_reply", day, facts=facts, lead=case.lead)
    for matter in (case, case.lead):
        told = list(events_of(matter))
        assert both in told
        assert list(story_of(matter)) == told


def pages_of(event) -> list[str]:
    names = ("event_detail", "event_correct", "event_annul")
    return [reverse(name, args=[event.pk]) for name in names]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_handler_reads_every_page_of_an_event(cast, event, as_user, language):
    cast.handler.language = language
    cast.handler.save()
    client = as_user(cast.handler)
    assert [client.get(address).status_code for address in pages_of(event)] == [200, 200, 200]


def test_the_stranger_finds_no_page_of_an_event(cast, event, as_user):
    client = as_user(cast.stranger)
    assert {client.get(address).status_code for address in pages_of(event)} == {404}
    assert {client.post(address).status_code for address in pages_of(event)[1:]} == {404}


def test_the_recused_handler_finds_no_page_of_an_event(cast, lead, event, as_user):
    matters.stand_aside(cast, lead, cast.handler)
    client = as_user(cast.handler)
    assert {client.get(address).status_code for address in pages_of(event)} == {404}


def correction(cast, **changes) -> dict:
    return {
        "handler": cast.handler.pk,
        "conflict_checked": "on",
        "legal_day": "2026-01-08",
        "correction_reason": MARKUP,
    } | changes


def test_a_correction_shows_both_days_and_its_reason_as_text(cast, event, as_user):
    client = as_user(cast.handler)
    client.post(reverse("event_correct", args=[event.pk]), correction(cast))
    page = client.get(reverse("event_detail", args=[event.pk])).content.decode()
    assert "2026-01-08" in page
    assert "2026-01-05" in page
    assert MARKUP not in page
    fix = Event.objects.get(corrects=event)
    assert client.get(reverse("event_detail", args=[fix.pk])).status_code == 200


def test_a_correction_without_a_reason_keeps_what_was_typed(cast, event, as_user):
    answer = as_user(cast.handler).post(
        reverse("event_correct", args=[event.pk]), correction(cast, correction_reason="")
    )
    assert answer.status_code == 400
    assert "2026-01-08" in answer.content.decode()
    assert not Event.objects.filter(corrects=event).exists()


def test_the_head_annuls_what_the_head_recorded_after_a_question(cast, lead, event, as_user):
    client, address = as_user(cast.head), reverse("event_annul", args=[event.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 400
    client.post(address, {"reason": "误录"})
    lead.refresh_from_db()
    assert lead.state == "lead_registered"
    assert "误录" in client.get(reverse("event_detail", args=[event.pk])).content.decode()


def test_the_handler_who_did_not_record_it_is_told_who_annuls(cast, lead, event, as_user):
    answer = as_user(cast.handler).post(reverse("event_annul", args=[event.pk]), {"reason": "误录"})
    assert answer.status_code == 409
    lead.refresh_from_db()
    assert lead.state == "lead_assessing"


@pytest.mark.parametrize(
    ("person", "page", "said"),
    [
        ("handler", "event_annul", "Whoever decided this, or the chief procurator, may annul it."),
        ("head", "event_correct", "Only a handling prosecutor corrects the record."),
    ],
)
def test_who_may_not_is_told_at_the_top_and_asked_for_nothing(
    cast, event, as_user, person, page, said
):
    client = as_user(getattr(cast, person))
    client.cookies["django_language"] = "en"
    text = client.get(reverse(page, args=[event.pk])).content.decode()
    assert said in text
    assert 'name="reason"' not in text
    assert 'name="legal_day"' not in text


def test_a_step_that_is_not_the_last_says_so_instead_of_asking_why(cast, lead, event, as_user):
    acts.record_directly(
        actor=cast.handler, matter=lead, code="T04",
        data={"legal_day": "2026-01-09", "why_necessary": "主体不明", "plan": "走访"},
    )  # fmt: skip
    client = as_user(cast.chief)
    client.cookies["django_language"] = "en"
    text = client.get(reverse("event_annul", args=[event.pk])).content.decode()
    assert "Annul the later ones first." in text
    assert 'name="reason"' not in text


def test_the_event_names_the_proposal_it_was_decided_upon_and_no_day_of_decision(cast, as_user):
    """The Chinese for a day of decision once stood before the proposal."""
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    facts = {"reason": "不属于公益诉讼案件范围。"}
    final(lead, "D-05", cast.handler)
    matters.approve(matters.propose(lead, "T07", facts, cast.handler), cast.head, cast.chief)
    event = Event.objects.get(lead=lead, transition="T07")
    text = as_user(cast.handler).get(reverse("event_detail", args=[event.pk])).content.decode()
    assert reverse("proposal_detail", args=[event.proposal_id]) in text
    assert "决定日" not in text


def test_facts_that_no_form_asked_are_shown_in_words(cast, lead, as_user):
    matters.assess(cast, lead)
    assessed = Event.objects.get(lead=lead, kind="lead_assessed")
    page = as_user(cast.handler).get(reverse("event_detail", args=[assessed.pk])).content.decode()
    assert "有截图。" in page
