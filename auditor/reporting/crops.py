"""Cuts the place of a finding out of a screenshot, with the target outlined."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil, floor, isfinite
from pathlib import Path

from PIL import Image, ImageDraw

from auditor.model.facts import Box
from auditor.model.report import Crop, Place
from auditor.model.vocabulary import Viewport
from auditor.reporting.files import write_bytes

CONTEXT = 120
"""CSS pixels shown around the target."""
MIN_WIDTH = 320
"""CSS pixels that a crop is wide at least, where the screenshot is."""
MAX_SIZE = (900, 700)
"""Pixels that a crop is wide and high at most."""
_DARK, _LIGHT = (20, 24, 32), (255, 255, 255)
_QUALITY, _EFFORT = 80, 2
"""WebP's own scales (to 100, to 6). With more effort a crop takes twice the time and is three percent smaller."""


@dataclass(eq=False)
class Shot:
    """A screenshot of a page from its top left corner."""

    path: Path
    scale: float
    """Pixels per CSS pixel."""
    _image: Image.Image | None = field(default=None, init=False, repr=False)

    @property
    def image(self) -> Image.Image:
        """The picture, read when it is first asked for; several findings may lie in one.

        Threads may ask: who comes while another reads it reads it too (`cached_property` would let them wait for each
        other, whatever picture they want).

        Raises:
            OSError, ValueError, SyntaxError, Image.DecompressionBombError: it cannot be read.
        """
        if self._image is None:
            with Image.open(self.path) as image:
                image.load()
            self._image = image
        return self._image


def make_crops(
    places: Iterable[Place], shot_of: Callable[[str, Viewport], Shot | None], folder: Path, name: str
) -> Crop | None:
    """A crop of the first of *places* that a screenshot shows.

    Args:
        places: the occurrences of one finding, the best example first.
        shot_of: the screenshot of a page in a viewport, if there is one.
        folder: the report's folder.
        name: the file's name within it, ending in .webp.

    Raises:
        OSError: the crop cannot be written.
    """
    for place in places:
        shot = shot_of(place.url, place.viewport) if place.box and place.viewport else None
        if shot is None or place.box is None or place.viewport is None:
            continue
        size = make_crop(shot, place.box, folder / name)
        if size:
            return Crop(file=name, url=place.url, viewport=place.viewport, width=size[0], height=size[1])
    return None


def make_crop(shot: Shot, box: Box, target: Path) -> tuple[int, int] | None:
    """Writes the surroundings of *box* to *target* as WebP and gives width and height in pixels.

    None, and no file, if the box has no area or lies outside the screenshot, or if that cannot be read.

    Raises:
        OSError: *target* cannot be written.
    """
    if not _drawable(shot, box):
        return None
    try:
        drawn = _cut(shot.image, box, shot.scale)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if drawn is None:
        return None
    data = io.BytesIO()
    drawn.save(data, "WEBP", quality=_QUALITY, method=_EFFORT)
    write_bytes(target, data.getvalue())
    return drawn.size


def _drawable(shot: Shot, box: Box) -> bool:
    numbers = (shot.scale, box.x, box.y, box.width, box.height)
    return all(isfinite(number) for number in numbers) and shot.scale > 0 and box.width > 0 and box.height > 0


def _cut(image: Image.Image, box: Box, scale: float) -> Image.Image | None:
    left, top = box.x * scale, box.y * scale
    right, bottom = box.right * scale, box.bottom * scale
    if left >= image.width or top >= image.height or right <= 0 or bottom <= 0:
        return None
    x1, x2 = _span(left, right, image.width, CONTEXT * scale, MIN_WIDTH * scale, MAX_SIZE[0])
    y1, y2 = _span(top, bottom, image.height, CONTEXT * scale, 0, MAX_SIZE[1])
    if x2 <= x1 or y2 <= y1:
        return None
    part = image.crop((x1, y1, x2, y2)).convert("RGB")
    _outline(part, (left - x1, top - y1, right - x1, bottom - y1), scale)
    return part


def _span(start: float, end: float, limit: int, pad: float, least: float, most: int) -> tuple[int, int]:
    """Where to cut along one side: the target with *pad* around it, *least* to *most* long, within the image."""
    start, end = max(0.0, start), min(float(limit), end)
    low, high = start - pad, end + pad
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    if high - low > most:
        # A target longer than the crop is shown from its beginning, any other in the middle.
        low = start - min(pad, 24) if end - start > most - 48 else (start + end - most) / 2
        high = low + most
    if low < 0:
        low, high = 0, high - low
    if high > limit:
        low, high = max(0, low - (high - limit)), limit
    return floor(low), min(limit, ceil(high), floor(low) + most)


def _outline(part: Image.Image, box: tuple[float, float, float, float], scale: float) -> None:
    """A dark line with a light one on either side, seen on any background."""
    draw = ImageDraw.Draw(part)
    line = max(2, round(2 * scale))
    gap = round(3 * scale)
    for colour, grow, width in ((_LIGHT, gap + 2 * line, 3 * line), (_DARK, gap + line, line)):
        draw.rectangle((box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow), outline=colour, width=width)
