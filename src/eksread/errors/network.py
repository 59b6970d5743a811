"""A page could not be had."""

from __future__ import annotations

from typing import ClassVar

from eksread.errors.root import EksreadError
from eksread.i18n import N_


class FetchError(EksreadError):
    """A page could not be had. `url` is always among the values."""

    code = "fetch"
    what = N_("The page could not be fetched.")
    means = N_("What was saved earlier is still there.")
    todo = N_("Try again later.")
    transient: ClassVar[bool] = True
    """Whether trying again later can help."""


class Offline(FetchError):
    """No line: DNS, connect and unreachable network errors."""

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
    """The connection ended in mid-answer."""

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


class Untrue(FetchError):
    """An answer that is not what it claims to be; never replaces good saved news."""

    code = "untrue"
    what = N_("The answer is not a page of the portal.")


class EmptyAnswer(Untrue):
    """A 200 with no body."""

    code = "empty"
    what = N_("The portal answered with an empty page.")


class Truncated(Untrue):
    """Shorter than its Content-Length, or a cut gzip stream."""

    code = "truncated"
    what = N_("Only a part of the page arrived.")


class WrongType(Untrue):
    """A content type that is no page. Values: type."""

    code = "type"
    what = N_("The portal answered with something that is not a page ({type}).")


class CaptivePortal(Untrue):
    """A login page of the network in between."""

    code = "captive"
    what = N_("This network shows its own login page instead of the news.")
    means = N_("Saved news is untouched.")
    todo = N_("Log in to the network with a browser, then try again.")


class Maintenance(Untrue):
    """The portal says that it is being worked on."""

    code = "maintenance"
    what = N_("The portal is under maintenance.")


class ErrorPage(Untrue):
    """An error page that was served with status 200."""

    code = "error-page"
    what = N_("The portal answered with an error page.")


class Unreadable(Untrue):
    """A page in which no headlines and no article could be found."""

    code = "unreadable"
    what = N_("No news could be recognised on this page.")
    means = N_("The portal may have been rebuilt; saved news is still there.")
    todo = N_("Run 'eksread doctor' to see what was recognised.")
