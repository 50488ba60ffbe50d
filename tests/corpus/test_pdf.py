"""Opening PDFs: what cannot be read is refused by name, what is hidden is not read, what is damaged is repaired."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import CorpusError, EncryptedPdf, UnreadablePdf
from corpus.model import RawPage
from corpus.pdf import open_pdf, page_image
from corpus.reader import read_bytes

REFUSALS = [
    ("empty-file.pdf", UnreadablePdf, "empty"),
    ("not-a-pdf.pdf", UnreadablePdf, "not a PDF"),
    ("truncated-file.pdf", UnreadablePdf, "truncated"),
    ("encrypted-needs-password.pdf", EncryptedPdf, "password"),
]


@pytest.mark.parametrize(("name", "error", "reason"), REFUSALS)
def test_what_cannot_be_read_is_refused_by_name(shared: Path, name: str, error: type[CorpusError], reason: str) -> None:
    """The message names the file and says why."""
    data = (shared / "court-pdfs" / "layouts" / name).read_bytes()
    with pytest.raises(error, match=reason) as caught, open_pdf(data, name):
        pass
    assert name in str(caught.value)


def drawn(tmp_path: Path, draw: object, size: tuple[float, float] = (612, 792)) -> bytes:
    """The bytes of a one-page PDF that `draw(canvas)` draws."""
    path = tmp_path / "drawn.pdf"
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    canvas.setFont("Helvetica", 12)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return path.read_bytes()


def first_page(data: bytes) -> RawPage:
    """The first page of a PDF."""
    with open_pdf(data, "drawn.pdf") as pdf:
        return next(iter(pdf.pages()))


def words(page: RawPage) -> list[str]:
    """The words of a page, in the file's order."""
    return [word.text for word in page.words]


def test_words_stand_where_they_were_drawn(tmp_path: Path) -> None:
    """Places are points from the top left; a word's edges run from its first letter's left to its last one's right."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "immune from suit")

    page = first_page(drawn(tmp_path, draw))
    assert words(page) == ["immune", "from", "suit"]
    first = page.words[0]
    assert first.x0 == pytest.approx(100, abs=1)
    assert first.baseline == pytest.approx(92, abs=0.1)
    assert first.size == pytest.approx(12, abs=0.01)
    assert len(first.edges) == len("immune") + 1
    assert list(first.edges) == sorted(first.edges)


def test_a_turned_page_reads_as_it_is_shown(tmp_path: Path) -> None:
    """A scan filed sideways carries /Rotate; words and page size are those of the page as displayed."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(612, 0)
        canvas.rotate(90)
        canvas.drawString(50, 500, "landscape exhibit")

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn(tmp_path, draw)))
    writer.pages[0].rotate(90)
    turned = io.BytesIO()
    writer.write(turned)
    page = first_page(turned.getvalue())
    assert (page.width, page.height) == (792, 612)
    assert words(page) == ["landscape", "exhibit"]
    assert page.words[0].x0 == pytest.approx(50, abs=1)
    assert page.words[0].baseline == pytest.approx(112, abs=0.5)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_set_sideways_is_read_and_its_boxes_stay_where_it_shows_them(tmp_path: Path, degrees: int) -> None:
    """A wide exhibit on an upright page: its text is read; boxes are those of the page as displayed."""
    sentence = "the schedule of devices is set sideways upon the page"

    def draw(canvas: Canvas) -> None:
        canvas.translate(306, 396)
        canvas.rotate(degrees)
        for line in range(4):
            canvas.drawString(-200, 100 - 20 * line, sentence)

    data = drawn(tmp_path, draw)
    reading = read_bytes(data, "exhibit.pdf")
    assert reading.text.split() == sentence.split() * 4
    page, line = reading.pages[0], reading.lines[0]
    assert (page.width, page.height) == (612, 792)
    pixels = page_image(data, "exhibit.pdf", 1, 1.0)
    inked = [
        (pixels[int(b.y0 * 792) : int(b.y1 * 792) + 1, int(b.x0 * 612) : int(b.x1 * 612) + 1] < 128).any()
        for b in (each.box for each in reading.lines)
    ]
    assert all(inked)
    wide, high = (line.box.x1 - line.box.x0) * 612, (line.box.y1 - line.box.y0) * 792
    assert (wide > high) == (degrees == 180)


def test_text_set_upwards_in_the_margin_is_not_read(tmp_path: Path) -> None:
    """The firm's name up the side of pleading paper is no text."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "body")
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "FIRM LLP")

    assert words(first_page(drawn(tmp_path, draw))) == ["body"]


HIDDEN = {
    "a black box drawn over it": lambda c: (
        c.drawString(100, 700, "open"), c.drawString(200, 700, "secret"), c.rect(195, 695, 60, 16, stroke=0, fill=1)
    ),
    "black text drawn on a black box": lambda c: (
        c.rect(195, 695, 60, 16, stroke=0, fill=1), c.drawString(200, 700, "secret"), c.drawString(100, 700, "open")
    ),
    "white text on white paper": lambda c: (
        c.drawString(100, 700, "open"), c.setFillColor(white), c.drawString(200, 700, "secret")
    ),
    "a white box drawn over it, with other text on top": lambda c: (
        c.drawString(200, 700, "secret"), c.setFillColor(white), c.rect(195, 695, 60, 16, stroke=0, fill=1),
        c.setFillColor(black), c.drawString(200, 700, "open")
    ),
    "invisible type with no picture under it": lambda c: (
        c.drawString(100, 700, "open"), invisible(c, 200, 700, "secret")
    ),
}  # fmt: skip


def invisible(canvas: Canvas, x: float, y: float, words: str) -> None:
    """Words in text render mode 3, as OCR layers are."""
    text = canvas.beginText(x, y)
    text.setTextRenderMode(3)
    text.textOut(words)
    canvas.drawText(text)


@pytest.mark.parametrize("how", HIDDEN)
def test_text_that_the_page_does_not_show_is_not_read(tmp_path: Path, how: str) -> None:
    """Hidden by {how}: nobody could have read it on paper."""
    assert words(first_page(drawn(tmp_path, HIDDEN[how]))) == ["open"]


SHOWN = {
    "black text on a grey box": lambda c: (
        c.setFillGray(0.85), c.rect(95, 695, 60, 16, stroke=0, fill=1), c.setFillColor(black),
        c.drawString(100, 700, "table")
    ),
    "white text on a black box": lambda c: (
        c.rect(95, 695, 60, 16, stroke=0, fill=1), c.setFillColor(white), c.drawString(100, 700, "table")
    ),
    "text with an empty frame over it": lambda c: (
        c.drawString(100, 700, "table"), c.rect(95, 695, 60, 16, stroke=1, fill=0)
    ),
    "text on a page painted white first": lambda c: (
        c.setFillColor(white), c.rect(0, 0, 612, 792, stroke=0, fill=1), c.setFillColor(black),
        c.drawString(100, 700, "table")
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", SHOWN)
def test_text_that_the_page_shows_is_read(tmp_path: Path, how: str) -> None:
    """A box alone hides nothing: {how}."""
    assert words(first_page(drawn(tmp_path, SHOWN[how]))) == ["table"]


def test_a_damaged_file_is_repaired_and_said_to_be(tmp_path: Path) -> None:
    """A trailer that points at nothing does not cost the filing; a warning tells of the repair."""
    whole = drawn(tmp_path, lambda canvas: canvas.drawString(100, 700, "still here"))
    damaged = re.sub(rb"/Root \d+ 0 R", b"/Root 99 0 R", whole)
    with open_pdf(damaged, "damaged.pdf") as pdf:
        assert [words(page) for page in pdf.pages()] == [["still", "here"]]
        assert pdf.warnings == (
            "damaged.pdf was damaged and has been repaired for reading; compare it with the original.",
        )


def test_a_file_cut_short_that_still_opens_is_said_to_be(tmp_path: Path) -> None:
    """A download that broke off may lose pages: never in silence."""
    whole = drawn(tmp_path, lambda canvas: canvas.drawString(100, 700, "still here"))
    cut = whole[: whole.rindex(b"startxref")]
    with open_pdf(cut, "cut.pdf") as pdf:
        assert pdf.warnings == ("cut.pdf: the end of the file is missing; pages may be lost. Fetch it again.",)


def test_a_file_broken_beyond_repair_is_refused(tmp_path: Path) -> None:
    """No page tree, no pages: the message says to fetch the file again."""
    whole = drawn(tmp_path, lambda canvas: canvas.drawString(100, 700, "gone"))
    broken = re.sub(rb"/Pages (\d+) 0 R", b"/Pages 97 0 R", whole)
    with pytest.raises(UnreadablePdf, match=r"broken\.pdf: broken beyond repair"), open_pdf(broken, "broken.pdf"):
        pass


def test_labels_outline_and_metadata_come_out(tmp_path: Path) -> None:
    """The label tree, the bookmarks with their pages and the document information."""
    path = tmp_path / "brief.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setTitle("Opening Brief")
    canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    canvas.addPageLabel(2, "ARABIC", 1)
    for number in range(4):
        canvas.drawString(100, 700, f"page {number}")
        canvas.bookmarkPage(f"p{number}")
        if number >= 2:
            canvas.addOutlineEntry(f"Part {number - 1}", f"p{number}", level=number - 2)
        canvas.showPage()
    canvas.save()
    with open_pdf(path.read_bytes(), path.name) as pdf:
        assert pdf.labels() == ("i", "ii", "1", "2")
        assert [(item.title, item.level, item.page) for item in pdf.outline()] == [("Part 1", 1, 3), ("Part 2", 2, 4)]
        assert dict(pdf.metadata())["Title"] == "Opening Brief"


def test_a_form_filled_in_on_screen_is_read(tmp_path: Path) -> None:
    """What stands in form fields is shown on the page, so it is read."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Appeal No.")
        canvas.acroForm.textfield(value="17-2218", x=170, y=695, width=80, height=16, borderStyle="solid", fontSize=10)

    assert "17-2218" in words(first_page(drawn(tmp_path, draw)))


def test_an_encrypted_file_without_a_password_opens(tmp_path: Path) -> None:
    """Many filings are locked against editing only: no password is asked for to read them."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "readable")

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn(tmp_path, draw)))
    writer.encrypt(user_password="", owner_password="owner")
    locked = tmp_path / "locked.pdf"
    with locked.open("wb") as out:
        writer.write(out)
    assert words(first_page(locked.read_bytes())) == ["readable"]


def test_a_page_image_has_the_pages_proportions(tmp_path: Path) -> None:
    """Two pixels a point, height first, three colours."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "x")

    pixels = page_image(drawn(tmp_path, draw), "drawn.pdf", 1, 2.0)
    assert pixels.shape == (1584, 1224, 3)


def test_a_page_that_is_not_there_cannot_be_drawn(tmp_path: Path) -> None:
    """Asking for page 2 of one page is a named error, not a library's."""
    with pytest.raises(UnreadablePdf, match="page 2"):
        page_image(drawn(tmp_path, lambda canvas: canvas.drawString(100, 700, "x")), "drawn.pdf", 2, 1.0)
