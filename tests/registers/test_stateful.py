"""Random use of a register: whatever is done, history replays to what stands there."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from dpdesk.desk import Desk
from dpdesk.errors import InvalidEntry, StaleEntry
from dpdesk.registers.entries import Query, Saved
from dpdesk.registers.wording import thaw
from dpdesk.store.tables import HistoryRow
from tests.builders import PASSPHRASE, Clock, Template
from tests.dice import examples
from tests.registers.invented import Parcels, make_tables

names = st.sampled_from(["globe", "O’Brien", "Łódź", "map"])
answers = st.fixed_dictionaries(
    {},
    optional={
        "note": st.sampled_from(["", "gone", "here"]),
        "pieces": st.sampled_from([None, 0, 7]),
        "cost": st.sampled_from([None, Decimal("1.20")]),
        "came": st.sampled_from([None, dt.date(2026, 11, 3)]),
        "colours": st.sampled_from([(), ("red",), ("red", "blue")]),
        "fragile": st.sampled_from([None, "yes", "no"]),
    },
)


class Use(RuleBasedStateMachine):
    """Somebody at the desk who saves, archives, undoes and comes too late."""

    template: Template
    saves = Bundle("saves")

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="dpdesk-test-"))
        self.desk = Desk.open(self.template.copy(self.place / "workspace"), PASSPHRASE)
        database = self.desk.workspace.database
        make_tables(database)
        self.parcels = Parcels(database, Clock())
        self.wanted: dict[int, tuple[dict[str, Any], bool]] = {}

    def teardown(self) -> None:
        assert self.desk.check().problems == ()
        self.desk.close()
        shutil.rmtree(self.place)

    def _took(self, saved: Saved) -> Saved:
        entry = saved.entry
        self.wanted[entry.id] = (dict(entry.values), entry.archived)
        return saved

    @rule(target=saves, name=names, more=answers)
    def make(self, name, more):
        try:
            return self._took(self.parcels.save({"name": name, **more}))
        except InvalidEntry:
            return self._took(self.parcels.save({"name": name}))

    @rule(target=saves, before=saves, more=answers)
    def change(self, before, more):
        entry = self.parcels.load(before.entry.id)
        try:
            return self._took(self.parcels.save(more, entry.id, entry.version))
        except InvalidEntry:
            return before

    @rule(target=saves, before=saves)
    def put_away_or_back(self, before):
        entry = self.parcels.load(before.entry.id)
        work = self.parcels.restore if entry.archived else self.parcels.archive
        return self._took(work(entry.id, entry.version))

    @rule(target=saves, saved=consumes(saves))
    def undo(self, saved):
        now = self.parcels.load(saved.entry.id)
        if now.version != saved.entry.version:
            with pytest.raises(StaleEntry):
                self.parcels.undo(saved)
            return saved
        back = self.parcels.undo(saved)
        redone = self.parcels.undo(back)
        assert (redone.entry.values, redone.entry.archived) == (now.values, now.archived)
        return self._took(redone)

    @rule(before=saves)
    def label(self, before):
        self.parcels.labels.save({"words": "This way up"}, parent_id=before.entry.id)

    @rule(before=saves)
    def come_too_late(self, before):
        entry = self.parcels.load(before.entry.id)
        with pytest.raises(StaleEntry):
            self.parcels.save({"note": "late"}, entry.id, entry.version - 1)

    @invariant()
    def everything_stands_as_it_was_saved(self):
        for number, (values, archived) in self.wanted.items():
            entry = self.parcels.load(number)
            assert (dict(entry.values), entry.archived) == (values, archived)

    @invariant()
    def history_replays_to_what_stands_there(self):
        fields = {field.name: field for field in self.parcels.register.fields}
        with self.desk.workspace.database.reading() as session:
            for number, (values, _) in self.wanted.items():
                told: dict[str, Any] = {}
                for row in session.scalars(
                    select(HistoryRow)
                    .where(HistoryRow.register == "test_parcels", HistoryRow.entry_id == number)
                    .order_by(HistoryRow.id)
                ):
                    if row.field not in fields:
                        continue
                    field = fields[row.field]
                    assert thaw(field, row.old) == told.get(row.field)
                    told[row.field] = thaw(field, row.new)
                assert {name: v for name, v in told.items() if v is not None} == values

    @invariant()
    def lists_counts_and_search_agree(self):
        standing = [number for number, (_, archived) in self.wanted.items() if not archived]
        listing = self.parcels.listing()
        assert sorted(row[0] for row in listing.rows) == sorted(standing)
        assert listing.total == len(standing)
        here = [n for n in standing if self.wanted[n][0].get("note") != "gone"]
        assert listing.counts["here"] == len(here)
        found = {row[0] for row in self.parcels.listing(Query(search="lodz")).rows}
        assert found == {n for n in standing if self.wanted[n][0]["name"] == "Łódź"}
        references = {listing.raw(row, 0) for row in range(len(listing.rows))}
        assert len(references) == len(standing)


def test_random_use_keeps_history_lists_and_search_true(template: Template):
    Use.template = template
    run_state_machine_as_test(
        Use, settings=settings(max_examples=examples(6), stateful_step_count=18, deadline=None)
    )
