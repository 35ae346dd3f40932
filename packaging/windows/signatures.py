"""Whether the files of a CPython for Windows are those that the Python Software Foundation signed.

Certificates for signing live for days, so each file is looked at as of the moment that its own
timestamp names. Nothing is fetched: what a chain must end in lies in ``roots.pem``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from pathlib import Path
from typing import Final

from machine import TOP, Unready, answered

TOOL: Final = "osslsigncode"
ROOTS: Final = TOP / "packaging" / "windows" / "roots.pem"
"""Microsoft Identity Verification Root Certificate Authority 2020, and DigiCert Trusted Root G4."""
_SIGNER: Final = "/O=Python Software Foundation/"
_OF_MICROSOFT: Final = frozenset(
    {
        "36585912e5eaf83ba9fea0631534f690ccdc2d7ba91537166fe53e56c221e153",
        "82a2f9ae1e6146ae3cb0f4bc5a62b7227e0384209d9b1aef86bbcc105912f7cd",
    }
)
"""vcruntime140.dll and vcruntime140_1.dll as they lie beside the pinned CPython 3.13.2."""
_MOMENT: Final = re.compile(r"Timestamp time: (\w{3} +\d+ [\d:]{8} \d{4}) GMT")
_FIRST: Final = re.compile(r"Signer #0:\s+Subject: (.*)")
_OFFLINE: Final = ("-ignore-timestamp", "-ignore-cdp", "-ignore-crl")


def is_here() -> bool:
    """Can signatures be looked at on this machine?"""
    return shutil.which(TOOL) is not None


def unsigned(folder: Path) -> list[str]:
    """The programs and libraries in a folder that the Foundation did not sign, in sentences.

    Raises Unready where signatures cannot be looked at. The two libraries of Microsoft that lie
    beside them are known by their content.
    """
    if not is_here():
        raise Unready(f"Signatures are read by {TOOL}, which is not here: install {TOOL}.")
    files = sorted(each for each in folder.iterdir() if each.suffix in {".dll", ".exe", ".pyd"})
    return [
        f"{each.name} is not signed by the Python Software Foundation."
        for each in files
        if not (_is_known(each) or _is_signed(each))
    ]


def _is_known(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() in _OF_MICROSOFT


def _is_signed(path: Path) -> bool:
    _, said = _looked_at(path)
    signer, moment = _FIRST.search(said), _MOMENT.search(said)
    if signer is None or moment is None or _SIGNER not in signer.group(1):
        return False
    at = dt.datetime.strptime(moment.group(1), "%b %d %H:%M:%S %Y").replace(tzinfo=dt.UTC)
    code, _ = _looked_at(path, "-time", str(int(at.timestamp())))
    return code == 0


def _looked_at(path: Path, *words: str) -> tuple[int, str]:
    return answered([TOOL, "verify", *_OFFLINE, "-CAfile", str(ROOTS), *words, "-in", str(path)])
