"""A text is read whatever wrote it, and one foreign byte spoils nothing."""

from __future__ import annotations

import base64
import quopri
import random

import pytest

from dpdesk.documents.decoding import UNREADABLE, decode
from dpdesk.documents.intake import Intaker


def text_of(content: bytes) -> str:
    decoded = decode(content)
    assert decoded is not None
    return decoded.text


def warnings_of(content: bytes) -> str:
    decoded = decode(content)
    assert decoded is not None
    return " ".join(decoded.warnings)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_is_decoded_whatever_wrote_it(encoding: str) -> None:
    words = "Café “Zoë” – £5 for each pupil.\r\nThank you.\r\n"
    assert text_of(words.encode(encoding)) == words
    assert warnings_of(words.encode(encoding)) == ""


def test_names_in_every_alphabet_survive_decoding() -> None:
    words = "Wójcik Nguyễn Çelik Şahin O’Brien Ελένη Олена"
    assert text_of(words.encode()) == words
    assert text_of(words.encode("utf-16")) == words


@pytest.mark.parametrize(
    "foreign", [b"caf\xe9 menu", b"\x93quoted\x94", b"\xa35", b"\xff", b"\xe9t\xe9"]
)
def test_a_foreign_piece_spoils_no_name_in_the_rest(foreign: bytes) -> None:
    content = "Zoë Núñez went home.\n".encode() + foreign + "\nZoë Núñez came back.".encode()
    assert text_of(content) == (
        f"Zoë Núñez went home.\n{foreign.decode('cp1252')}\nZoë Núñez came back."
    )
    assert "saved in different ways" in warnings_of(content)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Zoë Müller and André Núñez were seen. £5", "cp850"),
        ("Zoë O’Brien, “late”, and Siân", "mac_roman"),
        ("Łukasz Żółć, Paweł Wójcik", "cp1250"),
        ("ü" * 20 + " Müller, Grüße", "cp850"),
        ("Paweł Dąbrowski, Graż, Wiśniewska", "iso8859-2"),
        ("Małgorzata Wiśniewska, Dąbrowski", "cp852"),
        ("Jiří Dvořák, Šárka Černá, Tomáš Růžička", "cp1250"),
        ("Zsófia Szőke, Gergő Tűz", "cp852"),
        ("Łukasz Żółć", "cp1250"),
        ("Jiří Dvořák", "cp1250"),
        ("Jānis Bērziņš", "cp1257"),
        ("Žydrūnas Šimkus", "cp1257"),
        ("Işık Yıldız, Ayşe Çağlar", "cp1254"),
        ("Иван Петров пишет, Дмитрий Шевченко", "cp1251"),
        ("Иван Петров пишет, Дмитрий Шевченко", "koi8-r"),
        ("Иван Петров пишет, Дмитрий Шевченко", "cp866"),
        ("Γιώργος Παπαδόπουλος", "cp1253"),
        ("דוד לוי", "cp1255"),
        ("محمد خان", "cp1256"),
    ],
)
def test_an_old_text_is_read_in_the_alphabet_that_fits_it_and_told(words, encoding) -> None:
    assert text_of(words.encode(encoding)) == words
    assert "check that names are spelt correctly" in warnings_of(words.encode(encoding))


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("学生的会议记录，老师说他很好。家长要求查看所有文件。", "gb18030"),
        ("學生的會議記錄，老師說他很好。", "big5"),
        ("生徒の記録です。先生が書きました。", "shift_jis"),
        ("학생 기록입니다. 선생님이 썼습니다.", "euc_kr"),
    ],
)
def test_letters_that_cannot_be_told_are_never_taken_for_accents_in_silence(words, encoding):
    assert "in the letters of another language" in warnings_of(words.encode(encoding))


def test_names_with_accents_here_and_there_are_told_nothing() -> None:
    words = "Zoë Núñez, Søren Ørsted, Siân Prŷs, Anaïs, Élodie, Jürgen Groß, Seán Ó Briain"
    words = words.replace("ŷ", "y")
    assert text_of(words.encode("cp1252")) == words
    assert warnings_of(words.encode("cp1252")) == ""


def test_a_single_accent_of_each_kind_spoils_neither() -> None:
    assert text_of("Zoë and ".encode() + b"Ren\xe9e") == "Zoë and Renée"


def test_letters_that_were_saved_wrongly_before_are_told() -> None:
    broken = "Zoë Núñez".encode().decode("cp1252")
    assert "where an accent was meant" in warnings_of(broken.encode())


def test_a_letter_cut_off_at_the_end_is_told_and_spoils_nothing() -> None:
    content = "Zoë Núñez and José".encode()[:-1]
    assert text_of(content) == f"Zoë Núñez and Jos{UNREADABLE}"
    assert warnings_of(content).startswith("1 letter of this text cannot be read")
    assert "different ways" not in warnings_of(content)


@pytest.mark.parametrize("words", ["Seán told José", "signed by René", "Siân, Søren and Zoé"])
def test_an_old_text_that_ends_in_an_accent_is_not_taken_for_cut_off(words) -> None:
    assert text_of(words.encode("cp1252")) == words
    assert warnings_of(words.encode("cp1252")) == ""


@pytest.mark.parametrize("cut", [b"he didn\xe2", b"he didn\xe2\x80", b"Jos\xc3"])
def test_a_text_cut_off_in_its_first_sign_is_told(cut) -> None:
    assert text_of(cut).endswith(UNREADABLE)
    assert "cut off" in warnings_of(cut)


def test_half_a_sign_at_the_end_of_wide_text_is_told() -> None:
    assert text_of("Zoë Núñez".encode("utf-16")[:-1]) == f"Zoë Núñe{UNREADABLE}"


def test_what_is_no_text_is_none() -> None:
    assert decode(bytes(range(256)) * 20) is None
    assert decode(b"\0" * 5000) is None
    assert decode(random.Random(4).randbytes(4000)) is None


def coded(words: str) -> bytes:
    return b"From: a school\n\n" + base64.encodebytes(words.encode())


@pytest.mark.parametrize(
    "content",
    [
        coded("Zoë Núñez was seen at the gate of the school by two of her teachers at noon."),
        coded("Zoë Núñez was seen. " * 40).replace(b"\n", b"\r\n"),
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nWm/DqyB3YXM=\n",
        quopri.encodestring("Zoë was seen at the gate, as was said".encode()),
        quopri.encodestring(b"The fee is = to \xa3 5, so she said to all of them at noon. " * 8),
    ],
    ids=["base64", "with returns", "by its head", "an accent", "broken lines"],
)
def test_parts_in_the_code_of_e_mails_cannot_be_searched_and_that_is_told(content: bytes) -> None:
    assert "in a code for sending e-mail" in warnings_of(content)


@pytest.mark.parametrize(
    "words",
    [
        "a = 5\nb = 6\nc = 7\n" * 20,
        "=" * 70 + "\n" + "-" * 70,
        "x" * 90 + "\n" + "LLANFAIRPWLL" * 8,
        "https://example.org/?year=2026&form=9B&page=12\n" * 9,
        "6f1ed002ab5595859014ebf0951522d9" * 2,
    ],
)
def test_rules_addresses_and_sums_are_no_code(words: str) -> None:
    assert warnings_of(words.encode()) == ""


@pytest.mark.parametrize("name", ["chat.json", "list.csv"])
@pytest.mark.parametrize("words", [r"Zo\u00eb", r"\u0141ukasz", "O&#39;Brien", "Zo&euml;"])
def test_names_that_a_program_wrote_in_code_are_told(
    intaker: Intaker, name: str, words: str
) -> None:
    told = " ".join(intaker.read(name, f'{{"from", "{words} Example"}}'.encode()).warnings)
    assert "in a code of programs" in told
    plain = intaker.read(name, b'{"from", "C:\\user &amp; R&D, a\\u2026"}')
    assert "in a code" not in " ".join(plain.warnings)
