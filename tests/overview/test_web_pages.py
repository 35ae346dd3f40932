"""What is published as a web page: valid, readable by everybody, on a telephone, without network.

The validator (html-validate) and axe-core in Chromium are no part of the program. Where they are,
``DPDESK_WEB_TOOLS`` names the folder in which ``npm install html-validate axe-core
puppeteer-core`` was run; elsewhere these tests say that they are skipped.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dpdesk.overview.pack import PackChoice
from dpdesk.papers.leaflet import DARK, LIGHT, leaflet_html
from ui.kit.look.palette import contrast


@pytest.fixture
def pages(desk, tmp_path) -> list[Path]:
    """The page for parents, the index of a pack, the report: all that may stand in them."""
    desk.retention.schedule.adopt_defaults()
    long = "Letters of the school office & <everything> about a Verylongunbrokenword" * 2
    for name in ("Pupil files", long):
        values = {
            "name": name,
            "personal": "yes",
            "people_kinds": ("pupils",),
            "data_kinds": ("medical",),
            "recipients": ("next",),
        }
        asset = desk.assets.assets.save(values).entry
        purpose = {"purpose": "Teaching", "basis": "legal_obligation"}
        desk.assets.assets.purposes.save(purpose, parent_id=asset.id)
    today = desk.packs.today()
    first = today - dt.timedelta(days=90)
    made = {
        "parents.html": desk.publishing.files()["what-we-hold.html"],
        "index.html": desk.packs.make(PackChoice(first, today)).files["index.html"],
        "report.html": leaflet_html(desk.governance.report(first, today, {"short": "Quiet."})),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


def _tools() -> Path:
    folder = Path(os.environ.get("DPDESK_WEB_TOOLS", ""))
    if not os.environ.get("DPDESK_WEB_TOOLS") or not (folder / "node_modules").is_dir():
        pytest.skip("DPDESK_WEB_TOOLS names no folder with html-validate and axe-core")
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    return folder


def test_pages_have_no_script_and_fetch_nothing(pages):
    for page in pages:
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert not re.search(r"(?:src|@import|url\()", text)
        assert not re.search(r'href="(?!registers/|papers/|[\w-]+\.\w+")', text)


def test_every_colour_of_a_page_is_read_easily_on_light_and_on_dark():
    for ground in (LIGHT, DARK):
        assert contrast(ground["text"], ground["ground"]) >= 7
        assert contrast(ground["muted"], ground["ground"]) >= 4.5
        assert contrast(ground["link"], ground["ground"]) >= 4.5


def test_a_validator_finds_nothing(pages):
    tools = _tools()
    run = ["node", str(tools / "node_modules/html-validate/bin/html-validate.mjs")]
    if not Path(run[1]).is_file():
        run[1] = run[1].replace(".mjs", ".js")
    settings = pages[0].with_name(".htmlvalidate.json")
    rules = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}
    settings.write_text(json.dumps(rules), encoding="utf-8")
    done = subprocess.run(
        [*run, "-f", "text", *map(str, pages)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.timeout(900)
def test_axe_finds_nothing_in_a_browser_on_a_telephone_and_a_screen_light_and_dark(pages, tmp_path):
    tools = _tools()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("Chromium is not installed")
    script = Path(__file__).with_name("web_check.mjs")
    done = subprocess.run(
        ["node", str(script), str(tools), browser, str(tmp_path / "profile"), *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=880,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
