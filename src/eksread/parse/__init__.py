"""Bytes to values: articles, lists and feeds of any portal, whatever its markup. No I/O, no clock, no exceptions."""

from __future__ import annotations

from eksread.parse.page import parse
from eksread.parse.urls import learn

__all__ = ["learn", "parse"]
