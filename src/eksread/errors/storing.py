"""Something about the saved news."""

from __future__ import annotations

from eksread.errors.root import EksreadError
from eksread.i18n import N_


class StoreError(EksreadError):
    """Something about the saved news."""

    code = "store"
    what = N_("The saved news can't be used.")


class StoreLocked(StoreError):
    """Another process holds the database for longer than the patience allows."""

    code = "locked"
    what = N_("Another eksread is writing at the moment.")
    means = N_("Nothing is lost.")
    todo = N_("Try again in a moment.")


class StoreFull(StoreError):
    """No space, or a quota."""

    code = "full"
    what = N_("The disk is full.")
    means = N_("Reading goes on; new news and marks can't be saved.")
    todo = N_("Free some space, then try again.")


class StoreReadOnly(StoreError):
    """The folder or file can't be written. Values: path."""

    code = "read-only"
    what = N_("The folder {path} can't be written.")
    means = N_("Reading goes on; new news and marks can't be saved.")
    todo = N_("Check the permissions of the folder.")


class StoreCorrupt(StoreError):
    """The database file is damaged. Values: path (where it was set aside)."""

    code = "corrupt"
    what = N_("The file of saved news was damaged and has been set aside as {path}.")
    means = N_("Bookmarks are kept; the news is fetched again.")
    todo = N_("Fetch everything again: R in the reader, or 'eksread refresh'.")


class StoreDamaged(StoreCorrupt):
    """Damage was met while the database is in use; it is set aside when it is next opened."""

    code = "damaged"
    what = N_("The file of saved news is damaged.")
    means = N_("Bookmarks are kept; at the next start the file is set aside and the news is fetched again.")
    todo = N_("Leave eksread and start it again.")


class StoreNewer(StoreError):
    """The database was written by a newer eksread; it is left untouched."""

    code = "newer"
    what = N_("The saved news was written by a newer eksread.")
    means = N_("It was left untouched.")
    todo = N_("Update eksread, or choose another folder with --data-dir.")


class StoreForeign(StoreError):
    """The file is a database of another program; it is left untouched."""

    code = "foreign"
    what = N_("The file {path} belongs to another program.")
    means = N_("It was left untouched.")
    todo = N_("Choose another folder with --data-dir.")


class BookmarksUnreadable(StoreError):
    """The bookmarks' mirror is no TOML. Values: path (where it was set aside)."""

    code = "bookmarks"
    what = N_("The file of bookmarks could not be read and has been set aside as {path}.")
    means = N_("The bookmarks themselves are kept, and a new file was written.")
    todo = N_("Mend the file and put it back: what it says is then taken in.")


class NotFound(EksreadError):
    """No such article. Values: ref."""

    code = "not-found"
    what = N_("There is no article {ref} among the saved ones.")
    todo = N_("'eksread list' shows what there is.")


class SectionNotFound(EksreadError):
    """No such section. Values: ref."""

    code = "no-section"
    what = N_("There is no section “{ref}”.")
    todo = N_("'eksread list --sections' shows what there is.")


class NoText(EksreadError):
    """The article's text is not saved and can't be fetched now. Values: title."""

    code = "no-text"
    what = N_("The text of this article is not saved yet.")
    means = N_("It will be fetched with the next connection.")


class RefreshRunning(EksreadError):
    """Another process refreshes right now."""

    code = "refreshing"
    what = N_("Another eksread is fetching the news right now.")
    means = N_("Its news will show up here as well.")
