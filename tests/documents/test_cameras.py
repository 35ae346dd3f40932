"""Files of cameras that hold more than one photograph."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from dpdesk.documents import pictures
from dpdesk.walls.workers import Limits


@pytest.mark.parametrize(
    ("second", "told"),
    [((800, 600), True), ((300, 500), True), ((400, 300), False)],
    ids=["another view", "another photograph", "a preview"],
)
def test_a_second_photograph_in_the_file_of_a_camera_is_told(second, told) -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", second, "grey")]
    )
    made, warnings = pictures.to_pdf(out.getvalue(), "JPEG", Limits())
    assert any("several photographs" in warning for warning in warnings) is told
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 1
