"""The history is held against the entries: what is not there any more is said, and no crash."""

from __future__ import annotations

from dpdesk.store.database import connect


def test_a_table_that_is_gone_is_named(desk):
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    connection.execute("DROP TABLE handovers")
    connection.close()
    assert any(
        each == "The table handovers is missing, with all that was in it."
        for each in desk.check().problems
    )
