"""Returned forms: beside their picture, mended, logged when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import Template, make_template
from tests.requests.test_forms import SAID, filled_pdf
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.requests import ReturnedFormsPage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, ReturnedFormsPage) as made:
        yield made


def test_a_form_that_came_back_is_mended_and_logged(office, tmp_path):
    page, requests = office.room, office.desk.requests.requests
    page.show_list()
    page.reload()
    office.noted.answers.append(tmp_path)
    page.save_blank()
    assert len(list(tmp_path.glob("*.pdf"))) == len(list(tmp_path.glob("*.docx"))) == 3
    blank = (tmp_path / "ask-for-information.pdf").read_bytes()
    path = tmp_path / "back.pdf"
    path.write_bytes(filled_pdf(blank, SAID, ("kind erasure", "who mother")))
    page.read_files([path])
    office.until(lambda: page.pile)
    assert page.lines["requester"].text() == "Wren Larch"
    assert page.choices["kind"].currentData() == "erasure"
    assert "1 Dec 2026" in page.banner.text.text()
    assert_walkable(page)
    page.lines["subject"].setText("")
    page.save()
    office.finish()
    assert requests.listing().total == 0
    assert page._form() is not None
    page.lines["subject"].setText("Zinnia Larch")
    page.save()
    office.finish()
    number = requests.listing().id(0)
    values = requests.load(number).values
    assert (values["subject"], values["kind"]) == ("Zinnia Larch", "erasure")
    assert values["asked"].startswith("All e-mails about Zinnia")
    assert len(office.desk.documents.of_entry("requests", number)) == 1
    assert "All done: 1 request" in page.header.under.text()
