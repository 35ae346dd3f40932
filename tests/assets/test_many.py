"""A register of ten thousand entries stays as quick as a new one."""

from __future__ import annotations

import datetime as dt
import time

from sqlalchemy import insert

from dpdesk.assets.duties import AssetAnswers
from dpdesk.assets.records import Asset
from dpdesk.registers.entries import Query

MANY = 10_000
MADE = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def test_ten_thousand_are_listed_counted_and_asked_about_at_once(desk, assets, asset, system):
    here = system(processor="yes")
    asset(personal="yes", systems=(here.reference,))
    with desk.workspace.database.changing() as change:
        change.session.execute(
            insert(Asset),
            [
                {
                    "reference": f"AS-2025-{number:05}",
                    "version": 1,
                    "title": "Files",
                    "name": "Files",
                    "owner": "Bursar",
                    "personal": "yes",
                    "state": "gaps" if number % 10 == 0 else "complete",
                    "due": "2027-05-19" if number % 100 else "2026-05-19",
                    "found": ("no_retention", "no_screening") if number % 10 == 0 else None,
                    "asked": 30,
                    "answered": 29,
                    "contract_until": None,
                    "created_at": MADE,
                    "changed_at": MADE,
                }
                for number in range(MANY)
            ],
        )
    started = time.perf_counter()
    listing = assets.listing(Query(chip="no_retention"))
    findings = {each.chip: each.count for each in AssetAnswers(assets).findings()}
    duties = list(AssetAnswers(assets).duties())
    meter = assets.meter()
    took = time.perf_counter() - started
    assert len(listing.rows) == MANY // 10 + 1
    assert findings["no_retention"] == MANY // 10 + 1
    assert findings["overdue"] == len(duties) == MANY // 100
    assert meter.entries == MANY + 1
    assert took < 2, f"{took:.1f} s; a tenth of it on a quiet machine"

    started = time.perf_counter()
    changes = assets.systems.save({"contract": "yes"}, here.id, here.version).changes
    took = time.perf_counter() - started
    assert ("assets", 1) in changes.entries
    assert len(changes.entries) == 2
    assert took < 2, f"{took:.1f} s: only the assets of the system are worked out afresh"
