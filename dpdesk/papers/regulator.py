"""The regulator as letters name it: whom people may complain to outside the school."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.law.pick_lists import regulator


@dataclass(frozen=True, slots=True)
class Regulator:
    """Whom people may complain to outside the school; the settings say who and where it is.

    An empty ``address`` is left out of letters.
    """

    name: str
    address: tuple[str, ...]
    telephone: str
    website: str


def default_regulator() -> Regulator:
    """The regulator as shipped in ``resources/law/regulator.toml``, its page for complaints."""
    shipped = regulator()
    return Regulator(shipped.name, shipped.address, shipped.helpline, shipped.complaints_page)
