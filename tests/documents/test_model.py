"""The document as JSON and back, and the rules it must keep."""

from __future__ import annotations

import json

import pytest

from audit.errors import Invalid
from documents.codec import from_json, to_json
from documents.model import (
    Closing,
    Column,
    FormCell,
    FormDocument,
    FormRow,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
    paragraphs,
)
from documents.numerals import Numbering, chinese, ordinal
from documents.validation import MAXIMUM_CHARACTERS, validate
from tests.documents import samples


@pytest.mark.parametrize("name", ["recommendation", "filing_decision", "approval_form"])
def test_a_document_survives_json(name):
    document = getattr(samples, name)()
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_what_a_paragraph_rests_on_is_kept():
    stored = to_json(samples.recommendation())
    assert stored["blocks"][3]["rests_on"] == [
        {"kind": "exhibit", "reference": "E-003", "pages": "12-14", "label": "平台数据库镜像"}
    ]


def changed(**changes):
    return to_json(samples.filing_decision()) | changes


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (None, "document"),
        ([], "document"),
        ({"kind": "poem"}, "document"),
        (changed(colour="red"), "document.colour"),
        (changed(issuer=5), "document.issuer"),
        (changed(blocks="text"), "document.blocks"),
        (changed(blocks=[{"kind": "picture"}]), "document.blocks[0]"),
        (changed(blocks=[{"kind": "heading", "text": "一"}]), "document.blocks[0].level"),
        (
            changed(blocks=[{"kind": "heading", "text": "一", "level": True}]),
            "document.blocks[0].level",
        ),
        (changed(closing={"day": "2026-02-30"}), "document.closing.day"),
    ],
)
def test_unreadable_json_is_refused_with_its_path(data, path):
    with pytest.raises(Invalid) as refusal:
        from_json(data)
    assert list(refusal.value.errors) == [path]


def official(*blocks, **more):
    return OfficialDocument("甲院", "决定书", blocks, **more)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (OfficialDocument(" ", "决定书", (Paragraph("文"),)), "issuer"),
        (official(), "blocks"),
        (official(Paragraph(" ")), "blocks[0].text"),
        (official(Heading(5, "五")), "blocks[0].level"),
        (official(NumberedList(())), "blocks[0].items"),
        (official(NumberedList(("甲",), start=0)), "blocks[0].start"),
        (official(Table((Column("一"), Column("二")), (("甲",),))), "blocks[0].rows[0]"),
        (official(Table((Column("一", 0),), ())), "blocks[0].columns"),
        (official(Paragraph("文"), closing=Closing()), "closing.issuer"),
        (official(Paragraph("文" * (MAXIMUM_CHARACTERS + 1))), "document"),
        (FormDocument("甲院", "表", ()), "rows"),
        (FormDocument("甲院", "表", (FormRow((FormCell("甲", width=6),)),)), "rows[0].cells"),
        (FormDocument("甲院", "表", (FormRow((FormCell(""),)),)), "rows[0].cells[0].label"),
    ],
)
def test_a_broken_rule_names_its_field(document, path):
    with pytest.raises(Invalid) as refusal:
        validate(document)
    assert path in refusal.value.errors


def test_typed_text_becomes_one_paragraph_a_line():
    typed = "　　第一段\t续\r\n\r\n  第二段  \n"
    assert [paragraph.text for paragraph in paragraphs(typed)] == ["第一段 续", "第二段"]


def test_numbers_follow_the_four_levels_of_the_standard():
    assert [ordinal(12, numbering) for numbering in Numbering] == [
        "十二、",
        "（十二）",
        "12.",
        "（12）",
    ]
    assert [chinese(number) for number in (1, 10, 11, 20, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "九十九",
    ]
