"""What complaint, announcement, termination, transfer and support say in each of their branches."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Refusal
from cases.models.matter import Track
from cases.registries import requirements
from cases.services import parties, proposals
from deadlines.derive import rulebook_of
from documents.model import Support, SupportKind, Table
from evidence import services as evidence
from litigation.services.expiry import expire_announcement
from notices import services
from notices.catalogue import TYPES, compose
from notices.models import Document
from notices.prefill import laws, prefilled
from notices.prefill.words import period_zh
from notices.series import series_for
from notices.sourcing.sentences import sentences_of
from notices.sourcing.services import set_sources
from tests.litigation import suit
from tests.notices import golden_files, samples_court
from tests.notices.matters import approve_text
from tests.notices.papers_of_suit import (
    decided_case,
    established,
    exhibit,
    lines,
    printed,
    text_of,
)
from tests.support import documents
from tests.support.days import on
from tests.support.matters import announced_case, approve, force, happen, propose, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def filed() -> None:
    """The suits of this file begin in an empty town, not after the filing of this room's stage."""


@pytest.fixture
def decided(cast):
    """A case the office has decided to sue in, with two claims; the clock stands on 6 May 2026."""
    with on(2026, 5, 6):
        yield decided_case(cast)


# --- the complaint -------------------------------------------------------------------------------


def test_the_complaint_beside_a_criminal_case_has_its_own_title_and_names_of_the_parties():
    plain = compose(TYPES["D-45"], golden_files.FRAME, samples_court.VALUES["D-45"])
    assert plain.name == "民事公益诉讼起诉书"
    values = samples_court.VALUES["D-45"] | {"suit": "刑事附带民事公益诉讼"}
    beside = compose(TYPES["D-45"], golden_files.FRAME, values)
    assert beside.name == "刑事附带民事公益诉讼起诉书"
    text = "\n".join(lines(beside))
    assert "附带民事公益诉讼起诉人：江州市云山区人民检察院" in text
    assert "附带民事公益诉讼被告：吴某" in text
    assert "特向你院提起刑事附带民事公益诉讼" in text


def test_the_claims_of_the_case_stand_in_its_complaint_each_with_its_event(decided):
    content = prefilled(TYPES["D-45"], decided)["claims"]
    assert content["value"].splitlines() == [
        "判令被告删除非法收集的全部个人信息。",
        "判令被告连带赔偿公益损害（人民币100000元）。",
    ]
    events = [str(row.event_id) for row in decided.claims.order_by("number")]
    assert [row[0]["reference"] for row in content["rests_on"]] == events
    assert {row[0]["kind"] for row in content["rests_on"]} == {SupportKind.EVENT}


def test_a_claim_against_one_of_two_defendants_names_that_one(decided, cast):
    second = suit.second_defendant(cast, decided)
    suit.claim(cast, decided, kind="K6", text="公开赔礼道歉。", defendants=[second.pk])
    found = text_of(decided, "D-45", "claims").splitlines()
    assert found[0].startswith("判令各被告删除")
    assert found[2] == "判令被告某数据有限公司公开赔礼道歉。"
    assert "起诉书副本2份" in text_of(decided, "D-45", "attachments")


def test_each_defendant_is_named_with_the_data_of_its_entry(decided, cast):
    parties.add_party(
        actor=cast.handler,
        case=decided,
        facts={"role": "violator", "kind": "person", "name": "吴某", "address": "平安里3幢"},
    )
    content = prefilled(TYPES["D-45"], decided)["defendant"]
    assert content["value"].splitlines()[1] == "吴某，住址平安里3幢。"
    keys = [str(row.pk) for row in suit.defendants(decided)]
    assert [row[0]["reference"] for row in content["rests_on"]] == keys


def test_the_course_tells_of_filing_announcement_and_that_nobody_sued(decided):
    text = text_of(decided, "D-45", "course")
    assert "于2026年1月5日决定立案" in text
    assert "本院于2026年3月2日在某全国性媒体发布公告" in text
    assert "公告期间为三十日" in text
    assert "公告期满，法律规定的机关和有关组织没有提起诉讼。" in text


def test_the_complaint_of_a_claim_names_the_articles_it_rests_on_each_law_once(decided):
    basis = text_of(decided, "D-45", "basis")
    assert basis == (
        "《中华人民共和国个人信息保护法》第四十七条、第六十九条、第七十条、"
        "《中华人民共和国民事诉讼法》第五十八条第二款、"
        "《中华人民共和国民法典》第一百七十九条、第一千零三十七条、第一千一百八十二条"
    )
    assert set(laws.CLAIM_LAWS) <= {f"K{number}" for number in range(1, 15)}


def test_the_court_is_the_one_the_complaint_is_proposed_for(decided, cast):
    assert text_of(decided, "D-45", "court") == ""
    for code in ("D-45", "D-46"):
        documents.filed(decided, code, cast.clerk, cast.chief)
    propose(
        decided,
        "T22",
        {"court": suit.internet_court().pk, "court_ground": "网络侵权行为实施地。"},
        cast.handler,
    )
    assert text_of(decided, "D-45", "court") == suit.INTERNET_COURT


def test_the_facts_come_from_the_evidence_and_rest_on_it(decided, cast):
    shown = exhibit(cast, decided, 1)
    established(cast, decided, "act", "收集一千二百余条。", shown)
    established(cast, decided, "harm", "涉及八百余人。", None)
    content = prefilled(TYPES["D-45"], decided)["facts"]
    assert content["value"].splitlines() == [
        "收集一千二百余条（证据1，第3页）。",
        "涉及八百余人（第3页）。",
    ]
    assert content["rests_on"][0] == [
        {"kind": "exhibit", "reference": str(shown.pk), "pages": "第3页"}
    ]


def test_no_confidential_exhibit_is_named_in_a_complaint_or_a_list_of_evidence(decided, cast):
    exhibit(cast, decided, 1)
    hidden = exhibit(cast, decided, 2, confidential=True)
    established(cast, decided, "act", "被害人名单", hidden)
    said = prefilled(TYPES["D-45"], decided)
    text = "\n".join(item["value"] for item in said.values())
    assert "证据材料1（证据1，来源：网络服务提供者）" in text
    assert "被害人名单" not in text
    assert "证据材料2" not in text
    assert "不在公开开庭时出示" in text


def test_a_complaint_beside_a_criminal_case_has_the_word_of_that_track(decided, cast):
    kind = TYPES["D-45"]
    assert series_for(decided.office, kind, decided).word == "民公诉"
    decided.track = Track.CRIMINAL_INCIDENTAL
    assert series_for(decided.office, kind, decided).word == "刑附民公诉"
    assert series_for(decided.office, TYPES["D-44"], decided).word == "民公终"
    assert prefilled(kind, decided)["suit"]["value"] == "刑事附带民事公益诉讼"
    documents.filed(decided, "D-45", cast.clerk, cast.chief)


# --- announcement, termination, transfer, support ------------------------------------------------


REPLIED = {
    "replier": "eligible",
    "name": "某省消费者委员会",
    "intention": "will_not",
    "content": "本会不起诉。\n愿意提供投诉数据。",
}


@pytest.fixture
def reviewed(cast):
    """A case in review whose announcement one eligible body and one victim have answered."""
    with on(2026, 4, 10):
        case = announced_case(cast, date(2026, 3, 2))
        reply = happen(case, "announcement_reply", date(2026, 3, 10), facts=REPLIED)
        victim = {"replier": "victim", "name": "李某", "content": "请求保护。"}
        happen(case, "announcement_reply", date(2026, 3, 12), facts=victim)
        done = {"reply": str(reply.pk), "result": "已收到投诉数据。"}
        happen(case, "announcement_reply_followed", date(2026, 3, 16), facts=done)
        assert expire_announcement(case) is not None
        case.refresh_from_db()
        yield case


def test_the_log_has_a_line_for_each_reply_in_all_of_its_columns(reviewed):
    said = prefilled(TYPES["D-42"], reviewed)
    assert said["when"]["value"].splitlines() == ["2026年3月10日", "2026年3月12日"]
    assert said["who"]["value"].splitlines() == ["某省消费者委员会", "李某"]
    assert said["decision"]["value"].splitlines() == ["已收到投诉数据。", "待处理"]
    first, second = said["content"]["value"].splitlines()
    assert first == "表示不起诉。本会不起诉。愿意提供投诉数据。"
    assert second == "请求保护。"
    values = {name: item["value"] for name, item in said.items()}
    (table_,) = [
        block
        for block in compose(TYPES["D-42"], golden_files.FRAME, values).blocks
        if isinstance(block, Table)
    ]
    assert [len(row) for row in table_.rows] == [5, 5]


def test_the_proof_of_the_announcement_tells_of_period_replies_and_files_but_names_no_victim(
    reviewed,
):
    said = prefilled(TYPES["D-46"], reviewed)
    assert said["published"]["value"] == "2026年3月2日在某全国性媒体发布。"
    assert said["period"]["value"].startswith("三十日，自2026年3月2日起计算，于2026年4月1日届满")
    assert "某省消费者委员会表示不起诉" in said["replies"]["value"]
    assert "被侵权人就公告作出答复" in said["replies"]["value"]
    assert "李某" not in "".join(item["value"] for item in said.values())
    assert said["proof"]["value"].startswith("公告.txt（SHA-256：")


def test_the_review_report_says_where_and_how_long_was_announced_by_the_period_of_the_rulebook(
    reviewed,
):
    told = prefilled(TYPES["D-43"], reviewed)["announcement"]
    days = period_zh(rulebook_of(reviewed).periods["P-01"].length)
    assert told["value"] == f"2026年3月2日在某全国性媒体发布。公告期为{days}。"
    assert [row["kind"] for row in told["rests_on"][0]] == [SupportKind.EVENT]


def test_the_termination_drafted_by_its_decision_says_ground_reason_and_articles(reviewed, cast):
    with on(2026, 4, 13):
        told = {"ground": "interest_protected", "explanation": "信息已全部删除。"}
        force(reviewed, "T19", date(2026, 4, 13), actor=cast.chief, **told)
    document = reviewed.documents.get(code="D-44")
    assert document.values["ground"] == "社会公共利益已经得到有效保护"
    assert document.values["reason"] == "信息已全部删除。"
    assert document.values["basis"].endswith("第九十条、第九十四条第一项、第九十五条")
    assert document.values["decision_day"] == "2026-04-13"
    assert "社会公共利益已经得到有效保护的情形" in printed("D-44", **document.values)


@pytest.mark.parametrize(
    ("instrument", "title", "words"),
    [
        ("移送函", "移送函", "现移送你院依法审查起诉"),
        ("委托函", "委托函", "现委托你院办理下列事项"),
    ],
)
def test_the_letter_to_another_office_transfers_or_commissions(instrument, title, words):
    values = samples_court.VALUES["D-47"] | {"instrument": instrument}
    made = compose(TYPES["D-47"], golden_files.FRAME, values)
    assert made.name == title
    assert made.addressee == "江州市人民检察院"
    assert words in "\n".join(lines(made))


def test_a_commission_says_what_is_commissioned_and_a_transfer_does_not():
    values = samples_court.VALUES["D-47"] | {"task": "送达起诉书\n固定证据"}
    commission = lines(
        compose(TYPES["D-47"], golden_files.FRAME, values | {"instrument": "委托函"})
    )
    assert commission[commission.index("委托事项") :][:3] == [
        "委托事项",
        "1.送达起诉书。",
        "2.固定证据。",
    ]
    assert "委托事项" not in lines(compose(TYPES["D-47"], golden_files.FRAME, values))


def test_the_support_opinion_knows_court_plaintiff_and_defendants(reviewed, cast):
    with on(2026, 4, 13):
        told = {"plaintiff": "某省消费者委员会", "court": "某法院", "court_case_number": "1号"}
        force(reviewed, "T14", date(2026, 4, 13), actor=cast.handler, **told)
    values = reviewed.documents.get(code="D-48").values
    assert (values["plaintiff"], values["court"]) == ("某省消费者委员会", "某法院")
    assert values["defendant"] == "某科技有限公司。"
    assert "第一百零一条" in values["basis"]


# --- from the draft to the court -----------------------------------------------------------------


def test_a_complaint_made_here_is_approved_with_its_delivery_signed_numbered_and_handed_over(
    decided, cast
):
    plan = {"court": suit.internet_court().pk, "court_ground": "网络侵权行为实施地。"}
    proposal = proposals.draft_proposal(
        actor=cast.handler, matter=decided, code="T22", data=plan, reasons="理由充分。"
    )
    exhibit(cast, decided, 1)
    complaint = documents.final(decided, "D-45", cast.handler)
    documents.final(decided, "D-46", cast.handler)
    assert complaint.values["court"] == suit.INTERNET_COURT
    proposal.refresh_from_db()
    approve(proposals.submit_proposal(actor=cast.handler, proposal=proposal), cast.head, cast.chief)
    act = {"legal_day": "2026-05-06", "copies": 1, "pieces": suit.PIECES}
    with pytest.raises(Refusal) as refused:
        deliver(cast, proposal, act)
    assert [line.code for line in refused.value.unmet] == ["complaint_issued"]
    issued = services.issue_document(actor=cast.clerk, document=complaint, signer=cast.chief)
    assert issued.number == f"{decided.office.short_name}检民公诉〔2026〕1号"
    deliver(cast, proposal, act)
    decided.refresh_from_db()
    assert decided.law_code == "C1"


def test_a_complaint_goes_out_only_while_every_sentence_of_fact_rests_on_something_that_stands(
    decided, cast
):
    shown = exhibit(cast, decided, 1)
    draft = services.draft_document(actor=cast.handler, matter=decided, code="D-45")
    draft = documents.filled(draft, cast.handler, facts="被告公开八百余人的个人信息。")
    final = services.finalise_document(actor=cast.handler, document=draft)
    verdict = requirements["complaint_complete"].check(decided, {})
    assert not verdict.met
    assert verdict.link == f"/documents/{final.pk}/sources/"
    reopened = services.reopen_document(actor=cast.handler, document=final)
    (sentence,) = [s for s in sentences_of(cast.handler, reopened) if s.content.name == "facts"]
    sourced = set_sources(
        actor=cast.handler,
        document=reopened,
        content="facts",
        position=sentence.position,
        supports=[Support(SupportKind.EXHIBIT, str(shown.pk), "3")],
        version=reopened.version,
    )
    sourced = documents.supported(sourced, cast.handler)
    final = services.finalise_document(actor=cast.handler, document=sourced)
    assert requirements["complaint_complete"].check(decided, {}).met
    approve_text(final, cast)
    evidence.withdraw_exhibit(actor=cast.handler, exhibit=shown, reason="非法取得")
    assert not requirements["complaint_complete"].check(decided, {}).met
    with pytest.raises(Refusal) as refused:
        services.issue_document(actor=cast.clerk, document=final, signer=cast.chief)
    assert [line.code for line in refused.value.unmet] == ["source:facts:0"]
    assert not Document.objects.get(pk=final.pk).number


def deliver(cast, proposal, act) -> None:
    proposal.refresh_from_db()
    proposals.carry_out(
        actor=cast.handler, proposal=proposal, data=dict(act), files={"receipt": upload()}
    )
