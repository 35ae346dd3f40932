"""A version gets its name and its day everywhere at once, and loses no line of what changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import release
from machine import TOP, Unready

DAY = dt.date(2026, 12, 2)
CHANGES = """# What changed

Written for whoever uses it.

## Unreleased

### Added
- New.
  In two lines.

### Fixed
- Mended.

## 0.2.0 (1 December 2026)

The first.

### Added
- Old.

## 0.1.0 (1 November 2026)

### Added
- Oldest.
"""


def test_what_is_new_gets_a_version_and_a_day_and_the_part_for_the_next_is_empty():
    page = release.renamed(CHANGES, "0.3.0", DAY)

    assert "## Unreleased\n\n## 0.3.0 (2 December 2026)\n\n### Added\n- New.\n  In two" in page
    assert page.endswith(CHANGES[CHANGES.index("## 0.2.0") :])
    assert not release.unreleased(page)


def test_a_version_that_was_not_handed_out_yet_takes_what_is_new():
    page = release.renamed(CHANGES, "0.2.0", DAY)

    assert page.count("## 0.2.0") == 1
    assert "## 0.2.0 (2 December 2026)\n\nThe first.\n\n### Added\n- Old.\n- New.\n  In two" in page
    assert "### Fixed\n- Mended.\n\n## 0.1.0" in page


@pytest.mark.parametrize(
    ("version", "words"), [("0.1.9", "older"), ("0.3", "three numbers"), ("v1.0.0", "three")]
)
def test_what_cannot_be_the_next_version_is_refused(version: str, words: str):
    with pytest.raises(Unready, match=words):
        release.renamed(CHANGES, version, DAY)


def test_a_version_without_anything_new_is_refused():
    once = release.renamed(CHANGES, "0.3.0", DAY)

    with pytest.raises(Unready, match="nothing"):
        release.renamed(once, "0.4.0", DAY)


def test_program_and_pages_name_the_same_version(tmp_path: Path):
    for name in ("README.md", "packaging/README.md", "CHANGELOG.md", "dpdesk/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((TOP / name).read_bytes())
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")

    changed = release.name_version(tmp_path, "9.8.7", DAY)

    assert sorted(changed) == sorted([*release._PAGES, "CHANGELOG.md", "dpdesk/__init__.py"])
    assert '__version__ = "9.8.7"' in (tmp_path / "dpdesk/__init__.py").read_text("utf-8")
    page = (tmp_path / "README.md").read_text("utf-8")
    assert all(f"dpdesk-9.8.7-{end}" in page for end in ("setup.exe", "portable.zip"))


def test_every_line_of_the_real_page_of_changes_is_kept():
    changes = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    if not release.unreleased(changes):
        pytest.skip("everything has a version")
    lines = [line for line in changes.splitlines() if line and not line.startswith("#")]

    for version in ("0.2.0", "99.0.0"):
        page = release.renamed(changes, version, DAY).splitlines()
        assert sorted(line for line in page if line and not line.startswith("#")) == sorted(lines)


def test_the_readme_names_the_files_of_the_version_that_the_program_tells():
    from dpdesk import __version__

    page = (TOP / "README.md").read_text(encoding="utf-8")
    for end in ("setup.exe", "portable.zip", "all-users.msi"):
        assert f"dpdesk-{__version__}-{end}" in page
