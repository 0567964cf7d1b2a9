"""Width and height of pictures, read from their first bytes: a report may link ten thousand screenshots."""

from pathlib import Path

from PIL import Image

_HEAD = 30
_JPEG_HEAD = 2048
"""Bytes in which a JPEG file tells its size, unless much is said before that."""
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG segments that begin a frame (ISO/IEC 10918-1, table B.1)."""


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of the picture at *path*; None if it is missing, cut short or no picture."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            whole = path.stat().st_size >= int.from_bytes(head[4:8], "little") + 8
            return _webp(head) if whole else None
        if head[:2] == b"\xff\xd8" and (size := _jpeg(path)):
            return size
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _jpeg(path: Path) -> tuple[int, int] | None:
    """The size in the head of a JPEG file; None if it does not stand in the first bytes."""
    with path.open("rb") as file:
        head = file.read(_JPEG_HEAD)
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF and head[place + 1] not in (0xD9, 0xDA):
        if head[place + 1] in _SIZES:
            width, height = int.from_bytes(head[place + 7 : place + 9]), int.from_bytes(head[place + 5 : place + 7])
            return (width, height) if width and height else None
        place += 2 + int.from_bytes(head[place + 2 : place + 4])
    return None


def _webp(head: bytes) -> tuple[int, int] | None:
    """The size in the head of a WebP file: extended, lossless or lossy."""
    kind = head[12:16]
    if len(head) < _HEAD:
        return None
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return None
