"""How the space of a PDF page maps to the page as displayed, and to one turned so that its text stands upright."""

from __future__ import annotations

from typing import Any, NamedTuple

from corpus.model import Box, Rule

STRAIGHT = 0.2  # of its run: text that rises by less is straight


class Frame(NamedTuple):
    """The box of page space that is shown, and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def turned(self, quarters: int) -> Frame:
        """The frame turned further, clockwise."""
        return self._replace(turns=(self.turns + quarters) % 4)

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Points (or arrays) of page space as points from the top left."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def area(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """A rectangle of page space."""
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def turn_of(self, dx: float, dy: float) -> int:
        """Quarter turns clockwise that would set text upright which runs along (dx, dy); -1 for slanted text."""
        (ax, ay), (bx, by) = self.place(0.0, 0.0), self.place(dx, dy)
        across, down = bx - ax, by - ay
        if abs(down) <= STRAIGHT * abs(across):
            return 0 if across > 0 else 2
        if abs(across) <= STRAIGHT * abs(down):
            return 1 if down < 0 else 3
        return -1


def turned_back(box: Box, quarters: int) -> Box:
    """A box on a page that was turned clockwise by so many quarters, on the page as displayed."""
    match quarters:
        case 1:
            return Box(box.page, box.y0, 1 - box.x1, box.y1, 1 - box.x0)
        case 2:
            return Box(box.page, 1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0)
        case 3:
            return Box(box.page, 1 - box.y1, box.x0, 1 - box.y0, box.x1)
        case _:
            return box
