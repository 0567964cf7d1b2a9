"""Crops: the right part of the picture, outlined, or nothing."""

from pathlib import Path

import pytest
from PIL import Image

from auditor.model.facts import Box
from auditor.model.report import Place
from auditor.model.vocabulary import Viewport
from auditor.reporting.crops import MAX_SIZE, Shot, make_crop, make_crops


@pytest.fixture
def shot(tmp_path: Path) -> Shot:
    path = tmp_path / "shot.png"
    Image.new("RGB", (1280, 3000), "#7fa7c0").save(path)
    return Shot(path, 1)


def test_the_target_is_shown_with_its_surroundings(shot: Shot, tmp_path: Path) -> None:
    size = make_crop(shot, Box(500, 1000, 100, 40), tmp_path / "bilder" / "a.webp")
    assert size == (340, 280)
    with Image.open(tmp_path / "bilder" / "a.webp") as image:
        assert image.format == "WEBP"
        assert image.size == size
        assert max(image.convert("L").crop((110, 110, 121, 170)).tobytes()) > 230
        assert min(image.convert("L").crop((110, 110, 121, 170)).tobytes()) < 60


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (Box(600, 100, 10, 10), (320, 250)),  # a small target: as wide as a phone
        (Box(0, 0, 10, 10), (320, 250)),  # in the corner
        (Box(1270, 2990, 10, 10), (320, 250)),  # in the other corner
        (Box(0, 0, 1280, 3000), MAX_SIZE),  # the whole page: its beginning
        (Box(-50, -50, 100, 100), (320, 290)),  # partly outside
        (Box(100, 500, 5000, 20), (900, 260)),  # runs out to the right
    ],
)
def test_any_target_within_the_picture(shot: Shot, tmp_path: Path, box: Box, size: tuple[int, int]) -> None:
    assert make_crop(shot, box, tmp_path / "a.webp") == size


def test_scale(tmp_path: Path) -> None:
    path = tmp_path / "shot.webp"
    Image.new("RGB", (585, 1266), "#ffffff").save(path)
    assert make_crop(Shot(path, 1.5), Box(20, 400, 200, 40), tmp_path / "a.webp") == (585, 420)


@pytest.mark.parametrize(
    "box",
    [Box(1300, 10, 50, 50), Box(10, 3001, 50, 50), Box(-60, 10, 50, 50), Box(10, 10, 0, 20), Box(10, 10, 20, -5),
     Box(float("nan"), 0, 10, 10), Box(0, 0, float("inf"), 10)],
)  # fmt: skip
def test_no_crop_of_what_is_not_there(shot: Shot, tmp_path: Path, box: Box) -> None:
    assert make_crop(shot, box, tmp_path / "a.webp") is None
    assert not (tmp_path / "a.webp").exists()


def test_no_crop_of_a_damaged_or_missing_picture(shot: Shot, tmp_path: Path) -> None:
    box = Box(10, 10, 20, 20)
    assert make_crop(Shot(tmp_path / "none.webp", 1), box, tmp_path / "a.webp") is None
    whole = shot.path.read_bytes()
    for length in (0, 10, len(whole) // 2):
        shot.path.write_bytes(whole[:length])
        assert make_crop(shot, box, tmp_path / "a.webp") is None
    assert make_crop(Shot(shot.path, 0), box, tmp_path / "a.webp") is None


def test_the_first_place_with_a_picture_is_taken(shot: Shot, tmp_path: Path) -> None:
    def place(url: str, box: Box | None, viewport: Viewport | None = Viewport.DESKTOP) -> Place:
        return Place(url=url, viewport=viewport, selector="", text="", html="", sentence="", box=box)

    places = [
        place("a", None),
        place("b", Box(5000, 0, 5, 5)),
        place("c", Box(0, 0, 5, 5), None),
        place("d", Box(10, 10, 50, 20)),
    ]
    crop = make_crops(places, lambda _url, _viewport: shot, tmp_path, "bilder/x.webp")
    assert crop is not None
    assert (crop.url, crop.file, crop.viewport) == ("d", "bilder/x.webp", Viewport.DESKTOP)
    assert (tmp_path / crop.file).is_file()
    assert make_crops(places, lambda _url, _viewport: None, tmp_path, "bilder/y.webp") is None
