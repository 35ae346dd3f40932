"""A cell of a sheet as the answer to a question, whatever kind the file holds it as."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet_parts import ShownNumber
from dpdesk.registers.wording import SCHOOL_TIME, read, show_date

_FIRST_DAY: Final = dt.date(1899, 12, 30)
_COUNTED_FROM, _COUNTED_TO = dt.date(1990, 1, 1), dt.date(2060, 12, 31)
_DAYS_LONG: Final = 5


def answer(service: RegisterService[Any, Any], field: Field, cell: Any) -> Any:
    """A cell as the answer to a question. Raises ValueError with a sentence."""
    if isinstance(cell, ShownNumber) and field.kind in {Kind.NUMBER, Kind.MONEY}:
        cell = int(cell.number) if float(cell.number).is_integer() else cell.number
    if field.kind is Kind.LINK and cell is not None:
        return service.link_named(field, str(cell))
    if isinstance(cell, dt.datetime):
        if field.kind is Kind.DATE:
            return cell.date()
        if field.kind is Kind.MOMENT:
            return cell.replace(tzinfo=SCHOOL_TIME).astimezone(dt.UTC)
        midnight = cell.time() == dt.time()
        return show_date(cell) if midnight else f"{show_date(cell)}, {cell:%H:%M}"
    if isinstance(cell, dt.date):
        return cell if field.kind is Kind.DATE else read(field, show_date(cell))
    if field.kind is Kind.DATE and (day := counted_day(cell)) is not None:
        return day
    if isinstance(cell, float) and field.kind is Kind.MONEY:
        return Decimal(repr(cell)).quantize(Decimal("0.01"))
    return None if cell is None else read(field, str(cell))


def counted_day(cell: Any) -> dt.date | None:
    """The day behind a number such as 46328, as spreadsheets count days; None for all others.

    Such a number stands where a column of days lost its format.
    """
    words = str(cell).strip()
    if len(words) != _DAYS_LONG or not words.isdecimal() or not words.isascii():
        return None
    day = _FIRST_DAY + dt.timedelta(int(words))
    return day if _COUNTED_FROM <= day <= _COUNTED_TO else None
