"""What goes into the program for Windows, as far as it can be known without making it."""

from __future__ import annotations

import ast
import io
import re
import struct
import sys
import zipfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import mark
import pytest
from machine import TOP, Unready
from PIL import Image, ImageChops
from windows import binaries, folder, gathering, licences, packing, starting, trimming


def imported(name: str) -> set[str]:
    """The modules of a library that the program imports, by their last name."""
    found: set[str] = set()
    for path in [*Path(TOP, "dpdesk").rglob("*.py"), *Path(TOP, "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{name}."):
                found.add((node.module or "").split(".")[1])
            if isinstance(node, ast.ImportFrom) and node.module == name:
                found.update(alias.name for alias in node.names)
    return found


def test_every_part_of_qt_that_the_program_imports_is_shipped():
    (kept,) = [row["kept"] for row in trimming.table()["only"] if row["folder"] == "lib/PySide6"]

    for module in imported("PySide6"):
        assert f"{module}.pyd" in kept, module
        assert f"Qt6{module.removeprefix('Qt')}.dll" in kept, module


def test_qt_is_shipped_without_any_means_to_make_a_connection():
    (kept,) = [row["kept"] for row in trimming.table()["only"] if row["folder"] == "lib/PySide6"]

    assert not [name for name in kept if re.search("Network|tls|WebSocket", name)]
    assert {"plugins/platforms/qwindows.dll", "plugins/platforms/qoffscreen.dll"} <= set(kept)


def test_everything_that_is_left_out_says_why():
    rows = [row for kind in trimming.table().values() for row in kind]

    assert rows
    assert all(len(row["why"]) > 5 for row in rows)


def locked_names() -> set[str]:
    """The libraries that are shipped, as their makers call them."""
    return set(
        re.findall(r"^([\w.-]+)==", gathering.LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    )


def unpacked() -> set[str]:
    """What the locked libraries put into the folder of libraries, by its first name."""
    found: set[str] = set()
    for name in locked_names():
        with suppress(metadata.PackageNotFoundError):  # one for another system
            found.update(path.parts[0] for path in metadata.files(name) or ())
    return found


def test_every_library_that_the_program_imports_is_shipped():
    plain = {name.removesuffix(".py").split(".")[0] for name in unpacked()}
    known = {*sys.stdlib_module_names, *folder.OWN, "main", *plain}
    for path in [
        *Path(TOP, "dpdesk").rglob("*.py"),
        *Path(TOP, "ui").rglob("*.py"),
        TOP / "main.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in known, f"{path.relative_to(TOP)} imports {name}"


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_nothing_is_left_out_of_a_library_that_is_shipped_no_more(system: str):
    rows = trimming.table(TOP / "packaging" / system / "left_out.toml")
    places = [*rows["left_out"], *rows.get("stand_in", ())]
    files = [name for row in places for name in row["files"]]
    files += [f"{row['folder']}/" for row in rows["only"]]

    about = {name.split("/")[1] for name in files if name.startswith("lib/")}
    assert about <= unpacked(), about - unpacked()


def test_a_row_about_something_that_is_gone_stops_the_build(tmp_path: Path):
    (tmp_path / "python.exe").write_bytes(b"")

    with pytest.raises(Unready, match=r"python\.cat"):
        trimming.trim(tmp_path)


def test_every_locked_library_has_a_licence_that_a_school_may_use():
    known = {re.sub("[-_.]+", "-", name).lower() for name in licences.table()["libraries"]}

    assert locked_names() <= known
    assert not licences.unknown(licences.table()["libraries"])


@pytest.mark.parametrize("name", ["lib/reportlab/fonts/DarkGarden.sfd", "lib/x/libx265-1.dll"])
def test_a_file_under_the_gpl_is_refused(tmp_path: Path, name: str):
    place = tmp_path / name
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")

    assert "GPL" in licences.forbidden(tmp_path)[0]


@pytest.mark.parametrize("head", [b"\x7fELF", b"MZ"])
def test_a_library_that_says_it_is_under_the_gpl_is_refused_whatever_its_name(
    tmp_path: Path, head: bytes
):
    (tmp_path / "liba.so").write_bytes(head + b"\0 1995-2014 Somebody -- Licence: GPL\0")
    (tmp_path / "libb.so").write_bytes(head + b"\0 License: LGPL\0")

    assert licences.forbidden(tmp_path) == [
        "liba.so says that it is under the GPL, and must not be shipped."
    ]


def test_the_installer_looks_for_what_a_running_program_holds():
    starter = (TOP / "packaging/windows/starter/starter.c").read_text(encoding="utf-8")
    installer = (TOP / "packaging/windows/installer.nsi").read_text(encoding="utf-8")
    held = re.findall(r'CreateMutexW\(NULL, FALSE, L"([^"]+)"\)', starter)
    (sought,) = set(re.findall(r'OpenMutexW\([^"]*"([^"]+)"\)', installer))
    # In C a backslash is written twice.
    assert [name.replace("\\\\", "\\") for name in held] == [sought]


def test_the_installer_writes_the_list_of_its_files_before_them(tmp_path: Path):
    app = tmp_path / "app-1.0.0-a"
    (app / "lib").mkdir(parents=True)
    for name in ("LICENCES.txt", "files.txt", "lib/a.dll"):
        (app / name).write_bytes(b"")

    lines = list(packing._unpacking(folder.Built(tmp_path, app.name, "1.0.0")))

    named = [line for line in lines if line.startswith("File ")]
    assert named[0] == f'File "{app / "files.txt"}"'
    assert len(named) == 3


def test_a_notice_beside_all_modules_goes_to_the_texts_of_its_library(tmp_path: Path):
    wheel = tmp_path / "six-1.17.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("six-1.17.0.dist-info/METADATA", "Name: six\nVersion: 1.17.0\n")
        packed.writestr("NOTICE.txt", "derived from the work of others")
        packed.writestr("notice.py", "pass")
    app = tmp_path / "app"
    gathering.unpack_wheel(wheel, app)

    licences.gather(app, [wheel])

    assert (
        app / "LICENCES" / "six" / "NOTICE.txt"
    ).read_text() == "derived from the work of others"
    assert sorted(path.name for path in (app / "lib").iterdir() if path.is_file()) == ["notice.py"]
    told = (app / "LICENCES" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "six 1.17.0" in told


def test_an_unknown_library_is_refused():
    assert "has no licence" in licences.unknown(["somebody-new"])[0]


def library(asks: bytes) -> bytes:
    """A library of Windows of the smallest kind that asks another for one function."""
    head = bytearray(0x400)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x40)
    struct.pack_into("<4s2xH12xH", head, 0x40, b"PE\0\0", 1, 240)
    struct.pack_into("<H", head, 0x58, 0x20B)
    struct.pack_into("<I", head, 0x58 + 108, 16)
    struct.pack_into("<II", head, 0x58 + 112 + 8, 0x1000, 40)
    struct.pack_into("<8xIIII", head, 0x58 + 240, 0x200, 0x1000, 0x200, 0x400)
    body = bytearray(0x200)
    struct.pack_into("<IIIII", body, 0, 0x1080, 0, 0, 0x10C0, 0x1080)
    struct.pack_into("<QQ", body, 0x80, 0x10E0, 0)
    body[0xC0 : 0xC0 + len(asks)] = asks
    body[0xE2:0xE8] = b"begin\0"
    return bytes(head + body)


def test_a_library_that_windows_lacks_is_missed(tmp_path: Path):
    (tmp_path / "own.dll").write_bytes(library(b"Strange9.dll"))

    assert trimming.lacking(tmp_path) == ["own.dll needs strange9.dll, which is not there."]
    assert binaries.read(tmp_path / "own.dll").imports == {"strange9.dll": ("begin",)}


def test_a_library_that_windows_has_is_not_missed(tmp_path: Path):
    (tmp_path / "own.dll").write_bytes(library(b"KERNEL32.dll"))

    assert not trimming.lacking(tmp_path)


def test_a_wheel_is_unpacked_as_it_says_and_never_outside(tmp_path: Path):
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("a/b.py", "")
        packed.writestr("a-1.data/platlib/c.dll", "")
        packed.writestr("a-1.data/data/share/d", "")
        packed.writestr("a-1.data/scripts/e", "")
    gathering.unpack_wheel(wheel, tmp_path / "app")

    assert trimming.files_below(tmp_path / "app") == ["lib/a/b.py", "lib/c.dll", "share/d"]

    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("../a.py", "")
    with pytest.raises(Unready):
        gathering.unpack_wheel(wheel, tmp_path / "app")


def test_a_version_is_told_to_windows_in_four_numbers():
    assert starting.numbers("0.2.0") == "0,2,0,0"
    assert folder.version().count(".") == 2


def test_the_mark_that_is_kept_is_the_one_that_is_drawn():
    assert (mark.FOLDER / "dpdesk.svg").read_text(encoding="utf-8") == mark.as_svg()
    for side in mark.PNG_SIZES:
        with Image.open(mark.FOLDER / f"dpdesk-{side}.png") as kept:
            assert not ImageChops.difference(kept.convert("RGBA"), mark.drawn(side)).getbbox()


def test_windows_gets_the_mark_in_every_size():
    with Image.open(io.BytesIO((mark.FOLDER / "dpdesk.ico").read_bytes())) as icon:
        assert {size for size, _ in icon.info["sizes"]} == set(mark.ICO_SIZES)
