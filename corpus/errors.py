"""Every error Pincite raises on purpose, drawn as a tree.

    PinciteError
      CorpusError       one filing cannot be read; the others go on
        UnreadablePdf     not a PDF, empty, truncated or broken beyond repair
        EncryptedPdf      needs a password
        NoText            no text layer on any page, and no OCR to read it
        ReadingLimit      took more time or memory than one filing may
        BadCorrection     a sidecar or a correction names an unknown field or value
      LibraryError      the home or one of its indexes cannot serve
        HomeLocked        another process is writing to this home
        IndexMismatch     built with another model or splitter; `pincite reindex`
        UnknownFiling     no filing with that id or name
        UnknownConversation  no conversation with that id
        UnknownJob        no job with that id
        BadFilter         a filter names an unknown field or value
      ModelError        a model cannot serve
        ModelUnavailable  weights or server out of reach; may be tried again
        MalformedReply    a chat model's reply cannot be used
      CitationError     a citation's facts do not suffice
      PromptError       a prompt is missing, or its variables do not match
      SettingsError     a setting's name or value is unknown
      DatasetError      an evaluation set does not fit the filings it names

A message says what happened, in which filing and page, and what to do next.
"""


class PinciteError(Exception):
    """Anything Pincite raises on purpose."""


class CorpusError(PinciteError):
    """One filing cannot be read."""


class UnreadablePdf(CorpusError):
    """Not a PDF, empty, truncated or broken beyond repair."""


class EncryptedPdf(CorpusError):
    """The PDF needs a password."""


class NoText(CorpusError):
    """No page has a text layer, and there is no OCR to read them."""


class ReadingLimit(CorpusError):
    """Reading took more time or memory than one filing may take."""


class BadCorrection(CorpusError):
    """A sidecar or a correction names an unknown field or value."""


class LibraryError(PinciteError):
    """The home or one of its indexes cannot serve."""


class HomeLocked(LibraryError):
    """Another process is writing to this home."""


class IndexMismatch(LibraryError):
    """The indexes were built with another model or splitter."""


class UnknownFiling(LibraryError):
    """No filing with that id or name."""


class UnknownConversation(LibraryError):
    """No conversation with that id."""


class UnknownJob(LibraryError):
    """No job with that id."""


class BadFilter(LibraryError):
    """A filter names an unknown field or value."""


class ModelError(PinciteError):
    """A model cannot serve."""


class ModelUnavailable(ModelError):
    """Weights or server are out of reach; trying again may help."""


class MalformedReply(ModelError):
    """A chat model's reply cannot be used."""


class CitationError(PinciteError):
    """The facts given do not suffice for a citation."""


class PromptError(PinciteError):
    """A prompt is missing, or its variables do not match the ones given."""


class SettingsError(PinciteError):
    """A setting's name or value is unknown."""


class DatasetError(PinciteError):
    """An evaluation set does not fit the filings it names."""
