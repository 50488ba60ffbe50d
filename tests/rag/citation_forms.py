"""Citation forms: what is known of a filing and a place in it → the citation. One row a case, grouped by form.

Each row is (facts, place, options, citation, form). `at(…)` writes a place the way a reader would say it.
"""

# a table: one row a case, so that facts and citation are read side by side
# fmt: off

from dataclasses import replace
from typing import Any

from corpus.model import Facts
from rag.model import Pin, Place

Row = tuple[Facts, Place | None, dict[str, Any], str, str]


def at(first: str = "", last: str = "", **known: Any) -> Place:
    """A place: "12:3" → label 12, line 3 · "ecf 17" · "pdf 7:3" · "id 123" · "12 / 14" label 12 with ECF page 14."""
    start = _pin(first)
    return Place(first=start, last=_pin(last) if last else known.pop("end", start), **known)


def _pin(text: str) -> Pin:
    made = Pin(page=1)
    for part in text.split("/"):
        number, _, line = part.strip().partition(":")
        if line:
            made = replace(made, line=int(line))
        name, _, value = number.rpartition(" ")
        if name == "ecf":
            made = replace(made, ecf_page=int(value))
        elif name == "id":
            made = replace(made, page_id=value)
        elif name == "pdf":
            made = replace(made, page=int(value))
        elif value:
            made = replace(made, label=value)
    return made


def para(first: int, last: int | None = None) -> Place:
    return at("9", paragraphs=(first, last or first))


CASE = {"case_name": "Name v. Name", "court": "cand", "docket": "4:19-cv-07123-PJH"}
NINTH = {"case_name": "Name v. Name", "court": "ca9", "docket": "20-16408"}
SAMANTAR = {"case_name": "SAMANTAR v. YOUSUF ET AL.", "court": "scotus", "docket": "08–1555", "date": "2010-06-01"}

SAME: dict[str, Any] = {"same_case": True}
OTHER: dict[str, Any] = {"same_case": False}
SHORT: dict[str, Any] = {"same_case": True, "short": True}
ECF: dict[str, Any] = {"same_case": True, "page_style": "ecf"}
PAGE_ID: dict[str, Any] = {"same_case": True, "page_style": "page_id"}

MOTION = Facts(kind="motion", title="DEFENDANTS' NOTICE OF MOTION AND MOTION TO DISMISS", entry="45", **CASE)
ORDER = Facts(
    kind="order",
    title="ORDER GRANTING IN PART AND DENYING IN PART MOTION TO DISMISS",
    entry="111",
    date="2020-07-16",
    **CASE,
)
COMPLAINT = Facts(kind="complaint", title="COMPLAINT; DEMAND FOR JURY TRIAL", entry="1", date="2019-10-29", **CASE)
AMICI = Facts(
    kind="amicus_brief",
    title="BRIEF OF AMICI CURIAE MICROSOFT CORP., CISCO SYSTEMS, INC., GITHUB, INC., GOOGLE LLC, LINKEDIN CORPORATION,"
    " VMWARE, INC., AND THE INTERNET ASSOCIATION IN SUPPORT OF PLAINTIFFS-APPELLEES",
    entry="37",
    date="2020-12-21",
    **NINTH,
)
HEARING = Facts(kind="transcript", title="TRANSCRIPT OF PROCEEDINGS", court="cand")
SLIP = Facts(kind="opinion", **SAMANTAR)
PUBLISHED = replace(SLIP, reporter="560 U. S. 305")
CIRCUIT = Facts(kind="opinion", date="2021-11-08", **NINTH)
DOE = Facts(kind="declaration", title="DECLARATION OF JANE DOE", entry="24", attachment="2", court="cand")
OPENING = Facts(kind="brief", title="APPELLANTS' OPENING BRIEF", entry="20", court="ca9")


def titled(kind: Any, title: str | None, entry: str | None = "45", court: str | None = "cand", **more: Any) -> Facts:
    return Facts(kind=kind, title=title, entry=entry, court=court, **more)


SAME_CASE: list[Row] = [
    (MOTION, at("12:3", "12:9"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12:3–9", "motion, lines of one page"),
    (MOTION, at("12:3", "13:9"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12:3–13:9", "lines over a page end"),
    (MOTION, at("12:3"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12:3", "one line"),
    (MOTION, at("12"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12", "page without line numbers"),
    (MOTION, at("12:3", "12"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12", "line known at one end only"),
    (MOTION, at("iv"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at iv", "roman page"),
    (MOTION, at("iv", "vi"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at iv–vi", "roman pages"),
    (MOTION, None, SAME, "Defs.' Mot. to Dismiss, ECF No. 45", "the filing as a whole"),
    (ORDER, at("14"), SAME, "Order, ECF No. 111, at 14", "order"),
    (ORDER, at("14", "15"), SAME, "Order, ECF No. 111, at 14–15", "two pages"),
    (ORDER, at("112", "113"), SAME, "Order, ECF No. 111, at 112–13", "three digits: repeated ones go"),
    (ORDER, at("199", "201"), SAME, "Order, ECF No. 111, at 199–201", "three digits over a hundred"),
    (ORDER, at("99", "101"), SAME, "Order, ECF No. 111, at 99–101", "two digits to three"),
    (ORDER, at("1024", "1031"), SAME, "Order, ECF No. 111, at 1024–31", "four digits"),
    (replace(ORDER, attachment="0"), at("14"), SAME, "Order, ECF No. 111, at 14", "attachment 0 is the main document"),
    (replace(ORDER, attachment="3"), at("14"), SAME, "Order, ECF No. 111-3, at 14", "attachment"),
    (replace(ORDER, entry=None), at("14"), SAME, "Order at 14", "no docket entry known"),
    (replace(ORDER, court=None), at("14"), SAME, "Order, ECF No. 111, at 14", "no court known"),
    (ORDER, at("14", writing="dissent", author="Bress"), SAME, "Order, ECF No. 111, at 14 (Bress, J., dissenting)", "dissent in an order"),
]

PARAGRAPHS: list[Row] = [
    (COMPLAINT, para(42), SAME, "Compl. ¶ 42, ECF No. 1", "complaint"),
    (COMPLAINT, para(42, 43), SAME, "Compl. ¶¶ 42–43, ECF No. 1", "two paragraphs"),
    (COMPLAINT, para(142, 145), SAME, "Compl. ¶¶ 142–45, ECF No. 1", "repeated digits go"),
    (COMPLAINT, at("9"), SAME, "Compl., ECF No. 1, at 9", "unnumbered part of a complaint"),
    (COMPLAINT, at("9", paragraphs=(42, 42), footnotes=("3",)), SAME, "Compl., ECF No. 1, at 9 n.3", "its footnote"),
    (replace(COMPLAINT, entry=None), para(42), SAME, "Compl. ¶ 42", "no docket entry known"),
    (titled("complaint", "FIRST AMENDED COMPLAINT", "30"), para(7), SAME, "First Am. Compl. ¶ 7, ECF No. 30", "amended complaint"),
    (titled("answer", "DEFENDANTS' ANSWER TO FIRST AMENDED COMPLAINT", "50"), para(7), SAME, "Defs.' Answer to First Am. Compl. ¶ 7, ECF No. 50", "answer"),
    (titled("answer", "ANSWER AND COUNTERCLAIMS", "50"), para(7), SAME, "Answer & Countercls. ¶ 7, ECF No. 50", "answer and counterclaims"),
    (DOE, para(5), SAME, "Doe Decl. ¶ 5, ECF No. 24-2", "declaration"),
    (replace(DOE, kind="affidavit", title="AFFIDAVIT OF JANE DOE"), para(5, 6), SAME, "Doe Aff. ¶¶ 5–6, ECF No. 24-2", "affidavit"),
    (replace(DOE, title=None, filer="Jane Doe"), para(5), SAME, "Doe Decl. ¶ 5, ECF No. 24-2", "untitled declaration, named filer"),
    (replace(DOE, title="DECLARATION OF TOM AS ROE IN SUPPORT OF THE M OTION", filer="Tomas Roe"), para(5), SAME, "Roe Decl. ¶ 5, ECF No. 24-2", "a name that OCR spaced"),
    (replace(DOE, title=None), para(5), SAME, "Decl. ¶ 5, ECF No. 24-2", "declaration of nobody known"),
    (replace(DOE, entry="24-2", attachment="2"), para(5), SAME, "Doe Decl. ¶ 5, ECF No. 24-2", "entry that names its attachment"),
    (titled("petition", "PETITION FOR WRIT OF HABEAS CORPUS", "1"), para(12), SAME, "Pet. for Writ of Habeas Corpus ¶ 12, ECF No. 1", "petition"),
    (titled("other", "PLAINTIFFS' STATEMENT OF UNDISPUTED FACTS", "77"), para(12), SAME, "Pls.' Statement of Undisputed Facts ¶ 12, ECF No. 77", "statement of facts"),
    (MOTION, at("9", paragraphs=(2, 2)), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 9", "a motion is cited by page, numbered or not"),
]

FOOTNOTES: list[Row] = [
    (MOTION, at("12", footnotes=("3",)), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12 n.3", "footnote"),
    (MOTION, at("12:24", "12:27", footnotes=("3",)), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12 n.3", "a note has no line numbers of its own"),
    (MOTION, at("12", footnotes=("3", "4")), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12 nn.3–4", "two notes"),
    (MOTION, at("12", footnotes=("3", "5")), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12 nn.3 & 5", "notes apart"),
    (MOTION, at("12", "13", footnotes=("3",)), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 12–13 n.3", "a note over two pages"),
    (OPENING, at("1", footnotes=("*",)), SAME, "Appellants' Opening Br. at 1 n.*, ECF No. 20", "a note with a sign"),
    (SLIP, at("9", footnotes=("12",)), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 9 n.12 (U.S. June 1, 2010)", "an opinion's note"),
    (replace(ORDER), at("ecf 4", footnotes=("2",)), SAME, "Order, ECF No. 111, at ECF p. 4 n.2", "note on an ECF page"),
]

APPEALS: list[Row] = [
    (AMICI, at("5"), SAME, "Br. of Amici Curiae Microsoft Corp. et al. at 5, ECF No. 37", "amici, from the title"),
    (replace(AMICI, title=None, filer="Microsoft Corp., Cisco Systems, Inc., and Google LLC"), at("5"), SAME, "Br. of Amici Curiae Microsoft Corp. et al. at 5, ECF No. 37", "amici, from the filers"),
    (replace(AMICI, title="BRIEF OF AMICUS CURIAE ELECTRONIC FRONTIER FOUNDATION IN SUPPORT OF APPELLEES"), at("5"), SAME, "Br. of Amicus Curiae Elec. Frontier Found. at 5, ECF No. 37", "one amicus"),
    (replace(AMICI, title="BRIEF FOR THE UNITED STATES AS AMICUS CURIAE SUPPORTING NEITHER PARTY"), at("5"), SAME, "Br. of Amicus Curiae the United States at 5, ECF No. 37", "the United States"),
    (replace(AMICI, title="BRIEF OF AMICI CURIAE"), at("5"), SAME, "Br. of Amici Curiae at 5, ECF No. 37", "amici unnamed"),
    (replace(AMICI, court="cand"), at("5"), SAME, "Br. of Amici Curiae Microsoft Corp. et al. at 5, ECF No. 37", "amici in a district court"),
    (OPENING, at("14"), SAME, "Appellants' Opening Br. at 14, ECF No. 20", "opening brief"),
    (replace(OPENING, title="OPENING BRIEF OF DEFENDANTS-APPELLANTS"), at("14"), SAME, "Appellants' Opening Br. at 14, ECF No. 20", "opening brief, roles joined"),
    (replace(OPENING, title="APPELLANT'S OPENING BRIEF"), at("14"), SAME, "Appellant's Opening Br. at 14, ECF No. 20", "one appellant"),
    (replace(OPENING, title="APPELLEES' ANSWERING BRIEF"), at("14", "15"), SAME, "Appellees' Answering Br. at 14–15, ECF No. 20", "answering brief"),
    (replace(OPENING, title="APPELLANTS’ REPLY BRIEF"), at("3"), SAME, "Appellants' Reply Br. at 3, ECF No. 20", "reply brief"),
    (replace(OPENING, title="BRIEF FOR CROSS-APPELLANT", court="cafc"), at("3"), SAME, "Cross-Appellant's Br. at 3, ECF No. 20", "cross-appellant"),
    (replace(OPENING, title=None), at("3"), SAME, "Br. at 3, ECF No. 20", "untitled brief"),
    (replace(OPENING, title=None, filer="Appellants"), at("3"), SAME, "Appellants' Br. at 3, ECF No. 20", "untitled brief, filer a role"),
    (titled("petition", "PETITION FOR REHEARING EN BANC", "60", "ca9"), at("3"), SAME, "Pet. for Reh'g En Banc at 3, ECF No. 60", "petition for rehearing"),
    (titled("order", "ORDER", "61", "ca10"), at("1"), SAME, "Order at 1, ECF No. 61", "order of a court of appeals"),
    (titled("judgment", "JUDGMENT", "62", "ca1"), at("1"), SAME, "J. at 1, ECF No. 62", "judgment of a court of appeals"),
    (titled("notice", "NOTICE OF APPEAL", "64"), at("1"), SAME, "Notice of Appeal, ECF No. 64, at 1", "notice of appeal, in the district court"),
    (titled("brief", "BRIEF FOR THE PETITIONER", None, "scotus", case_name="Samantar v. Yousuf", docket="08-1555", date="2009-11-30"), at("14"), OTHER, "Br. for Pet'r at 14, Samantar v. Yousuf, No. 08-1555 (U.S. Nov. 30, 2009)", "Supreme Court brief"),
    (titled("brief", "REPLY BRIEF FOR PETITIONERS", None, "scotus"), at("14"), SAME, "Reply Br. for Pet'rs at 14", "Supreme Court reply"),
    (titled("petition", "PETITION FOR A WRIT OF CERTIORARI", "1", "scotus"), at("i"), SAME, "Pet. for Cert. at i", "the Supreme Court's entries are not cited"),
]

TRANSCRIPTS: list[Row] = [
    (HEARING, at("14:3", "15:2"), SAME, "Hr'g Tr. 14:3–15:2", "hearing"),
    (HEARING, at("14:3", "14:9"), SAME, "Hr'g Tr. 14:3–9", "lines of one page"),
    (HEARING, at("14:3"), SAME, "Hr'g Tr. 14:3", "one line"),
    (replace(HEARING, entry="52"), at("14:3", "15:2"), SAME, "Hr'g Tr. 14:3–15:2, ECF No. 52", "with its docket entry"),
    (replace(HEARING, entry="52"), at("14"), SAME, "Hr'g Tr., ECF No. 52, at 14", "unnumbered lines: a page"),
    (replace(HEARING, entry="52"), at("14:3 / ecf 15", "15:2 / ecf 16"), ECF, "Hr'g Tr. 14:3–15:2, ECF No. 52", "its own pages in every style"),
    (replace(HEARING, entry="52"), at("pdf 6:3", "pdf 6:8"), SAME, "Hr'g Tr., ECF No. 52, at PDF p. 6:3–8", "pages without numbers"),
    (replace(HEARING, title="TRIAL TRANSCRIPT, VOLUME 3"), at("614:3", "615:2"), SAME, "Trial Tr. vol. 3 614:3–615:2", "trial"),
    (replace(HEARING, title="DEPOSITION OF JOHN ROE, JR."), at("14:3", "14:9"), SAME, "Roe Dep. 14:3–9", "deposition"),
    (replace(HEARING, title="TRANSCRIPT OF ORAL ARGUMENT"), at("14:3", "14:9"), SAME, "Oral Arg. Tr. 14:3–9", "oral argument"),
    (replace(HEARING, title=None), at("14:3", "14:9"), SAME, "Tr. 14:3–9", "of something not said"),
    (replace(HEARING, title="REPORTER'S TRANSCRIPT OF SENTENCING"), at("14:3"), SAME, "Sentencing Tr. 14:3", "sentencing"),
    (replace(HEARING, entry="52", date="2023-09-14", **CASE), at("14:3", "15:2"), OTHER, "Hr'g Tr. 14:3–15:2, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. Sept. 14, 2023), ECF No. 52", "another case's hearing"),
]

OTHER_CASE: list[Row] = [
    (ORDER, at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. July 16, 2020), ECF No. 111", "order"),
    (COMPLAINT, para(42), OTHER, "Compl. ¶ 42, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. Oct. 29, 2019), ECF No. 1", "complaint"),
    (replace(MOTION, date="2020-04-02"), at("12:3", "12:9"), OTHER, "Defs.' Mot. to Dismiss at 12:3–9, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. Apr. 2, 2020), ECF No. 45", "motion"),
    (AMICI, at("5"), OTHER, "Br. of Amici Curiae Microsoft Corp. et al. at 5, Name v. Name, No. 20-16408 (9th Cir. Dec. 21, 2020), ECF No. 37", "amici"),
    (replace(DOE, date="2020-05-01", **{**CASE, "court": "nysd", "docket": "1:20-CV-01234 (ABC)"}), para(5), OTHER, "Doe Decl. ¶ 5, Name v. Name, No. 1:20-cv-01234 (S.D.N.Y. May 1, 2020), ECF No. 24-2", "declaration; judge's initials go"),
    (replace(ORDER, date=None), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal.), ECF No. 111", "no date"),
    (replace(ORDER, court=None), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (July 16, 2020), ECF No. 111", "no court"),
    (replace(ORDER, court=None, date=None), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123, ECF No. 111", "neither"),
    (replace(ORDER, docket=None), at("14"), OTHER, "Order at 14, Name v. Name (N.D. Cal. July 16, 2020), ECF No. 111", "no number"),
    (replace(ORDER, case_name=None), at("14"), OTHER, "Order at 14, No. 4:19-cv-07123 (N.D. Cal. July 16, 2020), ECF No. 111", "no name"),
    (replace(ORDER, case_name=None, docket=None, court=None, date=None, entry=None), at("14"), OTHER, "Order at 14", "nothing but its kind"),
    (replace(ORDER, entry=None), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. July 16, 2020)", "no entry"),
    (replace(ORDER, date="2020-07"), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. July 2020), ECF No. 111", "a month"),
    (replace(ORDER, date="sometime"), at("14"), OTHER, "Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal.), ECF No. 111", "a date that is none"),
    (replace(ORDER, court="dcd", docket="Misc. Action No. 17-2336 (BAH)", case_name="In Re GRAND JURY INVESTIGATION", date="2017-10-02", entry=None, title="MEMORANDUM OPINION"), at("3"), OTHER, "Mem. Op. at 3, In re Grand Jury Investigation, No. 17-2336 (D.D.C. Oct. 2, 2017)", "in re"),
    (replace(ORDER, court="azd", docket="No. MDL 15-02641-PHX-DGC", case_name="IN RE: Bard IVC Filters Products Liability Litigation", title="SUGGESTION OF REMAND AND TRANSFER ORDER", date="2019-08-20", entry="3"), at("2:4", "2:9"), OTHER, "Suggestion of Remand & Transfer Order at 2:4–9, In re Bard IVC Filters Prods. Liab. Litig., No. MDL 15-02641 (D. Ariz. Aug. 20, 2019), ECF No. 3", "multidistrict litigation"),
    (replace(ORDER, court="deb", docket="20-10343 (LSS)", case_name="In re Boy Scouts of America", date="2022-07-29", entry="10136", title="OPINION"), at("9"), OTHER, "Op. at 9, In re Boy Scouts of Am., No. 20-10343 (Bankr. D. Del. July 29, 2022), ECF No. 10136", "bankruptcy"),
    (replace(COMPLAINT, court="nysupct", docket="Index No. 650000/2020", entry="30", date="2020-02-03", case_name="ACME CORPORATION v. ROE"), para(9), OTHER, "Compl. ¶ 9, Acme Corp. v. Roe, Index No. 650000/2020 (N.Y. Sup. Ct. Feb. 3, 2020), NYSCEF Doc. No. 30", "New York trial court"),
    (replace(ORDER, court="calsuperct", docket="CGC-20-584789", entry=None, date="2020-03-09"), at("2"), OTHER, "Order at 2, Name v. Name, No. CGC-20-584789 (Cal. Super. Ct. Mar. 9, 2020)", "California trial court"),
    (titled("petition", "PETITION", "1", "tax", docket="Docket No. 12345-20", case_name="DOE v. COMMISSIONER OF INTERNAL REVENUE", date="2020-09-14"), para(5), OTHER, "Pet. ¶ 5, Doe v. Comm'r, No. 12345-20 (T.C. Sept. 14, 2020), Doc. No. 1", "Tax Court petition"),
]

OPINIONS: list[Row] = [
    (PUBLISHED, at("9"), OTHER, "Samantar v. Yousuf, 560 U.S. 305 (2010), slip op. at 9", "published Supreme Court opinion"),
    (PUBLISHED, at("9", "10"), SAME, "Samantar v. Yousuf, 560 U.S. 305 (2010), slip op. at 9–10", "the same beside its own filings"),
    (SLIP, at("9"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 9 (U.S. June 1, 2010)", "by number"),
    (replace(SLIP, date=None), at("9"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 9 (U.S.)", "no date"),
    (replace(SLIP, docket=None), at("9"), OTHER, "Samantar v. Yousuf, slip op. at 9 (U.S. June 1, 2010)", "no number"),
    (replace(SLIP, case_name=None), at("9"), OTHER, "No. 08-1555, slip op. at 9 (U.S. June 1, 2010)", "no name"),
    (Facts(kind="opinion"), at("9"), OTHER, "Slip op. at 9", "nothing but its kind"),
    (Facts(kind="opinion", court="ca2", date="2009-04-16"), at("9"), OTHER, "Slip op. at 9 (2d Cir. Apr. 16, 2009)", "court and date"),
    (CIRCUIT, at("12"), OTHER, "Name v. Name, No. 20-16408, slip op. at 12 (9th Cir. Nov. 8, 2021)", "court of appeals"),
    (replace(CIRCUIT, entry="47"), at("12"), SAME, "Name v. Name, No. 20-16408, slip op. at 12 (9th Cir. Nov. 8, 2021)", "court of appeals, same case"),
    (replace(CIRCUIT, reporter="17 F.4th 930"), at("12"), OTHER, "Name v. Name, 17 F.4th 930 (9th Cir. 2021), slip op. at 12", "published by a court of appeals"),
    (replace(CIRCUIT, court="cadc", docket="Nos. 19-7001, 19-7002"), at("2"), OTHER, "Name v. Name, Nos. 19-7001, 19-7002, slip op. at 2 (D.C. Cir. Nov. 8, 2021)", "two numbers"),
    (replace(CIRCUIT, court="nc", case_name="GIFT SURPLUS, LLC v. STATE OF NORTH CAROLINA", docket="No. 363A14-4", date="2022-02-11"), at("3"), OTHER, "Gift Surplus, LLC v. State, No. 363A14-4, slip op. at 3 (N.C. Feb. 11, 2022)", "a state before its own court"),
    (replace(CIRCUIT, court="moctapped", case_name="Jagels v. State of Missouri", docket="ED108783", date="2021-01-19"), at("3"), OTHER, "Jagels v. State, No. ED108783, slip op. at 3 (Mo. Ct. App. Jan. 19, 2021)", "state court of appeals"),
    (replace(CIRCUIT, court="cal", reporter="30 Cal. 4th 1342", case_name="Intel Corp. v. Hamidi", date="2003-06-30"), at("3"), OTHER, "Intel Corp. v. Hamidi, 30 Cal. 4th 1342 (2003), slip op. at 3", "the reporter names the court"),
    (replace(CIRCUIT, court="tax", case_name="ROCK BORDELON AND TORIE BORDELON v. COMMISSIONER OF INTERNAL REVENUE", docket="19031-13", date="2020-02-20", reporter="T.C. Memo. 2020-26"), at("5"), OTHER, "Bordelon v. Comm'r, T.C. Memo. 2020-26 (2020), slip op. at 5", "Tax Court memorandum"),
    (titled("opinion", "MEMORANDUM OPINION", "61", "dcd"), at("14"), SAME, "Mem. Op., ECF No. 61, at 14", "district court, same case"),
    (titled("opinion", "MEMORANDUM OPINION", None, "dcd", case_name="Name v. Name", docket="1:19-cv-00001-RJL", date="2020-12-01"), at("14"), OTHER, "Name v. Name, No. 1:19-cv-00001, slip op. at 14 (D.D.C. Dec. 1, 2020)", "district court, off its docket"),
]

WRITINGS: list[Row] = [
    (PUBLISHED, at("2", writing="dissent", author="Sotomayor"), OTHER, "Samantar v. Yousuf, 560 U.S. 305 (2010), slip op. at 2 (Sotomayor, J., dissenting)", "dissent"),
    (SLIP, at("1", writing="concurrence", author="Alito"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 1 (U.S. June 1, 2010) (Alito, J., concurring)", "concurrence"),
    (SLIP, at("1", writing="concurrence", author="Thomas", manner="concurring in the judgment"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 1 (U.S. June 1, 2010) (Thomas, J., concurring in the judgment)", "in the judgment"),
    (SLIP, at("1", writing="concurrence_in_part", author="Kennedy", manner="concurring in part and concurring in the judgment"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 1 (U.S. June 1, 2010) (Kennedy, J., concurring in part and concurring in the judgment)", "in part and in the judgment"),
    (SLIP, at("1", writing="concurrence_in_part", author="Scalia", manner="concurring in part and dissenting in part"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 1 (U.S. June 1, 2010) (Scalia, J., concurring in part and dissenting in part)", "in part, dissenting in part"),
    (SLIP, at("1", writing="concurrence_in_part", author="Scalia"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 1 (U.S. June 1, 2010) (Scalia, J., concurring in part)", "in part, the rest not said"),
    (SLIP, at("3", writing="majority", author="Stevens"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 3 (U.S. June 1, 2010)", "the majority needs no word"),
    (SLIP, at("3", writing="plurality", author="Stevens"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 3 (U.S. June 1, 2010) (plurality opinion)", "plurality"),
    (SLIP, at("3", writing="per_curiam"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 3 (U.S. June 1, 2010) (per curiam)", "per curiam"),
    (SLIP, at("2", writing="syllabus"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 2 (U.S. June 1, 2010) (syllabus, not part of the opinion)", "syllabus"),
    (SLIP, at("2", writing="dissent", author="Roberts"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 2 (U.S. June 1, 2010) (Roberts, C.J., dissenting)", "Chief Justice"),
    (replace(SLIP, date="1980-06-01"), at("2", writing="dissent", author="Rehnquist"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 2 (U.S. June 1, 1980) (Rehnquist, J., dissenting)", "before he was Chief Justice"),
    (replace(SLIP, date=None), at("2", writing="dissent", author="Rehnquist"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 2 (U.S.) (Rehnquist, dissenting)", "which office is not known"),
    (SLIP, at("2", writing="dissent", author="Breyer, Sotomayor & Kagan"), OTHER, "Samantar v. Yousuf, No. 08-1555, slip op. at 2 (U.S. June 1, 2010) (Breyer, Sotomayor & Kagan, JJ., dissenting)", "signed together"),
    (CIRCUIT, at("12", writing="dissent", author="Forrest"), OTHER, "Name v. Name, No. 20-16408, slip op. at 12 (9th Cir. Nov. 8, 2021) (Forrest, J., dissenting)", "circuit dissent"),
    (CIRCUIT, at("31", writing="dissent"), OTHER, "Name v. Name, No. 20-16408, slip op. at 31 (9th Cir. Nov. 8, 2021) (dissenting opinion)", "dissent of nobody known"),
    (CIRCUIT, at("31", writing="concurrence"), OTHER, "Name v. Name, No. 20-16408, slip op. at 31 (9th Cir. Nov. 8, 2021) (concurring opinion)", "concurrence of nobody known"),
    (CIRCUIT, at("31", writing="concurrence_in_part"), OTHER, "Name v. Name, No. 20-16408, slip op. at 31 (9th Cir. Nov. 8, 2021) (opinion concurring in part)", "in part, of nobody known"),
    (CIRCUIT, at("2", writing="syllabus"), OTHER, "Name v. Name, No. 20-16408, slip op. at 2 (9th Cir. Nov. 8, 2021) (syllabus, not part of the opinion)", "a court's summary"),
]

KINDS: list[Row] = [
    (titled("opposition", "PLAINTIFFS' OPPOSITION TO DEFENDANTS' MOTION TO DISMISS", "55"), at("9:1", "9:4"), SAME, "Pls.' Opp'n to Defs.' Mot. to Dismiss, ECF No. 55, at 9:1–4", "opposition"),
    (titled("opposition", "PLAINTIFFS WHATSAPP INC. AND FACEBOOK, INC.'S OPPOSITION TO DEFENDANTS' MOTION TO DISMISS", "55"), at("9"), SAME, "Pls.' Opp'n to Defs.' Mot. to Dismiss, ECF No. 55, at 9", "names of the parties go"),
    (titled("reply", "REPLY IN SUPPORT OF DEFENDANTS' MOTION TO DISMISS", "62"), at("3"), SAME, "Reply in Supp. of Defs.' Mot. to Dismiss, ECF No. 62, at 3", "reply"),
    (titled("memorandum", "MEMORANDUM OF POINTS AND AUTHORITIES IN SUPPORT OF DEFENDANTS' MOTION TO DISMISS", "46"), at("3"), SAME, "Mem. P. & A. Supp. Defs.' Mot. to Dismiss, ECF No. 46, at 3", "points and authorities"),
    (titled("memorandum", "MEMORANDUM OF LAW IN SUPPORT OF DEFENDANT ACME CORP.'S MOTION FOR SUMMARY JUDGMENT", "46"), at("3"), SAME, "Mem. of Law in Supp. of Def.'s Mot. Summ. J., ECF No. 46, at 3", "memorandum of law"),
    (titled("motion", "PLAINTIFF'S MOTION FOR PRELIMINARY INJUNCTION AND MEMORANDUM IN SUPPORT THEREOF"), at("3"), SAME, "Pl.'s Mot. Prelim. Inj., ECF No. 45, at 3", "the second document goes"),
    (titled("motion", "MOTION OF DEFENDANTS X CORP. AND Y LLC TO COMPEL ARBITRATION"), at("3"), SAME, "Defs.' Mot. to Compel Arbitration, ECF No. 45, at 3", "motion of a party"),
    (titled("motion", "DEFENDANTS’ NOTICE OF MOTION AND MOTION TO DISMISS OR, IN THE ALTERNATIVE, TO STAY DISCOVERY; MEMORANDUM OF POINTS AND AUTHORITIES"), at("3"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at 3", "what is asked in the alternative goes"),
    (titled("motion", None), at("3"), SAME, "Mot., ECF No. 45, at 3", "untitled motion"),
    (titled("motion", None, filer="Defendants"), at("3"), SAME, "Defs.' Mot., ECF No. 45, at 3", "untitled motion, filer a role"),
    (titled("other", "STATEMENT OF INTEREST OF THE UNITED STATES OF AMERICA", "60", side="government"), at("4"), SAME, "Statement of Interest of the United States, ECF No. 60, at 4", "statement of interest"),
    (titled("exhibit", "EXHIBIT A – LICENSE AGREEMENT", "24", attachment="2"), at("3"), SAME, "Ex. A, ECF No. 24-2, at 3", "exhibit"),
    (titled("exhibit", None, "24", attachment="2"), at("ecf 3"), SAME, "Ex., ECF No. 24-2, at ECF p. 3", "untitled exhibit"),
    (titled("notice", "NOTICE OF SUPPLEMENTAL AUTHORITY", "90"), at("2"), SAME, "Notice of Suppl. Auth., ECF No. 90, at 2", "notice"),
    (titled("judgment", "FINAL JUDGMENT", "120"), at("1"), SAME, "Final J., ECF No. 120, at 1", "judgment"),
    (titled("letter", "LETTER FROM J. DOE TO THE HON. P. HAMILTON RE: DISCOVERY DISPUTE", "80"), at("2"), SAME, "Letter from J. Doe to Hon. P. Hamilton, ECF No. 80, at 2", "letter"),
    (titled("letter", None, "80"), at("2"), SAME, "Letter, ECF No. 80, at 2", "untitled letter"),
    (titled("order", "MEMORANDUM OPINION AND ORDER", "61"), at("2"), SAME, "Mem. Op. & Order, ECF No. 61, at 2", "opinion and order"),
    (titled("order", "[PROPOSED] ORDER GRANTING MOTION TO DISMISS", "45", attachment="1"), at("2"), SAME, "[Proposed] Order, ECF No. 45-1, at 2", "proposed order"),
    (titled("order", "REPORT AND RECOMMENDATION", "45"), at("2"), SAME, "R. & R., ECF No. 45, at 2", "magistrate judge's report"),
    (titled("order", "ORDER TO SHOW CAUSE", "45"), at("2"), SAME, "Order to Show Cause, ECF No. 45, at 2", "order to show cause"),
    (titled("other", None), at("12"), SAME, "ECF No. 45, at 12", "known by its entry alone"),
]

PAGES: list[Row] = [
    (ORDER, at("14 / ecf 15"), SAME, "Order, ECF No. 111, at 14", "printed before ECF"),
    (ORDER, at("ecf 15"), SAME, "Order, ECF No. 111, at ECF p. 15", "no printed page"),
    (ORDER, at("ecf 15", "ecf 16"), SAME, "Order, ECF No. 111, at ECF pp. 15–16", "two ECF pages"),
    (ORDER, at("14 / ecf 15", "ecf 16"), SAME, "Order, ECF No. 111, at ECF pp. 15–16", "printed at one end only"),
    (ORDER, at("pdf 7"), SAME, "Order, ECF No. 111, at PDF p. 7", "neither"),
    (ORDER, at("pdf 7", "pdf 8"), SAME, "Order, ECF No. 111, at PDF pp. 7–8", "neither, two pages"),
    (MOTION, at("ecf 13:3", "ecf 13:9"), SAME, "Defs.' Mot. to Dismiss, ECF No. 45, at ECF p. 13:3–9", "lines on an ECF page"),
    (ORDER, at("14 / ecf 15"), ECF, "Order, ECF No. 111, at ECF p. 15", "ECF preferred"),
    (ORDER, at("14"), ECF, "Order, ECF No. 111, at 14", "ECF preferred, not stamped"),
    (OPENING, at("14 / ecf 22"), ECF, "Appellants' Opening Br. at ECF p. 22, ECF No. 20", "ECF preferred, on appeal"),
    (SLIP, at("9 / ecf 12"), {**OTHER, "page_style": "ecf"}, "Samantar v. Yousuf, No. 08-1555, slip op. at ECF p. 12 (U.S. June 1, 2010)", "ECF preferred, opinion"),
    (replace(ORDER, court="miwd"), at("14 / ecf 15 / id 123"), PAGE_ID, "Order, ECF No. 111, PageID.123", "PageID"),
    (replace(ORDER, court="miwd"), at("14 / id 123", "15 / id 124"), PAGE_ID, "Order, ECF No. 111, PageID.123–124", "PageID, two pages"),
    (replace(ORDER, court="miwd"), at("14 / ecf 15"), PAGE_ID, "Order, ECF No. 111, at ECF p. 15", "PageID preferred, not stamped"),
    (replace(ORDER, court="miwd"), at("14 / id 123", footnotes=("2",)), PAGE_ID, "Order, ECF No. 111, PageID.123 n.2", "PageID and a note"),
    (replace(ORDER, court="miwd"), at("14 / id 123"), {**OTHER, "page_style": "page_id"}, "Order, Name v. Name, No. 4:19-cv-07123 (W.D. Mich. July 16, 2020), ECF No. 111, PageID.123", "PageID, another case"),
    (replace(COMPLAINT, court="miwd"), at("id 7", paragraphs=(42, 42)), PAGE_ID, "Compl. ¶ 42, ECF No. 1", "¶ before any page"),
]

SHORT_FORMS: list[Row] = [
    (MOTION, at("12:3", "12:9"), SHORT, "ECF No. 45 at 12:3–9", "by its entry"),
    (COMPLAINT, para(42), SHORT, "Compl. ¶ 42", "by paragraph"),
    (replace(HEARING, entry="52"), at("14:3", "15:2"), SHORT, "Hr'g Tr. 14:3–15:2", "by transcript line"),
    (replace(ORDER, entry=None), at("14"), SHORT, "Order at 14", "no entry"),
    (replace(ORDER, court="miwd"), at("id 123"), {**SHORT, "page_style": "page_id"}, "ECF No. 111, PageID.123", "PageID"),
    (SLIP, at("9"), SHORT, "Samantar, slip op. at 9", "opinion"),
    (SLIP, at("1", writing="concurrence", author="Alito"), SHORT, "Samantar, slip op. at 1 (Alito, J., concurring)", "separate writing"),
    (replace(SLIP, case_name="Kansas v. Ventris"), at("9"), SHORT, "Ventris, slip op. at 9", "nor does a state"),
    (replace(SLIP, case_name="UNITED STATES v. JONES"), at("9"), SHORT, "Jones, slip op. at 9", "a government does not name a case"),
    (Facts(kind="opinion"), at("31", writing="dissent"), SHORT, "Slip op. at 31 (dissenting opinion)", "nameless"),
]

FILES: list[Row] = [
    (Facts(), at("pdf 7"), {**SAME, "file": "scan 12.pdf"}, "scan 12.pdf, at PDF p. 7", "nothing known"),
    (Facts(), at("3"), {**OTHER, "file": "scan 12.pdf"}, "scan 12.pdf, at 3", "nothing known but a printed page"),
    (Facts(), None, {**SAME, "file": "scan 12.pdf"}, "scan 12.pdf", "nothing known, the whole file"),
    (Facts(**CASE), at("pdf 7"), {**OTHER, "file": "scan.pdf"}, "Name v. Name, No. 4:19-cv-07123 (N.D. Cal.), scan.pdf, at PDF p. 7", "the case alone known"),
    (Facts(**CASE), at("pdf 7"), SAME, "Name v. Name, No. 4:19-cv-07123 (N.D. Cal.), at PDF p. 7", "the case alone, no file name"),
]

FORMS: list[Row] = [
    *SAME_CASE,
    *PARAGRAPHS,
    *FOOTNOTES,
    *APPEALS,
    *TRANSCRIPTS,
    *OTHER_CASE,
    *OPINIONS,
    *WRITINGS,
    *KINDS,
    *PAGES,
    *SHORT_FORMS,
    *FILES,
]
