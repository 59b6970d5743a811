"""The caps on a body hold for every chunk, before and after decompression."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.errors import TooLarge, Truncated, WrongType
from eksread.fetch.response_body import MAX_CHUNKS, MAX_MEMBERS, Body
from tests.faults import head, raw
from tests.fetch.fast_options import QUICK

if TYPE_CHECKING:
    from tests.faults import FaultServer
    from tests.fetch.fast_options import Make

URL = "http://kabar.example/"
NOISE = random.Random(1).randbytes(20_000)
"""Bytes that gzip can't make smaller."""


def body(coding: str = "", wire_cap: int = 10_000, body_cap: int = 50_000) -> Body:
    return Body(URL, coding, wire_cap=wire_cap, body_cap=body_cap)


@given(st.binary(max_size=3000), st.lists(st.integers(1, 700), max_size=30), st.sampled_from(["", "gzip"]))
def test_however_a_body_is_cut_into_chunks_it_comes_out_whole(
    data: bytes, cuts: list[int], coding: str
) -> None:
    sent = gzip.compress(data) if coding else data
    collected = body(coding)
    position = 0
    for size in [*cuts, len(sent)]:
        if sent[position : position + size]:
            collected.feed(sent[position : position + size])
        position += size
    assert collected.finish() == data
    assert (collected.size, collected.wire) == (len(data), len(sent))


@pytest.mark.parametrize(("coding", "data"), [("", NOISE), ("gzip", gzip.compress(NOISE))])
def test_the_cap_on_the_wire_holds_whatever_the_coding(coding: str, data: bytes) -> None:
    collected = body(coding)
    collected.feed(data[:9_000])
    with pytest.raises(TooLarge):
        collected.feed(data[9_000:])


def test_a_bomb_is_stopped_before_it_takes_memory() -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(b"\0" * (1 << 20)) for _ in range(64)) + squeeze.flush()
    collected = body("gzip", wire_cap=1 << 20, body_cap=1 << 20)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        collected.feed(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6 << 20


def test_a_body_that_just_fits_is_taken() -> None:
    collected = body("gzip", body_cap=1000)
    collected.feed(gzip.compress(b"a" * 1000))
    assert collected.finish() == b"a" * 1000
    with pytest.raises(TooLarge):
        body("gzip", body_cap=999).feed(gzip.compress(b"a" * 1000))


def test_a_body_in_countless_pieces_is_refused() -> None:
    collected = body(wire_cap=10 * MAX_CHUNKS, body_cap=10 * MAX_CHUNKS)
    for _ in range(MAX_CHUNKS):
        collected.feed(b"a")
    with pytest.raises(TooLarge):
        collected.feed(b"a")


def test_a_few_gzip_members_are_one_body_and_many_are_refused() -> None:
    member = gzip.compress(b"kabar ")
    collected = body("gzip")
    collected.feed(member * MAX_MEMBERS)
    assert collected.finish() == b"kabar " * MAX_MEMBERS
    with pytest.raises(WrongType):
        body("gzip").feed(member * (MAX_MEMBERS + 1))


@pytest.mark.parametrize("cut", [1, 8, 15])
def test_a_cut_stream_is_not_taken_for_the_whole(cut: int) -> None:
    collected = body("gzip")
    collected.feed(gzip.compress(b"Kabar dari desa")[:-cut])
    with pytest.raises(Truncated):
        collected.finish()


def test_a_damaged_stream_is_truncated() -> None:
    data = bytearray(gzip.compress(NOISE[:2000]))
    data[-6] ^= 0xFF  # the checksum
    with pytest.raises(Truncated):
        body("gzip").feed(bytes(data))


async def test_framing_counts_as_well(server: FaultServer, fetcher: Make) -> None:
    piece = b"1;" + b"x" * 100 + b"\r\na\r\n"  # more than one read brings
    url = server.on("/news", raw(head(transfer_encoding="chunked") + piece * 3000 + b"0\r\n\r\n"))
    with pytest.raises(TooLarge):
        await fetcher(replace(QUICK, wire_cap=5000)).get(url)
