"""An article's text as bytes, and the hash by which an edit is told from a mere visit."""

from __future__ import annotations

import json
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.model.enums import BlockType
from eksread.model.news import Article, Block, Span
from eksread.store.article_codec import content_hash, decode, encode, to_data
from eksread.store.database.connection import Undecodable
from eksread.store.rows import key_of

TEXT = st.text(st.sampled_from("ab \t\n\u00a0\u2028\u3000\x1f\u200b\u00e9\0"), max_size=12)


def of_paragraphs(title: str, *texts: str) -> Article:
    blocks = tuple(Block(BlockType.PARAGRAPH, text) for text in texts)
    return Article(url="https://news.invalid/a", title=title, blocks=blocks)


@given(TEXT, TEXT, TEXT)
def test_spacing_does_not_count_in_the_hash(title: str, first: str, second: str) -> None:
    text = "\0".join((title, "", "paragraph", first, "paragraph", second))
    assert content_hash(of_paragraphs(title, first, second)) == key_of(" ".join(text.split()))


def test_nothing_that_splits_words_is_printable_but_the_space() -> None:
    splitting = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert {character for character in splitting if character.isprintable()} == {" "}


def test_other_words_are_another_text() -> None:
    assert content_hash(of_paragraphs("a", "b c")) != content_hash(of_paragraphs("a", "bc"))
    assert content_hash(of_paragraphs("a", "b", "c")) != content_hash(of_paragraphs("a", "b c"))


@pytest.mark.parametrize("damaged", [b"", b"no zlib", encode(of_paragraphs("a", "b"))[:-3]])
def test_bytes_that_were_never_encoded_are_told(damaged: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(damaged)


def test_texts_of_the_first_archives_are_read() -> None:
    """They were packed by Huffman's code alone, in a window of 8 KiB, and a plain block always as kind and text."""
    link = "https://news.invalid/b"
    article = Article(
        url=link,
        title="Judul",
        blocks=(
            Block(BlockType.PARAGRAPH, "pendek"),
            Block(BlockType.PARAGRAPH, ""),
            Block(BlockType.HEADING, "Sub", level=3),
            Block(BlockType.QUOTE, "kutipan", spans=(Span("kutipan", bold=True, italic=True, url=link),)),
            Block(BlockType.LIST_ITEM, "nol", ordinal=0),
            Block(BlockType.IMAGE, "keterangan", url=link),
            Block(BlockType.TABLE, "a b", rows=(("a", "b"), ())),
            Block(BlockType.RELATED, "lain", url=link),
            Block(BlockType.EMBED, "", url=link),
        ),
    )
    packer = zlib.compressobj(1, zlib.DEFLATED, 13, 7, zlib.Z_HUFFMAN_ONLY)
    text = json.dumps(to_data(article), separators=(",", ":")).encode("ascii")
    assert decode(packer.compress(text) + packer.flush()) == article
    assert to_data(article)["b"][:2] == [[0, "pendek"], [0, ""]]  # type: ignore[index]


@pytest.mark.parametrize(
    "change",
    [
        {"b": [[5, "teks", [], None, 0, None, [[5]]]]},
        {"b": [[0, "teks", [], None, 0, None, [[None]]]]},
        {"b": [[0, "teks", [[1, 0, None]]]]},
        {"b": [[0, "teks", [["a", 0, 1]]]]},
        {"b": [[0, "teks", [], ["a"]]]},
        {"b": [[0, "teks", [], None, 0, "1"]]},
        {"image": [["a"]]},
        {"image": ["a", 1]},
        {"related": [[1, None]]},
        {"tags": [1]},
        {"place": 1},
    ],
    ids=str,
)
def test_text_that_is_none_is_not_understood(change: dict[str, object]) -> None:
    data = {"u": "x", "t": "t", "b": []} | change
    with pytest.raises(Undecodable):
        decode(zlib.compress(json.dumps(data).encode()))
