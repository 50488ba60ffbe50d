"""Cut a filing into sentences and say who speaks each of them.

find_sentences(reading, facts, structure) -> sentences, in order of offset
  cut      nupunkt finds the sentence ends; a few rules mend what it does not know of record cites
  voice    the filer, the writing's author, the witness, the turn's speaker
  report   whose view a sentence reports                      (corpus/restates.py)
  hold     whether a court decides something in it            (corpus/holdings.py)

A sentence never leaves its paragraph. Headings and tables of contents have none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import nupunkt

from corpus.attached import foreign_spans
from corpus.caption import front_rows, read_caption
from corpus.holdings import holds
from corpus.mentions import Marked, mark
from corpus.model import Facts, Paragraph, Reading, Sentence, Speaker, Writing, WritingKind
from corpus.records import RecordCite, is_bare_cite, learn_owners, owner_of, record_cites
from corpus.restates import Before, after, clause_report, reported
from corpus.structure import MAPS, Structure, pages_by_offset
from corpus.turns import Hearing, label_at
from corpus.voices import Voices, chief_justice, judge_name, voices_of

NAMED_SHARE = 0.3  # of the cites to an adverse witness, at least so many name the witness as the one who says it
CLEAR = 3  # how much more a report beside a cite tells of its owner than a mere name there
WRITING_NAMES = {"syllabus": "Syllabus", "per_curiam": "Per Curiam"}

# What the reporter of decisions or the court's staff says of its own summary, wherever that is set.
_OF_A_SUMMARY = re.compile(
    r"\b(?:syllabus|summary|synopsis|headnotes?)\b[^.]{0,60}\b(?:no|not(?:\s+a)?)\s+part\s+of\s+the\b|\bprepared\s+by\s+"
    r"(?:the\s+)?(?:court\s+staff|reporter\b|clerk\b)|\bcourt\s+staff\s+ha(?:ve|s)\s+prepared\b",
    re.IGNORECASE,
)
# A record cite that nupunkt cuts after its abbreviation: "See Elering Decl. | ¶ 12.", "Mot. | at 3."
_CUT_CITE = re.compile(
    r"(?:\b(?:Decl|Dep|Aff|Compl|Mot|Opp|Opp['’]n|Reply|Br|Resp|Mem|Ex|Exs|Tr|Doc|Docs|Dkt|Pet|App|Stip|Supp|Answ"
    r"|Ord|Am|¶|§|No|Nos|Pp?|Rev|Stat|Art|Sec|Ch|Pt|Cl|Vol|Ed|Cf|cf|e\.g|i\.e|Hr['’]g|Pls?|Defs?|Pl|Def|Gov['’]t"
    r"|Int['’]l|Ass['’]n|Maj|Op|Dep|nn|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.)[”’\"')]*$"
)
_CONTINUES = re.compile(r"[a-z0-9¶§(\[—–,;:&]|at\s|Exs?\.\s|Op\.\s|Nos?\.\s")
_LOWER = re.compile(r"[a-z,;:)\]”&]|[’\"'](?=[\s).,;:\]—]|$)|\((?:\w+\s+J\.|(?![ivx]+\))[a-z]{3})")
_CITES_ON = re.compile(r"\((?:quoting|citing)\b[^()]*$")  # what a cite rests on, its bracket still open
# An abbreviation inside a name or a title, which no sentence ends on: "Deposit Guaranty Nat. | Bank", "ex rel. | Doe".
_IN_NAME = re.compile(
    r"\b(?:Nat|Natl|Constr|Mfg|Bkrtcy|Atty|Envtl|Pharm|Transp|Util|Res|Trib|Exec|Pres|Pub|Prof|Super|Sup|Suppl|Cum"
    r"|Comp|Cons|Instr|Art|Eng|Colum|Stan|Fam|Psychol|rel|rev|Iran-U)\.$|^Cf\.$"
)
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]$|^[•·▪]$")
_READ_OUT = re.compile(r"“[^”]{15,}”$")  # a question that only reads a sentence to the witness who wrote it
_NUMERAL = re.compile(r"(?:¶\s*)?\d{1,3}\.\s+")
# An end that nupunkt misses: a closing quotation or bracket, then a capital.
_MISSED = re.compile(
    r"(?<=[a-z0-9)\]][.?!][”’)\]])\s+(?=[A-Z“\[])|(?<=[a-z]{2}[.?!])\s+(?=[“\[]?[A-Z][a-z’]+[.\s])"
    r"|(?<=\b[Ii]d\.)\s+(?=[A-Z“][a-z])|(?<=\bn\.\d\.)\s+(?=[A-Z])|(?<=Part\s[IVX]{2}\.)\s+(?=[A-Z])"
    r"|(?<=Part\s[IVX]{3}\.)\s+(?=[A-Z])"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Jr|Sr|St|Inc|Ltd|Co|Corp|Cos|Bros|v|vs|No|Nos|Cir|Fed|Civ|Crim|App|Supp|Stat|Rev"
    r"|Ann|Art|Sec|Const|Amend|Cal|Tex|Mass|Mich|Minn|Wash|Pa|Va|Md|Fla|Ill|Ind|Conn|Del|Ky|La|Me|Mo|Mont|Neb|Nev"
    r"|Okla|Ore|Tenn|Vt|Wis|Wyo|Ala|Ariz|Ark|Colo|Ga|Kan|Miss"
    r"|Dist|Ct|Cf|cf|Cl|Ch|Ed|ed|al|etc|e\.g|i\.e|Decl|Dep|Aff|Compl|Mot|Opp|Reply|Br|Resp|Mem|Exs?|Tr|Docs?"
    r"|Dkt|Pet|Cong|Sess|Rep|Hon|Gen|Gov|Sen|Assn|Dept|Govt|Natl|Intl|Pp?|See|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept"
    r"|Oct|Nov|Dec|approx|dba|LLP|Comm|Commn|Univ|Ins|Mfg|Ry|Soc|Bd|Adm|Admin|Sys|Servs?|Grp|Prods|Indus|Elec|Tel"
    r"|Mgmt|Hosp|Educ|Emp|Lab|Sec|Tech|Am)\.)[”’)\]]?$"
)


def find_sentences(reading: Reading, facts: Facts, structure: Structure) -> tuple[Sentence, ...]:
    """Every sentence of body, turns, block quotations and footnotes, with speaker, report and holding."""
    return tuple(_Reader(reading, facts, structure).sentences())


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as offsets into it, white space at their ends left out."""
    if not text.strip():
        return []
    cuts = [end for _, end in nupunkt.sent_spans(text)]
    cuts = sorted(
        {*cuts, *(m.end() for m in _MISSED.finditer(text) if not _ABBREVIATED.search(text[: m.start()][-14:]))}
    )
    spans: list[tuple[int, int]] = []
    start = 0
    for end in cuts:
        first, last = _trimmed(text, start, end)
        if first < last:
            if spans and _belongs(text[spans[-1][0] : spans[-1][1]], text[first:last]):
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        start = end
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _belongs(before: str, after: str) -> bool:
    """Whether a cut between the two was no sentence end."""
    if _LOWER.match(after) or _ENUMERATOR.fullmatch(before):
        return True
    if _CITES_ON.search(before) or _IN_NAME.search(before):
        return True
    if after.startswith("§") and re.search(r"(?:\b[A-Z]|Code|Ann|Stat)\.?$", before):
        return True
    return bool(_CUT_CITE.search(before) and _CONTINUES.match(after))


class _Spoken(NamedTuple):
    """A sentence on its way: who speaks it, in which writing; `represents`: the role of a speaking counsel's client;
    `marked`: its names marked; `on_stand`: the witness whom an examiner is asking."""

    start: int
    end: int
    text: str
    paragraph: Paragraph
    section: int
    writing: WritingKind | None
    speaker: Speaker
    represents: str | None
    voices: Voices
    marked: Marked
    on_stand: Speaker | None = None


def _cites(spoken: Sequence[_Spoken]) -> Iterator[tuple[_Spoken, RecordCite]]:
    """Each sentence with the record cites in it, or else the first of a bare cite after it."""
    for one, following in zip_longest(spoken, spoken[1:]):
        inside = record_cites(one.text)
        for cite in inside:
            yield one, cite
        if not inside and following is not None and is_bare_cite(following.text):
            for cite in record_cites(following.text)[:1]:
                yield one, cite


class _Reader:
    """Goes through the paragraphs once, carrying what one sentence leaves to the next."""

    def __init__(self, reading: Reading, facts: Facts, structure: Structure) -> None:
        self.reading, self.facts, self.structure = reading, facts, structure
        caption = read_caption(front_rows(reading))
        judges = {name.upper() for w in structure.writings for name in (w.author, *w.joined_by) if name}
        if facts.judge:
            judges.add(facts.judge.split()[-1].upper())
        self.voices = voices_of(reading, facts, caption)._replace(judges=frozenset(judges))
        self.pages = pages_by_offset(reading)
        self.maps = {page.number for page in reading.pages if page.use in MAPS}
        self.hearing = Hearing(reading, facts) if facts.kind == "transcript" else None
        self.foreign = foreign_spans(reading, facts, structure, self.pages)
        self._starts = [writing.start for writing in structure.writings]

    def sentences(self) -> Iterator[Sentence]:
        spoken = list(self._spoken())
        owners = self._owners(spoken)
        friends = self._friends(spoken)
        self.voices = self.voices._replace(friends=friends)
        spoken = [one._replace(voices=one.voices._replace(friends=friends)) for one in spoken]
        before, last = Before(), None
        for at, one in enumerate(spoken):
            if one.paragraph is not last:
                before = self._carried(before, one, spoken[at - 1] if at else None)
                last = one.paragraph
            follows = at + 1 < len(spoken) and spoken[at + 1].paragraph is one.paragraph
            told = self._told(one, before, spoken[at + 1].text if follows else "", owners)
            decides = (
                one.speaker.role == "court" and told is None and one.paragraph.kind not in ("front", "block_quote")
            )
            decides = decides and not self.hearing and holds(one.text, self.voices, one.writing)
            yield Sentence(one.start, one.end, one.speaker, told, decides)
            before = after(one.text, told, one.voices, one.writing, before, one.marked)

    def _told(self, one: _Spoken, before: Before, following: str, owners: Mapping[str, Speaker]) -> Speaker | None:
        if one.paragraph.kind == "front":
            return None
        if one.paragraph.kind == "block_quote":
            return before.reported
        if one.on_stand and _READ_OUT.match(one.text):
            return one.on_stand
        told = reported(
            one.text, one.voices, one.writing, before, following=following, owners=owners, marked=one.marked
        )
        return None if told is not None and told.role == one.represents else told

    def _carried(self, before: Before, one: _Spoken, previous: _Spoken | None) -> Before:
        """What survives a paragraph's end: who "he" is; and the report, where the paragraph runs on."""
        runs_on = one.paragraph.kind == "block_quote" or one.text[:1].islower()
        runs_on = runs_on or (previous is not None and previous.text.endswith((":", "—", ",")))
        if one.paragraph.start >= self.reading.body_end or (previous and previous.section != one.section):
            return Before()
        return Before(before.reported if runs_on else None, None, before.person, before.quoting and runs_on)

    def _owners(self, spoken: Sequence[_Spoken]) -> dict[str, Speaker]:
        """Whose papers the docket entries are that this filing cites, from what it says beside the cites."""
        pairs: list[tuple[str, Speaker, int]] = []
        for one, cite in _cites(spoken):
            if cite.kind != "entry":
                continue
            told = clause_report(one.marked)
            named = one.marked.people
            near = (told,) if told else named[:1] + named[-1:]
            weight = CLEAR if told else 1
            pairs += [(cite.paper, who, weight) for who in near if who.role not in ("witness", "unknown", "counsel")]
        return learn_owners(pairs)

    def _friends(self, spoken: Sequence[_Spoken]) -> frozenset[Speaker]:
        """The filer's own witnesses: cited for facts, and seldom named as the one who says them."""
        if self.voices.own.role == "court":
            return frozenset()
        cited: Counter[Speaker] = Counter()
        named: Counter[Speaker] = Counter()
        for one, cite in _cites(spoken):
            who = owner_of(cite, one.voices.named, appellate=False) if cite.kind == "witness" else None
            if who is not None:
                cited[who] += 1
                named[who] += clause_report(one.marked) == who
        return frozenset(who for who, times in cited.items() if named[who] < NAMED_SHARE * times)

    def _spoken(self) -> Iterator[_Spoken]:
        """Every sentence with its paragraph, writing and speaker, before anyone asks what it reports."""
        section = 0
        for paragraph in self.structure.paragraphs:
            text = self.reading.text[paragraph.start : paragraph.end]
            if paragraph.kind == "heading":
                section += 1
                if self.hearing:
                    self.hearing.heading(text)
                continue
            if paragraph.start < self.reading.body_end and self.pages(paragraph.start) in self.maps:
                continue
            writing = self._writing(paragraph)
            speaker, represents, start = self._speaker(paragraph, text, writing)
            voices = self.voices._replace(own=speaker) if speaker.role != "court" or writing else self.voices
            if paragraph.number is not None and (numeral := _NUMERAL.match(text)):
                start = numeral.end()
            offset = paragraph.start + start
            kind = writing.kind if writing else None
            asked = self.hearing.examined(text) if self.hearing else None
            for first, end in sentence_spans(text[start:]):
                words = text[start + first : start + end]
                yield _Spoken(
                    offset + first, offset + end, words, paragraph, section, kind, speaker, represents, voices,
                    mark(words, voices, kind), asked,
                )  # fmt: skip

    def _speaker(self, paragraph: Paragraph, text: str, writing: Writing | None) -> tuple[Speaker, str | None, int]:
        """Who speaks a paragraph, whom a speaking counsel represents, and where the words begin after a label."""
        if self.hearing and paragraph.start < self.reading.body_end:
            label = label_at(text) if paragraph.kind == "turn" else None
            if label:
                speaker, represents = self.hearing.speaker(label.name)
                return speaker, represents, label.end
            speaker, represents = self.hearing.going_on(paragraph.kind, text)
            return speaker, represents, 0
        if any(start <= paragraph.start < end for start, end in self.foreign):
            return Speaker("unknown", None), None, 0
        if (writing is None or writing.kind == "syllabus") and self.voices.by_court and _OF_A_SUMMARY.search(text):
            return Speaker("court", WRITING_NAMES["syllabus"]), None, 0
        if writing is None:
            unsaid = self.voices.by_court and paragraph.kind == "front"
            return Speaker("court", None) if unsaid else self.voices.own, None, 0
        return _author(writing, self.facts), None, 0

    def _writing(self, paragraph: Paragraph) -> Writing | None:
        """The writing a paragraph stands in; a footnote's by its mark, else by its page."""
        offset = paragraph.start
        if offset >= self.reading.body_end:
            note = next((n for n in self.reading.footnotes if n.start <= offset < n.end), None)
            if note is None:
                return None
            if note.mark is None or note.mark >= self.reading.body_end:
                on = [w for w in self.structure.writings if w.first_page <= note.page <= w.last_page]
                return on[-1] if on else None
            offset = note.mark
        at = bisect_right(self._starts, offset) - 1
        writing = self.structure.writings[at] if at >= 0 else None
        return writing if writing and offset < writing.end else None


def _author(writing: Writing, facts: Facts) -> Speaker:
    """The voice of a writing: "Stevens, J.", "Roberts, C.J.", "Per Curiam", "Syllabus"."""
    if writing.kind in WRITING_NAMES:
        return Speaker("court", WRITING_NAMES[writing.kind])
    if writing.author and facts.court == "scotus" and writing.author == chief_justice(facts.date):
        return Speaker("court", f"{writing.author}, C.J.")
    return Speaker("court", judge_name(writing.author))
