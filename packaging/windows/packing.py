"""Packs the finished folder: an installer for one user, a ZIP for a stick, an MSI for all users."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Final
from xml.sax.saxutils import quoteattr

import mark
from machine import TOP, Unready

from windows import starting
from windows.folder import LISTED, Built, add
from windows.trimming import files_below

SCRIPT: Final = TOP / "packaging" / "windows" / "installer.nsi"
PORTABLE: Final = "portable.txt"
_STICK: Final = """dpdesk on a stick
=================

Start dpdesk.exe. Records, settings and the example school lie in the folder "records" beside it,
and nothing is written onto the computer. Delete this file to use the folders of the computer
instead.

Take the stick out only after dpdesk is closed, and back up to another disk: sticks are lost and
wear out.
"""
_FAMILY: Final = uuid.UUID("6a3b0b8e-70c9-4f0b-9a6b-3a5a3f6f0d11")
"""What all versions of the MSI have in common: a new one takes the place of an old one."""


_SUMMARY: Final = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""How the properties of a summary are marked."""
_HEAD: Final = 28
"""Bytes of a property set before that mark."""
_CODE: Final = 9
_HOURS: Final = (12, 13)
_TEXT, _TIME = 30, 64
_MOMENT: Final = 1767225600
"""1 January 2026, in seconds: the time of every file in the MSI, as in the other packages."""
_FILETIME: Final = (_MOMENT + 11_644_473_600) * 10_000_000
"""The same as Windows counts: tenths of a microsecond since 1601."""


def epoch() -> str:
    """The moment of the commit, in seconds: the time of everything that needs one."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return told
    asked = ["git", "-C", str(TOP), "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "1767225600"


def installer(built: Built, target: Path, *, quick: bool = False) -> Path:
    """Makes the installer with Debian's NSIS; ``quick`` for trials, larger and soon made."""
    with tempfile.TemporaryDirectory() as place:
        files = Path(place, "files.nsh")
        files.write_text("\n".join(_unpacking(built)) + "\n", encoding="utf-8-sig")
        wizard = Path(place, "wizard.bmp")
        wizard.write_bytes(mark.as_wizard())
        meant = {
            "APP": built.name,
            "VERSION": built.version,
            "NUMBERS": starting.numbers(built.version).replace(",", "."),
            "TARGET": str(target),
            "ICON": str(starting.ICON),
            "FILES": str(files),
            "WIZARD": str(wizard),
        }
        said = [f"-D{key}={value}" for key, value in meant.items()]
        said += ["-DQUICK"] if quick else []
        os.environ["SOURCE_DATE_EPOCH"] = epoch()
        starting.tool(
            ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *said, str(SCRIPT)], "nsis"
        )
    return target


def _unpacking(built: Built) -> Iterator[str]:
    """Every file in its folder, in one order; NSIS takes them as the disk happens to list them.

    The list of files comes first: what was begun when the disk was full, or the computer went off,
    is removed by it.
    """
    now = ""
    app = built.folder / built.name
    for name in sorted(files_below(app), key=lambda name: (name != LISTED, name)):
        inside = str(PureWindowsPath(name).parent)
        folder = f"$INSTDIR\\{built.name}" + ("" if inside == "." else f"\\{inside}")
        if folder != now:
            yield f'SetOutPath "{folder}"'
            now = folder
        yield f'File "{app / name}"'


def portable(built: Built, target: Path) -> Path:
    """Makes the ZIP for a stick."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in files_below(built.folder):
            add(packed, built.folder / name, f"dpdesk/{name}")
        with tempfile.TemporaryDirectory() as place:
            note = Path(place, PORTABLE)
            note.write_text(_STICK, encoding="utf-8", newline="\r\n")
            add(packed, note, f"dpdesk/{PORTABLE}")
    return target


# ------------------------------------------------------------------------------------------- MSI


def msi(built: Built, target: Path) -> Path:
    """Makes the MSI with Debian's wixl: into Program Files, for everybody, by an administrator."""
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        (here / "installed.txt").write_text("msi\n", encoding="ascii", newline="\r\n")
        shutil.copytree(built.folder, here / "files", copy_function=shutil.copyfile)
        shutil.copyfile(starting.ICON, here / "dpdesk.ico")
        for each in here.rglob("*"):  # the cabinet keeps the time of each file
            os.utime(each, (_MOMENT, _MOMENT))
        script = here / "dpdesk.wxs"
        script.write_text("\n".join(_wix(built)), encoding="utf-8")
        # wixl finds what is named from where it stands, and nothing else.
        made = ["env", "TZ=UTC", "wixl", "-a", "x64", "-o", str(target.absolute()), script.name]
        starting.tool(made, "wixl", here)
    target.write_bytes(without_chance(target.read_bytes(), _guid("package", built.name)))
    return target


def without_chance(package: bytes, code: str) -> bytes:
    """An MSI whose summary says this package code and no hour; wixl draws and reads both anew.

    The summary is a property set ([MS-OLEPS]): a format, a place, and there the numbers of the
    properties with where each lies. 9 is the code, 12 and 13 are when it was made and saved.
    """
    start = package.find(_SUMMARY)
    if start < 0 or package.find(_SUMMARY, start + 1) >= 0:
        raise Unready("The MSI has no summary where one was expected.")
    changed = bytearray(package)
    begin = start - _HEAD + int.from_bytes(package[start + 16 : start + 20], "little")
    count = int.from_bytes(package[begin + 4 : begin + 8], "little")
    written = 0
    for number in range(count):
        row = begin + 8 + 8 * number
        known, place = struct.unpack_from("<II", package, row)
        kind, value = struct.unpack_from("<I", package, begin + place)[0], begin + place + 4
        if (known, kind) == (_CODE, _TEXT):
            fresh = f"{{{code}}}".encode("ascii")
            changed[value + 4 : value + 4 + len(fresh)] = fresh
            written += 1
        elif known in _HOURS and kind == _TIME:
            changed[value : value + 8] = struct.pack("<Q", _FILETIME)
            written += 1
    if written != 1 + len(_HOURS):
        raise Unready("The summary of the MSI is not as it was known.")
    return bytes(changed)


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(_FAMILY, "/".join(parts))).upper()


def _id(name: str) -> str:
    return f"n{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def _wix(built: Built) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">'
    yield (
        f'<Product Id="{_guid(built.name)}" Name="dpdesk" Version="{built.version}" '
        f'Language="2057" Manufacturer="The dpdesk contributors" UpgradeCode="{_FAMILY}">'
    )
    yield (
        f'<Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" '
        f'Description="dpdesk {built.version}" Manufacturer="The dpdesk contributors"/>'
    )
    yield '<Media Id="1" Cabinet="dpdesk.cab" EmbedCab="yes"/>'
    yield '<MajorUpgrade DowngradeErrorMessage="A newer version of dpdesk is installed already."/>'
    yield '<Icon Id="dpdesk.ico" SourceFile="dpdesk.ico"/>'
    yield '<Property Id="ARPPRODUCTICON" Value="dpdesk.ico"/>'
    yield '<Directory Id="TARGETDIR" Name="SourceDir">'
    yield f'<Directory Id="ProgramMenuFolder"><Component Id="menu" Guid="{_guid("menu")}">'
    yield (
        '<Shortcut Id="shortcut" Name="dpdesk" Target="[INSTALLDIR]dpdesk.exe" '
        'WorkingDirectory="INSTALLDIR"/>'
        '<RegistryValue Root="HKLM" Key="Software\\dpdesk" Name="menu" Type="integer" Value="1" '
        'KeyPath="yes"/></Component></Directory>'
    )
    yield '<Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="dpdesk">'
    names = files_below(built.folder)
    yield _component("installed.txt", "installed.txt")
    yield from _directory("", names)
    yield "</Directory></Directory></Directory>"
    yield '<Feature Id="all" Level="1" Title="dpdesk"><ComponentRef Id="menu"/>'
    yield f'<ComponentRef Id="{_id("installed.txt")}"/>'
    yield from (f'<ComponentRef Id="{_id(name)}"/>' for name in names)
    yield "</Feature></Product></Wix>"


def _directory(inside: str, names: list[str]) -> Iterator[str]:
    """The files and folders below ``inside``, which is empty or ends with a stroke."""
    rest = [name.removeprefix(inside) for name in names if name.startswith(inside)]
    yield from (
        _component(inside + name, f"files/{inside}{name}") for name in rest if "/" not in name
    )
    for folder in sorted({name.split("/")[0] for name in rest if "/" in name}):
        below = f"{inside}{folder}/"
        yield f'<Directory Id="{_id(below)}" Name={quoteattr(folder)}>'
        yield from _directory(below, names)
        yield "</Directory>"


def _component(name: str, source: str) -> str:
    known = _id(name)
    return (
        f'<Component Id="{known}" Guid="{_guid(name)}" Win64="yes">'
        f'<File Id="f{known}" Name={quoteattr(source.split("/")[-1])} Source={quoteattr(source)} '
        f'KeyPath="yes"/></Component>'
    )
