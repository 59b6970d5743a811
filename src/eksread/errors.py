"""The tree of all errors, each with its translated sentences."""

from __future__ import annotations

import errno
import re
from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar, Final

from eksread.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""Control characters except tab and line end, bidirectional controls, zero-width characters and tags.

Joiners of emoji stay. Nothing of this is in a message or printed, whatever a server, a file or the store holds.
"""


_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EEXIST: N_("it is there already"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("what should be its folder is a file"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk reports a fault"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ELOOP: N_("it is a link to itself"),
}


def reason_of(error: OSError) -> str:
    """Give the system's reason in the interface's language: its own texts are English. A rare one stays as the system has it."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known is not None else error.strerror or str(error)


class EksreadError(Exception):
    """The root. Keyword arguments fill the `{names}` of the sentences.

    Details and values may come from the network or a file's name: of neither does a control character get out.
    """

    code: ClassVar[str] = "error"
    what: ClassVar[str] = N_("Something went wrong.")
    means: ClassVar[str] = ""
    todo: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, detail: str = "", **values: object) -> None:
        self.detail = CONTROLS.sub("", detail)
        super().__init__(self.detail or self.code)
        self.values = values

    def sentences(self) -> tuple[str, ...]:
        """Give the translated sentences that are not empty, in the order what, means, to do."""
        values = defaultdict(lambda: "?", self.values)  # a missing one must not raise inside an error message
        texts = (self.what, self.means, self.todo)
        filled = (CONTROLS.sub("", _(text).format_map(values)) for text in texts if text)
        return tuple(text for text in filled if text)

    @property
    def message(self) -> str:
        """The sentences as one line."""
        return " ".join(self.sentences())


# A page could not be had.


class FetchError(EksreadError):
    """A page could not be had. `url` is always among the values."""

    code = "fetch"
    what = N_("The page could not be fetched.")
    means = N_("What was saved earlier is still there.")
    todo = N_("Try again later.")
    transient: ClassVar[bool] = True
    """Whether trying again later can help."""


class Offline(FetchError):
    """DNS, connect and unreachable network errors."""

    code = "offline"
    what = N_("The portal can't be reached.")
    means = N_("What is saved stays readable.")
    todo = N_("Check the connection, then try again.")


class AskedOffline(Offline):
    """The reader asked to stay off the network."""

    code = "asked-offline"
    what = N_("eksread was started with --offline: nothing is fetched.")
    means = ""
    todo = ""


class NameNotFound(Offline):
    """The host's name does not resolve."""

    code = "dns"
    what = N_("The name {host} was not found on the network.")


class NoSocks(Offline):
    """The environment names a SOCKS proxy, and the part that speaks SOCKS is not installed."""

    code = "socks"
    what = N_("The environment names a SOCKS proxy, which eksread was installed without support for.")
    todo = N_("Install eksread[socks], or take the proxy out of all_proxy, http_proxy and https_proxy.")


class TimedOut(FetchError):
    """The total deadline of a page, or a connect/read timeout, has passed."""

    code = "timeout"
    what = N_("The portal took too long to answer.")
    means = N_("The line is slow or the portal is busy; saved news is still there.")


class ConnectionBroken(FetchError):
    """The connection ended before the response did."""

    code = "broken"
    what = N_("The connection broke off.")


class TlsFailed(FetchError):
    """The server's certificate was not accepted; verification is never turned off."""

    code = "tls"
    what = N_("The portal's certificate was not accepted.")
    means = N_("Someone may be listening on this network, or the computer's clock is wrong.")
    todo = N_("Check the date of this computer, or use another network.")
    transient = True


class HttpError(FetchError):
    """A status of 400 or more that has no class of its own. Values: status."""

    code = "http"
    what = N_("The portal answered with error {status}.")


class Gone(FetchError):
    """404 or 410: the page is no longer there."""

    code = "gone"
    what = N_("The portal no longer has this page.")
    means = N_("If it was saved earlier, the saved text stays readable.")
    todo = ""
    transient = False


class Busy(FetchError):
    """429 or 503. `retry_after` in seconds when the server said it."""

    code = "busy"
    what = N_("The portal asks to come back later.")

    def __init__(self, detail: str = "", retry_after: float | None = None, **values: object) -> None:
        super().__init__(detail, **values)
        self.retry_after = retry_after


class TooLarge(FetchError):
    """More bytes than the caps allow, on the wire or after decompression."""

    code = "too-large"
    what = N_("The page is larger than eksread accepts.")
    todo = N_("Open it in the browser if you need it.")
    transient = False


class BadRedirect(FetchError):
    """Too many redirects, a downgrade to http, or one that leads to a private address."""

    code = "redirect"
    what = N_("The portal sends this page to an address that eksread does not follow.")
    transient = False


class BadAddress(FetchError):
    """Not an http(s) address, or one that this portal's pages may not lead to."""

    code = "address"
    what = N_("This is not an address that eksread opens.")
    todo = ""
    transient = False


class Disallowed(FetchError):
    """robots.txt asks not to fetch this page automatically."""

    code = "robots"
    what = N_("The portal asks programs not to fetch this page.")
    todo = N_("Open it in the browser if you need it.")
    transient = False


class UnexpectedContent(FetchError):
    """A response that is not what was asked for; never replaces good saved news."""

    code = "untrue"
    what = N_("The answer is not a page of the portal.")


class EmptyResponse(UnexpectedContent):
    """A 200 with no body."""

    code = "empty"
    what = N_("The portal answered with an empty page.")


class Truncated(UnexpectedContent):
    """Shorter than its Content-Length, or a cut gzip stream."""

    code = "truncated"
    what = N_("Only a part of the page arrived.")


class WrongType(UnexpectedContent):
    """A content type that is no page. Values: type."""

    code = "type"
    what = N_("The portal answered with something that is not a page ({type}).")


class CaptivePortal(UnexpectedContent):
    """A login page of the network in between."""

    code = "captive"
    what = N_("This network shows its own login page instead of the news.")
    means = N_("Saved news is untouched.")
    todo = N_("Log in to the network with a browser, then try again.")


class Maintenance(UnexpectedContent):
    """The portal says that it is being worked on."""

    code = "maintenance"
    what = N_("The portal is under maintenance.")


class ErrorPage(UnexpectedContent):
    """An error page that was served with status 200."""

    code = "error-page"
    what = N_("The portal answered with an error page.")


class Unreadable(UnexpectedContent):
    """A page in which no headlines and no article could be found."""

    code = "unreadable"
    what = N_("No news could be recognised on this page.")
    means = N_("The portal may have been rebuilt; saved news is still there.")
    todo = N_("Run 'eksread doctor' to see what was recognised.")


# What a person asked for can't be followed.


class UsageError(EksreadError):
    """A command line or setting that can't be followed. Values: reason."""

    code = "usage"
    what = N_("{reason}")
    exit_code = 2


class FileUnreadable(EksreadError):
    """A file named on the command line can't be read. Values: path, reason."""

    code = "file"
    what = N_("The file {path} can't be read: {reason}")


class FileUnwritable(EksreadError):
    """A file named on the command line can't be written. Values: path, reason."""

    code = "file"
    what = N_("The file {path} can't be written: {reason}")


class BackupUnreadable(EksreadError):
    """What is to be restored is no backup. Values: path."""

    code = "backup"
    what = N_("The file {path} is no backup of eksread. Nothing was changed.")
    means = N_(
        "'eksread restore' takes what 'eksread backup' wrote; 'eksread marks import' takes what 'eksread marks export' wrote."
    )


class LogUnwritable(EksreadError):
    """A log file that was named can't be written. Values: path, reason."""

    code = "log"
    what = N_("The log file {path} can't be written: {reason}")


class SystemRefused(EksreadError):
    """The system refused what no part of eksread foresaw, such as writing to a full disk. Values: reason."""

    code = "system"
    what = N_("The system refused: {reason}.")


# Something about the saved news.


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


def file_error(error: OSError, folder: Path) -> StoreError:
    """Give what an error of the file system in `folder` means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(str(error))
    return StoreReadOnly(str(error), path=folder)


class StoreCorrupt(StoreError):
    """The database file is damaged. Values: path (where it was set aside), bookmarks, articles (how many are there now)."""

    code = "corrupt"
    what = N_("The file of saved news was damaged and has been set aside as {path}.")
    means = N_("What is there now: {bookmarks} bookmarks and {articles} articles.")
    todo = N_("Fetch what is missing: R in the reader, or 'eksread refresh'.")


class StoreEmptied(StoreCorrupt):
    """The database file has lost its tables. Values as of `StoreCorrupt`."""

    code = "emptied"
    what = N_(
        "The file of saved news was empty, although news was saved before; what was left of it is now {path}."
    )


class StoreDamaged(StoreCorrupt):
    """Damage was met while the database is in use; it is set aside when it is next opened."""

    code = "damaged"
    what = N_("The file of saved news is damaged.")
    means = N_("At the next start it is set aside, and what can be read of it is kept.")
    todo = N_("Leave eksread and start it again.")


class StoreVanished(StoreError):
    """The database file was deleted, moved or replaced while it is open. Values: path (its folder), kept (of the bookmarks)."""

    code = "vanished"
    what = N_("The saved news in {path} was deleted or moved while eksread runs: nothing new is kept there.")
    means = N_("{kept}")
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


class StoreAway(StoreError):
    """The database's name is a link to a file that is not there. Values: path, target."""

    code = "away"
    what = N_("The file of saved news {path} is a link to {target}, which is not there.")
    means = N_("Nothing was changed.")
    todo = N_("Connect the disk that holds it, or remove the link to begin anew.")


class StoreOdd(StoreError):
    """The database, or what SQLite keeps beside it, is a folder, a FIFO or a device. Values: path."""

    code = "odd"
    what = N_("{path} is no ordinary file.")
    means = N_("Nothing was changed.")
    todo = N_("Move it away.")


class BookmarksUnreadable(StoreError):
    """The bookmarks' mirror can't be read, or not all of it. Values: path, reason."""

    code = "bookmarks"
    what = N_("The file of bookmarks {path} can't be read: {reason}.")
    means = N_("It is left as it is; the bookmarks themselves are kept with the news.")
    todo = N_("Mend it or move it away: then it is written again.")


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


class NothingToExport(EksreadError):
    """None of the chosen articles has a text."""

    code = "nothing-to-export"
    what = N_("There is nothing to export: no article of this choice has its text saved.")
    todo = N_("'eksread refresh' fetches texts.")


class RefreshRunning(EksreadError):
    """Another process refreshes right now."""

    code = "refreshing"
    what = N_("Another eksread is fetching the news right now.")
    means = N_("Its news will show up here as well.")
