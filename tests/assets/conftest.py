"""An asset register, and entries in it. Everybody is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE

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
    "basis": "legal_obligation",
    "justification": "Independent School Standards.",
}


@pytest.fixture
def assets(desk):
    """The asset register of an open desk."""
    return desk.assets.assets


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


@pytest.fixture
def other(template, tmp_path, clock):
    """Another desk, on an empty workspace."""
    opened = Desk.open(template.copy(tmp_path / "other"), PASSPHRASE, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def full(desk, assets, asset, whole, system):
    """A register in which every question has an answer somewhere."""
    here = system(
        processor="yes", contract="yes", contract_link="Drawer 3", stored="eea", country="Ireland"
    )
    assets.systems.access_reviews.save({"day": TODAY, "idle": 2}, parent_id=here.id)
    entry = whole(
        {},
        {
            "purpose": "Showing school life",
            "basis": "consent",
            "can_withdraw": "yes",
            "consent_record": "Photo register",
        },
        {
            "purpose": "Protecting children",
            "basis": "recognised_interest",
            "recognised": "safeguarding",
            "uses_special": "yes",
            "art9": "substantial",
            "sch1": "safeguarding",
            "necessary": "So that we know.\nAnd act.",
        },
        systems=(here.reference,),
        people_other="Nannies; au pairs",
        data_kinds=("contact", "safeguarding"),
        data_other="Drawings, models",
        role="joint",
        joint="Sister School, 2 Lane, 01632 960999",
        transfers="yes",
        countries="Ireland, France",
        safeguards=("adequacy", "idta"),
        safeguard_words="Clause 7",
        retention_words="Longer for the archive",
        retention_kept="no",
        retention_why="The archive is full.",
        processors="Dummy Mail Ltd",
        contract="Drawer 1\nDrawer 2",
        automated="yes",
        automated_words="Sorting into sets",
        place_words="Grey cupboard; second drawer",
        dpia_screened=TODAY,
        dpia_required="yes",
        dpia_progress="draft",
        dpia_link="DPIA 3",
        policy_document="Folder 7",
        retention_link="Folder 8",
        breaches_before="A letter in 2019",
        people_count=180,
        measures_words="Key in the safe.\nList of keys.",
        notes="First line\nSecond line",
    )
    assets.confirm(entry.id, entry.version, "Head teacher", note="Looked through it.")
    asset(name="=1+1", personal="unknown")
    asset(name="Keys", personal="no", function="Premises")
    return assets.load(entry.id)
