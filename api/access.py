"""What the caller may see: the whole library, or only the matter that the key is made for.

Every route that touches a filing, a conversation or a job asks here first. What lies outside the matter is not
there: it is answered exactly as an unknown id is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.problems import Problem
from corpus.errors import UnknownConversation, UnknownFiling
from rag.library import Library
from rag.model import Filters, Listing


@dataclass(frozen=True, slots=True)
class Access:
    """The library as one caller sees it; `matter` empty sees all of it."""

    library: Library
    matter: str = ""

    def filters(self, wanted: Filters) -> Filters:
        """`wanted`, within the matter. Raises Problem 403 for another matter, UnknownFiling."""
        ids = tuple(self._resolve(name) for name in wanted.filing_ids)
        if not self.matter:
            return replace(wanted, filing_ids=ids)
        if wanted.matter and self.matter not in wanted.matter:
            raise self._forbidden(wanted.matter[0])
        return replace(wanted, filing_ids=ids, matter=(self.matter,))

    def own_matter(self, wanted: str | None) -> str | None:
        """The matter that something new is filed under. Raises Problem 403 for another than the key's."""
        if self.matter and wanted not in (None, "", self.matter):
            raise self._forbidden(str(wanted))
        return self.matter or wanted or None

    def listing(self, filing_id: str) -> Listing:
        """A filing the caller may see, by its whole id. Raises UnknownFiling."""
        if not self.may_see(filing_id):
            raise UnknownFiling(f"no filing {filing_id}")
        return self.library.catalog.listing(filing_id)

    def may_see(self, filing_id: str) -> bool:
        """Whether there is such a filing, and it is in the caller's matter."""
        ref = self.library.refs([filing_id]).get(filing_id)
        return ref is not None and (not self.matter or ref.matter == self.matter)

    def check_conversation(self, conversation_id: str) -> None:
        """Raise UnknownConversation unless there is one that the caller may read, or "new" begins one."""
        if conversation_id == "new":
            return
        matter = self.library.conversations.matter(conversation_id)
        if self.matter and matter != self.matter:
            raise UnknownConversation(f"no conversation {conversation_id}; give 'new' to begin one")

    def _resolve(self, name: str) -> str:
        if not self.matter:
            return self.library.catalog.resolve(name)
        mine = self.library.catalog.listings(Filters(matter=(self.matter,)), limit=None)
        found = [one.id for one in mine if name in (one.id, one.file)] or [
            one.id for one in mine if name and one.id.startswith(name)
        ]
        if len(found) != 1:
            raise UnknownFiling(f"no filing {name!r}, or several; give the id")
        return found[0]

    def _forbidden(self, asked: str) -> Problem:
        return Problem(403, "other-matter", "Another matter", f"this key is for {self.matter!r}, not {asked!r}")
