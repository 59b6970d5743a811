"""How pictures are shown: by the environment and the setting, in cells of the terminal's own shape."""

from __future__ import annotations

import sys

import pytest

from eksread.config import IMAGES
from eksread.tui.render.pictures import Cell, Cells, Frame, Way, cell_size, fitting, way_to_show


@pytest.mark.parametrize(
    ("setting", "environ", "system", "no_color", "way"),
    [
        ("auto", {"TERM": "xterm-256color"}, "truecolor", False, Way.BLOCKS),
        ("auto", {"TERM": "xterm-256color"}, "256", False, Way.FEW_COLOURS),
        ("auto", {"TERM": "xterm"}, "standard", False, None),
        ("auto", {"TERM": "dumb"}, None, False, None),
        ("auto", {"TERM": "xterm-kitty"}, "truecolor", False, Way.KITTY),
        ("auto", {"TERM": "xterm-ghostty"}, "truecolor", False, Way.KITTY),
        ("auto", {"TERM": "xterm-kitty", "TMUX": "/x"}, "truecolor", False, Way.BLOCKS),
        ("auto", {"TERM": "xterm-kitty"}, "truecolor", True, None),
        ("auto", {"TERM": "xterm-kitty"}, "256", False, Way.FEW_COLOURS),
        ("auto", {"TERM": "foot"}, "truecolor", False, Way.SIXEL),
        ("auto", {"TERM": "foot", "TMUX": "/x"}, "truecolor", False, Way.BLOCKS),
        ("sixel", {"TERM": "xterm-256color"}, "truecolor", False, Way.SIXEL),
        ("sixel", {"TERM": "xterm-256color"}, "truecolor", True, None),
        ("blocks", {"TERM": "xterm-kitty"}, "truecolor", False, Way.BLOCKS),
        ("kitty", {"TERM": "xterm-256color"}, "truecolor", False, Way.KITTY),
        ("off", {"TERM": "xterm-kitty"}, "truecolor", False, None),
    ],
)
def test_the_environment_and_the_setting_choose_the_way(
    setting: str, environ: dict[str, str], system: str | None, no_color: bool, way: Way | None
) -> None:
    assert way_to_show(setting, environ, system, no_color=no_color) is way


@pytest.mark.parametrize("setting", IMAGES)
def test_every_setting_is_a_way_or_none(setting: str) -> None:
    way = way_to_show(setting, {"TERM": "xterm-kitty"}, "truecolor", no_color=False)
    ways = {"auto": Way.KITTY, "blocks": Way.BLOCKS, "kitty": Way.KITTY, "sixel": Way.SIXEL, "off": None}
    assert way is ways[setting]


@pytest.mark.parametrize(
    ("size", "frame", "cells"),
    [
        ((320, 180), Frame(72, 100), Cells(72, 20)),
        ((320, 180), Frame(72, 30), Cells(43, 12)),
        ((320, 180), Frame(72, 100, Cell(10, 15)), Cells(72, 27)),
        ((320, 180), Frame(72, 12), None),
        ((1000, 100), Frame(72, 100), None),
        ((20, 1000), Frame(72, 100), None),
    ],
)
def test_a_picture_fits_or_is_left_out(size: tuple[int, int], frame: Frame, cells: Cells | None) -> None:
    assert fitting(size, frame) == cells


@pytest.mark.parametrize(
    ("window", "shape"),
    [((24, 80, 800, 432), 1.8), ((24, 80, 0, 0), 2.0), ((24, 80, 80, 2400), 2.0)],
    ids=["told", "not told", "nonsense"],
)
def test_the_shape_of_cells_is_the_terminal_s(
    monkeypatch: pytest.MonkeyPatch, window: tuple[int, int, int, int], shape: float
) -> None:
    import fcntl
    import os
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    with os.fdopen(leader, "rb"), os.fdopen(follower, "w") as terminal:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", *window))
        monkeypatch.setattr(sys, "__stderr__", terminal)
        assert cell_size().shape == pytest.approx(shape)
