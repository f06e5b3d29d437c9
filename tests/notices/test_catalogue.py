"""The catalogue holds every document of law 7.2 and what the law says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from audit.articles import written
from audit.errors import Conflict
from cases.forms.facts import InvestigativeMethod
from cases.registries import event_kinds, machines
from notices.catalogue import TYPES, Layout, Numbering
from notices.prefill import PREFILLS
from tests.notices.matters import approve_text, issue
from tests.support.documents import filled


def test_the_catalogue_holds_all_documents_of_the_law():
    groups = {
        range(1, 13): "D-01 to D-12",
        range(20, 35): "D-20 to D-34",
        range(40, 68): "D-40 to D-67",
        range(70, 77): "D-70 to D-76",
        range(80, 87): "D-80 to D-86",
    }
    assert set(TYPES) == {f"D-{number:02}" for group in groups for number in group}


def test_what_is_composed_has_a_template_a_layout_and_what_the_record_says_of_it():
    composed = {code for code, kind in TYPES.items() if kind.composed}
    assert composed == set(PREFILLS)
    assert all(TYPES[code].template for code in composed)
    assert {code for code, kind in TYPES.items() if kind.layout is not Layout.FILED} == composed


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("D-02", "民公移"),
        ("D-06", "民公立"),
        ("D-07", "民公不立"),
        ("D-20", "民公调"),
        ("D-24", "民公委"),
        ("D-27", "民公委调"),
        ("D-41", "民公告"),
        ("D-44", "民公终"),
        ("D-45", "民公诉"),
        ("D-48", "民公支"),
        ("D-49", "民公撤支"),
        ("D-50", "民公出"),
        ("D-55", "民公撤诉"),
        ("D-56", "行公变"),
        ("D-60", "民公上"),
        ("D-70", "行公建"),
        ("D-71", "社建"),
        ("D-74", "行公中"),
    ],
)
@pytest.mark.norm("C116")
def test_the_words_of_numbers_are_those_of_the_law_and_shown_as_unverified(code, word):
    assert TYPES[code].numbering is Numbering.WORD
    assert TYPES[code].codes[0].word == word
    assert all(item.unverified for item in TYPES[code].codes)


@pytest.mark.parametrize("code", ["D-03", "D-62", "D-63", "D-65"])
def test_no_word_is_invented_where_the_law_names_none(code):
    assert TYPES[code].numbering is Numbering.WORD
    assert TYPES[code].codes == ()


def test_every_type_says_its_article_or_that_practice_made_it():
    for kind in TYPES.values():
        assert kind.article or kind.practice, kind.code
        assert kind.title_zh
        assert kind.title_en
        assert kind.layout is not Layout.FILED or not kind.template


# What only a court may order (CPL 113-119): by their Chinese stems and English words.
SANCTION = re.compile(r"罚款|拘留|训诫|责令退出|拘传|\b(fines?|detain|detention)\b", re.IGNORECASE)


def _what_steps_are_called() -> Iterator[str]:
    for machine in machines.values():
        for step in machine.declarations.values():
            yield from (step.method, step.event_kind, step.title_zh, step.title_en)


def _what_events_are_called() -> Iterator[str]:
    for kind in event_kinds.values():
        yield from (kind.code, kind.title_zh, kind.title_en)


def _what_methods_are_called() -> Iterator[str]:
    yield from InvestigativeMethod.values
    for language in ("zh-hans", "en"):
        with translation.override(language):
            yield from map(str, InvestigativeMethod.labels)


def _what_documents_are_called() -> Iterator[str]:
    for kind in TYPES.values():
        yield from (kind.title_zh, kind.title_en)


@pytest.mark.parametrize(
    "called",
    [
        _what_steps_are_called,
        _what_events_are_called,
        _what_methods_are_called,
        _what_documents_are_called,
    ],
)
@pytest.mark.norm("C158")
def test_no_step_event_method_or_document_imposes_a_sanction(called):
    texts = list(called())
    assert len(texts) > 10
    assert [text for text in texts if SANCTION.search(text.replace("_", " "))] == []


@pytest.mark.norm("C037")
def test_the_announcement_must_say_the_five_items():
    articles = {item.article for item in TYPES["D-41"].contents if item.required}
    assert articles == {f"Rules 91({number})" for number in range(1, 6)}
    assert {item.name for item in TYPES["D-41"].contents if item.required} == {
        "harm_facts",
        "suit_notice",
        "period",
        "contact_person",
        "telephone",
        "announcing_unit",
        "announcing_day",
    }


def test_what_is_typed_one_a_line_says_so_in_both_languages():
    for kind in TYPES.values():
        for content in kind.contents:
            labels = content.label_zh, content.label_en
            assert ("每行" in labels[0]) == ("a line" in labels[1]), (kind.code, *labels)


def test_a_chinese_reader_reads_no_short_name_of_a_source_or_of_a_proceeding():
    shown = []
    with translation.override("zh-hans"):
        for kind in TYPES.values():
            shown += [kind.stage_label, written(kind.article)]
            shown += [written(content.article) for content in kind.contents]
    # A state is read by its code of law 3.1 and its name: P4 诉前公告.
    assert [text for text in shown if re.search(r"[A-Za-z]{3,}", text)] == []


@pytest.mark.django_db
@pytest.mark.norm("C146")
def test_a_document_names_the_version_of_its_form_and_an_issued_one_keeps_it(
    cast, decision, monkeypatch
):
    now = TYPES["D-06"]
    assert decision.template == now.template == "1"
    issued = issue(cast, decision)
    monkeypatch.setitem(TYPES, "D-06", replace(now, template="2"))
    issued.refresh_from_db()
    assert issued.template == "1"


@pytest.mark.django_db
@pytest.mark.norm("C146")
def test_a_draft_is_drawn_by_the_new_form_and_what_is_final_is_not_printed_under_it(
    cast, decision, monkeypatch
):
    monkeypatch.setitem(TYPES, "D-06", replace(TYPES["D-06"], template="2"))
    draft = filled(decision, cast.handler)
    assert draft.template == "2"
    approve_text(draft, cast)
    draft.refresh_from_db()
    assert draft.status == "final"
    monkeypatch.setitem(TYPES, "D-06", replace(TYPES["D-06"], template="3"))
    with pytest.raises(Conflict) as refused:
        issue(cast, draft)
    assert refused.value.code == "form_changed"
