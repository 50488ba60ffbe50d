"""Workers that open PDFs for the server: what a hostile file does to them stays theirs."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_tasks import crash, fill, hang, work
from PIL import Image

from api.drawers import Drawers, count_pages, draw_page
from api.images import PageImages
from corpus.errors import CorpusError, ReadingLimit, UnreadablePdf

REPLY = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "pdfs" / "gov.uscourts.cand.990417.36.0.pdf"


@pytest.fixture
def drawers() -> Iterator[Drawers]:
    """One worker, which may take a second."""
    made = Drawers(1024, within_s=1.0, most=1)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("task", "error", "says"),
    [(hang, ReadingLimit, "more than 1 s"), (crash, UnreadablePdf, "crashed"), (fill, ReadingLimit, "1024 MB")],
)
def test_a_hostile_file_ends_a_worker_and_not_the_server(
    drawers: Drawers, task: Callable[[Path], None], error: type[CorpusError], says: str
) -> None:
    """A file that hangs, crashes or fills its reader is named with what it did, and the next file is read."""
    before = drawers.run(work, REPLY)
    with pytest.raises(error, match=f"{REPLY.name}: .*{says}"):
        drawers.run(task, REPLY)
    after = drawers.run(work, REPLY)
    assert len({before, after, os.getpid()}) == 3


def test_a_worker_is_used_again(drawers: Drawers) -> None:
    """One worker, started beforehand, draws one page after another and outlives a file that is no PDF."""
    drawers.start()
    before = drawers.run(work, REPLY)
    page = Image.open(io.BytesIO(drawers.run(draw_page, REPLY, 4, 1.0)))
    assert page.size == (612, 792)
    with pytest.raises(UnreadablePdf, match="not a PDF"):
        drawers.run(count_pages, Path(__file__))
    assert drawers.run(work, REPLY) == before


def test_an_image_is_drawn_once_and_the_oldest_goes(drawers: Drawers) -> None:
    """What was drawn is kept while there is room; beyond, the image not looked at for longest is drawn anew."""
    first, second = (drawers.run(draw_page, REPLY, number, 1.0) for number in (1, 2))
    images = PageImages(drawers, room=len(first) + len(second))
    kept = [images.png("id", REPLY, number, 1.0) for number in (1, 2, 1)]
    assert kept[0] is kept[2]
    images.png("id", REPLY, 3, 1.0)
    assert images.png("id", REPLY, 2, 1.0) is not kept[1]
    assert images.png("id", REPLY, 2, 1.0) == kept[1]
