"""Web pages that were saved with their pictures in one file: every word and picture on a page."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from dpdesk.documents.intake import Intake, Intaker
from dpdesk.errors import UnreadableFile
from tests.documents.mail_makers import raw

HEADS = {
    "Chrome": "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\n",
    "Internet Explorer": 'From: "Saved by Robin"\r\n',
    "Word": "",
}


def picture(colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (200, 90), colour).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def saved(head: str, *parts: tuple[str, str, str, str]) -> bytes:
    """A file of parts, each of (kind, coding, place, content)."""
    told = f"{head}Subject: Friday\r\nMIME-Version: 1.0\r\n"
    told += 'Content-Type: multipart/related; boundary="--B"\r\n\r\n'
    for kind, coding, place, content in parts:
        told += f"----B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n"
        told += f"Content-Location: {place}\r\n\r\n{content}\r\n"
    return f"{told}----B--\r\n".encode()


PAGE = (
    "text/html; charset=utf-8", "quoted-printable", "https://x.example/a/",
    ("<html><body><p>Harry Bei=\r\nspiel was=20seen, Zo=C3=AB too</p>"
    "<img src=3D'https://x.example/pic/one.png'><!-- Remark of Dana about it --></body></html>"),
)  # fmt: skip
FRAME = ("text/html", "base64", "frame", base64.b64encode(b"<p>The second frame</p>").decode())
SHOWN = ("image/png", "base64", "https://x.example/pic/one.png", picture("red"))
BESIDE = ("image/png", "base64", "https://x.example/pic/two.png", picture("blue"))


def colours(taken: Intake) -> set[str]:
    from dpdesk.documents import pdf

    document = pdf.open_pdf(taken.pdf)
    try:
        drawn = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    inside = {colour for _, colour in drawn.getcolors(1_000_000)}
    return {name for name, of in {"red": (255, 0, 0), "blue": (0, 0, 255)}.items() if of in inside}


@pytest.mark.parametrize("program", HEADS)
def test_every_word_and_picture_of_a_saved_web_page_is_on_a_page(
    intaker: Intaker, program: str
) -> None:
    taken = intaker.read("a.mht", saved(HEADS[program], PAGE, FRAME, SHOWN, BESIDE))
    text = " ".join(" ".join(page.text().split()) for page in taken.pages)
    for words in ("Harry Beispiel was seen, Zoë too", "The second frame", "Title: Friday",
                  "Remark of Dana about it"):  # fmt: skip
        assert words in text
    assert "=20" not in text
    assert colours(taken) == {"red", "blue"}
    assert not any("plain text" in warning for warning in taken.warnings)


def test_a_saved_web_page_that_is_cut_off_is_read_as_far_as_it_goes(intaker: Intaker) -> None:
    content = saved(HEADS["Chrome"], PAGE, SHOWN)
    taken = intaker.read("a.mhtml", content[: content.index(b"Content-Type: image/png") + 200])
    assert "Harry Beispiel" in taken.pages[0].text()


def test_a_file_without_a_page_says_so(intaker: Intaker) -> None:
    with pytest.raises(UnreadableFile, match="no page"):
        intaker.read("a.mht", saved(HEADS["Chrome"], SHOWN))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<svg><style>.a{x:y}</style><text>Har<tspan>ry</tspan></text></svg> end", "Harry end"),
        ("<svg><text>Harry<tspan x='1' dy='9'>Zoe</tspan></text></svg>", "Harry Zoe"),
        ("<math><mi>Harry</mi><mo>=</mo><mtext>Zoe</mtext></math> end", "Harry = Zoe end"),
        ('<iframe srcdoc="&lt;p&gt;Harry&lt;/p&gt;"></iframe>', "Harry"),
        (
            '<a class=x href="mailto:harry@x.example?subject=y"><b>write</b></a>',
            "write (harry@x.ex",
        ),
        ('<a href="mailto:h@x.example">h@x.example</a> end', "h@x.example end"),
        ('<a href="tel:+441632960123">01632 960 123</a> end', "01632 960 123 end"),
        ('<a href="tel:+441632960123">call</a> end', "call (+441632960123) end"),
        ("<!-- <p>Harry was &eacute;lite</p> -->", "Harry was élite"),
        ("<!--[if mso]><xml><a>junk</a></xml><p>For Outlook</p><![endif]-->", "For Outlook"),
    ],
)
def test_words_in_drawings_frames_links_and_remarks_of_a_page_are_kept(
    intaker: Intaker, source: str, shown: str
) -> None:
    page = f"<html><body><p>Dear all of you</p>{source}</body></html>"
    taken = intaker.read("page.html", page.encode())
    text = " ".join(" ".join(each.text() for each in taken.pages).split())
    assert shown in text
    assert "junk" not in text
    assert "x:y" not in text


@pytest.mark.parametrize(
    "page",
    [
        "<p>Ada</p><!-- a note about Robin Quillon in the office <p>Ben</p>",
        "<style>p { color: red }<p>Ada and Quillon</p>",
        "<head><title/></head><p>Ada and Quillon</p>",
        '<script src="a.js"/><p>Ada and Quillon</p><script>run()</script>',
        "<p>Ada <Daniel Quillon></p>",
        "<p>Ada <quillon@able.example> wrote</p>",
        "<p>Ada</p><map><area alt='Robin Quillon'></map>",
        "<p>Ada</p><!--" + " a note on the class" * 3000 + " and Robin Quillon -->",
    ],
)
def test_what_a_page_does_not_end_swallows_no_words(intaker: Intaker, page: str) -> None:
    for name, content in (
        ("a.html", f"<html><body>{page}".encode()),
        ("a.eml", raw(page.encode(), b"Content-Type: text/html")),
    ):
        taken = intaker.read(name, content)
        text = "\n".join(each.text() for each in taken.pages)
        assert "Ada" in text
        assert "quillon" in text.lower(), name
        assert "Hidden in this file" in text or "Hidden" not in " ".join(taken.warnings)


def test_files_and_plain_texts_beside_a_saved_page_are_not_left_out(intaker: Intaker) -> None:
    plain = ("text/plain", "7bit", "a.txt", "Plain words")
    table = ("text/csv; name=list.csv", "7bit", "list.csv", "Name,Class")
    style = ("text/css", "7bit", "a.css", "p { color: red }")
    taken = intaker.read("a.mht", saved(HEADS["Chrome"], PAGE, plain, table, style))
    assert "Plain words" in taken.pages[0].text()
    assert [inner.name for inner in taken.inside] == ["list.csv"]


def test_plain_words_around_the_code_of_a_saved_page_are_shown(intaker: Intaker) -> None:
    kind, coding, place, content = FRAME
    around = (kind, coding, place, f"Scanned by Gateway\r\n{content}\r\n-- \r\nDana Quill")
    text = intaker.read("a.mht", saved(HEADS["Chrome"], PAGE, around)).pages[0].text()
    for words in ("The second frame", "Scanned by Gateway", "Dana Quill"):
        assert words in text


def test_a_message_that_was_saved_as_a_page_is_a_message(intaker: Intaker) -> None:
    head = "From: Dana Quill <d@x.example>\r\nTo: Ann Able <a@x.example>\r\n"
    file = ("application/pdf; name=a.pdf", "base64", "a.pdf", "JVBERi0=")
    taken = intaker.read("a.mhtml", saved(head, PAGE, SHOWN, file))
    assert taken.kind == "message"
    assert "To: Ann Able" in taken.pages[0].text()
    assert [inner.name for inner in taken.inside] == ["a.pdf"]
    assert colours(taken) == {"red"}


def test_a_saved_page_whose_code_cannot_be_read_says_so(intaker: Intaker) -> None:
    broken = ("text/html", "base64", "a", "@@@ Robin was seen @@@")
    taken = intaker.read("a.mht", saved(HEADS["Chrome"], broken))
    assert "Robin was seen" in taken.pages[0].text()
    assert any("this saved page" in each and "cannot be read" in each for each in taken.warnings)
