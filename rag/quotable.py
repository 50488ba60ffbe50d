"""What a sentence is like as a quotation, read from its words alone.

is_citation(text)     a citation, that says nothing of its own
is_boilerplate(text)  what every filing has: an oath, a certificate, a signature block, a table's entry, a web address
is_listed(text)       a line of a list: of exhibits, of contents, of those who sign
leans_back(text)      it needs the sentence before it
announces(text)       it says nothing without the sentence after it
unfit(text)           what it loses for being a citation, a question, a scrap, procedure

    never quoted: "See Dole, 538 U.S. at 477."  "I declare under penalty of perjury that the foregoing is true."
                  "I certify that I served the foregoing on all counsel."  "I. THE ACT APPLIES ....... 14"
                  "JUSTICE THOMAS, with whom JUSTICE SCALIA joins, dissenting."
                  "For cases that say so, see, e.g., Dole, 538 U.S. at 477."  "Exhibit A: Licence Agreement"
    seldom:       "It is so ordered."  "For these reasons, the judgment is affirmed."
"""

from __future__ import annotations

import re

_CITATION_WORDS = re.compile(
    r"see|also|generally|brief|for|quoting|citing|internal|quotation|marks|omitted|emphasis|added|supra|infra|ante|post|at|id|and|cf|with"
    r"|accord"
)
# What a citation has and a short sentence has not: a number, a case's name, a word that points elsewhere; or no end.
_CITES = re.compile(
    r"\d|[§¶]|\bv\.|\b(?:see|cf|id|ibid|supra|infra|ante|post|accord|omitted|added)\b|[^.?!”’)\]\s]\s*$", re.IGNORECASE
)
# "For a discussion of the rule, see generally …" introduces what it cites.
_STRING_CITE = re.compile(
    r"^\W*(?:For|On|As to|Regarding)\b[^,;:—]{1,160},\s+(?:but )?(?:see|compare|cf\.)(?:[,.]? (?:also|generally"
    r"|for example|e\. ?g\.))*,?\s+(?:[A-Z\d“§]|the\b|id\.|ante|post|supra|infra|nn?\. ?\d)"
)
# A court's short decision, however few its words: "Affirmed."  "Count 2 is DISMISSED."  "We disagree."
_DECIDED = r"(?:affirmed|reversed|vacated|remanded|denied|granted|dismissed|overruled|rejected|sustained|stayed)\b"
_DECIDES = re.compile(rf"^\W*{_DECIDED}|\b(?:is|are) (?:\w+ )?{_DECIDED}|^\W*(?:we|I) [a-z]+", re.IGNORECASE)
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
    r"|\bno(?:t a)? part of the opinion\b|\bcourt staff\b.{0,30}\bprepared\b|\bprepared by court staff\b"
    r"|\bsubject to formal revision\b|\bnotify the reporter of decisions\b|\ba syllabus \(headnote\) will be\b"
    r"|^\W*unless otherwise (?:indicated|noted|specified|stated|defined)\b|https?://|\bwww\.\w"
    r"|(?:\. ?){6,}|\btable of (?:contents|authorities)\b|\bon (?:the )?brief for\b",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(r"the|and|for|from|with|into|upon|under|between|dated|its|his|her|their|that|are|not|against")
# An exhibit and what it is, an entry of a table of contents, a line under a signature.
_LISTED = re.compile(
    r"^\W*(?:Exhibits?|EXHIBITS?|Exs?\.|Attachments?|Appendix|Schedule|Tab) (?:No\. ?)?[A-Z\d]{1,4}(?:-\d+)?\s*[:.–—|-]"
    r"|^\W*(?:Index|List|Table|INDEX|LIST|TABLE) (?:of|OF) [A-Z]|(?:\bEx(?:hibit|\.) \w+.{0,80}){3}"
    r"|^\W*(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.\s.{5,240}[^.,§¶\d]\s\d{1,3}$|(?:[.…_·] ?){4,}\d{1,3}\W*$|\bpassim$"
    # a row of a list of exhibits: its number, what it is, its date
    r"|^\W*\d{2,6}\s+[A-Z][^.]*?\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:Attorneys?|Counsel|Solicitors?)(?: of Record)? for (?:the )?(?:Plaintiff|Defendant|Petitioner|Respondent"
    r"|Appell|Amic|Debtor|Movant|Intervenor)"
    r"|\b(?:Counsel of Record|Pro Hac Vice|SBN|Bar No\.|Telephone|Tel\.|Facsimile|Fax)\b|\w@\w"
    r"|\b(?:By|BY): ?(?:_|/s/|[A-Z][a-z]+ [A-Z])",
)
LISTED_WORDS = 4  # a line of a list has fewer words of its own than this, those of titles and names aside
_WHETHER = re.compile(r"^\W*(?:\(?\w{1,3}[.)]\s+)?Whether\b")  # an issue as it is presented
SCRAP_WORDS = 7  # a shorter sentence says little by itself
CITATION_LOSS, BOILERPLATE_LOSS, QUESTION_LOSS, SCRAP_LOSS, PROCEDURE_LOSS, LEANING_LOSS = 6.0, 6.0, 1.2, 0.8, 1.5, 0.25


_ANNOUNCES = re.compile(r":[”’\s]*$|\b(?:the|these) following\b[^.,:;]{0,60}[.:]\s*$|\bas follows[.:]\s*$")


def is_citation(text: str) -> bool:
    """Whether a sentence is a citation and says nothing of its own."""
    if _STRING_CITE.match(text):
        return True
    bare = _without_parentheses(text)
    words = [w for w in re.findall(r"\b[a-z]{3,}\b", bare) if not _CITATION_WORDS.fullmatch(w)]
    return len(words) < 3 and not _DECIDES.search(bare) and (not words or bool(_CITES.search(bare)))


def _without_parentheses(text: str) -> str:
    """The words outside parentheses, those within others too; one that a citation leaves open runs to the end."""
    text = text.lstrip("( ")  # a sentence that stands in parentheses is no aside
    while (less := re.sub(r"\([^()]*\)", " ", text)) != text:
        text = less
    return re.sub(r"(?<=\d) \([^()]*$", " ", text)


def is_boilerplate(text: str) -> bool:
    """Whether a sentence is one that every filing of its kind has, or a line of a list."""
    return bool(_BOILERPLATE.search(text)) or is_listed(text)


def is_listed(text: str) -> bool:
    """Whether a line names an exhibit, an entry of a table of contents or who signs, and says nothing of it."""
    if not _LISTED.search(text):
        return False
    words = [w for w in re.findall(r"\b[a-z]{3,}\b", text) if not _TITLE_WORDS.fullmatch(w)]
    return len(words) < LISTED_WORDS


def leans_back(text: str) -> bool:
    """Whether a sentence opens with a word that needs the sentence before it."""
    return bool(_LEANS.match(text))


def announces(text: str) -> bool:
    """Whether a sentence only introduces what comes after it: "… designates the following issue on appeal."."""
    return bool(_ANNOUNCES.search(text))


def unfit(text: str) -> float:
    """What a sentence loses for being no quotation; 0 for one that may stand."""
    loss = CITATION_LOSS * is_citation(text) + BOILERPLATE_LOSS * is_boilerplate(text)
    loss += QUESTION_LOSS * (text.rstrip('”"’ ').endswith("?") or bool(_WHETHER.match(text)))
    loss += SCRAP_LOSS * (len(text.split()) < SCRAP_WORDS) + PROCEDURE_LOSS * bool(_PROCEDURE.search(text))
    return loss + LEANING_LOSS * leans_back(text)
