"""A small edition full of awkward text, and a way to ask a portal over real HTTP."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import pytest

from eksread.demo import Edition, load_edition, parse_edition
from tests.edited_portal import EditedPortal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

AWKWARD = """
name = "Ragam & Rupa"
slug = "ragam"

[[article]]
id = 11
title = 'Harga <b>Cabai</b> & "Bawang" Naik'
days_ago = 0
time = "19:03"
place = "Kutim"
reporter = "Rahma <x>"
editor = "Idris"
adv = true
initials = "rhm"
caption = 'Pasar "Induk" & <Baru>'
summary = 'Naik </script><script>alert(1)</script> lagi'
tags = ["cabai & bawang"]
reactions = [12, 0, 50, 0, 0, 38, 0, 0]
body = '''
Harga **cabai** naik < 5 & > 3.
Baris kedua.

@baca 12

## Sub & judul

> Kata "orang".

- satu
- dua <i>

| Kecamatan | Jumlah |
| Marangkayu | 12 |

!foto lapak | Lapak & tenda

Selesai *sudah*.
'''
[[article.comment]]
author = "warga<1>"
days_ago = 0
time = "19:15"
text = "Mahal & pedas <img src=x onerror=alert(1)>"
[[article.comment]]
author = "dua"
days_ago = 0
time = "19:16"
text = "Setuju"
depth = 1
[[article.comment]]
author = "tiga"
days_ago = 0
time = "19:17"
text = "Tidak"
depth = 2
[[article.comment]]
author = "empat"
days_ago = 0
time = "19:18"
text = "Baru"

[[article]]
id = 12
title = "Foto Sungai"
days_ago = 493
time = "08:00"
caption = "Sungai pada pagi hari"
external_comments = "facebook"
body = ""
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Ask(Protocol):
    def __call__(self, url: str, method: str = "GET", **headers: str) -> Answer: ...


@pytest.fixture
def awkward() -> Edition:
    return parse_edition([AWKWARD])


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition()


@pytest.fixture
def portal(edition: Edition) -> Iterator[EditedPortal]:
    with EditedPortal(edition=edition) as running:
        yield running


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Ask over one kept-alive connection per portal; header names come with underscores. Redirects are not followed."""
    connections: dict[str, http.client.HTTPConnection] = {}

    def request(url: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        connection = connections.setdefault(
            parts.netloc, http.client.HTTPConnection(parts.netloc, timeout=10)
        )
        named: Mapping[str, str] = {name.replace("_", "-"): value for name, value in headers.items()}
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers=dict(named))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    yield request
    for connection in connections.values():
        connection.close()
