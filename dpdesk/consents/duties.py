"""The four answers of consents and of pictures."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from dpdesk.consents.photo_service import PhotoService
from dpdesk.consents.records import Consent
from dpdesk.consents.rules import AHEAD, NO, ConsentReason, Stands
from dpdesk.consents.service import ConsentService
from dpdesk.consents.use_service import UseService
from dpdesk.consents.withdrawing import Withdrawals
from dpdesk.law.words import count
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure

NEW = dt.timedelta(days=120)
"""How long a pupil counts as new; afterwards the finding stays."""
_WEEKS = dt.timedelta(days=14)
"""After the first day of a pupil: by then their parents should have been asked."""
_MATRIX = "consent_matrix"


class ConsentAnswers:
    """What must be done, what is missing, the figures and the proof, out of the answers."""

    def __init__(self, consents: ConsentService, uses: UseService) -> None:
        self._consents, self._uses = consents, uses

    def duties(self) -> Iterator[Duty]:
        """Withdrawals to finish, answers that end (one duty for all of a day), and new pupils."""
        open_ = Consent.state == "withdrawing"
        yield from self._of_withdrawals("Finish the withdrawal", open_, Consent.asked_on)
        untold = (
            (Consent.answer == "withdrawn")
            & Consent.closed_on.is_not(None)
            & Consent.confirmed_on.is_(None)
        )
        told = "Tell the parent that the withdrawal is done"
        yield from self._of_withdrawals(told, untold, Consent.closed_on)
        roll = self._consents.roll()
        ending: Counter[tuple[int, dt.date]] = Counter()
        for pupil in roll.pupils:
            for use in roll.uses if pupil.here else ():
                found = roll.of(pupil.id, use.id)
                if found.allows and found.until is not None and found.until - roll.today <= AHEAD:
                    ending[use.id, found.until] += 1
        uses = {use.id: use for use in roll.uses}
        for (use_id, day), number in ending.items():
            use = uses[use_id]
            text = f"Ask again about “{use.name}”: {count(number, 'answer')} will end"
            yield Duty(text, day, use.reference, "photo_uses", use_id)

        new = [
            pupil.since
            for pupil in roll.pupils
            if pupil.here
            and pupil.since is not None
            and pupil.since >= roll.today - NEW
            and all(roll.of(pupil.id, use.id).stands is Stands.NOT_ASKED for use in roll.uses)
        ]
        if new and roll.uses:
            text = f"Ask the parents of {count(len(new), 'new pupil')} for consent"
            yield Duty(text, min(new) + _WEEKS, "", _MATRIX, 0)

    def _of_withdrawals(self, told: str, where: Any, due: Any) -> Iterator[Duty]:
        """One duty for everything that one person withdrew for one pupil on one day."""
        asked = select(
            Consent.id,
            Consent.reference,
            Consent.title,
            due,
            Consent.pupil,
            Consent.by_whom,
            Consent.asked_on,
        ).where(Consent.archived_at.is_(None), where)
        with self._consents.database.reading() as session:
            rows = session.execute(asked.order_by(due, Consent.id)).all()
        together: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            together[row[4:]].append(row)
        for (number, reference, title, day, *_), *more in together.values():
            pupil = title.rpartition(": ")[0]
            words = f"{pupil}: {count(len(more) + 1, 'use')}" if more else title
            yield Duty(f"{told}: {words}", day, reference, "consents", number, "withdrawal")

    def findings(self) -> Iterator[Finding]:
        """What does not hold, or was never asked."""
        roll = self._consents.roll()
        if not roll.uses:
            yield Finding.nothing(
                "The uses of pictures are not set up yet, so nobody can be asked for consent",
                "photo_uses",
                "Policy 12.2",
            )
            return
        reasons: Counter[ConsentReason] = Counter()
        never = 0
        for pupil in (each for each in roll.pupils if each.here):
            every = [roll.of(pupil.id, use.id) for use in roll.uses]
            # A pupil counts once for each reason, for however many uses.
            reasons.update({each.reason for each in every})
            never += all(each.stands is Stands.NOT_ASKED for each in every)
        for number, many, one in (
            (
                never,
                "pupils for whom no answer is on record",
                "pupil for whom no answer is on record",
            ),
            (
                reasons[ConsentReason.DISAGREE],
                "pupils whose parents do not agree about pictures",
                "pupil whose parents do not agree about pictures",
            ),
            (
                reasons[ConsentReason.NOBODY],
                "pupils with consent from somebody without parental responsibility",
                "pupil with consent from somebody without parental responsibility",
            ),
            (
                reasons[ConsentReason.DATE],
                "pupils whose consent has expired",
                "pupil whose consent has expired",
            ),
            (
                reasons[ConsentReason.WORDS],
                "pupils whose consent was to an earlier wording",
                "pupil whose consent was to an earlier wording",
            ),
        ):
            if number:
                yield Finding(many, number, _MATRIX, "", "Policy 12.2", one)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """The share of pupils with an answer for each use; withdrawals, and days until done."""
        roll = self._consents.roll()
        here = [pupil for pupil in roll.pupils if pupil.here]
        for use in roll.uses:
            known = sum(roll.of(p.id, use.id).stands is not Stands.NOT_ASKED for p in here)
            share = int(100 * known / len(here)) if here else 0
            yield Measure(f"pupils with an answer about “{use.name}”", share, "%")
        withdrawn = select(Consent.asked_on, Consent.closed_on).where(
            Consent.archived_at.is_(None),
            Consent.answer == "withdrawn",
            Consent.asked_on.between(first, last),
        )
        with self._consents.database.reading() as session:
            rows = session.execute(withdrawn).all()
        yield Measure("consents withdrawn", len(rows))
        days = [
            (closed - day).days for day, closed in rows if day is not None and closed is not None
        ]
        if days:
            yield Measure("days until everything was taken down", round(sum(days) / len(days), 1))

    def evidence(self) -> Iterator[Evidence]:
        """Parents are told how pictures are used, their answers are kept, withdrawals are done."""
        uses = tuple(use.reference for use in self._uses.every())
        if uses:
            told = f"{count(len(uses), 'use')} of pictures explained to parents"
            yield Evidence("12.2", told, uses)
        with self._consents.database.reading() as session:
            kept = session.scalar(
                select(func.count()).select_from(Consent).where(Consent.archived_at.is_(None))
            )
            refused = session.scalars(
                select(Consent.reference)
                .where(
                    Consent.archived_at.is_(None),
                    Consent.answer.in_(NO),
                    # A withdrawal proves something only once everything came down.
                    (Consent.answer != "withdrawn") | Consent.closed_on.is_not(None),
                )
                .order_by(Consent.id)
            ).all()
        if kept:
            yield Evidence("12.2", f"{count(kept, 'written answer')} on record")
        if refused:
            told = f"{len(refused)} refused or withdrawn, and acted on"
            yield Evidence("12.2", told, tuple(refused))


class PhotoAnswers:
    """The same out of the pictures."""

    def __init__(self, photos: PhotoService, withdrawals: Withdrawals) -> None:
        self._photos, self._withdrawals = photos, withdrawals

    def duties(self) -> Iterator[Duty]:
        """Every use of a picture without consent any more, and pictures that are to be deleted."""
        for each in self._photos.take_downs():
            text = f"Take “{each.title}” down: {each.where}. {each.why}"
            yield Duty(text, each.due, each.reference, "photos", each.photo)
        today = self._photos.today()
        for kept in self._withdrawals.to_delete():
            text = f"Delete “{kept.title}”: consent was withdrawn, and it is used nowhere"
            yield Duty(text, today, kept.reference, "photos", kept.photo)

    def findings(self) -> Iterator[Finding]:
        """Pictures in use without consent, with names beside them, or with unknown people."""
        counts = self._photos.counts()
        for chip, many, one in (
            (
                "take_down",
                "pictures in use without the consent of everybody in them",
                "picture in use without the consent of everybody in it",
            ),
            (
                "named",
                "pictures whose caption names a pupil",
                "picture whose caption names a pupil",
            ),
            (
                "unnamed",
                "pictures in use in which not everybody is named",
                "picture in use in which not everybody is named",
            ),
        ):
            if counts[chip]:
                yield Finding(many, counts[chip], "photos", chip, "Policy 12.2", one)

        if left := len(self._photos.of_leavers()):
            many = "pictures in use that show a pupil who has left"
            one = "picture in use that shows a pupil who has left"
            yield Finding(many, left, "photos", "used", "Retention schedule: photographs", one)

        if kept := len(self._withdrawals.run_out()):
            many = "pictures not in use whose consent has run out: delete them, or ask again"
            one = "picture not in use whose consent has run out: delete it, or ask again"
            yield Finding(many, kept, "photos", "unused", "Policy 12.2", one)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """How many pictures are in use, and were deleted."""
        counts = self._photos.counts()
        yield Measure("pictures on record", counts["all"])
        yield Measure("of these deleted", counts["deleted"])

    def evidence(self) -> Iterator[Evidence]:
        """Pictures are deleted when consent ends."""
        gone = self._photos.deleted()
        if gone:
            told = f"{count(len(gone), 'picture')} deleted, with date and by whom"
            yield Evidence("12.2", told, gone)
