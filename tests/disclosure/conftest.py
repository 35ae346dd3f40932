"""What the tests of bundles share."""

from __future__ import annotations

import io

import pytest

from dpdesk.disclosure import bundle, check
from tests.disclosure.faults import FILES as LETTERS
from tests.disclosure.nearby import NearbyCrew
from tests.disclosure.pdfs import plan_of
from tests.disclosure.tampering import FILES, FRONT


@pytest.fixture(scope="session")
def made():
    plan = plan_of(FILES, ["Quibble"], front=FRONT)
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    return plan, out.getvalue(), report


@pytest.fixture
def build(monkeypatch):
    """Builds in this process; ``fault`` is planted for as long as that takes."""
    monkeypatch.setattr(bundle, "Crew", NearbyCrew)
    monkeypatch.setattr(check, "Crew", NearbyCrew)

    def run(plan, fault=None, files=LETTERS):
        out = io.BytesIO()
        with monkeypatch.context() as planted:
            if fault is not None:
                fault(planted)
            report = bundle.build(plan, files.__getitem__, out, workers=1)
        return out, report

    return run
