"""What a school sets for its breach log: how often to look again, and what others are called."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from dpdesk.breaches import rules
from dpdesk.law import breach_lists
from dpdesk.law.breach_lists import Body
from dpdesk.registers.fields import Register, Section, Values, number, text
from dpdesk.registers.record import Record
from dpdesk.registers.settings import SettingsService

BODIES = breach_lists.bodies()
_FIELDS = {
    "police": "police_body",
    "fraud": "fraud_body",
    "ncsc": "cyber_body",
    "insurer": "insurer_body",
    "authority": "authority_body",
}
"""Codes of the list ``others`` in ``resources/law/breaches.toml`` to the questions here."""


def _body(code: str, label: str) -> Any:
    """A body that may have to be told about a breach, under its present name."""
    shipped = BODIES[code]
    return text(
        label,
        section="bodies",
        default=lambda: shipped.name,
        source=shipped.source,
        help=shipped.help,
    )


class BreachSettings(Record):
    """The settings of the breach log. There is one entry."""

    register = Register(
        "breach_settings",
        title="Breaches",
        entry="settings page",
        icon="mdi6.shield-alert-outline",
        purpose="When a breach that was not reported is due for review, and what papers call the "
        "others who are told.",
        single=True,
        help_page="settings",
        sections=(
            Section("review", "Review"),
            Section(
                "bodies",
                "Others who are told",
                "The names that papers use for others who are told about a breach.",
            ),
        ),
    )

    review_months = number(
        "Months until a breach that was not reported is due for review",
        section="review",
        least=1,
        most=60,
        default=lambda: breach_lists.setting("review_months"),
        source="Policy 23 Resolved",
        help="The policy says “periodically”; the number of months is the school’s own choice.",
    )
    police_body = _body("police", "Police")
    fraud_body = _body("fraud", "Where fraud and cyber crime are reported")
    cyber_body = _body("ncsc", "Where cyber attacks are reported to the government")
    insurer_body = _body("insurer", "Insurers")
    authority_body = _body("authority", "Local authority")


class BreachSettingsService(SettingsService[BreachSettings]):
    """The settings of the breach log, and what follows from them."""

    record = BreachSettings

    def body(self, code: str) -> str:
        """How the school calls a body that may be told; empty for other codes.

        ``code`` as in the list ``others`` of ``resources/law/breaches.toml``.
        """
        field = _FIELDS.get(code)
        return str(self.answers_now()[field]) if field else ""

    def bodies(self) -> dict[str, Body]:
        """Who may have to be told besides people and regulator, under the school's names."""
        return {
            code: replace(body, name=self.body(code) or body.name) for code, body in BODIES.items()
        }

    def next_review(self, values: Values) -> dt.date | None:
        """When a breach that was not reported is looked at again, as often as the school set."""
        return rules.next_review(values, self.answers_now()["review_months"])

    def months_within(self, session: Session) -> int:
        """The months between two looks, read inside the session that may be changing them."""
        return int(self.answer_within(session, "review_months"))
