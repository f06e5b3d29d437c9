"""What the documents of an investigation, of recusal, extension and direction print."""

from __future__ import annotations

import pytest

from documents.html_renderer import render_html
from documents.model import FormDocument, OfficialDocument, Table
from documents.typst_renderer import render_pdf
from documents.validation import texts
from notices.bodies.frame import Frame
from notices.catalogue import TYPES, Kind, compose
from tests.notices.golden_files import FRAME, ISSUED
from tests.notices.samples_investigation import VALUES

CODES = sorted(VALUES)
EMPTY = Frame(office="江州市云山区人民检察院", reference="330106-2024-00012")
# Contents that only choose between instruments of one type, each with a value that is one of them.
CHOICES = {
    "D-10": {"decider": "检察委员会"},
    "D-12": {"form": "调用检察人员决定书"},
    "D-23": {"form": "专家意见"},
    "D-28": {"form": "听证通知书"},
    "D-29": {"form": "听证意见书"},
    "D-32": {"form": "磋商会议纪要"},
    "D-34": {"form": "委托书"},
}


def printed(code: str, **values: str) -> str:
    """Return every text of a document of that type, the sample with these contents instead."""
    made = compose(TYPES[code], FRAME, VALUES[code] | values)
    return "\n".join(text for _path, text in texts(made))


@pytest.mark.parametrize("code", CODES)
def test_an_empty_document_is_drawn(code):
    made = compose(TYPES[code], EMPTY, {})
    assert isinstance(made, OfficialDocument | FormDocument)
    assert render_pdf(made, issued_at=ISSUED).pages
    assert EMPTY.office in render_html(made)


@pytest.mark.parametrize("code", CODES)
def test_every_content_is_in_the_body(code):
    kind = TYPES[code]
    values = {item.name: f"内容{item.name}" for item in kind.contents if item.kind is not Kind.DAY}
    values |= CHOICES.get(code, {})
    made = compose(kind, EMPTY, values)
    found = "\n".join(text for _path, text in texts(made))
    assert [name for name, text in values.items() if text not in found] == []


@pytest.mark.parametrize("code", CODES)
def test_every_required_content_but_case_and_day_names_its_article(code):
    required = [item for item in TYPES[code].contents if item.required]
    unfounded = {item.name for item in required if not item.article}
    assert unfounded <= {"case", "day"}
    assert TYPES[code].repeats


@pytest.mark.parametrize(
    ("work", "title"), [("鉴定", "委托鉴定函"), ("翻译", "委托翻译函"), ("审计", "委托审计函")]
)
def test_a_commission_letter_is_named_after_its_work(work, title):
    assert compose(TYPES["D-24"], FRAME, VALUES["D-24"] | {"work": work}).name == title


@pytest.mark.parametrize(
    ("form", "words", "article"),
    [
        ("交办函", "现将某科技有限公司侵害公民个人信息民事公益诉讼一案交由你院办理", "第十条"),
        ("提办函", "提由本院办理", "第十条"),
        ("督办函", "决定督办你院办理的", "第十条"),
        ("领办函", "由本院领办", "第十条"),
        ("调用检察人员决定书", "决定调用下列检察人员", "第十一条"),
    ],
)
def test_a_direction_follows_the_name_of_the_paper(form, words, article):
    found = printed("D-12", form=form, staff="海州市人民检察院王某")
    assert form in found
    assert words in found
    assert article in found
    assert found.startswith("江州市人民检察院\n")
    assert "林检察长" not in found


def test_who_asks_to_stand_aside_himself_is_no_second_person():
    found = printed("D-10", addressee="陈一鸣", decider="检察长")
    assert "陈一鸣自行申请回避" in found
    assert "经本院检察长决定" in found
    assert "经本院检察委员会讨论决定" in printed("D-10", decider="检察委员会")


def test_a_further_extension_has_room_for_the_office_above():
    assert "上一级人民检察院审批意见" not in printed("D-11")
    assert "上一级人民检察院审批意见" in printed("D-11", level="上一级人民检察院")


def test_a_written_opinion_bears_the_name_and_the_seal_of_the_unit_that_wrote_it():
    unit = "江州大学网络安全学院"
    made = compose(TYPES["D-23"], FRAME, VALUES["D-23"] | {"form": "专家意见", "unit": unit})
    assert (made.name, made.issuer, made.closing.issuer) == ("专家意见", unit, unit)
    assert made.closing.seal
    alone = compose(TYPES["D-23"], FRAME, VALUES["D-23"] | {"form": "专家意见"})
    assert not alone.closing.seal


def test_a_consultation_by_word_of_mouth_is_signed_by_the_adviser():
    made = compose(TYPES["D-23"], FRAME, VALUES["D-23"])
    assert made.name == "咨询笔录"
    assert made.closing.signatures[0].role == "被咨询人"


def test_an_announcement_of_a_hearing_has_no_addressee():
    made = compose(TYPES["D-28"], FRAME, VALUES["D-28"] | {"form": "听证公告"})
    assert (made.name, made.addressee) == ("听证公告", "")
    assert "现予公告。" in printed("D-28", form="听证公告")
    assert "特此通知。" in printed("D-28")


@pytest.mark.parametrize(("form", "signer"), [("听证笔录", "记录人"), ("听证意见书", "听证员")])
def test_a_hearing_is_recorded_or_judged_by_its_officers(form, signer):
    made = compose(TYPES["D-29"], FRAME, VALUES["D-29"] | {"form": form})
    assert made.name == form
    assert signer in {line.role for line in made.closing.signatures}


@pytest.mark.parametrize(
    ("form", "verb", "signer"),
    [("聘请书", "现聘请你", "受聘人"), ("委托书", "现委托你", "受委托人")],
)
def test_the_expert_signs_what_he_undertakes(form, verb, signer):
    made = compose(TYPES["D-34"], FRAME, VALUES["D-34"] | {"form": form})
    assert [line.role for line in made.closing.signatures] == [signer, "检察长"]
    assert verb in printed("D-34", form=form)


def test_nobody_signs_a_letter_to_an_authority_by_name():
    assert compose(TYPES["D-31"], FRAME, VALUES["D-31"]).closing.signatures == ()


def test_the_witness_of_an_inspection_signs_where_there_was_one():
    with_one = compose(TYPES["D-25"], FRAME, VALUES["D-25"])
    without = compose(TYPES["D-25"], FRAME, VALUES["D-25"] | {"witness": ""})
    assert "见证人" in {line.role for line in with_one.closing.signatures}
    assert "见证人" not in {line.role for line in without.closing.signatures}


def test_a_single_item_is_no_list_and_numbers_typed_in_are_not_doubled():
    assert "1." not in printed("D-20", what="服务器日志")
    assert "服务器日志。" in printed("D-20", what="服务器日志")
    found = printed("D-20", what="1．服务器日志\n（2）合同")
    assert "1.服务器日志。" in found.split("\n")
    assert "2.合同。" in found.split("\n")


def test_a_column_that_is_too_short_leaves_its_cells_empty():
    made = compose(TYPES["D-30"], FRAME, {"item": "证据1：截图\n证据2：合同", "source": "公证处"})
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert table.rows == (("1", "证据1：截图", "公证处", "", ""), ("2", "证据2：合同", "", "", ""))


@pytest.mark.parametrize("code", ["D-21", "D-26"])
def test_a_digest_stands_on_two_lines(code):
    longest = max(len(line) for line in printed(code).splitlines() if line.isascii())
    assert longest == 32
