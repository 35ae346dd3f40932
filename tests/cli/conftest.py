"""Commands run inside the test, with what they said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from dpdesk import cli
from tests.builders import PASSPHRASE


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be exactly one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def complaint(self) -> str:
        """The one line on standard error."""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


@pytest.fixture
def say(capfd, monkeypatch):
    """Runs a command; the passphrase of the test workspaces is in its variable."""
    monkeypatch.setenv("DPDESK_PASSPHRASE", PASSPHRASE)

    def run(*words: object) -> Said:
        capfd.readouterr()
        code = cli.main([str(word) for word in words])
        return Said(code, *capfd.readouterr())

    return run


@pytest.fixture
def work(say, template, tmp_path):
    """Runs a command on a workspace of its own, answered in JSON."""
    folder = template.copy(tmp_path / "workspace")
    return lambda *words: say("--workspace", folder, "--json", *words)
