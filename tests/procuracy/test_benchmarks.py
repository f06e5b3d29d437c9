"""What `script/bench` prints; how fast anything is, no test says."""

from __future__ import annotations

from procuracy.embedded.home import ROOT
from tests.benchmarks import __main__ as bench
from tests.benchmarks.measuring import Measured, rounds, table


def test_the_operations_take_turns_and_are_divided_by_what_they_did():
    done: list[str] = []
    operations = {"floor": lambda: done.append("floor"), "ours": lambda: done.append("ours")}
    floor, ours = rounds(operations, count=3, each=10)
    assert done == ["floor", "ours"] * 3
    assert (floor.name, ours.name, len(ours.seconds)) == ("floor", "ours", 3)


def test_a_table_compares_each_operation_with_the_floor():
    lines = table([Measured("floor", (0.002, 0.001, 0.003)), Measured("ours", (0.005,))])
    assert lines.splitlines()[2:] == [
        "| floor | 2 ms | 1 ms | 3 ms | 1.00 |",
        "| ours | 5 ms | 5 ms | 5 ms | 2.50 |",
    ]


def test_an_unknown_benchmark_is_named_with_those_there_are(capsys):
    assert bench.main(["calendar", "nonsense"]) == 2
    said = capsys.readouterr()
    assert "No benchmark nonsense; there are: calendar" in said.err
    assert not said.out


def test_the_figures_of_every_benchmark_are_kept():
    kept = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
    assert all(f"`script/bench {name}`" in kept for name in bench.BENCHMARKS)
