"""Progress and figures as JSON lines on standard output."""

from __future__ import annotations

import json
import sys


def report(row: dict[str, object]) -> None:
    """Write one line and flush it, so that a log can be followed."""
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()
