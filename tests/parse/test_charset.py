import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.parse.text import decode

TEXT = "Café “Rindu” di Sangatta – pukul 19.03 Wita"


@pytest.mark.parametrize("codec", ["utf-8", "windows-1252"])
@pytest.mark.parametrize(
    "header",
    [
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=ISO-8859-1",
        "text/html; charset=utf-99",
    ],
)
@pytest.mark.parametrize(
    "meta", [b"", b"<meta charset=utf-8>", b'<meta content="text/html; charset=iso-8859-1">']
)
def test_the_text_comes_out_right_whatever_is_declared(codec: str, header: str, meta: bytes) -> None:
    assert decode(meta + b"<p>" + TEXT.encode(codec) + b"</p>", header).endswith(f"<p>{TEXT}</p>")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_win_over_the_header(codec: str) -> None:
    assert decode(f"<html><p>{TEXT}".encode(codec), "text/html; charset=iso-8859-1") == f"<html><p>{TEXT}"


def test_a_declared_legacy_charset_is_used_when_the_bytes_are_not_utf8() -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><p>Привет</p>'
    assert decode(page.encode("windows-1251"), "") == page
    assert decode("<p>Привет, мир</p>".encode("koi8-r"), "text/html; charset=koi8-r") == "<p>Привет, мир</p>"


@pytest.mark.parametrize(
    "name", ["hex", "zlib", "rot13", "idna", "undefined", "unicode_escape", "utf-7", "u" * 5000, "utf\x00-8"]
)
def test_codecs_that_are_no_charsets_are_not_used(name: str) -> None:
    assert decode(f"<p>{TEXT} 41 \\u0041".encode(), f"text/html; charset={name}") == f"<p>{TEXT} 41 \\u0041"


def test_a_cut_end_and_a_stray_byte_do_not_spoil_the_rest() -> None:
    whole = "“Satu” – “dua” – “tiga”".encode()
    assert decode(whole[:-1], "") == "“Satu” – “dua” – “tigaâ€"
    assert decode("“Satu” – “dua” ".encode() + b"\x93tiga\x94", "") == "“Satu” – “dua” “tiga”"


@pytest.mark.slow
@given(st.binary(max_size=400), st.text(max_size=60))
def test_any_bytes_and_any_header_give_text(body: bytes, header: str) -> None:
    text = decode(body, header)
    assert text.encode("utf-8").decode("utf-8") == text, "it can be written to a file"
