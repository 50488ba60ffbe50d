"""The sample docket against its key: heading path, speaker and restatement of every sentence, by the words.

The key is written by the builder that set the pages, so nothing in it was read off a PDF.
"""

from evals.bench import key as bench

HEADING_PATHS = 0.995  # of all blocks, the heading path exact
SPEAKERS = 0.995  # of all sentences, role and name exact
RESTATED = 0.974  # of all sentences, reported whose view, or nobody's
PRECISION = 0.955  # of the sentences said to restate somebody, those that do
RECALL = 0.895  # of those that do, the ones found
CUT = 0.98  # of all sentences, both ends exact


def test_the_key_is_found_in_the_filings() -> None:
    """Nearly every block's words stand in the text, so that the shares below are shares of the whole."""
    blocks = sum(len(found) for found in bench.key().values())
    assert sum(len(bench.located(file)) for file in bench.key()) > 0.95 * blocks


def test_heading_paths_are_exact() -> None:
    """Every block stands under the headings that its page shows."""
    found = bench.headings()
    assert found.share >= HEADING_PATHS, found.wrong


def test_speakers_are_exact() -> None:
    """Role and name of who speaks each sentence."""
    found = bench.speakers(named=True)
    assert found.share >= SPEAKERS, found.wrong


def test_restatements_are_known() -> None:
    """Whose view each sentence reports, or that it is the speaker's own."""
    found = bench.restated()
    assert found.share >= RESTATED, found.wrong
    assert bench.precision().share >= PRECISION, found.wrong
    assert bench.recall().share >= RECALL, found.wrong


def test_sentences_are_cut_where_the_key_cuts_them() -> None:
    """Both ends of a sentence fall where its writer put them."""
    found = bench.cuts()
    assert found.share >= CUT, found.wrong


def test_facts_are_what_the_docket_says() -> None:
    """Title, kind, court, number, entry and date of every filing, and who files it."""
    wrong = []
    for row in bench.docket():
        if row["scanned"]:
            continue
        facts = bench.sample(row["file"]).facts
        entry = f"{facts.entry}-{facts.attachment}" if facts.attachment else facts.entry
        mine = (facts.kind, facts.court, facts.docket, entry, facts.date)
        if mine != (row["kind"], row["court"], row["docket"], row["entry"], row["filed"]):
            wrong.append((row["file"], mine))
        if row["kind"] not in ("transcript", "opinion") and facts.title != row["title"]:
            wrong.append((row["file"], facts.title))
    assert not wrong
