"""What the papers of a suit say in each of their branches, from the first measure to the protest."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Refusal
from cases.selectors.people import open_team
from cases.services import proposals
from documents.model import AttachmentList
from documents.typst_renderer import render_preview_svg
from notices import services
from notices.bodies.court import named, table
from notices.bodies.parts import enclosed, items
from notices.catalogue import TYPES, compose
from notices.prefill import PREFILLS, prefilled
from tests.litigation import suit
from tests.notices import golden_files, samples_court
from tests.notices.papers_of_suit import (
    decided_case,
    established,
    exhibit,
    lines,
    text_of,
)
from tests.support.days import on
from tests.support.documents import filled
from tests.support.matters import force, happen, record, upload

pytestmark = pytest.mark.django_db
CODES = sorted(samples_court.VALUES)


@pytest.fixture(scope="module", autouse=True)
def filed() -> None:
    """The suits of this file begin in an empty town, not after the filing of this room's stage."""


@pytest.fixture
def decided(cast):
    """A case the office has decided to sue in, with two claims; the clock stands on 6 May 2026."""
    with on(2026, 5, 6):
        yield decided_case(cast)


# --- every type ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_an_empty_document_is_drawn_without_an_error(code):
    assert render_preview_svg(compose(TYPES[code], golden_files.FRAME, {}))


@pytest.mark.parametrize("code", CODES)
def test_the_samples_name_every_content_that_has_no_day(code):
    names = {item.name for item in TYPES[code].contents if item.kind != "day"}
    assert names <= set(samples_court.VALUES[code])


# --- shared parts --------------------------------------------------------------------------------


def test_items_are_counted_anew_whatever_numbers_were_typed():
    texts = [line.text for line in items("1．删除信息\n（二）赔礼道歉。\n3. 赔偿1.5万元")]
    assert texts == ["1.删除信息。", "2.赔礼道歉。", "3.赔偿1.5万元。"]
    assert [line.text for line in items("1、删除信息")] == ["删除信息。"]


def test_a_party_whose_line_names_its_role_is_not_named_twice():
    assert [line.text for line in named("被告", "被告：甲\n乙")] == ["被告：甲", "被告：乙"]


def test_a_table_has_a_row_a_line_and_its_missing_cells_are_empty():
    (found,) = table("1．截图｜公证处｜公开的事实｜3\n日志", "名称", "来源", "证明内容", "页数")
    assert found.rows == (("1", "截图", "公证处", "公开的事实", "3"), ("2", "日志", "", "", ""))
    assert table("", "名称") == ()


def test_nothing_is_enclosed_where_nothing_is_named():
    assert enclosed(" \n") == ()
    assert enclosed("1．副本2份；\n证据。") == (AttachmentList(("副本2份", "证据")),)


# --- before the court ----------------------------------------------------------------------------


@pytest.fixture
def tried(cast):
    """A case in trial; the clock stands on 22 June 2026."""
    with on(2026, 6, 22):
        yield suit.in_trial(cast)


def test_the_notice_of_attending_staff_names_hearing_and_team_with_their_posts(tried, cast):
    for member in open_team(tried):
        member.user.title = "检察官" if member.user == cast.handler else "检察官助理"
        member.user.save(update_fields=["title"])
    said = prefilled(TYPES["D-50"], tried)
    assert said["court"]["value"] == suit.INTERNET_COURT
    assert said["case_number"]["value"] == "（2026）浙0192民初1号"
    assert said["hearing"]["value"] == "2026年6月15日"
    names = said["names"]["value"].splitlines()
    assert names[0] == cast.handler.name
    assert said["posts"]["value"].splitlines()[0] == "检察官"
    assert said["duties"]["value"].splitlines()[0] == "宣读公益诉讼起诉书"


@pytest.mark.norm("C060")
def test_a_notice_whose_staff_has_no_legal_post_on_record_lacks_the_posts(tried, cast):
    staff = [cast.handler, cast.assistant]
    cast.handler.title, cast.assistant.title = "检察官", ""
    for person in staff:
        person.save(update_fields=["title"])
    told = {"staff": [person.pk for person in staff], "hearing_on": "2026-07-01"}
    happen(tried, "hearing_noticed", date(2026, 6, 22), facts=told)
    assert text_of(tried, "D-50", "posts") == ""
    cast.assistant.title = "检察官助理"
    cast.assistant.save(update_fields=["title"])
    assert text_of(tried, "D-50", "posts") == "检察官\n检察官助理"


# What the notice of attending staff and the appeal must say (Rules 49, 59; JI 8).
MUST_SAY = [
    *(
        pytest.param("D-50", name, marks=pytest.mark.norm("C060"), id=f"D-50-{name}")
        for name in ("names", "posts", "duties")
    ),
    *(
        pytest.param("D-60", name, marks=pytest.mark.norm("C070"), id=f"D-60-{name}")
        for name in (
            *("appellant", "appellee", "court", "case_number", "cause"),
            *("claims", "facts", "reasons"),
        )
    ),
]


@pytest.mark.parametrize(("code", "content"), MUST_SAY)
def test_what_goes_to_the_court_without_one_of_its_contents_is_not_made_final(
    tried, cast, code, content
):
    draft = services.draft_document(actor=cast.handler, matter=tried, code=code)
    lacking = filled(draft, cast.handler, **{content: ""})
    with pytest.raises(Refusal) as refused:
        services.finalise_document(actor=cast.handler, document=lacking)
    assert [line.code for line in refused.value.unmet] == [f"content:{content}"]


def test_whom_the_entry_of_the_hearing_names_is_whom_the_notice_names(tried, cast):
    told = {"staff": [cast.assistant.pk], "hearing_on": "2026-07-01", "place": "第三法庭"}
    happen(tried, "hearing_noticed", date(2026, 6, 22), facts=told)
    said = prefilled(TYPES["D-50"], tried)
    assert said["names"]["value"] == cast.assistant.name
    assert said["hearing"]["value"] == "2026年7月1日在第三法庭"


@pytest.mark.parametrize(
    ("instrument", "name", "words"),
    [
        ("保全申请书", "保全申请书", "申请人：江州市云山区人民检察院"),
        ("行为保全建议书", "行为保全建议书", "建议你院依法裁定采取上述行为保全措施"),
    ],
)
def test_a_measure_is_applied_for_or_proposed(instrument, name, words):
    values = samples_court.VALUES["D-51"] | {"instrument": instrument}
    made = compose(TYPES["D-51"], golden_files.FRAME, values)
    assert made.name == name
    assert words in "\n".join(lines(made))


def test_preservation_rests_on_the_article_of_its_time_and_asks_for_no_security(decided, cast):
    before = prefilled(TYPES["D-51"], decided)
    assert before["basis"]["value"].endswith("第一百零四条")
    assert before["security"]["value"] == ""
    force(decided, "T22", suit.DELIVERED, actor=cast.handler, court=suit.internet_court().pk)
    force(decided, "T24", suit.DELIVERED, actor=cast.handler, court_case_number="1号")
    during = prefilled(TYPES["D-51"], decided)
    assert during["basis"]["value"].endswith("第一百零三条")
    assert "第九条第三项" in during["security"]["value"]
    injunction = prefilled(TYPES["D-52"], decided)
    assert "九百九十七" not in injunction["basis"]["value"]
    assert injunction["suit"]["value"] == "本院已于2026年5月6日提起民事公益诉讼，案号1号。"


def drafted(case, code: str, facts: dict, actor) -> None:
    """Draft a proposal; its documents are made before it is submitted."""
    proposals.draft_proposal(actor=actor, matter=case, code=code, data=facts, reasons="理由充分。")


def change(case, cast, **facts):
    with on(2026, 6, 22):
        drafted(case, "T28", {"why": "庭前查明。"} | facts, cast.handler)
    return prefilled(TYPES["D-54"], case)


def test_a_changed_claim_stands_in_the_place_of_the_old_one(tried, cast):
    money = tried.claims.get(kind="K8")
    facts = {"kind": "K8", "text": "连带赔偿公益损害。", "amount": "150000"}
    said = change(tried, cast, change="replace", claim=money.pk, **facts)
    assert said["change"]["value"] == "变更诉讼请求"
    assert said["old_claims"]["value"].splitlines()[1] == (
        "判令被告连带赔偿公益损害（人民币100000元）。"
    )
    assert said["claims"]["value"].splitlines() == [
        "判令被告删除非法收集的全部个人信息。",
        "判令被告连带赔偿公益损害（人民币150000元）。",
    ]
    assert said["reasons"]["value"] == "庭前查明。"


def test_an_added_claim_follows_the_others_and_a_dropped_one_is_left_out(tried, cast):
    said = change(tried, cast, change="add", kind="K6", text="公开赔礼道歉。")
    assert said["change"]["value"] == "增加诉讼请求"
    assert said["claims"]["value"].splitlines()[2] == "判令被告公开赔礼道歉。"
    values = {name: item["value"] for name, item in said.items()}
    assert compose(TYPES["D-54"], golden_files.FRAME, values).name == "增加诉讼请求申请书"


def test_the_article_on_what_a_court_points_out_is_cited_only_where_it_did():
    values = samples_court.VALUES["D-54"]
    plain = "\n".join(lines(compose(TYPES["D-54"], golden_files.FRAME, values)))
    assert "第十八条" not in plain
    told = values | {"advice": "诉讼请求不足以保护社会公共利益"}
    advised = "\n".join(lines(compose(TYPES["D-54"], golden_files.FRAME, told)))
    assert "你院释明：诉讼请求不足以保护社会公共利益。" in advised
    assert "第十八条的规定" in advised


def test_a_dropped_claim_is_left_out_of_the_new_ones(tried, cast):
    money = tried.claims.get(kind="K8")
    said = change(tried, cast, change="drop", claim=money.pk)
    assert said["claims"]["value"] == "判令被告删除非法收集的全部个人信息。"


def test_the_withdrawal_says_of_each_claim_how_it_was_realised(tried, cast):
    for row in tried.claims.order_by("number"):
        facts = {"legal_day": "2026-06-22", "claim": row.pk, "how": "已核查\n属实。"}
        record(cast.handler, tried, "S16", facts, {"paper": upload()})
    content = prefilled(TYPES["D-55"], tried)["realised"]
    assert content["value"].splitlines() == [
        "删除非法收集的全部个人信息：已核查属实。",
        "连带赔偿公益损害：已核查属实。",
    ]
    assert all(row[0]["kind"] == "event" for row in content["rests_on"])


def test_the_evidence_list_says_what_each_exhibit_proves_and_names_no_confidential_one(tried, cast):
    shown = exhibit(cast, tried, 1)
    hidden = exhibit(cast, tried, 2, confidential=True)
    established(cast, tried, "act", "收集一千余条。", shown)
    established(cast, tried, "harm", "涉及八百人。", shown)
    established(cast, tried, "harm", "被害人名单。", hidden)
    text = text_of(tried, "D-58", "evidence")
    assert text == "证据1　证据材料1｜网络服务提供者｜收集一千余条；涉及八百人｜4"


@pytest.mark.parametrize(
    ("left_out", "title"),
    [
        ((), "证据清单、质证意见、辩论提纲"),
        (("opinions", "outline"), "证据清单"),
        (("outline",), "证据清单、质证意见"),
    ],
)
def test_the_title_names_the_parts_that_are_filled(left_out, title):
    values = samples_court.VALUES["D-58"] | dict.fromkeys(left_out, "")
    assert compose(TYPES["D-58"], golden_files.FRAME, values).name == title


def test_the_opinion_on_an_agreement_that_meets_every_claim_says_so(tried, cast):
    facts = suit.met(tried) | {"terms": "十日内全部履行。"}
    drafted(tried, "T30", facts, cast.handler)
    said = prefilled(TYPES["D-59"], tried)
    assert said["terms"]["value"] == "十日内全部履行。"
    assert len(said["comparison"]["value"].splitlines()) == 2
    assert said["liability"]["value"].startswith("协议内容涵盖全部诉讼请求")


def test_the_opinion_on_a_lesser_agreement_gives_the_reason_and_claims_nothing_of_its_own(
    tried, cast
):
    money = next(name for name, value in suit.met(tried).items() if value != "full")
    facts = suit.met(tried) | {money: "1", "terms": "分期。", "below_reason": "无力全部支付。"}
    drafted(tried, "T30", facts, cast.handler)
    assert text_of(tried, "D-59", "liability") == "无力全部支付。"


def test_the_appeal_knows_the_judgment_its_court_and_what_is_appealed_against(cast):
    with on(2026, 6, 24):
        case = suit.judged(cast)
        facts = {"appealed_part": "第三项。", "why": "适用法律错误。"}
        drafted(case, "T37", facts, cast.handler)
        said = prefilled(TYPES["D-60"], case)
    assert said["judgment"]["value"] == "2026年6月22日作出的（2026）浙0192民初1号民事判决"
    assert said["court"]["value"] == suit.INTERNET_COURT
    assert said["claims"]["value"].endswith("第三项。")
    assert said["reasons"]["value"] == "适用法律错误。"
    assert said["appellee"]["value"] == "某科技有限公司。"


@pytest.mark.parametrize(
    ("order", "title", "words"),
    [("appeal", "指令上诉决定书", "提出上诉"), ("withdraw", "指令撤回上诉决定书", "撤回上诉")],
)
def test_the_order_is_that_of_the_next_higher_office_and_bears_its_number(
    tried, order, title, words
):
    told = {"order": order, "order_number": "江检指〔2026〕1号", "reason": "适用法律错误。"}
    happen(tried, "superior_ordered", date(2026, 6, 22), facts=told)
    said = prefilled(TYPES["D-61"], tried)
    values = {name: item["value"] for name, item in said.items()} | {"superior": "某市人民检察院"}
    made = compose(TYPES["D-61"], golden_files.FRAME, values)
    assert (made.name, made.issuer, made.number) == (title, "某市人民检察院", "江检指〔2026〕1号")
    assert made.closing.issuer == "某市人民检察院"
    assert made.closing.signatures == ()
    assert f"现指令你院{words}" in "\n".join(lines(made))


def test_a_protest_names_the_effective_judgment_with_its_court(cast):
    with on(2026, 8, 3):
        case = suit.effective(cast)
        said = prefilled(TYPES["D-62"], case)
    assert said["judgment"]["value"].startswith(f"{suit.INTERNET_COURT}2026年6月22日作出的")
    assert said["law"]["value"].endswith("第二百一十九条、第二百二十三条")
    # The superior office speaks: this one, which sued, is called by its name.
    assert "本院" not in said["course"]["value"]
    assert f"{case.office.name}在履行公益诉讼检察职责中发现" in said["course"]["value"]


@pytest.mark.parametrize("code", CODES)
def test_no_prefill_names_a_content_its_type_does_not_have(tried, code):
    names = {item.name for item in TYPES[code].contents}
    assert set(PREFILLS[code](tried)) <= names
