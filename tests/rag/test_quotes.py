"""Quotations: what is found exactly, what is altered and how, what is absent; and what is then shown."""

# tables: one row a form, so that what was typed and what is found are read side by side

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_filings import made, said

from corpus.model import Facts, Filing, Page, Paragraph, Sentence, Speaker, Writing
from corpus.reader import read_reading
from rag.folding import fold
from rag.model import QuoteDraft
from rag.nearest import nearest
from rag.places import voice_of
from rag.quotes import check_quotes, describe, locate_quote, place_of, place_quote

FIRST_PAGE = (
    "DEFENDANTS’ MOTION TO DISMISS\n"
    "The question is not whether Defendants are a “foreign state,” but whether a private agent answers in damages for "
    "acts its sovereign principal directed. Plaintiffs’ complaint—filed after the ﬁnal demand—alleges no act by a "
    "nonimmune person. See Samantar v. Yousuf, 560 U. S. 305, 311–12 (2010). The Act reaches 1,102 devices and is a "
    "well-known exception to common-law immunity. Defendants contend that the statute does not "
)
SECOND_PAGE = (
    "reach them. Under § 1603(b), an “agency” is a separate legal person . . . and an organ of a foreign state. No "
    "court has held otherwise. The court of appeals reversed. Id. at 9; see also 28 U. S. C. § 1604. It reasoned that "
    "the text controls. In Doğan v. Barak, the plaintiff’s claim failed because [t]he official acted for the state.\n"
    "The court of appeals reversed. The motion should be granted in its entirety, and the action dismissed.\n"
)
NOTES = [
    ("3", "Whether the Act governs officials is another matter, which this motion does not raise.", 1, "(2010)."),
    ("4", "The Restatement takes the same view of agents of the state.", 2, "text controls."),
]
MOTION = made([FIRST_PAGE, SECOND_PAGE], notes=NOTES, labels=["iv", "1"], numbered=True, stamped=True)

EXACT = [
    ("whether a private agent answers in damages for acts", "as printed"),
    ("whether a private\n  agent   answers in\tdamages", "white space"),
    ("the statute does not reach them", "over a page end"),
    ('not whether Defendants are a "foreign state," but', "straight quotation marks"),
    ("not whether Defendants are a 'foreign state,' but", "single marks inside a quotation"),
    ("Plaintiffs' complaint", "straight apostrophe"),
    ("complaint -- filed after the final demand -- alleges", "typed dashes and a ligature taken apart"),
    ("complaint–filed after the ﬁnal demand–alleges", "other dashes, ligature kept"),
    ("com\u00adplaint—filed after the ﬁnal de\u00ad\nmand", "soft hyphens, at a line end too"),
    ("560 U.S. 305, 311-12 (2010)", "closed-up reporter, hyphen in a range"),
    ("Under §1603(b), an", "no space after the section sign"),
    ("Under §\xa01603(b), an", "no-break space"),
    ("28 U.S.C. § 1604", "closed-up code"),
    ("person … and an organ", "the record's own ellipsis, one character"),
    ("In Dog\u0306an v. Barak", "decomposed accent"),
    ("because [t]he official acted", "the record's own bracket"),
    ("“The motion should be granted in its entirety”", "marks around the whole"),
    ("The motion should be granted in its entirety.", "a full stop of the quotation's own"),
    ("*The motion* should be **granted** in its entirety", "emphasis in Markdown"),
    ("The motion should be granted (emphasis added)", "a note of the quotation's own"),
    ("another matter, which this motion does not raise", "in a footnote"),
    ("answers in damages for acts its sov-\nereign principal", "a word hyphenated at a line end by the copyist"),
]


@pytest.mark.parametrize(("quote", "form"), EXACT, ids=[row[1] for row in EXACT])
def test_what_the_filing_says_is_exact_however_it_is_typed(quote: str, form: str) -> None:
    """Typesetting and the quotation's own marks are looked past; the words, letter for letter, are not."""
    found = locate_quote(quote, MOTION)
    assert found.verdict == "exact", (form, describe(found))
    assert found.text == MOTION.text[found.start : found.end]
    plain = re.sub(r"\W", "", re.sub(r"\(emphasis added\)|-\n", "", fold(quote).text.replace("…", "")))
    assert re.sub(r"\W", "", fold(found.text).text.replace("…", "")) == plain


OWN = [
    ("whether a private agent answers . . . for acts", ("an omission",), "ellipsis inside a sentence"),
    ("whether a private agent answers … for acts", ("an omission",), "ellipsis as one character"),
    ("whether a private agent answers * * * for acts", None, "asterisks are no ellipsis"),
    ("No court has held otherwise. . . . It reasoned that", ("an omission",), "ellipsis after a sentence"),
    (". . . answers in damages for acts . . . .", (), "ellipses at both ends"),
    ("[w]hether a private agent answers in damages", ("brackets",), "changed case"),
    ("[T]he motion should be granted", ("brackets",), "changed case, already a capital"),
    ("whether a private agent[s] answer[] in damages", ("brackets",), "changed endings"),
    ("whether [NSO] answers in damages", ("brackets",), "a name for a description"),
    ("The Act reaches 1,102 devices [sic] and is", ("brackets",), "sic"),
    ("the [federal] statute does not reach them", ("brackets",), "a word put in"),
    ("whether [an agent] answers . . . for acts", ("an omission", "brackets"), "both"),
    ("The court of appeals reversed. It reasoned that the text controls. (citations omitted)", ("its own note", "an omitted citation"), "citation left out and said so"),
    ("are a foreign state, but whether a private agent answers (internal quotation marks omitted)", ("its own note", "its own note"), "inner marks left out and said so"),
    ("560 U.S. 305, 311–12 (2010).3 The Act reaches", ("footnote marks",), "a footnote's number copied"),
    ("560 U.S. 305, 311–12 (2010).³ The Act reaches", ("footnote marks",), "the same, superscript"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "disclosed", "form"), OWN, ids=[row[2] for row in OWN])
def test_a_quotation_may_show_its_own_doing(quote: str, disclosed: tuple[str, ...] | None, form: str) -> None:
    """Ellipses, brackets and notes stand for what they say; the place found is the record's, and they are named."""
    found = locate_quote(quote, MOTION)
    assert (found.verdict == "exact") is (disclosed is not None), (form, describe(found))
    assert disclosed is None or found.disclosed == disclosed


ALTERED = [
    ("whether a public agent answers in damages for acts", [("changed", "public", "private")], "a word changed"),
    ("whether a private agent answers for acts its sovereign", [("omitted", "", "in damages")], "words left out"),
    ("whether a private foreign agent answers in damages", [("inserted", "foreign", "")], "a word put in"),
    ("Whether a private agent answers in damages", [("case", "Whether", "whether")], "case changed without brackets"),
    ("whether a private agent, answers in damages", [("punctuation", "agent, answers", "agent answers")], "a comma put in"),
    ("The Act reaches 1,103 devices and is a", [("changed", "1,103", "1,102")], "a number changed"),
    ("The Act reaches 1,102 devices and is not a well-known", [("inserted", "not", "")], "a not put in"),
    ("Under § 1605(b), an agency is a separate legal person", None, "a section changed"),
    ("The court of appeals affirmed. Id. at 9", [("changed", "affirmed", "reversed")], "the outcome changed"),
    ("The court of appeals reversed. It reasoned that the text controls.", None, "a citation left out in silence"),
    ("should be granted in its entirety, and the action dis missed", [("spacing", "dis missed", "dismissed")], "a word parted"),
    ("560 U.S. 305, 311–12 (2010).7 The Act reaches", None, "a footnote's number that is not called there"),
    ("are a foreign state, but whether a private agent answers", None, "inner marks left out in silence"),
    ("the motion should be granted in its entirety?", None, "another closing mark"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "changes", "form"), ALTERED, ids=[row[2] for row in ALTERED])
def test_an_alteration_is_said_and_the_true_words_are_given(
    quote: str, changes: list[tuple[str, str, str]] | None, form: str
) -> None:
    """A near-miss is never exact; it says what differs and where the true words stand."""
    found = locate_quote(quote, MOTION)
    assert found.verdict == "altered", form
    assert found.text == MOTION.text[found.start : found.end]
    assert found.changes
    assert 0.6 <= found.similarity < 1
    if changes is not None:
        assert [(c.kind, c.quoted, c.record) for c in found.changes] == changes


ABSENT = [
    ("The sun rose over the harbour while the gulls cried", "nothing like it"),
    ("", "nothing at all"),
    ("...", "an ellipsis alone"),
    ("[defendants]", "a bracket alone"),
    ("immune person", "the end of a longer word"),
    ("law immunity", "the end of a compound"),
    ("1", "the start of a longer number"),
    ("102 devices", "the end of a longer number"),
    ("Plaintiff", "a shorter word"),
]


@pytest.mark.parametrize(("quote", "form"), ABSENT, ids=[row[1] for row in ABSENT])
def test_what_the_filing_does_not_say_is_absent(quote: str, form: str) -> None:
    """No words, cut words and other words are not found."""
    assert locate_quote(quote, MOTION).verdict == "absent", form


def test_words_said_twice_are_taken_where_they_were_looked_for() -> None:
    """The same words in two places: the one inside the passage; without a passage the first; both are counted."""
    words = "The court of appeals reversed."
    first, second = (m.start() for m in re.finditer(words, MOTION.text))
    assert locate_quote(words, MOTION).start == first
    assert locate_quote(words, MOTION, within=(second - 5, second + 60)).start == second
    assert locate_quote(words, MOTION, within=(second + 5, second + 60)).start == second
    assert locate_quote(words, MOTION).places == 2


def test_words_on_every_page_are_still_taken_where_they_were_looked_for() -> None:
    """A passage late in the filing is searched even where the words stand hundreds of times before it."""
    filing = made(["The Act governs. " * 700])
    last = len(filing.text) - 17
    assert locate_quote("The Act governs.", filing, within=(last, len(filing.text))).start == last


def test_tables_and_syllabus_are_quoted_only_where_nothing_else_says_it() -> None:
    """A heading repeated in the table of contents, or a holding in the syllabus, is placed where it is said."""
    filing = made(
        [
            "The Act does not govern.\n",
            "Syllabus text here. The Act does not govern.\n",
            "Held. The Act does not govern.\n",
        ]
    )
    pages = (replace(filing.pages[0], use="toc"), *filing.pages[1:])
    writings = tuple(
        Writing(kind, None, page.start, page.end, page.number, page.number)
        for kind, page in (("syllabus", pages[1]), ("majority", pages[2]))
    )
    filing = replace(filing, pages=pages, writings=writings)
    assert place_quote(filing, *_span(locate_quote("The Act does not govern.", filing))).page == 3
    assert place_quote(filing, *_span(locate_quote("Syllabus text here.", filing))).page == 2


def _span(found) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    return found.start, found.end


def test_an_ellipsis_takes_the_tightest_place() -> None:
    """The parts of a quotation are found close together, not from the first "the" on."""
    filing = made(["The court sat. The state spoke. The state acted through its organ.\n"])
    found = locate_quote("The state . . . organ", filing)
    assert found.text == "The state acted through its organ"
    assert [filing.text[a:b] for a, b in found.segments] == ["The state", "organ"]


def test_an_ellipsis_leaves_out_no_more_than_a_page() -> None:
    """Words many pages apart are not one quotation."""
    filler = "Nothing of note is said in this sentence. " * 100
    filing = made([f"The sovereign directed the acts. {filler}The agent answers in damages.\n"])
    assert locate_quote("The sovereign directed . . . answers in damages", filing).verdict != "exact"


# What is shown


def test_a_verified_quote_shows_the_records_own_slice() -> None:
    """Whatever the draft typed, the words shown are the filing's, with page, lines and citation."""
    (checked,) = check_quotes([QuoteDraft('a "foreign state," but [w]hether', "made")], {"made": MOTION})
    (quote,) = checked.quotes
    assert quote.verified
    assert quote.text == "a “foreign state,” but whether" == MOTION.text[quote.start : quote.end]
    assert (quote.page, quote.page_label, quote.ecf_page, quote.lines) == (1, "iv", 2, (2, 2))
    assert quote.citation == "Defs.' Mot. to Dismiss, ECF No. 45, at iv:2"
    assert quote.boxes
    assert quote.note == "Shown in the record's own words; the quotation had brackets."


def test_an_altered_quote_is_kept_unverified_with_the_true_words() -> None:
    """Nothing is mended and nothing dropped: no page, no place, and a note with the difference."""
    draft = QuoteDraft("whether a public agent answers in damages for acts", "made")
    (checked,) = check_quotes([draft], {"made": MOTION})
    (quote,) = checked.quotes
    assert not quote.verified
    assert quote.text == draft.text
    assert (quote.start, quote.end, quote.page, quote.lines, quote.boxes) == (0, 0, None, None, ())
    assert quote.citation == "Defs.' Mot. to Dismiss, ECF No. 45"
    assert quote.note is not None
    assert "“public” for “private”" in quote.note
    assert "whether a private agent answers" in quote.note


def test_every_draft_has_its_answer_in_order() -> None:
    """Good, bad and from no filing at hand: as many results as drafts, in their order."""
    drafts = [QuoteDraft("No court has held otherwise.", "made"), QuoteDraft("", "made"), QuoteDraft("It is.", "gone")]
    checked = check_quotes(drafts, {"made": MOTION})
    assert [c.draft for c in checked] == drafts
    assert [[q.verified for q in c.quotes] for c in checked] == [[True], [False], [False]]


def test_much_left_out_makes_a_quote_of_each_part() -> None:
    """A short omission is shown with the rest; over a long one the parts stand alone, each on its own page."""
    near, far = (
        QuoteDraft("whether a private agent answers . . . for acts", "made"),
        QuoteDraft("answers in damages for acts . . . No court has held otherwise", "made"),
    )
    one, two = check_quotes([near, far], {"made": MOTION})
    assert [q.text for q in one.quotes] == ["whether a private agent answers in damages for acts"]
    assert [q.text for q in two.quotes] == ["answers in damages for acts", "No court has held otherwise"]
    assert [q.page for q in two.quotes] == [1, 2]


def test_a_quote_over_a_page_end_is_cited_by_both_pages() -> None:
    """Line and page of both ends."""
    quote = place_quote(MOTION, *_span(locate_quote("the statute does not reach them", MOTION)))
    assert quote.citation == "Defs.' Mot. to Dismiss, ECF No. 45, at iv:8–1:1"
    assert {box.page for box in quote.boxes} == {1, 2}


def test_a_footnote_is_cited_as_one() -> None:
    """Words in a note carry its number, and its page's."""
    quote = place_quote(MOTION, *_span(locate_quote("The Restatement takes the same view", MOTION)))
    assert quote.citation == "Defs.' Mot. to Dismiss, ECF No. 45, at 1 n.4"


def test_speaker_and_restatement_are_those_of_most_of_the_words() -> None:
    """The voice is looked up from the sentences under the span."""
    filing = made(["Plaintiffs say the Act governs. That is wrong.\n"])
    defendants, plaintiffs = Speaker("defendant", "Defendants"), Speaker("plaintiff", "Plaintiffs")
    sentences = (
        said(filing, "Plaintiffs say the Act governs.", defendants, plaintiffs),
        said(filing, "That is wrong.", defendants),
    )
    filing = replace(filing, sentences=sentences)
    assert place_quote(filing, 0, 31).restates == plaintiffs
    assert place_quote(filing, 0, len(filing.text)).restates == plaintiffs
    assert place_quote(filing, 32, len(filing.text)).restates is None
    assert place_quote(filing, 32, len(filing.text)).speaker == defendants


def test_without_sentences_the_filer_speaks() -> None:
    """A court speaks in its order, a side in its motion."""
    order = made(["It is so ordered.\n"], facts=Facts(kind="order", judge="Hamilton"))
    motion = made(["It should be.\n"], facts=Facts(kind="motion", side="defendant", filer="Acme"))
    assert place_quote(order, 0, 17).speaker == Speaker("court", "Hamilton")
    assert place_quote(motion, 0, 13).speaker == Speaker("defendant", "Acme")


def complaint(*kinds: tuple[str, int | None]) -> Filing:
    """A complaint of these paragraphs, each "Words of N." as (kind, ¶ number)."""
    texts = [f"Words of {i}.\n" for i in range(len(kinds))]
    starts = [sum(map(len, texts[:i])) for i in range(len(kinds))]
    paragraphs = [
        Paragraph(start, start + len(text) - 1, kind, number)  # type: ignore[arg-type]
        for start, text, (kind, number) in zip(starts, texts, kinds, strict=True)
    ]
    return made(["".join(texts)], facts=Facts(kind="complaint", entry="1"), paragraphs=paragraphs)


PARAGRAPH_CASES = [
    ([("body", 41), ("body", 42)], 1, 1, (42, 42), "its own number"),
    ([("body", 41), ("body", 42), ("body", 43)], 1, 2, (42, 43), "two"),
    ([("body", 41), ("block_quote", None), ("body", 42)], 1, 1, (41, 41), "a block quotation in it"),
    ([("body", 41), ("body", None), ("body", 42)], 1, 1, (41, 41), "a second paragraph of it"),
    ([("body", 41), ("heading", None), ("body", None), ("body", 42)], 2, 2, None, "unnumbered under a new heading"),
    ([("body", 41), ("body", None)], 1, 1, None, "a signature after the last"),
    ([("body", 1), ("body", 2), ("heading", None), ("body", 1)], 3, 3, None, "the prayer counts anew"),
    ([("front", None), ("body", 1)], 0, 0, None, "the caption"),
]


@pytest.mark.parametrize(
    ("kinds", "first", "last", "expected", "form"), PARAGRAPH_CASES, ids=[r[4] for r in PARAGRAPH_CASES]
)
def test_a_paragraph_number_is_given_only_where_it_names_one_paragraph(
    kinds: list[tuple[str, int | None]], first: int, last: int, expected: tuple[int, int] | None, form: str
) -> None:
    """¶ 42 is cited for words of ¶ 42 and for nothing else."""
    filing = complaint(*kinds)
    start = filing.text.index(f"Words of {first}.")
    end = filing.text.index(f"Words of {last}.") + len(f"Words of {last}.")
    assert place_of(filing, start, end).paragraphs == expected, form


def test_a_filing_loaded_without_paragraphs_takes_the_number_it_is_given() -> None:
    """A hit knows its passage's ¶ number; it is used only where the filing cannot say."""
    filing = complaint(("body", 41), ("body", 42))
    assert place_of(filing, 0, 5, paragraph=7).paragraphs == (41, 41)
    assert place_of(replace(filing, paragraphs=()), 0, 5, paragraph=7).paragraphs == (7, 7)


MANNERS = [
    ("JUSTICE ALITO, concurring.\nI join.", "concurrence", "concurring"),
    ("JUSTICE THOMAS, concurring in the judgment.\nI agree.", "concurrence", "concurring in the judgment"),
    ("JUSTICE KENNEDY, concurring in part and concurring in the judgment.\nYes.", "concurrence_in_part", "concurring in part and concurring in the judgment"),
    ("JUSTICE SCALIA, with whom JUSTICE THOMAS joins as to Part I, concurring in part and dissenting in part.\nNo.", "concurrence_in_part", "concurring in part and dissenting in part"),
    ("JUSTICE SCALIA, concurring in principal part and concurring in the judgment.\nI do.", "concurrence", "concurring in principal part and concurring in the judgment"),
    ("BRESS, Circuit Judge, dissenting from the denial of rehearing en banc:\nNo.", "dissent", "dissenting from the denial of rehearing en banc"),
    ("The majority errs.", "dissent", None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "kind", "manner"), MANNERS)
def test_a_writing_is_called_what_it_calls_itself(opening: str, kind: str, manner: str | None) -> None:
    """The opening line says how it concurs or dissents."""
    filing = made([opening + "\n"], facts=Facts(kind="opinion", court="scotus"))
    writing = Writing(kind, "Doe", 0, len(filing.text), 1, 1)  # type: ignore[arg-type]
    assert place_of(replace(filing, writings=(writing,)), 0, 5).manner == manner


def test_a_writing_signed_together_names_all_and_one_that_is_joined_its_author() -> None:
    """Co-authors stand together in the parenthetical; justices who join do not."""
    for opening, author in (
        ("JUSTICE BREYER, JUSTICE SOTOMAYOR, and JUSTICE KAGAN, dissenting.\nNo.\n", "Breyer, Sotomayor & Kagan"),
        ("JUSTICE BREYER, with whom JUSTICE KAGAN joins, dissenting.\nNo.\n", "Breyer"),
    ):
        filing = made([opening], facts=Facts(kind="opinion", court="scotus"))
        writing = Writing("dissent", "Breyer", 0, len(filing.text), 1, 1, ("Kagan",))
        assert place_of(replace(filing, writings=(writing,)), 0, 5).author == author


def test_words_of_a_writing_signed_together_are_said_by_all() -> None:
    """A joint dissent is not its first author's alone."""
    for opening, name in (
        ("JUSTICE BREYER, JUSTICE SOTOMAYOR, and JUSTICE KAGAN, dissenting.\nNo.\n", "Breyer, Sotomayor & Kagan, JJ."),
        ("JUSTICE BREYER, with whom JUSTICE KAGAN joins, dissenting.\nNo.\n", "Breyer, J."),
    ):
        plain = made([opening], facts=Facts(kind="opinion", court="scotus"))
        writing = Writing("dissent", "Breyer", 0, len(plain.text), 1, 1, ("Kagan",))
        said = Sentence(0, len(plain.text), Speaker("court", "Breyer, J."))
        filing = replace(plain, writings=(writing,), sentences=(said,))
        assert voice_of(filing, 0, 5)[0] == Speaker("court", name)


def test_a_page_without_lines_still_has_its_page() -> None:
    """Words that no line holds are placed by their page's part of the text."""
    filing = replace(made(["One.\n", "Two.\n"]), lines=())
    assert place_of(filing, 5, 9).first == place_of(filing, 5, 9).last
    assert place_of(filing, 5, 9).first.page == 2
    assert place_of(replace(filing, pages=(Page(1, 0, 0, 1, 1),)), 5, 9).first.page == 1


# What holds for all


def noisy(text: str, seed: int) -> str:
    """The same words as another typist or another PDF would have them."""
    pick = random.Random(seed)
    out = []
    for char, following in zip(text, f"{text[1:]} ", strict=True):
        if char in " \n":
            out.append(pick.choice([" ", "  ", "\n", "\xa0", " \n ", "\t"]))
        elif char in "“”":
            out.append(pick.choice(["“", '"', "”"]))
        elif char in "‘’'":
            out.append(pick.choice(["’", "'", "‘"]))
        elif char in "—–":
            out.append(pick.choice(["—", "–", "--", " — ", "-"]))
        elif char.isalpha() and following.isalpha() and pick.random() < 0.05:
            out.append(char + "\u00ad")
        else:
            out.append(char)
    return "".join(out).replace("fi", pick.choice(["ﬁ", "fi"]))


def slices(filing: Filing, *, fewest: int = 1) -> st.SearchStrategy[tuple[int, int]]:
    """Spans of whole words of the body or of a note."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\. \. \.|[^\s—]+", filing.text)]
    edges = [note.start for note in filing.footnotes]
    ends = st.tuples(st.integers(0, len(words) - 1), st.integers(fewest - 1, 60)).map(
        lambda pair: (words[pair[0]][0], words[min(pair[0] + pair[1], len(words) - 1)][1])
    )
    return ends.filter(lambda span: not any(span[0] < edge < span[1] for edge in edges))


def bare(text: str) -> list[str]:
    """The words alone."""
    return re.findall(r"\w+", fold(text).text)


def locates_noisy(filing: Filing, span: tuple[int, int], seed: int) -> None:
    """The claim of the property below, for one filing and span."""
    words = filing.text[span[0] : span[1]]
    if not any(char.isalnum() for char in words):
        return
    found = locate_quote(noisy(words, seed), filing, within=span)
    assert found.verdict == "exact"
    assert bare(found.text) == bare(words)


@settings(max_examples=300, deadline=None)
@given(span=slices(MOTION), seed=st.integers(0, 10_000))
def test_any_slice_is_found_exactly_whatever_its_typography(span: tuple[int, int], seed: int) -> None:
    """Every run of whole words, retyped with other spaces, marks, dashes, hyphens and ligatures, is exact."""
    locates_noisy(MOTION, span, seed)


@settings(max_examples=300, deadline=None)
@given(
    span=slices(MOTION, fewest=2), at=st.integers(0, 60), word=st.sampled_from(["never", "Zanzibar", "97", "the the"])
)
def test_a_slice_with_a_word_swapped_is_never_exact(span: tuple[int, int], at: int, word: str) -> None:
    """One word replaced by another that is not the filing's, and the quotation is altered or absent."""
    words = MOTION.text[span[0] : span[1]].split()
    if len(words) < 2:
        return
    words[at % len(words)] = word
    assert locate_quote(" ".join(words), MOTION).verdict != "exact"


@settings(max_examples=200, deadline=None)
@given(span=slices(MOTION, fewest=4), at=st.integers(0, 60))
def test_a_slice_with_a_word_left_out_is_never_exact(span: tuple[int, int], at: int) -> None:
    """One inner word dropped without an ellipsis is an alteration, unless what remains stands elsewhere."""
    words = MOTION.text[span[0] : span[1]].split()
    if len(words) < 3:
        return
    del words[1 + at % (len(words) - 2)]
    found = locate_quote(" ".join(words), MOTION)
    if "an omission" in found.disclosed:  # the record's own ellipsis covers it
        return
    assert found.verdict != "exact" or bare(found.text) == bare(" ".join(words))


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="the court held [](){}*…._'\"-§ 1[s]\n—", max_size=40))
def test_no_quotation_breaks_the_search_and_no_exact_one_lies(text: str) -> None:
    """Any string whatever gets a verdict; exact means a slice that holds every letter outside the string's brackets."""
    found = locate_quote(text, MOTION)
    assert found.text == MOTION.text[found.start : found.end]
    assert (found.verdict == "exact") == bool(found.segments)
    assert describe(found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_folding_maps_every_place_back(text: str) -> None:
    """Each folded character comes from a place of the original, in order, and the ends meet."""
    folded = fold(text)
    places = [(folded.start(i), folded.end(i + 1)) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert fold(folded.text).text == folded.text or "\u00ad" in text


REAL = [
    "slip-opinion-with-syllabus-samantar-08-1555",
    "pleading-paper-order-cacd.652774.40",
    "tax-court-memo-footnotes",
]


@pytest.mark.parametrize("name", REAL)
def test_any_slice_of_a_real_filing_is_found_where_it_stands(shared: Path, name: str) -> None:
    """The same on court PDFs as filed: an opinion in two columns of notes, pleading paper, a memorandum."""
    reading = read_reading(shared / "court-pdfs" / "layouts" / f"{name}.pdf")
    filing = Filing(
        id=reading.id,
        file=reading.file,
        facts=Facts(kind="opinion"),
        text=reading.text,
        body_end=reading.body_end,
        pages=reading.pages,
        lines=reading.lines,
        paragraphs=reading.paragraphs,
        footnotes=reading.footnotes,
    )
    draw = random.Random(name)
    words = [(m.start(), m.end()) for m in re.finditer(r"\. \. \.|[^\s—]+", filing.text)]
    edges = [note.start for note in filing.footnotes]
    for seed in range(60):
        first = draw.randrange(len(words) - 60)
        span = words[first][0], words[first + draw.randrange(60)][1]
        if any(span[0] < edge < span[1] for edge in edges):
            continue
        locates_noisy(filing, span, seed)
        quote = place_quote(filing, *span)
        assert quote.text == filing.text[span[0] : span[1]]
        assert {box.page for box in quote.boxes} == set(filing.pages_in(*span))


def test_nearest_needs_words_to_go_by() -> None:
    """Two words are near to nothing."""
    assert nearest("of the", fold(MOTION.text)) is None
