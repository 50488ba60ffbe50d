"""Words read off pictures: placed, straightened, and only where the page is a picture."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.clean import is_scan, lay_out
from corpus.errors import NoText
from corpus.model import RawPage, RawWord
from corpus.ocr import Mark, load_ocr, place
from corpus.reader import read_bytes


class FakeOcr:
    """Finds the lines it is given, one under the other, and remembers the pictures it was shown."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        self.shown: list[tuple[int, ...]] = []

    def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
        self.shown.append(pixels.shape)
        return place([marks(line, 72, 100 + 24 * at) for at, line in enumerate(self.lines)])


def marks(text: str, x: float, y: float, *, slant: float = 0.0, height: float = 14.0) -> list[Mark]:
    """The words of a line, six points a character, its boxes' tops at `y`."""
    found = []
    for word in text.split():
        top = y + slant * x
        found.append(Mark(word, x, top, x + 6 * len(word), top + height))
        x += 6 * (len(word) + 1)
    return found


def scan(tmp_path: Path, *, typed: str = "") -> bytes:
    """A one-page PDF that is a picture, with `typed` as live text at its top."""
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (612, 792), 250)), 0, 0, 612, 792)
    if typed:
        canvas.drawString(100, 775, typed)
    canvas.showPage()
    canvas.save()
    return path.read_bytes()


def test_a_picture_of_a_page_is_read_by_ocr(tmp_path: Path) -> None:
    """The page is drawn at 200 dots an inch, its words become text, and it is marked as scanned."""
    ocr = FakeOcr("the motion is", "hereby granted")
    reading = read_bytes(scan(tmp_path), "scan.pdf", ocr=ocr)
    assert ocr.shown == [(2200, 1700, 3)]
    assert reading.text.split() == ["the", "motion", "is", "hereby", "granted"]
    assert reading.pages[0].scanned
    assert reading.warnings == ()


def test_without_ocr_the_filing_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """A filing of nothing but scans is no filing of nothing."""
    with pytest.raises(NoText, match=r"pip install 'pincite\[ocr\]'"):
        read_bytes(scan(tmp_path), "scan.pdf")


def test_a_scan_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    """Where next to nothing is found upright, the picture is read turned; boxes are those of the page as it lies."""

    class Sideways(FakeOcr):
        def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
            self.shown.append((round(width), round(height)))
            if len(self.shown) == 3:
                return place([marks("the schedule of all the devices", 72, 100)])
            return place([marks("qwx zzk", 72, 100)])

    ocr = Sideways()
    reading = read_bytes(scan(tmp_path), "scan.pdf", ocr=ocr)
    assert ocr.shown == [(612, 792), (792, 612), (792, 612)]
    assert reading.text == "the schedule of all the devices\n"
    assert (reading.pages[0].width, reading.pages[0].height) == (612, 792)
    box = reading.lines[0].box
    assert (box.x1 - box.x0) * 612 < (box.y1 - box.y0) * 792


def test_a_picture_without_text_is_unread_and_named(tmp_path: Path) -> None:
    """A photograph among pages of text."""
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    canvas.drawString(72, 700, "A page of text.")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (612, 792), 90)), 0, 0, 612, 792)
    canvas.showPage()
    canvas.save()
    reading = read_bytes(path.read_bytes(), "two.pdf", ocr=FakeOcr())
    assert [page.use for page in reading.pages] == ["text", "unread"]
    assert reading.warnings == ("two.pdf: page 2 is a picture in which OCR found no text.",)


def test_a_stamp_on_a_scan_is_read_as_type_not_as_picture(tmp_path: Path) -> None:
    """Live text stays as it is; what OCR makes of the same place is dropped."""
    stamp = "Case 4:08-cv-02214-SBA Document 27 Filed 02/03/2009 Page 1 of 2"

    class Both(FakeOcr):
        def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
            return place([marks("Casc 4:08-cv Docum", 100, 7), marks("so ordered by the court", 72, 200)])

    reading = read_bytes(scan(tmp_path, typed=stamp), "scan.pdf", ocr=Both())
    assert reading.text.split() == ["so", "ordered", "by", "the", "court"]
    assert reading.pages[0].stamp is not None
    assert reading.pages[0].stamp.entry == "27"


def test_progress_tells_each_page(tmp_path: Path) -> None:
    """(pages done, pages in all), after each page."""
    told: list[tuple[int, int]] = []
    read_bytes(scan(tmp_path), "scan.pdf", ocr=FakeOcr("text"), progress=lambda done, all_: told.append((done, all_)))
    assert told == [(1, 1)]


# (characters of text, share of the page that is image, whether it is a scan)
SCANS = [
    (0, 1.0, True),  # a picture of a page
    (150, 0.9, True),  # a picture with a stamp's rest
    (500, 1.0, False),  # a picture with a text layer
    (60, 0.0, False),  # the tail of a signature page, typed
    (9, 0.0, False),  # a slip sheet: EXHIBIT A
    (60, 0.1, False),  # a signature and a seal
    (0, 0.0, False),  # a blank page
]


@pytest.mark.parametrize(("characters", "image_share", "expected"), SCANS)
def test_what_is_a_scan(characters: int, image_share: float, expected: bool) -> None:
    """Under 200 characters and mostly image; a short typed page is none."""
    edges = [72 + i for i in range(characters + 1)]
    words = (RawWord("x" * characters, 72, 72 + characters, 100, 12, False, False, edges),) if characters else ()
    page = RawPage(1, 612, 792, words, image_share=image_share)
    assert is_scan(lay_out(page), page) is expected


def test_a_slanted_line_is_one_row() -> None:
    """A page fed aslant sinks by a point in seventy; its words still stand on one baseline."""
    words = place([marks("PURSUANT TO CIVIL LOCAL RULE IT IS HEREBY STIPULATED", 72, 100, slant=0.014)] * 2)
    assert len({round(word.baseline, 1) for word in words[:9]}) == 1


def test_boxes_of_uneven_height_are_one_type_size() -> None:
    """OCR's boxes breathe; the type does not."""
    lines = [marks("a line of type", 72, 100 + 20 * at, height=height) for at, height in enumerate((13, 14, 15, 14))]
    assert len({word.size for word in place(lines)}) == 1


def test_text_set_upwards_is_dropped() -> None:
    """The firm's name in the margin of scanned pleading paper."""
    upright = [Mark("CARLSON CALLADINE", 31, 310, 42, 456)]
    assert [word.text for word in place([upright, marks("body text here", 100, 100)])] == ["body", "text", "here"]


def test_the_lettering_of_a_map_is_no_text() -> None:
    """Many words, hardly two in a row."""
    names = ["River", "Lake", "TEXAS", "OKLAHOMA", "Blue Creek", "Durant", "Bonham", "Liberty", "Reach", "II", "Dallas"]
    assert place([marks(name, 30 * at, 40 * at) for at, name in enumerate(names)]) == ()


SPECKS = [
    ("INŠURANCE", "INSURANCE"),  # a speck over a letter of an English word
    ("Plaintiff,", "Plaintiff,"),
    ("Doğan", "Doğan"),  # a name keeps its letters
    ("PROPÓSÉD", "PROPOSED"),  # struck through
]


@pytest.mark.parametrize(("read", "expected"), SPECKS)
def test_specks_are_not_accents(read: str, expected: str) -> None:
    """A letter with a mark over it is taken as bare where the bare word is English."""
    assert [word.text for word in place([marks(read, 72, 100)])] == [expected]


def test_the_installed_ocr_reads_a_scan(shared: Path) -> None:
    """The real one, on the smallest real scan."""
    pytest.importorskip("rapidocr", reason="the optional OCR is not installed")
    path = shared / "court-pdfs" / "layouts" / "scanned-opinion-one-page.pdf"
    reading = read_bytes(path.read_bytes(), path.name, ocr=load_ocr())
    assert reading.text == "This matter is before the Foreign Intelligence\n"
    assert reading.pages[0].scanned


def test_scanned_pleading_paper_keeps_its_line_numbers() -> None:
    """Numbers that OCR reads at the left become line numbers, even aslant and with one missed."""
    numbers = [[Mark(str(n), 80 - n / 4, 60 + 24 * n, 90 - n / 4, 74 + 24 * n)] for n in range(1, 29) if n != 7]
    body = [marks(f"clause-{n} of the stipulation reads so", 110, 60 + 24 * n) for n in range(1, 29)]
    page = RawPage(1, 612, 792, place([*numbers, *body]))
    found = {line.text.split()[0]: line.number for line in lay_out(page).lines}
    assert found == {f"clause-{n}": n for n in range(1, 29)}
