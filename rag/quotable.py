"""What a sentence is like as a quotation, read from its words alone.

is_citation(text)     a citation, that says nothing of its own
is_boilerplate(text)  what every filing has: an oath, a certificate, a signature block, a table's entry, a web address
leans_back(text)      it needs the sentence before it
unfit(text)           what it loses for being a citation, a question, a scrap, procedure

    never quoted: "See Dole, 538 U.S. at 477."  "I declare under penalty of perjury that the foregoing is true."
                  "I certify that I served the foregoing on all counsel."  "I. THE ACT APPLIES ....... 14"
                  "JUSTICE THOMAS, with whom JUSTICE SCALIA joins, dissenting."
    seldom:       "It is so ordered."  "For these reasons, the judgment is affirmed."
"""

from __future__ import annotations

import re

_CITATION_WORDS = re.compile(
    r"see|also|quoting|citing|internal|quotation|marks|omitted|emphasis|added|supra|infra|ante|post|at|id|and|cf|with"
    r"|accord"
)
_LEANS = re.compile(
    r"^\W*(?:It|This|That|These|Those|They|He|She|Such|But|And|Nor|So|Thus|Instead|Rather|Here|There|Yet|Second"
    r"|Third|Finally|"
    r"Moreover|Furthermore|In addition|Similarly|Likewise|However|The latter|The former|The same|Neither|Both"
    r"|Again|For example)\b"
)
_PROCEDURE = re.compile(
    r"^\W*(?:It is so ordered|So ordered|IT IS SO ORDERED|Pp?\. \d|No\. \d|JUSTICE .{3,40} delivered"
    r"|We granted certiorari|Certiorari was granted"
    r"|Reversed\.|Affirmed\.|Ibid|Emphasis added|The opinion|I join"
    r"|I (?:respectfully |therefore |must )*(?:dissent|concur)\W*$|For (?:all )?(?:the|these)\b.{0,20}reasons)\b"
)
_BOILERPLATE = re.compile(
    r"\b(?:I|undersigned)\b.{0,60}\b(?:declare|certif\w+|affirm|verify|swear)\b.{0,80}\b(?:penalty of perjury|serv\w+"
    r"|fil\w+|compl\w+|words|type-volume|CM/ECF)\b|^\W*(?:under|pursuant to) .{0,40}penalty of perjury\b"
    r"|\bcertificate of (?:service|compliance|interested)\b|\btype-volume\b|\bproportionally spaced\b"
    r"|\b(?:serv|notif|fil)\w*\b.{0,80}\bCM/ECF\b|\bCM/ECF\b.{0,80}\b(?:serv|notif)|\bcaused .{0,30}the foregoing\b"
    r"|^\W*(?:respectfully submitted|dated:|/s/|s/ [A-Z]|sworn to\b|subscribed and sworn)"
    r"|\bI am over (?:the age of )?(?:18|eighteen)\b|\bcompetently\b.{0,20}\btestify\b|\btestify competently\b"
    r"|\bdeclare as follows\b|\bduly sworn\b.{0,40}\b(?:deposes?|states?|says?)\b"
    r"|^\W*(?:chief )?(?:justice|judge) [^.]{2,120}\b(?:delivered the|concurring|dissenting|took no part)\b[^.]{0,120}"
    r"\.?\W*$"
    r"|^\W*[^.]{2,60}, (?:(?:circuit |district |chief |senior )*(?:judge|justice)s?|(?:c\. ?)?jj?\.),? (?:\w+ )?"
    r"(?:concurring|dissenting|delivered)\b[^.]{0,80}[.:]?\W*$"
    r"|^\W*unless otherwise (?:indicated|noted|specified|stated|defined)\b|https?://|\bwww\.\w"
    r"|(?:\. ?){6,}|\btable of (?:contents|authorities)\b|\bon (?:the )?brief for\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^\W*(?:\(?\w{1,3}[.)]\s+)?Whether\b")  # an issue as it is presented
SCRAP_WORDS = 7  # a shorter sentence says little by itself
CITATION_LOSS, BOILERPLATE_LOSS, QUESTION_LOSS, SCRAP_LOSS, PROCEDURE_LOSS, LEANING_LOSS = 6.0, 6.0, 1.2, 0.8, 1.5, 0.25


def is_citation(text: str) -> bool:
    """Whether a sentence is a citation and says nothing of its own."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    words = [w for w in re.findall(r"\b[a-z]{3,}\b", bare) if not _CITATION_WORDS.fullmatch(w)]
    return len(words) < 3


def is_boilerplate(text: str) -> bool:
    """Whether a sentence is one that every filing of its kind has, or a line of a table of contents."""
    return bool(_BOILERPLATE.search(text))


def leans_back(text: str) -> bool:
    """Whether a sentence opens with a word that needs the sentence before it."""
    return bool(_LEANS.match(text))


def unfit(text: str) -> float:
    """What a sentence loses for being no quotation; 0 for one that may stand."""
    loss = CITATION_LOSS * is_citation(text) + BOILERPLATE_LOSS * is_boilerplate(text)
    loss += QUESTION_LOSS * (text.rstrip('”"’ ').endswith("?") or bool(_WHETHER.match(text)))
    loss += SCRAP_LOSS * (len(text.split()) < SCRAP_WORDS) + PROCEDURE_LOSS * bool(_PROCEDURE.search(text))
    return loss + LEANING_LOSS * leans_back(text)
