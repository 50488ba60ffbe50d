"""What a question asks for, read from its words."""

import pytest

from rag.model import Form
from rag.question import read_question

FORMS: tuple[tuple[str, Form], ...] = (
    ("What did the court hold about derivative immunity?", "ruling"),  # court, then verb of deciding
    ("Was the motion to stay granted by the judge?", "ruling"),  # verb, then court
    ("What was the disposition of the appeal?", "ruling"),  # no court named
    ("Why was the trespass claim dismissed?", "ruling"),  # passive: only a court dismisses
    ("What happened with the motion to dismiss?", "ruling"),  # to motions only courts make things happen
    ("Why did the trespass claim fail?", "ruling"),  # a court is what claims fail before
    ("On what basis did the defendants claim immunity?", "argument"),
    ("What do the amici argue?", "argument"),
    ("How did plaintiffs respond to the Rule 19 argument?", "response"),
    ("Where do the majority and the dissent part?", "parting"),
    ("On what do the dissent and the majority disagree?", "parting"),
    ("Which filings rely on Butters, and for what?", "authority"),
    ("For what proposition do Plaintiffs cite Dole Food?", "authority"),
    ("When was the patch deployed?", "date"),
    ("How long did the intrusion last?", "date"),
    ("How many devices were reached?", "number"),
    ("Who signed the declaration?", "person"),
    ("What is a session-restore packet?", "general"),
)

VOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("On what basis did the defendants claim immunity, and did the court accept it?", ("defendant", "court")),
    ("Did the court accept Defendants' argument?", ("court", "defendant")),  # the court first, as asked
    ("What did the dissent say about Halkbank?", ("dissent",)),
    ("What is the United States' position on Butters?", ("government",)),
    ("Must plaintiffs show that county policy caused the injury?", ()),  # a side as matter, not as speaker
    ("How do remedial schemes differ?", ()),
    ("Why was the trespass claim dismissed?", ("court",)),  # only a court dismisses
    ("What is the standard for a motion to dismiss?", ("court",)),  # the law is asked of a court, not of an advocate
    ("What is the basis of the defence, and did the court accept it?", ("party", "court")),  # whichever side's it is
    ("What reason was given for the delay, and was it accepted?", ("party", "court")),  # the court is not named
    ("What did Justice Thomas say about guns?", ()),  # one judge is not the court; the record says what he wrote
    ("According to the amici only: did the court accept Defendants' argument?", ("amicus",)),
)


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_a_question_has_the_form_its_words_ask_for(text: str, form: Form) -> None:
    """A lawyer's question about a ruling, an argument, a date … is known as one."""
    assert read_question(text).form == form


@pytest.mark.parametrize(("text", "voices"), VOICES)
def test_voices_are_those_asked_to_speak_in_the_order_asked(text: str, voices: tuple[str, ...]) -> None:
    """A side is asked to speak where the question has it say something, not wherever it is named."""
    assert read_question(text).voices == voices


def test_docket_entries_sections_cases_and_phrases_are_read() -> None:
    """What must stand in a passage is named exactly: "ECF No. 24", § 1605(a)(2), a case, quoted words."""
    asked = read_question('Does ECF No. 24-1 cite Samantar v. Yousuf or § 1605(a)(2) for "the common law"?')
    assert asked.entries == ("24-1",)
    assert asked.phrases == ("the common law",)
    assert asked.authorities == ("Samantar v. Yousuf", "1605(a)(2)")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Why was it denied? (briefly)", "short"),
        ("Why was it denied, in detail?", "long"),
        ("Why was it denied?", "usual"),
    ],
)
def test_a_question_says_how_much_it_wants(text: str, length: str) -> None:
    """Briefly and in detail ask for less and more."""
    assert read_question(text).length == length
