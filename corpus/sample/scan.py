"""Make a filing look scanned: each page an image, a little skewed and speckled, with no text layer but the stamp."""

from __future__ import annotations

import io
import random

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader

from corpus.sample.compose import Composed
from corpus.sample.draw import draw_filing, open_canvas
from corpus.sample.forms import PAGE_HEIGHT, PAGE_WIDTH
from corpus.sample.source import Docket
from corpus.sample.stamps import draw_stamp

DPI = 200
SKEW_DEGREES = 0.9  # the most a page is turned
SPECKS = 140  # dark specks a page
INK = 150  # grey above this turns white


def draw_scan(composed: Composed, docket: Docket) -> bytes:
    """The filing's PDF as images. The same input gives the same bytes."""
    pages = _page_images(draw_filing(composed, docket, stamps=False))
    out = io.BytesIO()
    canvas = open_canvas(out, composed, docket)
    for number, page in enumerate(pages, start=1):
        canvas.drawImage(ImageReader(_scanned(page, number)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        draw_stamp(canvas, composed.source, docket, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page_images(pdf: bytes) -> list[Image.Image]:
    """Each page in grey at `DPI`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def _scanned(page: Image.Image, seed: int) -> Image.Image:
    """The page as a cheap scanner gives it: turned, softened, speckled, black and white."""
    chance = random.Random(seed)
    turned = page.rotate(chance.uniform(-SKEW_DEGREES, SKEW_DEGREES), resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.7))
    for _ in range(SPECKS):
        x, y = chance.randrange(soft.width - 3), chance.randrange(soft.height - 3)
        soft.paste(0, (x, y, x + chance.choice((1, 1, 2)), y + chance.choice((1, 1, 2))))
    return soft.point(lambda grey: 255 if grey > INK else 0)
