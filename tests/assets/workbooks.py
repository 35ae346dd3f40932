"""Workbooks as another program sees and saves them."""

from __future__ import annotations

import io

import openpyxl


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))["Template"]


def rows(content):
    return [tuple(cell.value for cell in row) for row in sheet_of(content).iter_rows(min_row=10)]


def edited(content, cells=None, drop_second=False, shape=None):
    """The workbook as a spreadsheet program saves it, with some cells changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, words in (cells or {}).items():
        book["Template"][place] = words
    if drop_second:
        del book["dpdesk"]
    if shape is not None:
        shape(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
