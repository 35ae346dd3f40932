"""An asset register, and entries in it. Everybody is invented."""

from __future__ import annotations

import datetime as dt

import pytest

TODAY = dt.date(2026, 11, 20)

WHOLE = {
    "name": "Pupil files",
    "description": "Particulars, progress, letters.",
    "function": "Teaching",
    "owner": "Head teacher",
    "form": "both",
    "places": ("office",),
    "personal": "yes",
    "role": "controller",
    "carried_out": "Office",
    "people_kinds": ("pupils", "parents"),
    "data_kinds": ("contact", "attainment"),
    "origins": ("parents",),
    "notice": "Privacy notice for parents",
    "automated": "no",
    "recipients": ("parents",),
    "transfers": "no",
    "retention_kept": "yes",
    "measures": ("locked",),
    "large_scale": "no",
    "new_technology": "no",
    "monitoring": "no",
}
"""An asset with every question answered, but for its purposes and its class of retention."""

PURPOSE = {
    "purpose": "Teaching and reporting",
    "basis": "contract",
    "justification": "The parent contract.",
}


@pytest.fixture
def assets(desk):
    """The asset register of an open desk."""
    return desk.assets


@pytest.fixture
def rule(desk):
    """The number of a class of the retention schedule."""
    desk.retention.schedule.adopt_defaults(["P04"])
    return desk.retention.schedule.find("RR-2026-001").id


@pytest.fixture
def asset(assets):
    """Saves an asset with purposes; keywords override or add answers, None takes one away."""

    def save(*purposes, **values):
        answers = {**assets.blank().values, "name": "Pupil files", **values}
        entry = assets.save(answers).entry
        for purpose in purposes:
            assets.purposes.save({**PURPOSE, **purpose}, parent_id=entry.id)
        return assets.load(entry.id)

    return save


@pytest.fixture
def whole(asset, rule):
    """Saves an asset about which nothing is missing, but for what the keywords take away."""

    def save(*purposes, **values):
        return asset(*(purposes or ({},)), **{**WHOLE, "retention_rule": rule, **values})

    return save


@pytest.fixture
def change(assets):
    """Saves more answers of an asset."""

    def save(entry, **values):
        entry = assets.load(entry.id)
        return assets.save(values, entry.id, entry.version).entry

    return save


@pytest.fixture
def system(assets):
    """Saves a system."""

    def save(**values):
        answers = {**assets.systems.blank().values, "name": "School database", **values}
        return assets.systems.save(answers).entry

    return save


@pytest.fixture
def keys(assets):
    """The keys of the findings of an asset, as it stands now."""

    def found(entry):
        return [each.key for each in assets.findings_of(assets.load(entry.id))]

    return found
