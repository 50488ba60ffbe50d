"""How each kind of filing is set: the page's text block and the style of every kind of block on it.

Form names are those of FORMAT.md. Lengths are points on US letter paper (612 × 792), y upwards from the foot.

pleading    28 ruled lines; line i stands beside its number       plain     double-spaced, page number at the foot
brief       14-point type, double-spaced (Fed. R. App. P. 32)     scan      as plain, then made an image
slip        a narrow column with running heads                    transcript 25 numbered lines of Courier
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.sample.typeset import Style

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0


@dataclass(frozen=True)
class Form:
    """A page's text block (`left`, `top`, `width`, `height`), its styles by block kind, and its line numbers."""

    name: str
    left: float
    top: float
    width: float
    height: float
    styles: dict[str, Style]
    note: Style
    rows: int = 0  # printed line numbers a page
    grid: float = 0
    widows: bool = True


def form_named(name: str) -> Form:
    """The form of that name."""
    return {
        "pleading": _pleading,
        "brief": _brief,
        "slip": _slip,
        "transcript": _transcript,
        "plain": _plain,
        "scan": _scan,
    }[name]()


def _pleading() -> Form:
    body = Style(size=12, leading=24, first=36)
    single = replace(body, leading=12, first=0, offset=0.9)
    head = replace(single, bold=True, align="left", hang=36)
    return Form(
        "pleading", left=117, top=732, width=438, height=672, rows=28, grid=24, widows=False,
        note=Style(size=11, leading=12, first=0, align="justify"),
        styles={
            "body": body,
            "numbered": replace(body, first=72),
            "quote": replace(single, left=54, right=54),
            "centered": replace(body, first=0, align="center"),
            "flush": replace(body, first=0, align="left"),
            "right": replace(single, left=219, align="left"),
            "heading1": replace(head, align="center", hang=0, leading=24, offset=0),
            "heading2": head,
            "heading3": replace(head, left=36),
            "heading4": replace(head, left=72, bold=False, underline=True),
        },
    )  # fmt: skip


def _brief() -> Form:
    body = Style(size=14, leading=28, first=36)
    single = replace(body, leading=16, first=0, after=12)
    head = replace(single, bold=True, align="left", hang=36, before=14, after=8)
    return Form(
        "brief", left=72, top=716, width=468, height=644,
        note=Style(size=14, leading=16, first=0),
        styles={
            "body": body,
            "numbered": body,
            "quote": replace(single, left=36, right=36, before=6),
            "centered": replace(body, first=0, align="center"),
            "flush": replace(body, first=0, align="left"),
            "right": replace(single, left=234, align="left", before=14),
            "heading1": replace(head, align="center", hang=0, after=12),
            "heading2": head,
            "heading3": replace(head, left=36),
            "heading4": replace(head, left=72, italic=True),
        },
    )  # fmt: skip


def _slip() -> Form:
    body = Style(size=13, leading=15.5, first=24, before=7.5, hyphenate=True)
    head = replace(body, first=0, align="center", before=12, after=4, hyphenate=False)
    return Form(
        "slip", left=126, top=668, width=360, height=558,
        note=Style(size=11.5, leading=13.4, first=0, hyphenate=True),
        styles={
            "body": body,
            "numbered": body,
            "quote": replace(body, first=0, left=36, right=36),
            "centered": replace(head, before=7.5),
            "flush": replace(body, first=0, align="left", hyphenate=False),
            "right": replace(body, first=0, left=180, align="left", before=14),
            "heading1": replace(head, bold=True),
            "heading2": replace(head, bold=True),
            "heading3": head,
            "heading4": replace(head, italic=True),
        },
    )  # fmt: skip


def _transcript() -> Form:
    body = Style(size=12, leading=25, family="Courier", align="left", first=72)
    return Form(
        "transcript", left=126, top=716, width=424, height=625, rows=25, grid=25, widows=False,
        note=replace(body, leading=12.5),
        styles={
            "body": body,
            "numbered": body,
            "turn": body,
            "question": body,
            "quote": replace(body, first=0, left=36),
            "centered": replace(body, first=0, align="center"),
            "flush": replace(body, first=0),
            "right": replace(body, first=0, left=180),
            "heading1": replace(body, first=0, align="center"),
            "heading2": replace(body, first=0, align="center"),
            "heading3": replace(body, first=0, align="center"),
            "heading4": replace(body, first=0, align="center"),
        },
    )  # fmt: skip


def _plain() -> Form:
    body = Style(size=12, leading=24, first=36)
    single = replace(body, leading=14, first=0, after=10)
    head = replace(single, bold=True, align="left", hang=36, before=8, after=4)
    return Form(
        "plain", left=72, top=722, width=468, height=648,
        note=Style(size=10, leading=12),
        styles={
            "body": body,
            "numbered": replace(body, first=72),
            "quote": replace(single, left=48, right=48, before=4),
            "centered": replace(body, first=0, align="center"),
            "flush": replace(body, first=0, align="left"),
            "right": replace(single, left=234, align="left", before=14),
            "heading1": replace(head, align="center", hang=0, after=8),
            "heading2": head,
            "heading3": replace(head, left=36),
            "heading4": replace(head, left=72, bold=False, underline=True),
        },
    )  # fmt: skip


def _scan() -> Form:
    plain = _plain()
    styles = {
        kind: replace(s, size=12.5, leading=s.leading if s.leading < 20 else 21) for kind, s in plain.styles.items()
    }
    return replace(plain, name="scan", left=82, width=448, height=630, styles=styles)
