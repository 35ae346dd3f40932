"""Letters to many: recipients are read as people write them, written to, and forgotten."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dpdesk.breaches.recipients import MOST, Recipient, in_sheet, read, typed
from dpdesk.errors import NotFound, UnreadableFile
from dpdesk.registers import spreadsheet
from tests.breaches.conftest import WHOLE
from tests.papers.reading import outline_of, page_texts, text_of

PAT = Recipient("Pat Example", ("1 Invented Road", "Little Wenham"), "Mrs Example")
LONG = Recipient("Lo Ng", tuple(f"line {number}" for number in range(1, 9)))
KIT = Recipient("Kit Invented")


@pytest.mark.parametrize(
    "words",
    [
        "Pat Example; 1 Invented Road; Little Wenham; Dear Mrs Example\nKit Invented",
        "Pat Example;1 Invented Road;Little Wenham;Dear Mrs Example,\r\n\r\nKit Invented;",
        "Pat Example\n1 Invented Road\nLittle Wenham\nDear Mrs Example,\n\n\nKit Invented\n",
        "Pat Example\t1 Invented Road\tLittle Wenham\tDear Mrs Example\nKit Invented\t\t\t",
        "Name\tLine1\tDear\nPat Example\t1 Invented Road, Little Wenham\tMrs Example\nKit Invented",
    ],
    ids=["semicolons", "semicolons and blank", "blocks", "pasted", "pasted with headings"],
)
def test_recipients_are_read_as_people_write_them(words):
    found = typed(words)
    assert found.people == (PAT, KIT)
    assert any("without an address" in note for note in found.notes)


OSEI = Recipient("Mrs B. Osei", ("The Old Forge", "Church Road"))


@pytest.mark.parametrize(
    "words",
    [
        "Mrs B. Osei, The Old Forge, Church Road\nKit Invented",
        "Mrs B. Osei; The Old Forge; Church Road\nKit\tInvented;\nPat Example; 1 Invented Road",
        "Mrs B. Osei, The Old Forge, Church Road\n\nKit Invented",
        "Mrs B. Osei; The Old Forge; Church Road\nKit Invented\nPat Example, 1 Invented Road",
        "Mrs B. Osei, The Old Forge,\tChurch Road\nKit Invented\nPat Example, Mill Lane",
    ],
)
def test_commas_and_a_stray_tab_part_only_their_own_line(words):
    found = typed(words).people
    assert found[0] == OSEI
    assert found[1].name == "Kit Invented"
    assert all(len(each.name) <= len("Kit Invented") and each.address for each in found[2:])


def test_the_lines_without_an_address_are_named():
    found = typed("Pat Example; 1 Road\nKit Invented\n\nDi Vantage\n")
    assert "2 recipients without an address (lines 2 and 4)." in found.notes
    content = a_sheet(("Name", "Street"), ("Pat", "1 Road"), ("Kit", None))
    assert "(row 3)" in "".join(in_sheet(read("x.xlsx", content)).notes)


def test_a_surname_written_first_is_no_address():
    assert [each.name for each in typed("Example, Pat\nInvented, Kit").people] == [
        "Example, Pat", "Invented, Kit",
    ]  # fmt: skip


def test_lines_of_names_and_a_single_address_are_told_apart():
    assert [each.name for each in typed("Pat Example\nKit Invented").people] == [
        "Pat Example", "Kit Invented",
    ]  # fmt: skip
    (one,) = typed("Pat Example\n1 Invented Road\nLittle Wenham").people
    assert one.address == ("1 Invented Road", "Little Wenham")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "no recipients"),
        ("  \n\n ", "no recipients"),
        ("Pat Example; Road\n; 1 Invented Road", "no name in line 2"),
        ("Pat Example\n1 Invented Road\n\n2 Invented Road\nKit Invented", "no name in line 4"),
        ("Dear Mrs Example\n1 Invented Road", "no name in line 1"),
        ("Pat Example\t1 Invented Road\n\t2 Invented Road", "no name in row 2"),
        ("x\n" * (MOST + 1), "at most"),
    ],
)
def test_typed_lines_that_cannot_be_recipients_are_refused_with_a_sentence(words, said):
    with pytest.raises(UnreadableFile, match=said):
        typed(words)


def a_sheet(headings, *rows):
    return spreadsheet.table("Families", headings, rows)


def test_a_spreadsheet_is_read_by_its_headings():
    content = a_sheet(
        ("Full name", "Address 1", "Town", "Postcode", "Greeting", "Form"),
        ("Pat Example", "1 Invented Road", "Little Wenham", None, "Dear Mrs Example", "4B"),
        ("Kit Invented", None, None, None, None, "5A"),
    )
    found = in_sheet(read("families.xlsx", content))
    assert found.people == (PAT, KIT)
    assert "These columns are left out: Form." in found.notes


def test_a_name_may_stand_in_several_columns():
    content = b'Title,First name,Surname,Address\r\nMrs,Pat,Example,"1 Road, Little Wenham"\r\n'
    (one,) = in_sheet(read("families.csv", content)).people
    assert one == Recipient("Mrs Pat Example", ("1 Road", "Little Wenham"))


@pytest.mark.parametrize(
    ("headings", "rows", "said"),
    [
        (("Form", "Street"), [("4B", "x")], "No column"),
        (("Name", "Street"), [("Pat", "x"), (None, "y"), ("", "z")], "no name in rows 3 and 4"),
    ],
)
def test_wrong_columns_and_empty_names_are_refused_with_a_sentence(headings, rows, said):
    with pytest.raises(UnreadableFile, match=said):
        in_sheet(read("families.xlsx", a_sheet(headings, *rows)))


def test_the_same_family_twice_is_told():
    found = typed("Pat Example; 1 Road\npat example; 1 road\nKit; 2 Road")
    assert any("more than once" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "dear"),
    [("Mrs Helen Thornbury", "Mrs Thornbury"), ("Dr. A. N. Okafor", "Dr. Okafor"),
     ("Ms Anna van der Berg", "Ms van der Berg"), ("Mr Jo Smith-Jones", "Mr Smith-Jones"),
     ("Mrs Thornbury", "Mrs Thornbury"), ("Helen Thornbury", "Helen Thornbury"),
     ("Mr and Mrs Okafor", "Mr and Mrs Okafor"), ("Mr A & Mrs B Lee", "Mr A & Mrs B Lee"),
     ("Miss Priya Nair (aunt)", "Miss Nair"), ("Mister", "Mister"), ("Dev Mrs", "Dev Mrs"),
     ("Mr Adam Smith-Jones MBE", "Mr Smith-Jones"),
     ("Mr. J. R. Hartley Jnr", "Mr. Hartley"),
     ("Dr Pat Example, PhD, FRCS", "Dr Example"),
     ("Thornbury, Helen (Mrs)", "Mrs Thornbury"),
     ("Thornbury, Mrs Helen", "Mrs Thornbury"),
     ("Osei, Kit", "Kit Osei"),
     ("Helen Thornbury, MBE", "Helen Thornbury"),
     ("Ann Lee, Bo Ray, Cy Fox", "Ann Lee, Bo Ray, Cy Fox")],
)  # fmt: skip
def test_people_are_addressed_by_title_and_surname(name, dear):
    assert Recipient(name).dear == dear
    assert Recipient(name, (), "Auntie Jo").dear == "Auntie Jo"


@pytest.mark.parametrize(
    "headings",
    [("Parent name", "Address", "Child"), ("Parent/Carer", "Home address", "Pupil name"),
     ("Name of parent", "Address 1", "Child's name"), ("GUARDIAN NAME", "Street", "Student")],
)  # fmt: skip
def test_a_sheet_with_the_headings_of_a_school_is_read_with_the_children(headings):
    row = ("Mrs Helen Thornbury", "1 Invented Road", "Leo Thornbury")
    (found,) = in_sheet(read("families.xlsx", a_sheet(headings, row))).people
    assert found == Recipient("Mrs Helen Thornbury", ("1 Invented Road",), "", "Leo Thornbury")


def table(text):
    return in_sheet(read("x.csv", text.encode()))


def test_beside_a_column_for_the_parent_the_name_is_the_childs():
    found = table("Name,Class,Parent,Address\nKit Lee,4,Mrs Ann Lee,1 Road\n")
    assert found.people == (Recipient("Mrs Ann Lee", ("1 Road",), "", "Kit Lee"),)


def test_commas_in_an_address_cut_nothing_off():
    found = table("Name,Address\nAnn Lee,1 Road, Town, WE1\nBo Ray,2 Road\n")
    assert [each.address for each in found.people] == [("1 Road", "Town", "WE1"), ("2 Road",)]
    assert found.notes == (
        "Cells after the address were read as part of it (row 2): please check.",
    )


def test_a_line_of_an_address_never_decides_how_cells_are_parted():
    head = "Pupil Name,Contact 1 Title,Contact 1 Forename,Contact 1 Surname,Contact 1 Address\n"
    found = table(head + 'Kit Lee,Mrs,Ann,Lee,"1 Road\nTown"\n')
    assert found.people == (Recipient("Mrs Ann Lee", ("1 Road", "Town"), "", "Kit Lee"),)


def test_a_child_is_named_in_a_typed_line_too():
    (found,) = typed("Mrs Helen Thornbury; 1 Invented Road; Child: Leo Thornbury").people
    assert (found.child, found.address) == ("Leo Thornbury", ("1 Invented Road",))


def test_each_letter_names_its_own_child_and_nobody_elses(desk, incident):
    people = (Recipient("Mrs Helen Thornbury", (), "", "Leo"), Recipient("Mr Dev Nair"))
    first, second = desk.breaches.reporting.letters(incident(**WHOLE), "parent", people).texts
    assert first.startswith("Dear Mrs Thornbury,")
    assert "information about Leo that" in " ".join(first.split())
    assert "Leo" not in second
    assert "information about your child that" in " ".join(second.split())


def test_each_recipient_gets_a_letter_with_its_own_pages(desk, incident):
    entry = incident(**WHOLE)
    made = desk.breaches.reporting.letters(entry, "parent", (PAT, KIT))
    words = text_of(made.content)
    assert "Dear Mrs Example" in words
    assert "Dear Kit Invented" in words
    assert made.pages == len(page_texts(made.content))
    first = [text for text in page_texts(made.content) if "Page 1 of" in text]
    assert ["Pat Example" in text for text in first] == [True, False]
    assert [title for _, title, _ in outline_of(made.content) if title in {PAT.name, KIT.name}] == [
        PAT.name, KIT.name,
    ]  # fmt: skip


def test_the_data_for_mail_merge_has_a_row_and_the_whole_text_for_each(desk, incident):
    content = desk.breaches.reporting.mail_merge(incident(**WHOLE), "adult", (PAT, KIT))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    pat, kit = ([str(cell or "") for cell in row] for row in rows)
    assert head == (
        "Recipient", *(f"Address line {n}" for n in range(1, 7)), "Salutation", "Child", "Subject",
        "Letter",
    )  # fmt: skip
    assert pat[:3] == ["Pat Example", "1 Invented Road", "Little Wenham"]
    assert pat[7:10] == ["Mrs Example", "", "A data breach involving your information"]
    assert pat[10].startswith("Dear Mrs Example,")
    assert "Dana Pryce" in kit[10]
    assert not kit[1]


def test_the_text_for_a_word_processor_names_the_columns_of_that_data(desk, incident):
    text = desk.breaches.reporting.merge_text(incident(**WHOLE), "adult")
    assert text.startswith("«Recipient»\n«Address line 1»")
    assert "Dear «Salutation»," in text
    content = desk.breaches.reporting.mail_merge(incident(**WHOLE), "adult", (LONG,))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    head, row = sheet.iter_rows(values_only=True)
    assert all(f"«{name}»" in text for name in head if str(name).startswith("Address"))
    assert row[6] == "line 6, line 7, line 8", "no line of a long address is lost"
    assert "[to be filled in" not in text


def test_there_are_no_other_letters_and_none_to_nobody(desk, incident):
    entry = incident(**WHOLE)
    with pytest.raises(NotFound):
        desk.breaches.reporting.letters(entry, "council", (PAT,))
    with pytest.raises(ValueError, match="nothing to print"):
        desk.breaches.reporting.letters(entry, "adult", ())


def test_recipients_leave_no_trace_in_the_workspace(desk, incident):
    entry = incident(**WHOLE)
    before = desk.breaches.breaches.history(entry.id)
    desk.breaches.reporting.letters(entry, "adult", (Recipient("Quill Zyxwv"),))
    desk.breaches.reporting.mail_merge(entry, "adult", (Recipient("Quill Zyxwv"),))
    assert desk.breaches.breaches.history(entry.id) == before
    assert desk.search.find("Zyxwv") == ()
    assert desk.breaches.breaches.told.parts(entry.id) == ()
