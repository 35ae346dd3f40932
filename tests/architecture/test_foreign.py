"""Whatever the program did not write itself is read behind a wall, or it stands here why not.

A new place that reads a file fails this test until it is listed: think first of a worker
(``dpdesk/walls``), with limits of time and memory and without rights.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]

WALLED = {
    "dpdesk/documents/mailboxes.py": "five bytes, compared; the rest is read by a worker",
    "dpdesk/documents/adding.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/inspection/inspector.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/inspection/elsewhere.py": "runs in a worker",
    "dpdesk/inspection/past.py": "runs in a worker",
    "dpdesk/inspection/remarks.py": "runs in a worker",
    "dpdesk/consents/form_pile.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/requests/form_service.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/consents/photo_files.py": "length refused first; the bytes go unread to a worker",
    "ui/kit/register/sheet_reading.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/cli/processing.py": "length refused first; the bytes go unread to a worker",
    "dpdesk/documents/normal.py": "runs in a worker",
    "dpdesk/documents/notes.py": "runs in a worker",
    "dpdesk/documents/pdf_files.py": "runs in a worker",
    "dpdesk/documents/pdf_said.py": "runs in a worker",
    "dpdesk/documents/spelling.py": "runs in a worker",
    "dpdesk/documents/typefaces.py": "runs in a worker; and the file is a typeface of the program",
    "dpdesk/disclosure/front.py": "runs in a worker, on a page that the program drew",
    "dpdesk/disclosure/check_structure.py": "runs in a worker, on a bundle that the program wrote",
}
OURS = {
    "dpdesk/resources.py": "comes with the program",
    "dpdesk/cli/shipped.py": "comes with the program",
    "dpdesk/store/migrations/versions/0001_the_first_tables.py": "comes with the program",
    "ui/main_window/help_window.py": "comes with the program",
    "ui/kit/look/icons.py": "comes with the program",
    "dpdesk/store/vault.py": "sealed: nothing is parsed whose seal is not right",
    "dpdesk/store/backup.py": "a plain archive of sealed parts; its index has limits of its own",
    "dpdesk/store/workspace.py": "the key file: small JSON, each figure checked before it counts",
    "dpdesk/store/lock.py": "who holds the folder: small JSON; nonsense counts as nobody",
    "dpdesk/store/marks.py": "proves itself by a keyed hash; nonsense counts as nothing",
    "dpdesk/store/preferences.py": "of this computer: small JSON; nonsense counts as nothing",
    "dpdesk/store/places.py": "what the system says of its disks: lines of a fixed form",
    "dpdesk/store/files.py": "what the program has just written",
    "dpdesk/store/arriving.py": "unread bytes, for whoever hands them to a worker",
    "dpdesk/documents/render.py": "memory that the program shares with its own worker",
    "dpdesk/updates/signed.py": "nothing is parsed whose signature is not right",
    "dpdesk/updates/installing.py": "what the installer wrote beside the program: lines of names",
    "dpdesk/overview/figures_file.py": "small plain JSON; length refused first, each value checked",
    "dpdesk/cli/opening.py": "a passphrase file that the user names: one line of text",
}
"""Read in the program itself, with the reason.

What comes without a file: words that are typed, pasted or dropped onto a form are plain text of
the clipboard, validated like typing; of what is dropped onto documents only the paths are taken.
Pixels of pages come out of a worker as plain rows of bytes of a length that is checked.
"""


def reads_a_file(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"read_bytes", "read_text"}:
            return True
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Name) and node.func.id == "foreign_content":
            return True
        plain = isinstance(node.func, ast.Name) and node.func.id == "open"
        modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if (plain or name == "open") and any(str(mode).startswith("r") for mode in modes):
            return True
    return False


def test_every_place_that_reads_a_file_has_a_wall_or_a_reason() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for room in ("dpdesk", "ui")
        for path in (ROOT / room).rglob("*.py")
        if not path.is_relative_to(ROOT / "dpdesk/walls")
        and reads_a_file(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set(WALLED) | set(OURS)


def test_the_search_sees_each_way_of_reading() -> None:
    for way in (
        "p.read_bytes()",
        "patiently(p.read_bytes)",
        "p.read_text()",
        "p.open('rb')",
        "open(p, 'r')",
        "foreign_content(p, f)",
    ):
        assert reads_a_file(ast.parse(way)), way
    assert not reads_a_file(ast.parse("p.open('wb'); s.read()"))
