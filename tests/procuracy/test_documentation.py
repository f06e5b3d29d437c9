"""The generated pages, and the commands that list norms and registries."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.registries import ALL, machines
from procuracy import documentation
from procuracy.documentation.transitions import APART
from procuracy.norms import citations, norms, unknown


def output_of(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_pages_in_the_repository_are_what_the_declarations_say():
    assert documentation.stale() == []


def test_a_stale_or_missing_page_is_named_and_fails_the_check(tmp_path):
    assert set(documentation.write(tmp_path)) == set(documentation.PAGES)
    output_of("generate_docs", "--check", folder=tmp_path)
    (tmp_path / "norms.md").write_text("old", encoding="utf-8")
    (tmp_path / "periods.md").unlink()
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("generate_docs", "--check", folder=tmp_path, stdout=out, stderr=out)
    assert end.value.code == 1
    assert "norms.md is stale" in out.getvalue()
    assert "periods.md is stale" in out.getvalue()
    assert "transitions.md" not in out.getvalue()
    assert (tmp_path / "norms.md").read_text(encoding="utf-8") == "old"


def test_the_page_of_transitions_tells_every_guard_document_and_article():
    page = documentation.rendered()["transitions.md"]
    for machine in machines.values():
        for item in machine.declarations.values():
            codes = item.requirements + item.act_requirements
            for part in (item.title_zh, item.title_en, item.article, item.event_kind, *codes):
                assert part in page
            for code in item.needs_documents + item.makes_documents:
                assert f": {code} " in page


def test_the_page_of_transitions_tells_the_steps_that_no_machine_declares():
    page = documentation.rendered()["transitions.md"]
    assert [step.code for step in APART] == ["T01", "T09", "T64", "A-8-4"]
    for step in APART:
        assert f"### {step.code} {step.title_zh} · {step.title_en}" in page
        assert f"`{step.event_kind}`" in page
        for demand in step.demands:
            assert f"| `{demand.name}` | {demand.title_zh}<br>{demand.title_en} |" in page


def test_the_page_of_transitions_holds_every_number_of_the_law():
    page = documentation.rendered()["transitions.md"]
    assert [number for number in range(1, 66) if f"### T{number:02}" not in page] == []


def test_the_graph_draws_every_state_and_transition_without_style_or_script():
    text = documentation.rendered()["state-graph.svg"]
    drawing = ElementTree.fromstring(text)
    words = {element.text for element in drawing.iter() if element.tag.endswith("text")}
    for machine in machines.values():
        assert {state for edge in machine.edges() for state in edge if state} <= words
        assert set(machine.declarations) <= {
            code for word in words for code in re.split(r",\s*", word or "")
        }
    assert "style" not in text
    assert "<script" not in text


def test_what_leaves_the_state_as_it_is_is_listed_below_the_graph_and_is_no_arrow():
    drawing = ElementTree.fromstring(documentation.rendered()["state-graph.svg"])
    words = [element.text for element in drawing.iter() if element.tag.endswith("}text")]
    told = [element.text or "" for element in drawing.iter() if element.tag.endswith("}title")]
    for machine in machines.values():
        listed = words[words.index(f"{machine.title_zh} · {machine.title_en}") :]
        for item in machine.declarations.values():
            if not item.target:
                assert not any(f"{item.code} {item.title_en}:" in title for title in told)
                assert any(item.code in re.split(r",\s*", word) for word in listed), item.code


def test_there_are_all_norms_of_the_checklist_and_tests_cite_no_other():
    assert list(norms()) == [f"C{number:03}" for number in range(1, 163)]
    assert all(norm.law and norm.text.endswith(".") for norm in norms().values())
    assert unknown(citations()) == []


def test_citations_are_read_from_marks_on_tests_parameters_and_modules(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_one.py").write_text(
        "import pytest\n"
        'pytestmark = [pytest.mark.django_db, pytest.mark.norm("C003")]\n'
        '@pytest.mark.norm("C001")\n'
        "def test_a(): ...\n"
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.norm("C002"))])\n'
        "def test_b(x): ...\n",
        encoding="utf-8",
    )
    assert citations(folder) == {
        "C001": ["tests/test_one.py::test_a"],
        "C002": ["tests/test_one.py::test_b"],
        "C003": ["tests/test_one.py"],
    }


def test_norms_are_listed_with_their_tests():
    assert output_of("norms", "C001").startswith("C001  Rules 24: ")
    assert "tests/cases/test_norms_of_leads.py::" in output_of("norms", "C001")
    uncited = output_of("norms", uncited=True)
    assert "C096" in uncited
    assert "C001" not in uncited
    with pytest.raises(CommandError, match="C999"):
        output_of("norms", "C999")


def test_every_registry_is_listed_with_its_entries():
    text = output_of("registries")
    for registry in ALL:
        assert f"{registry.name}: {registry.holds} ({len(registry)})" in text
        assert all(f"  {code}  " in text for code in registry)
    assert "requirements:" not in output_of("registries", "machines")
    with pytest.raises(CommandError, match="nothing"):
        output_of("registries", "nothing")
