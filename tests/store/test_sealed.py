"""Values that can be made unreadable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.store import sealed


@given(st.text())
def test_with_its_key_a_value_comes_back_and_without_it_never(value):
    key = sealed.new_key()
    kept = sealed.seal(key, value)
    assert sealed.is_sealed(kept)
    assert sealed.unseal(key, kept) == value
    assert sealed.unseal(None, kept) is None
    assert sealed.unseal(sealed.new_key(), kept) is None
    assert len(value) < 3 or value not in kept


def test_equal_values_look_different_and_a_changed_one_is_none():
    key = sealed.new_key()
    one, other = (sealed.seal(key, "Robin Example") for _ in range(2))
    assert one != other
    assert sealed.unseal(key, one[:-4] + "AAA=") is None
    assert sealed.unseal(key, "sealed:no such thing") is None
    assert sealed.unseal(key, "plain") == "plain"
