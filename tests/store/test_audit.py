"""The history: whoever changes it is found out."""

from __future__ import annotations

import json

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.errors import DamagedWorkspace
from dpdesk.store import audit
from dpdesk.store.check import check
from dpdesk.store.database import connect
from dpdesk.store.workspace import Workspace
from tests.builders import PASSPHRASE, Template

COLUMNS = ("id", "at", "who", "register", "entry_id", "field", "old", "new", "why", "link")


@pytest.fixture(scope="module")
def with_history(template: Template, tmp_path_factory) -> Template:
    """A closed workspace with some more history."""
    folder = template.copy(tmp_path_factory.mktemp("history") / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE, who="Dana Pryce")
    for number in range(5):
        with workspace.database.changing() as change:
            change.note("requests", number, "subject", None, f"Robin {number}", "as told")
            change.note("requests", number, "notes", "before", "after", "corrected")
    workspace.close()
    return Template(folder, template.recovery_key)


@pytest.fixture(scope="module")
def rows(with_history: Template, tmp_path_factory) -> int:
    """How many rows the history has."""
    folder = with_history.copy(tmp_path_factory.mktemp("rows") / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    found = check(workspace).history_rows
    workspace.close()
    return found


@pytest.fixture
def tampered(with_history: Template, tmp_path):
    """Runs statements on a copy behind the back of the program; gives what ``check`` says."""

    def run(*statements: str) -> tuple[str, ...]:
        folder = with_history.copy(tmp_path / "workspace")
        workspace = Workspace.open(folder, PASSPHRASE)
        key = workspace.keys.database
        workspace.close()
        connection = connect(folder / "dpdesk.db", key)
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.close()
        workspace = Workspace.open(folder, PASSPHRASE)
        try:
            return check(workspace).problems
        finally:
            workspace.close()

    return run


def test_an_untouched_history_is_whole(tampered):
    assert tampered() == ()


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "id"])
@pytest.mark.parametrize("value", ["'forged'", "NULL", "x'00ff'", "'Robin 2 '"])
def test_a_changed_column_is_found_and_its_row_named(tampered, rows, column, value):
    row = rows - 2
    if value == "NULL" and column not in {"old", "new"}:
        value = "''"
    problems = tampered(f"UPDATE history SET {column} = {value} WHERE id = {row}")
    assert f"History row {row} was changed, added or moved after it was written." in problems


def test_a_row_with_another_number_is_found(tampered):
    assert tampered("UPDATE history SET id = 4000 WHERE id = 15") != ()


@pytest.mark.parametrize("row", [1, 8])
def test_a_removed_row_is_found(tampered, row):
    problems = tampered(f"DELETE FROM history WHERE id = {row}")
    assert any(f"History row {row} is missing" in problem for problem in problems)


def test_a_row_removed_with_the_gap_closed_is_found(tampered):
    problems = tampered(
        "DELETE FROM history WHERE id = 8",
        "UPDATE history SET id = -id WHERE id > 8",
        "UPDATE history SET id = -id - 1 WHERE id < 0",
    )
    assert any("History row 8 was changed, added or moved" in problem for problem in problems)


def test_two_rows_exchanged_are_found(tampered):
    problems = tampered(
        "UPDATE history SET id = -5 WHERE id = 5",
        "UPDATE history SET id = 5 WHERE id = 6",
        "UPDATE history SET id = 6 WHERE id = -5",
    )
    assert any("History row 5 was changed, added or moved" in problem for problem in problems)


def test_an_added_row_is_found(tampered):
    problems = tampered(
        "INSERT INTO history SELECT max(id) + 1, at, who, register, entry_id, field, old, new, "
        "why, link FROM history"
    )
    assert problems != ()


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_rows_cut_off_the_end_are_found(tampered, rows):
    problems = tampered(f"DELETE FROM history WHERE id > (SELECT max(id) FROM history) - {rows}")
    assert any("rows were cut off" in problem for problem in problems)


def test_a_history_wiped_out_together_with_its_end_mark_is_found(tampered):
    problems = tampered("DELETE FROM history", "DELETE FROM meta WHERE key = 'history_head'")
    assert problems == ("The end mark of the history is missing.",)


@pytest.mark.parametrize(
    "mark",
    ["'3 ' || substr(value, 3)", "value || ' '", "''", "'x y z'", "replace(value, '1', '2')"],
)
def test_a_forged_end_mark_is_found_and_nothing_is_chained_to_it(with_history, tmp_path, mark):
    folder = with_history.copy(tmp_path / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    connection = connect(folder / "dpdesk.db", workspace.keys.database)
    connection.execute(f"UPDATE meta SET value = {mark} WHERE key = 'history_head'")
    connection.close()
    assert "The end mark of the history was changed." in check(workspace).problems
    with pytest.raises(DamagedWorkspace, match="altered"), workspace.database.changing() as change:
        change.note("requests", 1, "subject", None, "Robin")
    workspace.close()


@pytest.mark.parametrize("statement", ["UPDATE history SET why = 'x'", "DELETE FROM history"])
def test_the_database_itself_refuses(with_history, tmp_path, statement):
    folder = with_history.copy(tmp_path / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    connection = connect(folder / "dpdesk.db", workspace.keys.database)
    with pytest.raises(sqlcipher3.IntegrityError, match="cannot be changed"):
        connection.execute(statement)
    connection.close()
    workspace.close()


def test_missing_guards_are_noticed(with_history, tmp_path):
    folder = with_history.copy(tmp_path / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    connection = connect(folder / "dpdesk.db", workspace.keys.database)
    connection.execute("DROP TRIGGER history_no_update")
    connection.close()
    assert any("protection" in problem for problem in check(workspace).problems)
    workspace.close()


def test_a_change_that_fails_leaves_no_history(template: Template, tmp_path):
    workspace = Workspace.open(template.copy(tmp_path / "workspace"), PASSPHRASE)
    before = check(workspace).history_rows

    def fail() -> None:
        with workspace.database.changing() as change:
            change.note("requests", 1, "subject", None, "Robin")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert check(workspace).history_rows == before
    workspace.close()


_ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.binary(), st.text(),
    st.lists(st.text()), st.sampled_from(["\ud800", "“Zoë”\n", "\x00\x7f\u2028"]),
)  # fmt: skip


@given(st.lists(_ANYTHING))
def test_links_are_made_of_plain_json_whatever_stands_in_a_row(values):
    """So that what one version of the program wrote proves itself to every later one."""
    plain = json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=repr)
    assert audit.written(values) == plain
