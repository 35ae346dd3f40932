"""The asset register as the desk opens it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dpdesk.assets import pick_lists
from dpdesk.assets.audit import InformationAudit
from dpdesk.assets.duties import AssetAnswers, SystemAnswers
from dpdesk.assets.prints import AssetPrints
from dpdesk.assets.ropa import RecordOfProcessing
from dpdesk.assets.service import AssetService
from dpdesk.assets.told_service import AssetTelling
from dpdesk.errors import NoRoom
from dpdesk.registers.links import LinkService
from dpdesk.registers.rooms import Room
from dpdesk.school.ground import Ground
from dpdesk.store.tables import Meta

_WORKED_OUT_BY: Final = "findings_worked_out_by"


class AssetsRoom(Room):
    """Assets and systems, the record of processing, its audit and its papers."""

    key = "assets"

    def __init__(self, ground: Ground, links: LinkService) -> None:
        self.assets = AssetService(ground.database)
        self.systems = self.assets.systems
        self.ropa = RecordOfProcessing(self.assets, ground.school)
        self.audit = InformationAudit(self.assets)
        self.prints = AssetPrints(self.assets, ground.school, links.of_entry)
        self.telling = AssetTelling(self.assets)
        self.registers = (self.assets, self.systems)
        self.answers = (AssetAnswers(self.assets), SystemAnswers(self.systems))

    def offers(self) -> Iterable[object]:
        """Its registers, and what people are told of the assets that hold their data."""
        return (*self.registers, self.telling)

    def freshen(self) -> None:
        """Works out what is kept for filters once more where another program, or list, did it."""
        mark, database = pick_lists.fingerprint(), self.assets.database
        with database.reading() as session:
            row = session.get(Meta, _WORKED_OUT_BY)
            if row is not None and row.value == mark:
                return
        try:
            self.systems.refresh_all()
            self.assets.refresh_all()
            with database.changing() as change:
                change.session.merge(Meta(key=_WORKED_OUT_BY, value=mark))
        except NoRoom:
            # What cannot be written can still be read; it is tried again on the next opening.
            return
