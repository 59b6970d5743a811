"""What a row shows beside its headline: which of an article's comments and pictures are stored, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.errors import StoreError

if TYPE_CHECKING:
    from eksread.library import Library
    from eksread.model.lists import Headline


class StoredExtras(NamedTuple):
    """`new` comments came since the reader saw them; the others say what can be seen offline."""

    new: int = 0
    comments: bool = False
    picture: bool = False


NO_EXTRAS: Final = StoredExtras()


class ExtrasLookup:
    """Looks articles up as their rows are shown, each once until `forget`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[int, StoredExtras] = {}

    def __call__(self, headline: Headline) -> StoredExtras:
        """Give what to show of an article; nothing where the store can't be read, which the list says itself."""
        if headline.id not in self._known:
            try:
                self._known[headline.id] = self._look(headline)
            except StoreError:
                return NO_EXTRAS
        return self._known[headline.id]

    def forget(self) -> None:
        """Look again from now on."""
        self._known.clear()

    def _look(self, headline: Headline) -> StoredExtras:
        held = new = 0
        if headline.comment_count:
            held, new = self._library.queries.comment_counts(headline.id)
        pictures = self._library.pictures
        picture = bool(pictures and headline.image and pictures.held(headline.image))
        return StoredExtras(new, held > 0, picture)
