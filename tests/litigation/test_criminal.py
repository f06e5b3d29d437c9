"""The suit that goes with a criminal case, and the civil case split off from it (law 3.10)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.errors import Invalid, Refusal
from cases.models import Case, CaseLink, Event, LinkKind, Task
from cases.models.matter import Track
from cases.selectors import people
from cases.services import acts, checklists
from cases.states import CaseState
from evidence.models import Exhibit
from evidence.services import add_exhibit
from litigation import selectors
from litigation.models import Claim, Court
from litigation.soundness import records_follow
from tests.litigation import suit
from tests.procuracy.tour import EXHIBIT
from tests.support.days import on
from tests.support.documents import filed, left_from_before
from tests.support.matters import (
    announced_case,
    approve,
    make_case,
    propose,
    record,
    set_full_team,
    stand_aside,
    upload,
)
from tests.support.people import make_department

pytestmark = pytest.mark.django_db
DAY = "2026-05-06"
NUMBER = "（2026）浙0192刑初8号"


@pytest.fixture
def case(cast):
    with on(2026, 5, 6):
        yield make_case(cast)


def criminal_court() -> Court:
    return Court.objects.get_or_create(
        name="江州市云山区人民法院",
        defaults={"level": "basic", "source": "江州市云山区人民法院网站"},
    )[0]


def joining(cast, **facts):
    given = {
        "legal_day": DAY,
        "criminal_case_number": NUMBER,
        "department": cast.department.pk,
        "criminal_court": criminal_court().pk,
        "trial_ends_on": "2026-05-20",
    }
    return given | facts


def join(cast, case, **facts):
    return record(cast.handler, case, "S55", joining(cast, **facts), {"paper": upload()})


# --- the track -----------------------------------------------------------------------------------


@pytest.mark.norm("C051")
def test_a_case_that_joins_a_criminal_case_changes_its_track_and_may_leave_it_again(case, cast):
    join(cast, case)
    assert case.track == Track.CRIMINAL_INCIDENTAL
    assert selectors.criminal_court(case) == criminal_court()
    facts = {"legal_day": DAY, "reason": "刑事案件已审结"}
    record(cast.handler, case, "S55-2", facts, {"paper": upload()})
    assert case.track == Track.CIVIL


def test_a_track_its_events_do_not_tell_of_is_found(case, cast):
    join(cast, case)
    assert list(records_follow(case)) == []
    case.track = Track.CIVIL
    assert list(records_follow(case)) == ["the track is not what the events say"]


def test_joining_a_criminal_case_without_its_paper_is_not_saved(case, cast):
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S55", joining(cast))
    assert "paper" in refused.value.errors
    case.refresh_from_db()
    assert case.track == Track.CIVIL


def test_the_criminal_case_is_one_of_this_office(case, cast):
    elsewhere = make_department(cast.other_office)
    with pytest.raises(Invalid) as refused:
        join(cast, case, department=elsewhere.pk)
    assert "department" in refused.value.errors
    lines = checklists.checklist(
        acts.declaration_of(case, "S55"), case, {"department": elsewhere.pk}
    )
    assert [line.verdict.met for line in lines] == [False]


def test_a_case_that_goes_with_no_criminal_case_leaves_none(case, cast):
    facts = {"legal_day": DAY, "reason": "无"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "S55-2", facts, {"paper": upload()})
    assert [item.code for item in refused.value.unmet] == ["is_criminal_incidental"]


def decided(cast):
    case = suit.suit_decided(cast)
    suit.claim(cast, case)
    join(cast, case)
    for code in ("D-45", "D-46"):
        filed(case, code, cast.clerk, cast.chief)
    return case


def plan(court):
    return {"court": court.pk, "court_ground": "刑事案件由该院审理。"}


@pytest.mark.norm("C051")
def test_the_suit_goes_to_the_court_that_tries_the_criminal_case_and_to_no_other(cast):
    with on(2026, 5, 6):
        case = decided(cast)
        with pytest.raises(Refusal) as refused:
            propose(case, "T22", plan(suit.internet_court()), cast.handler)
        assert [item.code for item in refused.value.unmet] == ["court_is_competent"]
        assert "江州市云山区人民法院" in refused.value.unmet[0].message
        lines = checklists.checklist(acts.declaration_of(case, "T22"), case, plan(criminal_court()))
        [line] = [line for line in lines if line.code == "court_is_competent"]
        assert line.verdict.met


@pytest.mark.norm("C051", "C162")
def test_a_criminal_incidental_suit_without_proof_of_the_announcement_is_not_brought(cast):
    with on(2026, 5, 6):
        case = decided(cast)
        published = announced_case(cast, date(2026, 3, 2), proven=False)
        lines = checklists.checklist(acts.declaration_of(published, "T22"), published, {})
        [line] = [line for line in lines if line.code == "publication_stored"]
        assert not line.verdict.met
        act = {
            "legal_day": DAY,
            "copies": 1,
            "pieces": ["complaint", "evidence_list", "preliminary_evidence"],
            "files": ("receipt",),
        }
        with pytest.raises(Refusal) as refused:
            suit.carry_out(cast, case, "T22", plan(criminal_court()), act)
        assert [item.code for item in refused.value.unmet] == ["package_complete"]


@pytest.mark.norm("C051")
def test_a_criminal_incidental_case_without_its_criminal_case_names_what_is_missing(cast):
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        Case.objects.filter(pk=case.pk).update(track=Track.CRIMINAL_INCIDENTAL)
        case.refresh_from_db()
        declaration = acts.declaration_of(case, "T22")
        lines = checklists.checklist(declaration, case, {"court": criminal_court().pk})
        [line] = [line for line in lines if line.code == "court_is_competent"]
        assert not line.verdict.met
        assert "S55" in line.verdict.why


# --- criminal evidence ---------------------------------------------------------------------------


def listing(**facts):
    rows = "服务器镜像 | 公安机关勘验笔录，卷三第12页\n\n供述｜讯问笔录，卷二"
    given = {"legal_day": DAY, "criminal_case_number": NUMBER, "rows": rows, "same_facts": "on"}
    return given | facts


@pytest.mark.norm("C142")
def test_a_list_of_criminal_evidence_is_taken_over_with_its_origins(case, cast):
    event = record(cast.handler, case, "S56", listing(), {"paper": upload()})
    assert event.proofs.count() == 1
    found = selectors.criminal_evidence(case)
    assert [(piece.description, piece.origin) for piece in found] == [
        ("服务器镜像", "公安机关勘验笔录，卷三第12页"),
        ("供述", "讯问笔录，卷二"),
    ]


@pytest.mark.norm("C142")
@pytest.mark.parametrize("rows", ["服务器镜像", "服务器镜像 |", "| 卷三", "甲 | 乙 | 丙"])
def test_a_piece_without_its_origin_is_not_taken_over(case, cast, rows):
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S56", listing(rows=f"甲 | 卷一\n{rows}"), {"paper": upload()})
    assert "2" in str(refused.value.errors["rows"])
    assert selectors.criminal_evidence(case) == []


@pytest.mark.norm("C142")
def test_criminal_evidence_on_other_facts_is_not_taken_over(case, cast):
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "S56", listing(same_facts=""), {"paper": upload()})
    assert [item.code for item in refused.value.unmet] == ["criminal_case_on_the_same_facts"]


@pytest.mark.norm("C142")
def test_the_page_of_the_case_shows_criminal_case_and_evidence(client, case, cast):
    join(cast, case)
    record(cast.handler, case, "S56", listing(), {"paper": upload()})
    client.force_login(cast.handler)
    page = client.get(case.get_absolute_url()).content.decode()
    for word in (NUMBER, "江州市云山区人民法院", "卷三第12页"):
        assert word in page


# --- the split -----------------------------------------------------------------------------------


def split(cast, case, **facts):
    given = {
        "affects": "公告期间三十日，将超过刑事案件审理期限。",
        "origin": "ends",
        "case_title": "某科技公司侵害个人信息民事公益诉讼案",
    }
    proposal = propose(case, "S57", given | facts, cast.handler)
    approve(proposal, cast.head, cast.chief)
    case.refresh_from_db()
    return CaseLink.objects.get(source=case, kind=LinkKind.SPLIT).target


@pytest.fixture
def incidental(cast, settings, tmp_path):
    """A criminal-incidental case with a team, a defendant and an exhibit, just announced."""
    settings.EVIDENCE_STORAGE = str(tmp_path)
    with on(2026, 5, 6):
        case = announced_case(cast, date(2026, 5, 6))
        set_full_team(cast, case)
        case.refresh_from_db()
        upload_ = SimpleUploadedFile("镜像.pdf", b"%PDF-1.7 x", "application/pdf")
        facts = EXHIBIT | {"obtained_on": date(2026, 5, 6)}
        add_exhibit(actor=cast.handler, case=case, upload=upload_, facts=facts)
        join(cast, case)
        yield case


@pytest.mark.norm("C162")
def test_a_split_opens_a_linked_civil_case_with_clocks_of_its_own(incidental, cast):
    new = split(cast, incidental)
    assert (new.track, new.state) == (Track.CIVIL, CaseState.FILED)
    assert (new.filed_on, new.office) == (date(2026, 5, 6), incidental.office)
    assert new.deadlines.count() == 0
    assert incidental.deadlines.filter(rule="P-01").exists()
    assert {row.user for row in new.team.all()} == {cast.handler, cast.assistant, cast.clerk}
    assert new.parties.get().name == incidental.parties.get().name
    assert Exhibit.objects.filter(case=new).count() == 1
    [begun] = Event.objects.filter(case=new)
    assert (begun.kind, begun.facts) == ("case_split_off", {"from_case": incidental.key})


def test_whoever_stands_aside_from_the_origin_stands_aside_from_the_split_case(incidental, cast):
    stand_aside(cast, incidental, cast.recused)
    new = split(cast, incidental)
    assert people.is_recused(new, cast.recused.pk)
    assert not people.is_recused(new, cast.handler.pk)


@pytest.mark.norm("C162")
def test_both_cases_show_the_link(client, incidental, cast):
    new = split(cast, incidental)
    client.force_login(cast.handler)
    for one, other in ((incidental, new), (new, incidental)):
        page = client.get(f"/cases/{one.key}/links/").content.decode()
        assert other.key in page


@pytest.mark.norm("C162")
def test_the_split_case_is_announced_before_suit_too(incidental, cast):
    new = split(cast, incidental)
    offered = {item.code for item in acts.machine_of(new).leaving(new.state)}
    assert "T22" not in offered
    assert "T08" in offered
    lines = checklists.checklist(acts.declaration_of(new, "T22"), new, {})
    assert not next(line for line in lines if line.code == "publication_stored").verdict.met


@pytest.mark.norm("C162")
def test_an_origin_whose_civil_part_went_away_sues_no_more_and_is_to_be_ended(incidental, cast):
    new = split(cast, incidental)
    [task] = Task.objects.filter(case=incidental, kind="civil_part_split_off")
    assert task.owner == cast.handler
    lines = checklists.checklist(acts.declaration_of(incidental, "T22"), incidental, {})
    verdict = next(line for line in lines if line.code == "not_split_off").verdict
    assert not verdict.met
    assert new.key in verdict.why


@pytest.mark.norm("C162")
def test_an_origin_that_goes_on_sues_with_what_stays(incidental, cast):
    split(cast, incidental, origin="goes_on")
    assert not Task.objects.filter(case=incidental, kind="civil_part_split_off").exists()
    lines = checklists.checklist(acts.declaration_of(incidental, "T22"), incidental, {})
    assert next(line for line in lines if line.code == "not_split_off").verdict.met


@pytest.mark.norm("C162")
def test_a_split_the_days_do_not_call_for_is_a_warning(incidental, cast):
    declaration = acts.declaration_of(incidental, "S57")

    def said():
        lines = checklists.checklist(declaration, incidental, {"affects": "影响"})
        code = "announcement_affects_the_criminal_trial"
        return next(line for line in lines if line.code == code).verdict

    assert said().met
    assert not said().warning
    join(cast, incidental, trial_ends_on="2026-08-01")
    assert said().met
    assert said().warning


def test_a_case_of_its_own_is_not_split(case, cast):
    facts = {"affects": "影响", "origin": "ends", "case_title": "案"}
    with pytest.raises(Refusal) as refused:
        propose(case, "S57", facts, cast.handler)
    assert [item.code for item in refused.value.unmet] == ["is_criminal_incidental"]


def test_a_split_that_does_not_say_why_is_refused(incidental):
    lines = checklists.checklist(
        acts.declaration_of(incidental, "S57"), incidental, {"affects": " "}
    )
    assert [line.code for line in lines if not line.verdict.met] == [
        "announcement_affects_the_criminal_trial"
    ]


# --- recommendation and claims -------------------------------------------------------------------


def about_the_recommendation(case):
    lines = checklists.checklist(acts.declaration_of(case, "T22"), case, {})
    return next(line for line in lines if line.code == "claims_follow_recommendation").verdict


@pytest.mark.norm("C157")
def test_a_claim_that_names_no_item_of_the_recommendation_is_a_warning(cast):
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        loose = suit.claim(cast, case)
        assert not about_the_recommendation(case).warning
        left_from_before(case, "D-70", cast.clerk, cast.chief)
        assert about_the_recommendation(case).met
        assert about_the_recommendation(case).warning
        assert str(loose) in about_the_recommendation(case).why
        record(cast.handler, case, "S11", {"legal_day": DAY, "claim": loose.pk, "reason": "重拟"})
        suit.claim(cast, case, recommendation_item="第二项：删除信息")
        assert Claim.objects.latest("pk").recommendation_item == "第二项：删除信息"
        assert not about_the_recommendation(case).warning
