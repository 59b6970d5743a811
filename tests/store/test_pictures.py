"""The folder of pictures: what is kept comes back, smaller and upright."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image as image

from eksread.store.picture_files import LARGEST, WIDEST, PictureFolder

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://portal.example/foto.jpg"


def test_what_is_no_picture_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "pictures")
    folder.keep(URL, b"GIF89a")
    assert folder.get(URL) == b"GIF89a"


def test_what_is_not_held_or_too_large_is_nothing(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "pictures")
    assert folder.get(URL) is None
    path = folder.path(URL)
    path.mkdir(parents=True)
    assert folder.get(URL) is None
    path.rmdir()
    with path.open("wb") as stream:
        stream.truncate(LARGEST)
    assert folder.get(URL) == bytes(LARGEST)
    with path.open("ab") as stream:
        stream.write(b"!")
    assert folder.get(URL) is None


def test_a_photograph_is_kept_smaller_and_upright(tmp_path: Path) -> None:
    exif = image.Exif()
    exif[0x0112] = 6  # turned by a quarter to the right
    stream = BytesIO()
    image.effect_noise((2 * WIDEST, WIDEST), 60).convert("RGB").save(stream, "JPEG", exif=exif)
    folder = PictureFolder(tmp_path / "pictures")
    folder.keep(URL, stream.getvalue())
    kept = folder.get(URL)
    assert kept is not None
    picture = image.open(BytesIO(kept))
    assert picture.size == (WIDEST, 2 * WIDEST)
    assert not picture.getexif()


def test_a_picture_of_any_kind_goes_along_as_jpeg(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "pictures")
    stream = BytesIO()
    image.new("RGBA", (40, 20), "teal").save(stream, "WEBP")
    folder.keep(URL, stream.getvalue())
    jpeg = folder.jpeg(URL)
    assert jpeg is not None
    with image.open(BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (40, 20))
    folder.keep(URL, b"GIF89a")
    assert folder.jpeg(URL) is None
