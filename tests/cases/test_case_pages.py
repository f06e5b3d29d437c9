from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import conditional_escape

from cases.selectors.next_steps import next_steps, offered
from cases.services.work import record_contact
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


def login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


@pytest.fixture
def case(cast):
    return make_case(cast)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_reads_the_case_and_its_list(client, cast, case, language):
    login(client, cast.handler, language)
    assert case.title in client.get(reverse("case_list")).content.decode()
    answer = client.get(reverse("case_detail", args=[case.key]))
    assert answer.status_code == 200
    assert case.title in answer.content.decode()


def test_the_head_sets_the_team_and_needs_exactly_one_lead(client, cast, case):
    login(client, cast.head)
    address = reverse("case_team", args=[case.key])
    chosen = {f"person_{cast.handler.pk}": "lead", f"person_{cast.clerk.pk}": "clerk"}
    chosen |= {"reason": "组成", "version": "1"}
    wrong = client.post(address, chosen | {f"person_{cast.handler.pk}": ""})
    assert wrong.status_code == 400
    assert "one lead" in wrong.content.decode()
    assert client.post(address, chosen).status_code == 302
    assert case.team.filter(until=None).count() == 2


TABS = (
    "case_detail",
    "case_parties",
    "case_deadlines",
    "case_tasks",
    "case_people",
    "case_contacts",
    "case_links",
    "case_record",
    "case_print",
    "case_readiness",
)
FORMS = (
    "case_edit",
    "party_create",
    "violator_identify",
    "case_team",
    "recusal_create",
    "link_create",
    "investigative_act_create",
    "direction_create",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABS + FORMS)
def test_every_tab_opens_in_both_languages(client, cast, case, name, language):
    login(client, cast.handler, language)
    assert client.get(reverse(name, args=[case.key])).status_code == 200


def test_the_summary_is_a_file_on_one_page_and_taking_it_out_is_recorded(client, cast, case):
    from io import BytesIO

    from pypdf import PdfReader

    from audit.models import AuditEvent

    login(client, cast.handler)
    answer = client.get(reverse("case_pdf", args=[case.key]))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert case.title in reader.pages[0].extract_text().replace("\n", "")
    entry = AuditEvent.objects.get(action="case.exported")
    assert (entry.case_id, entry.actor_id) == (case.pk, cast.handler.pk)


def test_the_track_shows_what_was_what_is_and_both_ways_on(cast, case):
    from cases.selectors.events import standing_events
    from cases.track import track_of

    with translation.override("en"), on(2026, 1, 15):
        steps = track_of(case, standing_events(case))
        assert [(step.title, step.place) for step in steps[:2]] == [
            ("Filed", "now"),
            ("Investigation", "ahead"),
        ]
        assert steps[0].days == 10


def test_the_page_names_every_step_with_all_it_lacks_and_who_can_cure_it(client, cast, case):
    page = login(client, cast.handler).get(case.get_absolute_url()).content.decode()
    with translation.override("en"):
        steps = offered(next_steps(case, cast.handler)).moving
        assert [step.declaration.code for step in steps] == ["T08"]
        assert {line.code for line in steps[0].unmet} >= {"two_staff", "document:D-09"}
        for step in steps:
            shown = page[page.index(f'id="step-{step.declaration.code}"') :]
            for line in step.unmet:
                found = shown[shown.index(f"<span>{conditional_escape(line.title)}</span>") :]
                found = found[: found.index("</li>")]
                assert conditional_escape(line.verdict.why) in found, line.code
                assert f"Cured by: {conditional_escape(line.cure)}" in " ".join(found.split())


def test_an_entry_that_waits_for_something_else_says_for_what(client, cast, case):
    page = login(client, cast.handler).get(case.get_absolute_url()).content.decode()
    entries = page[page.index('id="entries"') :]
    with translation.override("en"):
        offer = offered(next_steps(case, cast.handler))
        assert {step.declaration.code for step in offer.waiting} >= {"S05"}
        for step in offer.waiting:
            assert conditional_escape(step.unmet[0].verdict.why) in entries


@pytest.mark.parametrize("group", ["", "procedure", "contact", "nonsense"])
def test_the_timeline_is_narrowed_to_one_group(client, cast, case, group):
    record_contact(
        actor=cast.handler,
        matter=case,
        facts={
            "day": date(2026, 1, 6),
            "person": "张某",
            "medium": "telephone",
            "content": "<b>电话</b>",
            "organisation": "",
        },
    )
    login(client, cast.handler)
    answer = client.get(reverse("case_detail", args=[case.key]), {"group": group})
    shown = {entry.group for entry in answer.context["entries"]}
    assert shown == {"": {"contact"}, "procedure": set()}.get(group, {"contact"})
    assert "<b>电话" not in answer.content.decode()
