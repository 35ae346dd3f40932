"""Uses a window by keys on a screen that nobody sees, pictures its pages, and compares pictures."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PIL import Image, ImageChops, ImageStat

_PATIENCE: Final = 400.0
"""Seconds for a window or a page to stand: wine on a busy machine is slow."""
_QUIET: Final = 5.0
"""Seconds for which a picture must stay the same until the page counts as drawn."""
_HALF_DRAWN: Final = 90.0
"""Seconds for the rest of a page."""
_ANOTHER_PAGE: Final = 5.0
_COARSE: Final = (171, 96)
_LARGEST: Final = 4.0
"""By how much pictures may differ on average, of 255: letters are smoothed differently. The same
page differed by up to 2.1, and any two pages by 6.4 and more, when this was measured."""
_TILE: Final = (57, 8)
_LINE: Final = 3
"""By how many rows a part of a page may stand higher or lower: where letters are a little wider,
a text takes one line more, and all below it moves down by that."""


def _tool(screen: str, *command: str) -> str:
    done = subprocess.run(
        command, env={**os.environ, "DISPLAY": screen}, capture_output=True, text=True, check=False
    )
    return done.stdout


def wait_for_window(screen: str) -> str:
    """Waits until the window stands, and gives it the keyboard; its number."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        found = _tool(screen, "xdotool", "search", "--onlyvisible", "--name", "dpdesk").split()
        if found:
            _tool(screen, "xdotool", "windowfocus", found[-1])
            settled(screen)
            return found[-1]
        time.sleep(0.5)
    raise TimeoutError("no window of dpdesk was seen")


def picture(screen: str, target: Path | None = None) -> Image.Image:
    """The whole screen."""
    done = subprocess.run(
        ["import", "-silent", "-window", "root", "png:-"],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        check=True,
    )
    image = Image.open(BytesIO(done.stdout)).convert("RGB")
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        image.save(target)
    return image


def settled(
    screen: str,
    target: Path | None = None,
    *,
    unlike: Image.Image | None = None,
    least: float = 0.2,
) -> Image.Image:
    """The screen when it stands still; ``unlike`` is what it must have changed from.

    Raises TimeoutError where it does not.

    ``least``: by how much, of 255 on average. A bar that shows that something is being done is
    a change of less than 3; another page with a list is one of more than 5.
    """
    until = time.monotonic() + _PATIENCE
    before, since = picture(screen), time.monotonic()
    while time.monotonic() < until:
        time.sleep(0.5)
        now = picture(screen)
        # A cursor that blinks is no change.
        if _distance(before, now) > 0.01:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > _QUIET and (
            unlike is None or _distance(unlike, now) > least
        ):
            return picture(screen, target)
    picture(screen, target)
    raise TimeoutError("the page does not change, or never stands still")


def keys(screen: str, *names: str) -> None:
    """Presses keys, one after the other."""
    for name in names:
        _tool(screen, "xdotool", "key", "--clearmodifiers", name)
        time.sleep(0.4)


def typed(screen: str, text: str) -> None:
    """Types a text."""
    _tool(screen, "xdotool", "type", "--delay", "70", text)
    time.sleep(0.6)


def unlock(screen: str, passphrase: str) -> Image.Image:
    """Types the passphrase and waits for Home."""
    before = picture(screen)
    typed(screen, passphrase)
    keys(screen, "Return")
    return settled(screen, unlike=before, least=_ANOTHER_PAGE)


def close(screen: str) -> None:
    """Closes the window as its user would."""
    keys(screen, "alt+F4")


def walk(
    screen: str,
    folder: Path,
    passphrase: str,
    subject: str,
    there: Mapping[str, Path] | None = None,
) -> dict[str, Path]:
    """Opens the records, logs a request, looks at pages; the pictures by what they show.

    A page that does not look as it does ``there`` is given some time: one half of which is drawn
    stands still on a busy machine.
    """
    kept: dict[str, Path] = {}

    def look(name: str, before: Image.Image, least: float = 0.2) -> Image.Image:
        kept[name] = folder / f"{name}.png"
        seen = settled(screen, kept[name], unlike=before, least=least)
        until = time.monotonic() + _HALF_DRAWN
        while there and unlike(kept[name], there[name]) and time.monotonic() < until:
            time.sleep(2)
            seen = settled(screen, kept[name])
        return seen

    wait_for_window(screen)
    now = picture(screen, folder / "unlock.png")
    kept["unlock"] = folder / "unlock.png"
    typed(screen, passphrase)
    keys(screen, "Return")
    now = look("home", now, _ANOTHER_PAGE)
    keys(screen, "ctrl+2")
    now = look("requests", now, _ANOTHER_PAGE)
    keys(screen, "ctrl+n")
    now = settled(screen, unlike=now)
    typed(screen, subject)  # the day is filled in
    now = look("new request", now)
    keys(screen, "ctrl+s")
    now = look("request", now)
    keys(screen, "ctrl+3")
    look("breaches", now, _ANOTHER_PAGE)
    return kept


def _coarse(image: Image.Image) -> Image.Image:
    return image.convert("L").resize(_COARSE, Image.Resampling.BOX)


def _apart(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def _distance(one: Image.Image, other: Image.Image) -> float:
    """By how much they differ on average, each part laid over the nearest that is like it."""
    here, there = _coarse(one), _coarse(other)
    wide, high = _TILE
    found = []
    for left in range(0, _COARSE[0], wide):
        for top in range(0, _COARSE[1], high):
            part = here.crop((left, top, left + wide, top + high))
            places = range(max(0, top - _LINE), min(_COARSE[1] - high, top + _LINE) + 1)
            found.append(
                min(_apart(part, there.crop((left, y, left + wide, y + high))) for y in places)
            )
    return sum(found) / len(found)


def unlike(one: Path, other: Path) -> str:
    """In what two pictures differ, in a sentence; empty where they show the same."""
    with Image.open(one) as here, Image.open(other) as there:
        if here.size != there.size:
            return f"{one.stem}: {here.size} against {there.size}"
        distance = _distance(here, there)
        blank = ImageStat.Stat(_coarse(here)).stddev[0] < 4
    if blank:
        return f"{one.stem}: the page is empty"
    return f"{one.stem}: {distance:.1f} of 255 apart" if distance > _LARGEST else ""


class Closing:
    """A window of this machine that is closed at the end."""

    def __init__(self, process: subprocess.Popen[bytes], screen: str) -> None:
        self._process, self._screen = process, screen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        close(self._screen)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
