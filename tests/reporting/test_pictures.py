"""Sizes of pictures, without decoding them."""

from pathlib import Path

import pytest
from PIL import Image

from auditor.reporting.pictures import size_of


@pytest.mark.parametrize("size", [(1, 1), (390, 844), (1280, 8000)])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0"}),
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
    ],
)
def test_size(tmp_path: Path, kind: str, options: dict[str, object], size: tuple[int, int]) -> None:
    path = tmp_path / "picture"
    Image.new("RGB", size, "#336699").save(path, kind, **options)
    assert size_of(path) == size


def test_no_size_of_what_is_no_whole_picture(tmp_path: Path) -> None:
    path = tmp_path / "picture.webp"
    assert size_of(path) is None
    assert size_of(tmp_path) is None
    Image.new("RGB", (300, 300), "#336699").save(path, "WEBP")
    whole = path.read_bytes()
    for data in (b"", b"no picture at all, only words here", whole[:20], whole[:-1], whole[:12] + b"ABCD" + whole[16:]):
        path.write_bytes(data)
        assert size_of(path) is None


def test_the_size_of_a_jpeg_stands_after_whatever_is_said_before_it(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    for length in (0, 100, 1500, 2040, 2048, 60_000):
        Image.new("RGB", (390, 844), "#336699").save(path, "JPEG", comment=b"x" * length)
        assert size_of(path) == (390, 844)


def test_no_size_of_a_jpeg_that_ends_before_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    Image.new("RGB", (390, 844), "#336699").save(path, "JPEG")
    whole = path.read_bytes()
    for data in (whole[:2], whole[:10], whole[:100], b"\xff\xd8" + b"\xff\xe0\0\0" * 10, b"\xff\xd8" + b"words" * 9):
        path.write_bytes(data)
        assert size_of(path) is None
