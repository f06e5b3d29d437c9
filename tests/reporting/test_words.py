"""What the figures are called: no heading borrows the Chinese word of another room."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from audit.articles import written
from cases.models import LegalBasis
from reporting import selectors, wording
from reporting.blocks.ageing import AGES
from tests.reporting.asking import scope_of

pytestmark = pytest.mark.django_db
SPREAD = ("最短", "四分之一以内", "中位数", "四分之三以内", "最长")
HEADS = {
    "funnel": ("环节", "数量", "占前一环节"),
    "ageing": ("阶段", "30日以内", "31–90日", "91–180日", "超过180日", "全部"),
    "pressure": ("日期", "期限", "日历"),
    "durations": ("状态", "离开该状态的案件", *SPREAD),
    "periods": ("期间", "已办结", "其中逾期", *SPREAD, "法定时长", "允许日数（中位数）"),
    "trend": ("月份", "新收案件", "结案案件", "月末在办"),
    "replies": ("办理情况", "数量"),
    "money": ("款项", "金额（元）", "笔数"),
    "items": ("项目", "数量", "计量单位"),
    "load": ("检察官", "主办案件", "协办案件", "线索", "已逾期", "计分"),
}
# What stands in the last column of a block whose lines have notes.
NOTES = {"items": ("口径",), "periods": ("条文",)}


def opened(client, person, name, *args):
    person.language = "zh-hans"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(reverse(name, args=args))


def heads_of(answer) -> tuple[str, ...]:
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return next(sheet.iter_rows(max_row=1, values_only=True))


def test_the_heads_of_every_block_are_the_words_of_statistics(client, cast):
    with translation.override("zh-hans"):
        blocks = selectors.blocks_of(scope_of(cast.chief))
        found = {block.code: (block.first_head, *block.heads) for block in blocks}
    assert found == HEADS
    page = opened(client, cast.chief, "statistics").content.decode()
    for code, heads in HEADS.items():
        section = page[page.index(f'id="{code}"') :]
        section = section[: section.index("</thead>")]
        assert tuple(re.findall(r"<th[^>]*>([^<]*)</th>", section)) == heads + NOTES.get(code, ())


@pytest.mark.parametrize("code", HEADS)
def test_the_heads_of_the_workbook_of_a_block_are_those_of_the_page(client, cast, code):
    answer = opened(client, cast.chief, "statistics_block_export", code)
    assert heads_of(answer) == HEADS[code] + NOTES.get(code, ())


def test_the_heads_of_the_workbook_of_all_figures(client, cast):
    answer = opened(client, cast.chief, "statistics_export")
    assert heads_of(answer) == ("栏目", "项目", "指标", "数值", "口径或者条文")


def test_the_heads_of_the_list_behind_a_figure(client, cast):
    for figure, amount in (("funnel.filed", ()), ("money.paid", ("金额（元）",))):
        page = opened(client, cast.chief, "statistics_figure", figure).content.decode()
        heads = tuple(re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page))
        assert heads == ("日期", "事项", *amount, "案件线索")


def test_chinese_sentences_have_chinese_punctuation(cast):
    scope = scope_of(cast.chief)
    with translation.override("zh-hans"):
        codes = ("ageing.leads.30", "ageing.court.more", "trend.opened.2026-03", "periods.P-02.met")
        titles = [selectors.figure_of(scope, code).title for code in codes]
        blocks = selectors.blocks_of(scope)
        drawn = [str(block.chart(block, scope)) for block in blocks]
    assert titles[0] == "线索，30日以内"
    told = [said for drawing in drawn for said in re.findall(r"<title>([^<]*)</title>", drawing)]
    shown = [row.title for block in blocks for row in block.rows]
    shown += [cell.text for block in blocks for row in block.rows for cell in row.cells]
    assert len(told) > 90
    assert [text for text in (*titles, *told, *shown) if re.search("[,:] ", text)] == []


def test_a_day_is_one_day():
    with translation.override("en"):
        assert wording.days_told(1) == "1 day"
        assert wording.days_told(2) == "2 days"
    with translation.override("zh-hans"):
        assert wording.days_told(1) == "1日"
        assert wording.joined("元旦", "", "暂定") == "元旦，暂定"
        assert str(AGES[-1].title) == "超过180日"


def test_the_legal_bases_of_one_list_write_their_articles_in_the_same_way():
    with translation.override("zh-hans"):
        labels = [str(label) for label in LegalBasis.labels]
        assert written("PIPL 70") in labels
    assert [
        label for label in labels if re.search("第[一二三四五六七八九十百]+[条款]", label)
    ] == []
