"""A layout changes only when somebody wants it to: text and place of every line, and the bytes."""

from __future__ import annotations

import pytest

from tests.documents.golden_files import NAMES, facts, read


@pytest.mark.parametrize("name", NAMES)
def test_text_and_geometry_are_those_of_the_golden_file(name):
    assert facts(name)["pages"] == read(name)["pages"]


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_those_of_the_golden_file_for_the_same_engine(name):
    made, golden = facts(name), read(name)
    assert (made["engine"], made["sha256"]) == (golden["engine"], golden["sha256"])
