"""Width and height of pictures, read from their first bytes: a report may link ten thousand screenshots."""

from pathlib import Path

from PIL import Image

_HEAD = 30


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of the picture at *path*; None if it is missing, cut short or no picture."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            whole = path.stat().st_size >= int.from_bytes(head[4:8], "little") + 8
            return _webp(head) if whole else None
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
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
