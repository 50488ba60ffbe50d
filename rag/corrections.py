"""A person's corrections to what a filing says of itself, kept apart from what was read.

read_sidecar(pdf) -> corrections     NAME.pdf.json beside the PDF, {} where there is none
checked(changes) -> corrections      names and values a filing can have, or BadCorrection
corrected(facts, corrections)        the facts with the corrections laid over them
corrected_speaker(speaker, …)        whoever spoke as the filer speaks as the corrected filer
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from corpus.errors import BadCorrection
from corpus.model import Facts, Speaker

Corrections = Mapping[str, str | None]


def read_sidecar(pdf: Path) -> dict[str, str | None]:
    """The corrections in the JSON file beside `pdf` (brief.pdf → brief.pdf.json). Raises BadCorrection."""
    path = pdf.with_name(pdf.name + ".json")
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise BadCorrection(f"{path.name} is not JSON that can be read ({error}); mend or remove it") from error
    if not isinstance(found, dict):
        raise BadCorrection(f'{path.name} must hold one JSON object, such as {{"side": "appellant"}}')
    try:
        return checked(found)
    except BadCorrection as error:
        raise BadCorrection(f"{path.name}: {error}") from error


def checked(changes: Mapping[str, object]) -> dict[str, str | None]:
    """`changes` as a filing can have them: empty values as None, numbers as text. Raises BadCorrection."""
    from corpus.filing import apply_correction  # knows courts and dates, which takes a while to load

    facts = {name: value for name, value in changes.items() if name != "matter"}
    good: dict[str, str | None] = {name: getattr(apply_correction(Facts(), facts), name) for name in facts}
    if "matter" in changes:
        matter = changes["matter"]
        if not isinstance(matter, (str, type(None))):
            raise BadCorrection(f"matter must be text, not {json.dumps(matter)}")
        good["matter"] = (matter or "").strip() or None
    return good


def corrected(facts: Facts, corrections: Corrections) -> Facts:
    """`facts` with `corrections` laid over them; "matter" is no fact and is passed over."""
    return replace(facts, **{k: v for k, v in corrections.items() if k != "matter"})  # type: ignore[arg-type]


def corrected_speaker(speaker: Speaker, read: Facts, now: Facts) -> Speaker:
    """`speaker`, or the corrected filer where `speaker` is the filer as `read` names it.

    The filer speaks with the filing's side ("unknown" where none was read) and its name, or no name.
    """
    if speaker.role != (read.side or "unknown") or speaker.name not in (None, read.filer):
        return speaker
    return Speaker(now.side or "unknown", now.filer if speaker.name == read.filer else speaker.name)
