"""Whatever is changed behind the back of the program, in whichever table, the check names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from dpdesk import example
from dpdesk.desk import Desk
from dpdesk.registers.replay import Replay
from dpdesk.store import audit, seals

_OTHER = {
    "integer": "{0} + 1000",
    "real": "{0} + 1",
    "text": "{0} || '9'",
    "blob": "zeroblob(length({0}) + 1)",
}
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
    "AND name NOT LIKE 'search_text%' AND name NOT IN ('history', 'row_seals')"
)
"""The history is tested by itself; the seals are what everything else is tested with."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The example school, with something half typed and something linked."""
    folder = tmp_path_factory.mktemp("tampering") / "school"
    desk = Desk.open(folder, example.make_example(folder))
    desk.drafts.keep("requests", 1, 1, {"subject": "Robin"})
    yield desk
    desk.close()


@pytest.fixture
def outside(school: Desk) -> Iterator[Connection]:
    """A connection without the guards and seals of the program; everything is undone."""
    with school.workspace.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' UNION ALL "
        triggers += "SELECT 'temp.' || name FROM sqlite_temp_master WHERE type = 'trigger'"
        for name in connection.execute(text(triggers)).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        connection.rollback()


def _odd(desk: Desk, connection: Connection) -> list[seals.Odd]:
    end = audit.end_of(connection, desk.workspace.database.audit_key)
    return list(seals.verify(connection, end.sealed if end else None, [0]))


def _said(desk: Desk, connection: Connection) -> str:
    return "\n".join(Replay().sentences(connection, _odd(desk, connection)))


def _filled(connection: Connection) -> Iterator[tuple[str, list[str]]]:
    """The tables that have rows, and by what one row is told from another."""
    for table in connection.execute(text(_TABLES)).scalars().all():
        columns = connection.execute(text(f"PRAGMA table_info({table})")).all()
        if connection.execute(text(f"SELECT 1 FROM {table}")).first():
            yield table, [column[1] for column in columns if column[5]] or [columns[0][1]]


def _change(connection: Connection, table: str, keys: list[str], name: str) -> bool:
    """Changes one value of that column; False where there is none, or the database refuses."""
    column, places = f'"{name}"', ", ".join(f'"{key}"' for key in keys)
    one = f"({places}) = (SELECT {places} FROM {table} WHERE {column} IS NOT NULL LIMIT 1)"
    kind = connection.execute(text(f"SELECT typeof({column}) FROM {table} WHERE {one}")).scalar()
    if kind is None:
        return False
    other = _OTHER[kind].format(column)
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(text(f"UPDATE {table} SET {column} = {other} WHERE {one}"))
        return True
    return False


def test_whatever_value_is_changed_the_row_is_found(school: Desk, outside: Connection) -> None:
    columns = {
        table: (keys, outside.execute(text(f"PRAGMA table_info({table})")).all())
        for table, keys in list(_filled(outside))
    }
    tried, silent = 0, []
    for place in range(max(len(every) for _, every in columns.values())):
        step = outside.begin_nested()
        changed = {
            table: every[place][1]
            for table, (keys, every) in columns.items()
            if place < len(every) and _change(outside, table, keys, every[place][1])
        }
        odd = {each.table for each in _odd(school, outside)}
        silent += [f"{table}.{name}" for table, name in changed.items() if table not in odd]
        tried += len(changed)
        step.rollback()

    assert silent == []
    assert tried > 400


def test_whichever_row_is_deleted_or_added_it_is_found(school: Desk, outside: Connection) -> None:
    silent = []
    for table, keys in list(_filled(outside)):
        order = ", ".join(f'"{key}" DESC' for key in keys)
        places = ", ".join(f'"{key}"' for key in keys)
        last = f"({places}) = (SELECT {places} FROM {table} ORDER BY {order} LIMIT 1)"
        outside.execute(text(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE {last}"))
        with outside.begin_nested() as step:
            outside.execute(text(f"DELETE FROM {table} WHERE {last}"))
            if not any(o.table == table and o.what == "deleted" for o in _odd(school, outside)):
                silent.append(f"deleted {table}")
            outside.execute(text(f"DELETE FROM row_seals WHERE in_table = '{table}'"))
            outside.execute(text(f"INSERT INTO {table} SELECT * FROM kept"))
            if not any(o.table == table and o.what == "added" for o in _odd(school, outside)):
                silent.append(f"added {table}")
            step.rollback()
        outside.execute(text("DROP TABLE kept"))

    assert silent == []


def test_two_rows_that_change_places_are_both_found(school: Desk, outside: Connection) -> None:
    outside.execute(text("UPDATE marks SET id = -id WHERE id IN (1, 2)"))
    outside.execute(text("UPDATE marks SET id = 3 + id WHERE id < 0"))  # 1 and 2

    assert [(odd.key, odd.what) for odd in _odd(school, outside)] == [
        (1, "changed"),
        (2, "changed"),
    ]


def test_a_row_taken_away_together_with_its_seal_is_missed(
    school: Desk, outside: Connection
) -> None:
    outside.execute(text("DELETE FROM requests WHERE id = 3"))
    outside.execute(text("DELETE FROM row_seals WHERE in_table = 'requests' AND row_key = 3"))

    assert [odd.table for odd in _odd(school, outside)] == [""]
    assert "Deleted outside the program: request SAR-" in _said(school, outside)


def test_an_old_row_put_back_with_its_old_seal_is_missed(school: Desk) -> None:
    engine = school.workspace.database.engine
    row = text("SELECT * FROM requests WHERE id = 5")
    seal = text("SELECT seal FROM row_seals WHERE in_table = 'requests' AND row_key = 5")
    with engine.connect() as connection:
        old, old_seal = connection.execute(row).mappings().one(), connection.scalar(seal)
    entry = school.requests.requests.load(5)
    school.requests.requests.save({"notes": "Something new"}, entry.id, entry.version)

    with engine.connect() as connection:
        for name in connection.scalars(text("SELECT name FROM sqlite_temp_master")).all():
            connection.exec_driver_sql(f"DROP TRIGGER temp.{name}")
        sets = ", ".join(f'"{name}" = :{name}' for name in old)
        connection.execute(text(f"UPDATE requests SET {sets} WHERE id = 5"), dict(old))
        put = "UPDATE row_seals SET seal = :seal WHERE in_table = 'requests' AND row_key = 5"
        connection.execute(text(put), {"seal": old_seal})
        odd, said = _odd(school, connection), _said(school, connection)
        connection.rollback()

    assert [each.table for each in odd] == [""]
    assert "Not as the history says: request" in said


def test_the_entry_and_the_answer_are_named(school: Desk, outside: Connection) -> None:
    reference = school.requests.requests.load(3).reference
    outside.execute(text("UPDATE requests SET subject = 'Somebody Else', due = 'x' WHERE id = 3"))

    assert _said(school, outside) == (
        f"Changed outside the program: request {reference} (Requests): “Whose data is it?”."
    )


def test_what_contradicts_the_history_is_named_though_the_row_is_sealed(
    school: Desk, outside: Connection
) -> None:
    outside.execute(text("UPDATE requests SET subject = 'Somebody Else' WHERE id = 3"))

    (sentence,) = Replay().sentences(outside, [])

    assert sentence.startswith("Not as the history says: request ")
    assert "Somebody" not in sentence
