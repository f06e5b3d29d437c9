"""The table of courts and the list of eligible subjects (law 3.3 point 7, 2.1; CPL 58)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Role
from audit.errors import Invalid, NotPermitted, Refusal
from audit.models import AuditEvent
from cases.models import Event
from cases.services import acts, checklists
from litigation.models import Court, EligibleSubject
from litigation.services import tables
from procuracy.grants import EXCEPTIONS
from tests.litigation import suit
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import announced_case, propose, record, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
COURT = {
    "name": "江州市中级人民法院",
    "level": "intermediate",
    "area": "江州市",
    "hears_from": date(2018, 3, 2),
    "source": "江州市中级人民法院网站",
}


@pytest.fixture
def keeper(cast):
    return make_user(cast.office, Role.CASE_MANAGEMENT)


# --- courts --------------------------------------------------------------------------------------


@pytest.mark.norm("C014")
def test_case_management_and_the_system_administrator_keep_the_table_of_courts(cast, keeper):
    court = tables.add_court(actor=keeper, **COURT)
    tables.change_court(actor=cast.system_administrator, court=court, verified=True)
    court.refresh_from_db()
    assert court.verified
    for person in (cast.handler, cast.head, cast.auditor):
        with pytest.raises(NotPermitted, match="case management"):
            tables.change_court(actor=person, court=court, verified=False)


def test_what_is_changed_of_a_court_is_on_the_record(cast, keeper):
    court = tables.add_court(actor=keeper, **COURT)
    tables.change_court(actor=keeper, court=court, area="江州", source="公报")
    told = AuditEvent.objects.filter(object_type="court", object_id=str(court.pk)).order_by("id")
    assert [row.action for row in told] == ["court.added", "court.changed"]
    tables.change_court(actor=keeper, court=court, area="江州")
    assert told.count() == 2


def test_a_court_is_closed_with_its_last_day_and_never_taken_away(case, cast, keeper):
    court = suit.internet_court()
    tables.close_court(actor=keeper, court=court, last_day=date(2026, 5, 5))
    suit.claim(cast, case)
    for code in ("D-45", "D-46"):
        filed(case, code, cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(case, "T22", {"court": court.pk, "court_ground": "管辖"}, cast.handler)
    assert [item.code for item in refused.value.unmet] == ["court_is_competent"]
    for table in ("litigation_court", "litigation_eligiblesubject"):
        assert "DELETE" not in EXCEPTIONS[table]


def test_the_last_day_of_a_court_does_not_lie_before_its_first(keeper):
    court = tables.add_court(actor=keeper, **COURT)
    with pytest.raises(Invalid) as refused:
        tables.close_court(actor=keeper, court=court, last_day=date(2018, 3, 1))
    assert "The last day lies before the first day." in str(refused.value.errors)
    with pytest.raises(Invalid) as refused:
        tables.add_court(actor=keeper, **COURT)
    assert "already" in str(refused.value.errors["name"])


def test_the_database_takes_no_court_without_a_source():
    with pytest.raises(IntegrityError, match="court_names_its_source"), transaction.atomic():
        Court.objects.create(name="某院", level="basic", source=" ")


def test_the_list_of_courts_says_what_is_not_verified_and_offers_acts_to_its_keepers(
    client, cast, keeper
):
    client.force_login(cast.handler)
    page = client.get(reverse("court_list")).content.decode()
    assert "杭州互联网法院" in page
    assert "法释〔2018〕16号" in page
    assert reverse("court_create") not in page
    client.force_login(keeper)
    assert reverse("court_create") in client.get(reverse("court_list")).content.decode()
    address = reverse("court_edit", args=[suit.internet_court().pk])
    entries = {"name": "杭州互联网法院", "level": "basic", "internet": "on", "source": "公报"}
    answer = client.post(address, entries | {"hears_from": "2018-09-07", "verified": "on"})
    assert answer.status_code == 302
    assert suit.internet_court().verified
    answer = client.post(
        reverse("court_close", args=[suit.internet_court().pk]), {"last_day": "2018-09-06"}
    )
    assert answer.status_code == 400


def test_the_list_of_courts_costs_the_same_for_any_number(
    client, cast, django_assert_max_num_queries
):
    client.force_login(cast.handler)
    client.get(reverse("court_list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("court_list"))
    with django_assert_max_num_queries(13):
        client.get(reverse("subject_list"))


def test_programs_read_courts_and_subjects_and_change_neither(cast):
    program = APIClient()
    program.force_authenticate(cast.handler)
    found = program.get("/api/v1/courts/").json()
    rows = found["results"] if isinstance(found, dict) else found
    assert {"name", "level", "area", "hears_from", "verified"} <= rows[0].keys()
    subjects = program.get("/api/v1/eligible-subjects/")
    assert subjects.status_code == 200
    one = suit.internet_court().pk
    assert program.get(f"/api/v1/courts/{one}/").json()["internet"]
    assert program.patch(f"/api/v1/courts/{one}/", {"name": "x"}).status_code == 405


# --- eligible subjects ---------------------------------------------------------------------------


@pytest.fixture
def case(cast):
    with on(2026, 5, 6):
        yield suit.suit_decided(cast)


@pytest.mark.norm("C144")
def test_the_list_begins_with_the_associations_the_law_names_and_none_is_verified():
    assert EligibleSubject.objects.filter(name="中国消费者协会").exists()
    assert EligibleSubject.objects.count() == 32
    assert not EligibleSubject.objects.filter(verified=True).exists()
    assert not EligibleSubject.objects.filter(kind="designated").exists()


def line(case):
    lines = checklists.checklist(acts.declaration_of(case, "T21"), case, {})
    [found] = [line for line in lines if line.code == "eligible_subjects_known"]
    return found.verdict


@pytest.mark.norm("C144")
def test_the_guard_of_the_suit_tells_how_old_the_list_is_and_warns_of_an_old_one(
    case, keeper, settings
):
    EligibleSubject.objects.update(as_of=date(2026, 1, 5))
    assert "2026-01-05" in line(case).why
    assert not line(case).warning
    settings.ELIGIBLE_SUBJECTS_MAX_AGE_DAYS = 30
    assert line(case).warning
    assert line(case).met
    for subject in EligibleSubject.objects.all():
        tables.change_subject(actor=keeper, subject=subject, as_of=date(2026, 5, 6))
    assert not line(case).warning


@pytest.mark.norm("C144")
def test_an_empty_list_is_a_warning_too(case):
    EligibleSubject.objects.update(last_day=date(2026, 1, 5))
    assert line(case).warning
    assert line(case).met


@pytest.mark.norm("C144")
def test_a_reply_is_taken_from_the_list_of_eligible_subjects(cast):
    with on(2026, 3, 10):
        case = announced_case(cast, date(2026, 3, 2))
        subject = EligibleSubject.objects.get(name="中国消费者协会")
        facts = {
            "legal_day": "2026-03-10",
            "replier": "eligible",
            "subject": subject.pk,
            "intention": "will_not",
            "content": "不起诉",
        }
        record(cast.handler, case, "T13", facts, {"paper": upload()})
        assert Event.objects.get(kind="announcement_reply").facts["name"] == "中国消费者协会"
        wrong = facts | {"replier": "victim"}
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "T13", wrong, {"paper": upload()})
        assert "replier" in refused.value.errors
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "T13", facts | {"subject": ""}, {"paper": upload()})
        assert "name" in refused.value.errors


def test_a_closed_body_is_offered_no_more_and_its_last_day_is_not_in_the_future(cast, keeper):
    with on(2026, 5, 6):
        subject = EligibleSubject.objects.get(name="中国消费者协会")
        with pytest.raises(Invalid):
            tables.close_subject(actor=keeper, subject=subject, last_day=date(2026, 5, 7))
        tables.close_subject(actor=keeper, subject=subject, last_day=date(2026, 5, 5))
        case = announced_case(cast, date(2026, 5, 4))
        form = acts.event_kinds["announcement_reply"].form(matter=case, actor=cast.handler)
        assert subject not in form.fields["subject"].queryset


def test_a_body_is_entered_and_corrected_on_its_pages(client, keeper):
    client.force_login(keeper)
    with on(2026, 5, 6):
        entries = {
            "name": "某网络社会组织",
            "kind": "designated",
            "source": "公告",
            "as_of": "2026-05-06",
        }
        assert client.post(reverse("subject_create"), entries).status_code == 302
        subject = EligibleSubject.objects.get(name="某网络社会组织")
        late = entries | {"as_of": "2026-05-07"}
        address = reverse("subject_edit", args=[subject.pk])
        assert client.post(address, late).status_code == 400
        assert client.post(address, entries | {"verified": "on"}).status_code == 302
        subject.refresh_from_db()
        assert subject.verified
        address = reverse("subject_close", args=[subject.pk])
        assert client.post(address, {"last_day": "2026-05-06"}).status_code == 302
        assert "某网络社会组织" in client.get(reverse("subject_list")).content.decode()
