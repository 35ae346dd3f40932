"""The master key: two ways in, no third, and no hint."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.errors import DamagedWorkspace, NewerWorkspace, NoRoom, WrongPassphrase
from dpdesk.store.check import check
from dpdesk.store.keys import ALPHABET, Cost, KeyFile, Keys, new_recovery_key, read_recovery_key
from dpdesk.store.workspace import Workspace
from tests.builders import PASSPHRASE, QUICK, Template


@pytest.fixture(scope="module")
def made() -> tuple[KeyFile, Keys, str]:
    recovery = new_recovery_key()
    key_file, keys = KeyFile.create(PASSPHRASE, recovery, QUICK)
    return KeyFile.read(json.dumps(key_file.content).encode()), keys, recovery


recovery_keys = st.builds(lambda seed: new_recovery_key(), st.integers())


def test_both_ways_give_the_same_key(made):
    key_file, keys, recovery = made
    assert key_file.by_passphrase(PASSPHRASE) == keys
    assert key_file.by_recovery_key(recovery) == keys


def test_each_purpose_has_a_key_of_its_own():
    keys = Keys(b"m" * 32)
    purposes = ["database", "history", "vault names", "vault contents", "backup"]
    assert len({keys.derive(purpose) for purpose in purposes} | {keys.master}) == 6


def test_a_passphrase_composed_otherwise_is_the_same():
    key_file, keys = KeyFile.create("caf\u00e9 au lait at noon", new_recovery_key(), QUICK)
    assert key_file.by_passphrase("cafe\u0301 au lait at noon") == keys


@pytest.mark.parametrize(
    "wrong", ["", "correct horse battery stapl", "Correct horse battery staple", "x" * 5000]
)
def test_a_wrong_passphrase_gets_one_sentence_and_no_hint(made, wrong):
    with pytest.raises(WrongPassphrase) as refused:
        made[0].by_passphrase(wrong)
    assert str(refused.value) == (
        "That does not open this workspace. Check Caps Lock and the keyboard layout, "
        "then try again."
    )


# --- the recovery key ----------------------------------------------------------------------


def test_a_recovery_key_is_groups_of_four_unmistakable_letters():
    groups = new_recovery_key().split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert not set("".join(groups)) - set(ALPHABET)
    assert not set(ALPHABET) & set("IOSZ0123456789")


@given(recovery_keys, st.sampled_from([" ", "-", "", "\n", " - "]), st.booleans())
@settings(max_examples=30)
def test_blanks_dashes_and_small_letters_do_not_matter(key, between, small):
    typed = between.join(key.split(" "))
    assert read_recovery_key(typed.lower() if small else typed) == key.replace(" ", "")


@given(recovery_keys, st.integers(0, 31), st.sampled_from(ALPHABET))
@settings(max_examples=200)
def test_every_mistyped_letter_is_noticed(key, place, letter):
    letters = key.replace(" ", "")
    typed = letters[:place] + letter + letters[place + 1 :]
    if typed == letters:
        return
    with pytest.raises(WrongPassphrase, match="mistyped"):
        read_recovery_key(typed)


def test_every_single_slip_and_every_swap_in_one_key_is_noticed():
    letters = new_recovery_key().replace(" ", "")
    slips = [
        letters[:i] + other + letters[i + 1 :]
        for i in range(32)
        for other in ALPHABET
        if other != letters[i]
    ]
    for i in range(32):
        for j in range(i + 1, 32):
            if letters[i] != letters[j]:
                turned = list(letters)
                turned[i], turned[j] = turned[j], turned[i]
                slips.append("".join(turned))
    for typed in slips:
        with pytest.raises(WrongPassphrase):
            read_recovery_key(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "0 were typed"),
        ("ABCD", "4 were typed"),
        ("O" * 32, "never contains O"),
        ("ABC1 2BCD", "never contains 1, 2"),
        ("ß", "never contains S"),
    ],
)
def test_a_recovery_key_typed_wrong_says_what_is_wrong(made, typed, words):
    with pytest.raises(WrongPassphrase, match=words):
        made[0].by_recovery_key(typed)


def test_the_recovery_key_of_another_workspace_does_not_open_this_one(made):
    with pytest.raises(WrongPassphrase, match="does not open"):
        made[0].by_recovery_key(new_recovery_key())


# --- changing the passphrase ----------------------------------------------------------------


def test_changing_the_passphrase_wraps_the_key_afresh_and_touches_nothing_else(
    template: Template, tmp_path
):
    folder = template.copy(tmp_path / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    stored = workspace.vault.put(b"a document" * 100)
    workspace.close()
    sealed = workspace.vault.path(stored.name)
    before = [(folder / "dpdesk.db").read_bytes(), sealed.read_bytes()]
    keys_before = json.loads((folder / "dpdesk.keys.json").read_bytes())

    workspace = Workspace.open(folder, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        workspace.change_passphrase("not this one at all", "new words for the lock", QUICK)
    assert json.loads((folder / "dpdesk.keys.json").read_bytes()) == keys_before
    workspace.change_passphrase(PASSPHRASE, "new words for the lock", QUICK)
    workspace.passphrase_opens("new words for the lock")
    workspace.close()

    assert [(folder / "dpdesk.db").read_bytes(), sealed.read_bytes()] == before
    keys_after = json.loads((folder / "dpdesk.keys.json").read_bytes())
    assert keys_after["recovery"] == keys_before["recovery"]
    with pytest.raises(WrongPassphrase):
        Workspace.open(folder, PASSPHRASE)
    for way in (
        lambda: Workspace.open(folder, "new words for the lock"),
        lambda: Workspace.open_with_recovery_key(folder, template.recovery_key),
    ):
        opened = way()
        assert opened.vault.read(stored.name) == b"a document" * 100
        opened.close()


def test_a_forgotten_passphrase_is_replaced_after_opening_with_the_recovery_key(
    template: Template, tmp_path
):
    folder = template.copy(tmp_path / "workspace")
    workspace = Workspace.open_with_recovery_key(folder, template.recovery_key.lower())
    workspace.set_passphrase("another set of words", QUICK)
    workspace.close()
    Workspace.open(folder, "another set of words").close()


# --- damaged key files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"[]", b"{}", b"null", b'{"format": "x"}', b'{"format": null}', b"{"],
)
def test_a_key_file_that_is_none_is_called_damaged(raw):
    with pytest.raises(DamagedWorkspace, match="key file"):
        KeyFile.read(raw)


def test_a_key_file_of_a_newer_version_is_refused():
    with pytest.raises(NewerWorkspace, match="newer version"):
        KeyFile.read(b'{"format": 2}')


spoiled = st.one_of(
    st.none(), st.integers(), st.text(max_size=5), st.just([]), st.just("00"), st.just(10**12)
)


@given(st.sampled_from(["passphrase", "recovery"]), st.data())
@settings(max_examples=60)
def test_a_spoiled_key_file_never_ends_in_a_crash(made, way, data):
    key_file, _, recovery = made
    content = json.loads(json.dumps(key_file.content))
    name = data.draw(st.sampled_from([*content[way], "", None]))
    if name is None:
        content[way] = data.draw(spoiled)
    elif name == "":
        del content[way]
    else:
        content[way][name] = data.draw(spoiled)
    found = KeyFile.read(json.dumps(content).encode())
    unwrap, typed = (
        (found.by_passphrase, PASSPHRASE)
        if way == "passphrase"
        else (found.by_recovery_key, recovery)
    )
    with pytest.raises((DamagedWorkspace, WrongPassphrase)):
        unwrap(typed)


def _whole(made) -> dict[str, Any]:
    return json.loads(json.dumps(made[0].content))


@pytest.mark.parametrize(
    "raw",
    [
        b'{"format": Infinity}',
        b'{"format": 1e400}',
        b'{"format": NaN}',
        b'{"format": true}',
        b'{"format": -3}',
        b'{"format": 1.0}',
        b'{"format": "1"}',
        b"[" * 100_000,
        b'{"format": 1, "passphrase": ' + b"[" * 60_000,
        b'{"format": 1, "passphrase": "' + b"x" * 100_000 + b'"}',
    ],
    ids=range(10),
)
def test_a_key_file_of_odd_numbers_or_brackets_is_called_damaged(raw):
    with pytest.raises(DamagedWorkspace, match="key file"):
        KeyFile.read(raw)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory", "4 GiB"),
        ("memory", 4 * 1024 * 1024),
        ("memory", 7),
        ("memory", "Infinity"),
        ("memory", "1e400"),
        ("memory", True),
        ("memory", [[[]]]),
        ("passes", 1_000_000),
        ("passes", 0),
        ("passes", 3.5),
        ("lanes", 10_000),
        ("lanes", -1),
        ("salt", "00"),
        ("salt", "00" * 10_000),
        ("salt", 12),
    ],
)
def test_a_key_file_that_asks_for_more_than_is_sane_costs_nothing_and_is_called_damaged(
    made, monkeypatch, name, value
):
    content = _whole(made)
    content["passphrase"][name] = value
    raw = json.dumps(content).replace('"Infinity"', "Infinity").replace('"1e400"', "1e400")
    found = KeyFile.read(raw.encode())
    # Nothing is worked out, so nothing is allocated.
    monkeypatch.setattr("dpdesk.store.keys.Argon2id", None)
    with pytest.raises(DamagedWorkspace, match="key file"):
        found.by_passphrase(PASSPHRASE)


@pytest.mark.parametrize("way", ["passphrase", "recovery"])
@pytest.mark.parametrize("name", ["salt", "wrapped"])
def test_a_damaged_part_is_not_called_a_wrong_passphrase(made, way, name):
    content = _whole(made)
    spoiled = content[way][name]
    content[way][name] = ("0" if spoiled[0] != "0" else "1") + spoiled[1:]
    found = KeyFile.read(json.dumps(content).encode())
    with pytest.raises(DamagedWorkspace, match="key file"):
        found.by_passphrase(PASSPHRASE) if way == "passphrase" else found.by_recovery_key(made[2])
    # The other way in is whole, and stays open.
    keys = (
        found.by_recovery_key(made[2]) if way == "passphrase" else found.by_passphrase(PASSPHRASE)
    )
    assert keys == made[1]


@pytest.mark.parametrize("passphrase", ["paper lamp \udcff orchard", "\ud83d alone"])
def test_a_passphrase_that_is_no_text_is_told_so(made, passphrase):
    with pytest.raises(WrongPassphrase, match="not a letter") as refused:
        made[0].by_passphrase(passphrase)
    assert "lamp" not in str(refused.value)
    with pytest.raises(WrongPassphrase, match="not a letter"):
        KeyFile.create(passphrase, made[2], QUICK)


def test_a_computer_with_too_little_memory_is_told_so(monkeypatch):
    class Full:
        def __init__(self, **_: object) -> None:
            raise MemoryError

    key_file, _ = KeyFile.create(PASSPHRASE, new_recovery_key(), Cost(8 * 1024, 1, 1))
    monkeypatch.setattr("dpdesk.store.keys.Argon2id", Full)
    with pytest.raises(NoRoom, match="8 MB of memory"):
        key_file.by_passphrase(PASSPHRASE)


@pytest.mark.parametrize("way", ["passphrase", "recovery"])
@pytest.mark.parametrize(
    "change",
    [
        lambda part: None,
        lambda part: [],
        lambda part: {**part, "salt": 7},
        lambda part: {**part, "salt": "00" * 16},
        lambda part: {**part, "wrapped": None},
        lambda part: {**part, "wrapped": "AAAA" + part["wrapped"][4:]},
        lambda part: {**part, "wrapped": part["wrapped"][:-4]},
    ],
)
def test_a_damaged_way_in_is_known_while_the_other_still_opens(made, way, change):
    key_file, keys, recovery = made
    assert key_file.broken_ways() == ()
    content = {**key_file.content, way: change(key_file.content[way])}
    damaged = KeyFile.read(json.dumps(content).encode())
    assert damaged.broken_ways() == (way,)
    other = damaged.by_recovery_key(recovery) if way == "passphrase" else None
    assert (other or damaged.by_passphrase(PASSPHRASE)) == keys


def test_a_check_tells_of_a_recovery_sheet_that_opens_nothing(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    path = folder / "dpdesk.keys.json"
    content = json.loads(path.read_text())
    content["recovery"]["salt"] = "00" * 16
    path.write_text(json.dumps(content))
    with closing(Workspace.open(folder, PASSPHRASE)) as workspace:
        found = check(workspace)
        (problem,) = found.problems
        assert "the recovery sheet no longer opens this workspace" in problem
        assert found.only_the_sheet, "a backup would not help, and need not"
        workspace.set_recovery_key(new_recovery_key())
        assert check(workspace).problems == ()
