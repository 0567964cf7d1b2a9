"""What the files of a page are called."""

import hashlib
from urllib.parse import urlsplit


def file_name(url: str) -> str:
    """A file name for the artifacts of *url*: readable, safe on every file system, different for every address."""
    try:
        path = urlsplit(url).path.strip("/")
    except ValueError:  # brackets that hold no address
        path = ""
    readable = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in path)[-40:].strip("-")
    return f"{readable or 'start'}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"
