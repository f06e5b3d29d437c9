"""How several processes share the tests."""

from __future__ import annotations

import pytest

from procuracy.embedded.home import ROOT
from tests.support.processes import TOGETHER, FilesTogether, shared


@pytest.mark.parametrize("file", TOGETHER)
def test_the_tests_of_a_file_that_stays_together_are_given_as_one(file):
    assert (ROOT / file).exists()
    scheduler = FilesTogether.__new__(FilesTogether)
    assert scheduler._split_scope(f"{file}::test_one[a::b]") == file
    assert (
        scheduler._split_scope("tests/cases/test_leads.py::test_one") != "tests/cases/test_leads.py"
    )


def test_what_is_shared_is_made_once_and_dropped_by_the_last(tmp_path):
    made, dropped = [], []

    def make() -> int:
        made.append(1)
        return len(made)

    with shared(tmp_path, "thing", make, dropped.append) as first:
        with shared(tmp_path, "thing", make, dropped.append) as second:
            assert (first, second, dropped) == (1, 1, [])
        assert dropped == []
    assert dropped == [1]
    with shared(tmp_path, "thing", make, dropped.append) as third:
        assert third == 2
