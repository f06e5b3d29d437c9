"""The documents of a case against an authority: which, when, under which word, with which text (law 3.9, 7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.errors import Invalid
from cases.models import Case
from cases.services.days import require_after_start
from litigation.models import Court
from notices import services
from notices.batch.checking import trial
from notices.batch.planning import plan_of
from notices.catalogue import AGAINST_AUTHORITY, TYPES, in_matter
from notices.models import Document
from notices.picker import fits_state, groups_for
from notices.prefill import prefilled
from notices.series import series_for
from tests.notices.matters import (
    AUTHORITY,
    FILING_AGAINST,
    approve_text,
    case_against_authority,
    filing_of,
    issue,
    upload,
)
from tests.notices.serving import end, send
from tests.support.api import program_of
from tests.support.documents import final
from tests.support.matters import force, happen

pytestmark = pytest.mark.django_db

ADMINISTRATIVE = ["D-56", "D-70", "D-74"]
CIVIL = ["D-41", "D-42", "D-46", "D-48", "D-49", "D-52", "D-54", "D-59", "D-63"]
DAY = date(2026, 6, 24)
# What a case against an authority has no use for.
CIVIL_WORDS = ("民事公益诉讼", "民事诉讼法", "公告", "民公")


@pytest.fixture
def against(cast, june) -> Case:
    return case_against_authority(cast)


def told(code: str, matter) -> dict[str, str]:
    kind = in_matter(TYPES[code], matter)
    return {name: item["value"] for name, item in prefilled(kind, matter).items()}


def moved(case: Case, state: str) -> Case:
    """Return the case as it would be read in another state; nothing is written."""
    case.__dict__["state"] = state
    return case


# --- which ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ADMINISTRATIVE)
def test_a_paper_of_the_administrative_track_is_not_begun_or_filed_in_a_civil_case(
    cast, case, code
):
    filing = filing_of(code, signer=cast.chief)
    for begin in (
        lambda: services.draft_document(actor=cast.handler, matter=case, code=code),
        lambda: services.register_document(
            actor=cast.clerk, matter=case, filing=filing, upload=upload()
        ),
    ):
        with pytest.raises(Invalid) as refused:
            begin()
        assert refused.value.code == "wrong_track"
        assert "beside this case (A-1-2)" in str(refused.value.message)
    assert not Document.objects.filter(case=case, code=code).exists()


@pytest.mark.parametrize("code", CIVIL)
def test_a_paper_of_a_civil_case_is_not_begun_in_one_against_an_authority(cast, against, code):
    with pytest.raises(Invalid) as refused:
        services.draft_document(actor=cast.handler, matter=against, code=code)
    assert "belongs to a civil case" in str(refused.value.message)


def test_no_other_type_is_kept_from_either_kind_of_case():
    of_cases = {code for code, kind in TYPES.items() if "case" in kind.on}
    assert {code for code in of_cases if not TYPES[code].made_for("case")} == set(ADMINISTRATIVE)
    assert {code for code in of_cases if not TYPES[code].made_for("administrative")} == set(CIVIL)
    assert not TYPES["D-70"].made_for("lead")


def test_a_program_is_told_the_way_to_a_recommendation(cast, case):
    asked = {"matter": case.key, "code": "D-70"}
    answer = program_of(cast.handler).post("/api/v1/documents/", asked, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_track")
    assert "A-1-2" in answer.content.decode()


def test_a_batch_says_of_each_case_whether_the_paper_is_made_for_it(cast, case, against):
    civil, administrative = trial(cast.handler, plan_of(code="D-70", cases=[case, against]))
    assert "against an authority" in civil.refusal
    assert administrative.refusal == ""


# --- when -----------------------------------------------------------------------------------------


def offered(case: Case) -> list[str]:
    return [choice.kind.code for choice in groups_for(case)[0].choices]


def test_every_type_made_for_a_case_against_an_authority_is_offered_once(against):
    codes = [choice.kind.code for group in groups_for(against) for choice in group.choices]
    assert sorted(codes) == sorted(
        code for code, kind in TYPES.items() if kind.composed and kind.made_for("administrative")
    )


@pytest.mark.parametrize(
    ("state", "there"),
    [
        ("adm_filed", {"D-06", "D-09", "D-20", "D-22", "D-26", "D-33"}),
        ("adm_consulting", {"D-20", "D-31", "D-32", "D-33", "D-40"}),
        ("adm_investigation_closed", {"D-40", "D-44"}),
        ("adm_rec_issued", {"D-70"}),
        ("adm_follow_up", {"D-73", "D-75"}),
        ("adm_suspended", {"D-74"}),
        ("adm_review", {"D-43", "D-44", "D-47", "D-75"}),
        ("adm_suit", {"D-45", "D-50", "D-55", "D-56", "D-57", "D-58", "D-85"}),
        ("adm_terminated", {"D-85"}),
    ],
)
def test_a_state_of_the_track_offers_its_own_papers_first(against, state, there):
    case = moved(against, state)
    assert there <= set(offered(case))
    assert not {"D-41", "D-54"} & set(offered(case))


def test_a_paper_of_a_later_state_does_not_fit_the_present_one(against):
    assert fits_state(TYPES["D-20"], against)
    assert not fits_state(TYPES["D-43"], against)
    assert fits_state(TYPES["D-74"], moved(against, "adm_follow_up"))


def test_the_page_offers_a_recommendation_in_such_a_case_alone(client, cast, case, against):
    client.force_login(cast.handler)
    pages = {
        matter.key: client.get(reverse("document_create", args=[matter.key])).content.decode()
        for matter in (case, against)
    }
    assert "D-70" in pages[against.key]
    assert "D-70" not in pages[case.key]


# --- the number -----------------------------------------------------------------------------------


@pytest.mark.norm("C116")
@pytest.mark.parametrize(
    ("code", "civil", "administrative"),
    [
        ("D-06", "民公立", "行公立"),
        ("D-44", "民公终", "行公终"),
        ("D-45", "民公诉", "行公诉"),
        ("D-70", "行公建", "行公建"),
        ("D-71", "社建", "社建"),
    ],
)
def test_the_word_of_the_number_follows_the_track(case, against, code, civil, administrative):
    for matter, word in ((case, civil), (against, administrative)):
        series = series_for(matter.office, TYPES[code], matter)
        assert series is not None
        assert series.track + series.type == word


@pytest.mark.parametrize("code", ["D-20", "D-50", "D-55", "D-60", "D-64"])
def test_no_word_is_invented_where_the_law_names_one_for_civil_cases_alone(case, against, code):
    assert series_for(case.office, TYPES[code], case) is not None
    assert series_for(against.office, TYPES[code], against) is None


def test_the_two_decisions_of_a_suspension_keep_their_own_words(against):
    words = [
        series_for(against.office, TYPES["D-74"], against, {"which": which}).type
        for which in ("中止审查", "恢复审查")
    ]
    assert words == ["中", "恢"]


# --- the text -------------------------------------------------------------------------------------


def test_the_filing_decision_names_authority_duty_failure_and_the_rules_of_its_track(cast, against):
    draft = Document.objects.get(case=against, code="D-06")
    assert draft.type is AGAINST_AUTHORITY["D-06"]
    said = draft.values
    assert said["violator"] == AUTHORITY
    assert said["facts"] == f"{FILING_AGAINST['duty']}\n{FILING_AGAINST['failure']}"
    assert said["harm"] == FILING_AGAINST["harm"]
    assert "第二十五条第四款" in said["basis"]
    assert "第六十七条" in said["basis"]
    assert "第八十五条" not in said["basis"]
    assert said["decision_day"] == "2026-06-24"
    assert "行公立" in draft.composed["number_draft"]


def test_the_filing_decision_is_issued_and_its_service_meets_the_seven_days(cast, against):
    assert against.deadlines.get(rule="P-50").effective_day == date(2026, 7, 1)
    paper = final(against, "D-06", cast.handler)
    approve_text(paper, cast)
    paper = issue(cast, paper)
    against.refresh_from_db()
    assert paper.type is AGAINST_AUTHORITY["D-06"]
    assert against.official_number == paper.number
    assert "行公立〔2026〕1号" in paper.number
    end(cast, send(cast, paper, name=AUTHORITY))
    assert against.deadlines.get(rule="P-50").state == "met"


def test_the_decision_of_a_case_beside_another_belongs_to_the_new_case(cast, case):
    body = case_against_authority(cast).events.get(kind="case_opened").facts["authority"]
    facts = FILING_AGAINST | {"authority": body, "authority_name": "江州市云山区教育局"}
    force(case, "A-1-2", DAY, actor=cast.handler, **facts)
    beside = Case.objects.latest("pk")
    assert beside != case
    paper = Document.objects.get(case=beside, code="D-06")
    assert paper.values["violator"] == "江州市云山区教育局"
    assert Document.objects.filter(case=case, code="D-06").count() == 1


def find_out(case: Case, finding: str, text: str, rests_on: str = "") -> None:
    facts = {"finding": finding, "text": text, "rests_on": rests_on}
    happen(case, "authority_investigated", DAY, facts=facts)


def test_the_closing_report_says_the_four_findings_and_the_proposal(against):
    find_out(against, "duty", "负有监督管理职责。", "物业管理条例第五条")
    find_out(against, "cause", "未查处致使采集持续。")
    find_out(against, "failure", "旧的认定。")
    find_out(against, "failure", "收到举报后未立案。")
    facts = {"proposal": "recommend", "conclusion": "事实清楚。"}
    happen(against, "administrative_investigation_closed", DAY, facts=facts)
    said = told("D-40", against)
    assert said["authority"] == AUTHORITY
    assert said["duty"] == "负有监督管理职责（依据：物业管理条例第五条）。"
    assert (said["failure"], said["causation"]) == ("收到举报后未立案。", "未查处致使采集持续。")
    assert said["harm"] == FILING_AGAINST["harm"]
    assert said["proposal"] == "事实清楚。\n建议向行政机关提出检察建议。"
    assert "fault" not in said


def recommended(cast, case: Case) -> Document:
    paper = final(case, "D-70", cast.handler, content="依法查处", period="两个月", urgency="")
    approve_text(paper, cast)
    paper = issue(cast, paper)
    end(cast, send(cast, paper, name=AUTHORITY))
    return paper


def test_the_recommendation_and_the_review_report_tell_what_the_authority_was_told_and_replied(
    cast, against
):
    begun = told("D-70", against)
    assert (begun["name"], begun["failure"]) == (AUTHORITY, FILING_AGAINST["failure"])
    assert begun["harm"] == FILING_AGAINST["harm"]
    paper = recommended(cast, against)
    happen(against, "authority_replied", DAY, facts={"text": "正在查处。", "number": "云建函1号"})
    said = told("D-43", against)["recommendation"]
    assert paper.number in said
    assert "行政机关于2026年6月24日书面回复本院（云建函1号）：正在查处。" in said


def test_a_termination_names_the_ground_of_its_track_and_whom_it_is_served_on(against):
    facts = {"ground": "remedied", "explanation": "已经全部查处。"}
    event = happen(against, "administrative_case_terminated", DAY, facts=facts)
    said = told("D-44", against)
    assert said["addressee"] == AUTHORITY
    assert said["ground"] == "行政机关已经全面采取整改措施依法履行职责"
    assert "第七十四条" in said["basis"]
    assert "第九十条" not in said["basis"]
    assert said["decision_day"] == event.legal_day.isoformat()


@pytest.fixture
def sued(cast, against) -> Case:
    recommended(cast, against)
    court = Court.objects.order_by("pk").first()
    facts = {
        "ground": "in_part",
        "explanation": "回复后未采取整改措施。",
        "harm_goes_on": "抽查时多数小区仍强制采集。",
        "court": court.pk,
        "claim_1": "perform",
        "text_1": "判令被告依法履行监督管理职责",
        "claim_2": "",
        "other_claim": "确认被告不履行职责的行为违法",
    }
    happen(against, "administrative_suit_decided", DAY, facts=facts)
    happen(against, "administrative_suit_submitted", DAY, facts={"court": court.pk})
    registered = {"court_case_number": "（2026）江行初1号"}
    happen(against, "administrative_suit_accepted", DAY, facts=registered)
    return against


def test_the_complaint_is_against_the_authority_with_claims_and_the_pre_suit_procedure(sued):
    said = told("D-45", sued)
    assert said["suit"] == "行政公益诉讼"
    assert said["defendant"].startswith(AUTHORITY)
    assert said["claims"] == ("判令被告依法履行监督管理职责。\n确认被告不履行职责的行为违法。")
    assert "提出检察建议" in said["course"]
    assert "抽查时多数小区仍强制采集。" in said["facts"]
    assert "回复后未采取整改措施。" in said["reasons"]
    assert said["court"] == Court.objects.order_by("pk").first().name
    assert "诉前程序" in said["attachments"]


def test_the_papers_before_the_court_name_its_number_and_the_authority(sued):
    for code in ("D-55", "D-56"):
        said = told(code, sued)
        assert (said["case_number"], said["defendant"]) == ("（2026）江行初1号", AUTHORITY)
    assert told("D-56", sued)["old_claims"] == told("D-45", sued)["claims"]
    assert told("D-50", sued)["court"] == told("D-45", sued)["court"]


@pytest.mark.parametrize(
    "code",
    [
        "D-06",
        "D-20",
        "D-40",
        "D-43",
        "D-44",
        "D-45",
        "D-50",
        "D-55",
        "D-56",
        "D-57",
        "D-70",
        "D-82",
    ],
)
def test_no_paper_of_such_a_case_begins_with_words_of_a_civil_one(sued, code):
    text = "\n".join(told(code, sued).values())
    for word in CIVIL_WORDS:
        assert word not in text, (code, word)


# --- the investigation ----------------------------------------------------------------------------


def test_evidence_is_collected_from_the_filing_on(against):
    require_after_start(against, against.filed_on)
    with pytest.raises(Invalid) as refused:
        require_after_start(against, date(2026, 6, 23))
    assert "2026-06-24" in str(refused.value.message)
