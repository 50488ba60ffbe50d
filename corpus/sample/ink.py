"""Put one line's runs on a canvas."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from corpus.sample.typeset import Line, Run


def draw_runs(canvas: Canvas, line: Line, left: float, y: float) -> None:
    """One line's runs in one text object, so that a reader of the PDF meets them in order."""
    text = canvas.beginText()
    for at, run in enumerate(line.runs):
        text.setTextOrigin(left + run.x, y)
        text.setFont(run.font, run.size)
        text.setRise(run.rise)
        text.setWordSpace(run.space)
        text.textOut(run.text + _gap(line.runs, at))
    text.setWordSpace(0)  # both outlive the text object and would move what is drawn after it
    text.setRise(0)
    canvas.drawText(text)
    canvas.setLineWidth(0.5)
    for run in line.runs:
        if run.underline:
            canvas.line(left + run.x, y - 1.8, left + run.x + run.width, y - 1.8)


def _gap(runs: Sequence[Run], at: int) -> str:
    """A space after a run that the next one leaves room behind, so that words do not join when read."""
    if at + 1 == len(runs) or runs[at].rise:
        return ""
    behind = runs[at + 1].x - runs[at].x - runs[at].width
    return " " if behind > 1 else ""
