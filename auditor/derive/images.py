"""What a picture's alternative and file name tell."""

import re
from collections.abc import Container

from auditor.derive.wording import are_akin, folded, words
from auditor.model.access import Picture

_FILE = re.compile(r"\S\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)$", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|image|bild|foto|photo|p|screenshot|skärmavbild|skärmbild)[\s_-]?\d{2,}", re.IGNORECASE
)
_LOGO = re.compile(r"logo(?:t(?:yp|ype|ypen|yper)?)?|logga", re.IGNORECASE)
_DRAWING = 64.0


def is_file_name(picture: Picture) -> bool:
    """The alternative is the name of a file, or what cameras call their pictures."""
    return bool(_FILE.search(picture.name) or _CAMERA.fullmatch(picture.name.strip()))


def is_drawing(picture: Picture) -> bool:
    """A drawing of some size that stands on its own: nothing but its picture tells what it shows."""
    if picture.in_control:
        return False
    return picture.kind == "canvas" or (
        picture.kind == "svg" and min(picture.box.width, picture.box.height) >= _DRAWING
    )


def is_other_logo(picture: Picture, file_words: Container[str]) -> bool:
    """The alternative names one logotype, and the file's name another.

    Initials count as the name («eu» for Europeiska unionen), and so do parts of compounds.
    """
    if not _LOGO.search(picture.name) or not _LOGO.search(picture.file):
        return False
    called = _names(picture.name)
    file = [word for word in _names(picture.file.rpartition(".")[0]) if word not in file_words and not word.isdigit()]
    if not called or not file:
        return False
    initials = {"".join(word[0] for word in called), "".join(word[0] for word in file)}
    return not any(are_akin(one, other) or initials & {one, other} for one in called for other in file)


def _names(text: str) -> list[str]:
    """The words of a name, as addresses write them, without the word for logotype."""
    return [folded(word) for part in words(text) for word in part.split("_") if not _LOGO.fullmatch(word)]
