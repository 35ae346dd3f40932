"""Cells as Excel shows them."""

from __future__ import annotations

import pytest

from dpdesk.cells.shown import BUILT_IN, shown


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (7, "General", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123, "General", "1234567890123"),
        (7, "0000", "0007"),
        (1632960001, "00000 000000", "01632 960001"),
        (42, '"REF-"0000', "REF-0042"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (1234567, "#,##0,", "1,235"),
        (12.5, "£#,##0.00", "£12.50"),
        (12.5, "[$£-809]#,##0.00;-[$£-809]#,##0.00", "£12.50"),
        (1234, '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', " £1,234.00 "),
        (0, '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', " £-   "),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (2.5, "# ?/?", "2 1/2"),
        (1, '"Yes";"Yes";"No"', "Yes"),
        (0, '"Yes";"Yes";"No"', "No"),
        (5, '[<10]"few";"many"', "few"),
        (50, '[<10]"few";"many"', "many"),
        (5, ";;;", ""),
        (46279, BUILT_IN[14], "14/09/2026"),
        (46279, "dddd d mmmm yyyy", "Monday 14 September 2026"),
        (46279.75, "dd/mm/yy hh:mm", "14/09/26 18:00"),
        (46279.75, "h:mm AM/PM", "6:00 PM"),
        (0.5, "hh:mm:ss", "12:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.0006944444, "mm:ss", "01:00"),
        (0.00001, "mm:ss.0", "00:00.9"),
        (0.25, "h:mm A/P", "6:00 A"),
        (59, "d/m/yyyy", "28/2/1900"),
        (61, "d/m/yyyy", "1/3/1900"),
        (-5, "dd/mm/yyyy", "-5"),
        (True, "General", "TRUE"),
        ("words", "0.00", "words"),
        ("words", '0;0;0;"said: "@', "said: words"),
        (float("inf"), "0", "inf"),
        (1e300, "0", "1" + "0" * 300),
    ],
)
def test_a_cell_shows_its_value_as_in_excel(value: float | str, code: str, seen: str) -> None:
    assert shown(value, code) == seen


def test_days_count_from_1904_where_the_file_says_so() -> None:
    assert shown(0, "d/m/yyyy", from_1904=True) == "1/1/1904"
