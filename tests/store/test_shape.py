"""A database that was built over behind the back of the program is told as that, part by part."""

from __future__ import annotations

import pytest

from dpdesk.desk import Desk
from dpdesk.store.database import connect
from tests.builders import a_request


def _problems(desk: Desk, *statements: str) -> str:
    a_request(desk)
    connection = connect(desk.workspace.folder / "dpdesk.db", desk.workspace.keys.database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return "\n".join(desk.check().problems)


def test_a_database_as_the_program_made_it_lacks_and_has_nothing(desk):
    assert _problems(desk) == ""


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "CREATE TRIGGER quietly AFTER UPDATE ON requests BEGIN DELETE FROM documents; END",
            "did not make: the trigger “quietly”",
        ),
        ("CREATE TABLE extra (a)", "did not make: the table “extra”"),
        ("CREATE VIEW look AS SELECT * FROM requests", "did not make: the view “look”"),
        ("CREATE INDEX twice ON requests (title)", "did not make: the index “twice”"),
        ("DROP INDEX ix_documents_entry", "is missing: the index “ix_documents_entry”"),
        ("DROP TABLE search_rows", "is missing: the table “search_rows”"),
        ("DROP TABLE vault_files", "is missing: the table “vault_files”"),
    ],
)
def test_what_was_built_in_or_taken_out_is_named(desk, statement, named):
    assert named in _problems(desk, statement)
