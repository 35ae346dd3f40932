"""The four answers of consents."""

from __future__ import annotations

from collections.abc import Iterator

from dpdesk.consents.service import ConsentService
from dpdesk.consents.use_service import UseService
from dpdesk.registers.duties import Answers, Finding


class ConsentAnswers(Answers):
    """What is missing about consents."""

    def __init__(self, consents: ConsentService, uses: UseService) -> None:
        self._consents, self._uses = consents, uses

    def findings(self) -> Iterator[Finding]:
        """No use of pictures is set up."""
        if not self._uses.every():
            yield Finding.nothing(
                "The uses of pictures are not set up yet, so nobody can be asked for consent.",
                "photo_uses",
                "Policy 12.2",
            )
