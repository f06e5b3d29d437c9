"""One fact has one spelling."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import LARGEST_INTEGER, encode

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_canonical_bytes_mean_what_was_encoded(value):
    assert json.loads(encode(value)) == value


@given(st.dictionaries(texts, values, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    names = list(value)
    random.shuffle(names)
    assert encode({name: value[name] for name in names}) == encode(value)


@given(values, values)
def test_different_facts_have_different_bytes(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (encode(one) == encode(other)) == same


def test_keys_are_sorted_by_their_utf16_units_as_rfc_8785_wants():
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(encode(value)).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_there_is_no_white_space_and_han_stays_han():
    assert encode({"b": [1, True, None], "a": "检察"}) == '{"a":"检察","b":[1,true,null]}'.encode()


@pytest.mark.parametrize("value", [0.5, date(2024, 6, 24), {1: 2}, b"bytes", {"a": {1, 2}}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize("value", [LARGEST_INTEGER + 1, -LARGEST_INTEGER - 1, "\ud800"])
def test_what_readers_would_not_hold_exactly_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011
        encode(value)
