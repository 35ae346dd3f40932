"""What a school sets for assurance: its data protection fee, which it pays every year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dpdesk.assurance.pick_lists import fee_rules
from dpdesk.registers.fields import Register, Section, Values, date, money, number, yes_no
from dpdesk.registers.record import Record
from dpdesk.registers.settings import SettingsService

_LAW = "SI 2018/480 reg 3"


class FeeSettings(Record):
    """The school's registration with the ICO. There is one entry."""

    register = Register(
        "ico_fee",
        title="ICO fee",
        entry="settings page",
        icon="mdi6.certificate-outline",
        purpose="Every year the school tells the ICO its particulars and pays the data "
        "protection fee.",
        single=True,
        help_page="meetings",
        sections=(
            Section("registered", "Registration"),
            Section("tier", "How much is to be paid"),
        ),
    )

    paid_until = date(
        "Paid until",
        section="registered",
        help="The day before the fee is due again.",
        source="Policy 8.2",
    )
    by_debit = yes_no(
        "Is it paid by direct debit?",
        section="registered",
        help="That is £5 less, and it cannot be forgotten.",
    )

    staff = number(
        "How many people work at the school, on average over the year?",
        section="tier",
        most=100_000,
        help="Heads, not full-time posts.",
        source=_LAW,
    )
    turnover = money("Turnover of the last financial year, in pounds", section="tier", source=_LAW)
    charity = yes_no(
        "Is the school a charity?",
        section="tier",
        help="A charity pays the lowest fee, whatever its size.",
        source=_LAW,
    )


@dataclass(frozen=True, slots=True)
class Fee:
    """The tier of a school and what it pays, in pounds, with the reason."""

    tier: str
    pounds: Decimal
    because: str
    source: str


class FeeSettingsService(SettingsService[FeeSettings]):
    """The registration with the ICO, and what follows from it."""

    record = FeeSettings

    def fee(self) -> Fee | None:
        """What the school pays; None while too little is known."""
        return fee(self.answers_now())

    def due(self) -> dt.date | None:
        """The day on which the fee is to be paid again."""
        until: dt.date | None = self.answers_now().get("paid_until")
        return until


def fee(values: Values) -> Fee | None:
    """The tier that follows from staff, turnover and being a charity; None where it cannot be said.

    Source: SI 2018/480 reg 3 with the amounts of SI 2025/63, kept in ``assurance.toml``.
    """
    rules, staff, turnover = fee_rules(), values.get("staff"), values.get("turnover")
    if values.get("charity") == "yes":
        return _fee("1", "a charity pays the lowest fee", values)
    if staff is not None and staff <= rules["first_staff"]:
        return _fee("1", f"no more than {rules['first_staff']} people work there", values)
    if turnover is not None and turnover <= rules["first_turnover"]:
        return _fee("1", f"its turnover is no more than £{rules['first_turnover']:,}", values)
    if values.get("charity") is None or staff is None or turnover is None:
        return None
    if staff <= rules["second_staff"] or turnover <= rules["second_turnover"]:
        return _fee("2", "it is no larger than the second tier allows", values)
    return _fee("3", "it is larger than the second tier allows", values)


def _fee(tier: str, because: str, values: Values) -> Fee:
    rules = fee_rules()
    pence = rules[{"1": "first", "2": "second", "3": "third"}[tier]]
    if values.get("by_debit") == "yes":
        pence -= rules["direct_debit_less"]
    return Fee(tier, Decimal(pence) / 100, because, str(rules["source"]))
