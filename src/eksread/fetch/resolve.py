"""Names to addresses without holding anybody up: one daemon thread per look-up.

asyncio's own `getaddrinfo` runs in the default executor, whose threads are joined when the loop and the interpreter
end: a look-up of 15 s then holds quitting for 15 s (measured). A daemon thread is left behind instead.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv6Address
from threading import Thread

from eksread.fetch.url_rules import IpAddress, literal

Answer = asyncio.Future[tuple[IpAddress, ...]]


class Resolver:
    """Looks names up; callers that ask for the same name at the same time share one look-up."""

    def __init__(self) -> None:
        self._running: dict[str, Answer] = {}

    async def addresses(self, host: str) -> tuple[IpAddress, ...]:
        """Give the addresses of `host`, in the order to try. Raises `socket.gaierror`, or `OSError`."""
        known = literal(host)
        if known is not None:
            return (known,)
        answer = self._running.get(host)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._running[host] = answer
            answer.add_done_callback(lambda done: self._forget(host, done))
            Thread(target=_look_up, args=(host, answer), name=f"look-up {host}", daemon=True).start()
        return await asyncio.shield(answer)

    def _forget(self, host: str, done: Answer) -> None:
        self._running.pop(host, None)
        if not done.cancelled():
            done.exception()  # a look-up whose askers all gave up is no error of anyone


def _look_up(host: str, answer: Answer) -> None:
    found: tuple[IpAddress, ...] | OSError
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        found = _ordered([address for row in rows if (address := literal(str(row[4][0]))) is not None])
    except OSError as error:
        found = error
    except UnicodeError as error:  # a label that IDNA can't encode
        found = socket.gaierror(socket.EAI_NONAME, str(error))

    def deliver() -> None:
        if answer.done():
            return
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    loop = answer.get_loop()
    if not loop.is_closed():
        try:
            loop.call_soon_threadsafe(deliver)
        except RuntimeError:
            return  # the loop closed between the question and the answer: nobody is left to hear it


def _ordered(found: list[IpAddress]) -> tuple[IpAddress, ...]:
    """Give the addresses without doubles, the families taking turns, IPv6 first (RFC 8305 §4)."""
    unique = list(dict.fromkeys(found))
    six = [address for address in unique if isinstance(address, IPv6Address)]
    four = [address for address in unique if not isinstance(address, IPv6Address)]
    pairs = max(len(six), len(four))
    return tuple(row[i] for i in range(pairs) for row in (six, four) if i < len(row))
