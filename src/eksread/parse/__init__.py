"""Bytes to values: articles, lists and feeds of any portal, whatever its markup. No I/O, no clock, no exceptions."""

from __future__ import annotations

from eksread.parse.extract import Extract, extract
from eksread.parse.page import Parser, parse

__all__ = ["Extract", "Parser", "extract", "parse"]
