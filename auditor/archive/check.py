"""Checks that an archive is what it was when it was written."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.archive.wacz import COMMENT
from auditor.errors import ArchiveError

_BLOCK = 1 << 20
_TAIL = 22 + len(COMMENT) + 64


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was."""

    path: str
    """Member of the archive; empty for the file itself."""
    what: str
    """changed, missing, added, or container."""


def check_archive(path: Path) -> tuple[str, list[Damage]]:
    """The SHA-256 of the archive's list of contents, and what is not as that list says.

    Raises:
        ArchiveError: it cannot be read as an archive of ours at all.
    """
    damages = list(_container(path))
    try:
        with zipfile.ZipFile(path) as archive:
            digest, resources = _listed(archive, path)
            damages += _members(archive, resources)
            return digest, damages
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise ArchiveError(f"{path}: no whole archive ({_plain(error)}); get a new copy of the file") from error


def _container(path: Path) -> Iterator[Damage]:
    """Whether the bytes of the file give the checksum that its last record holds."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            end = size - _TAIL
            if end < 0:
                yield Damage("", "container")
                return
            file.seek(end)
            tail = file.read()
            file.seek(0)
            digest, left = hashlib.sha256(), end
            while left > 0:
                block = file.read(min(_BLOCK, left))
                digest.update(block)
                left -= len(block)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error
    comment = f"{COMMENT}{digest.hexdigest()}".encode()
    if tail[22:] != comment or not _is_last_record(tail[:22], end, len(comment)):
        yield Damage("", "container")


def _is_last_record(record: bytes, end: int, comment: int) -> bool:
    """Whether the ZIP's last record is the one that belongs there: every one of its 22 bytes is known."""
    number = int.from_bytes
    entries, total = number(record[8:10], "little"), number(record[10:12], "little")
    size, offset = number(record[12:16], "little"), number(record[16:20], "little")
    placed = size + offset == end or 0xFFFFFFFF in (size, offset) or 0xFFFF in (entries, total)
    return (
        record[:8] == b"PK\x05\x06\x00\x00\x00\x00"
        and entries == total
        and placed
        and number(record[20:22], "little") == comment
    )


def _listed(archive: zipfile.ZipFile, path: Path) -> tuple[str, dict[str, dict[str, Any]]]:
    try:
        package = archive.read("datapackage.json")
        said = json.loads(archive.read("datapackage-digest.json"))
        resources = {str(one["path"]): one for one in json.loads(package)["resources"]}
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError(
            f"{path}: no archive of a run (its list of contents is missing or cannot be read)"
        ) from error
    digest = hashlib.sha256(package).hexdigest()
    if said.get("hash") != f"sha256:{digest}":
        resources["datapackage.json"] = {"hash": said.get("hash"), "bytes": len(package)}
    return digest, resources


def _members(archive: zipfile.ZipFile, resources: dict[str, dict[str, Any]]) -> Iterator[Damage]:
    present: dict[str, int] = {}
    for entry in archive.infolist():
        present[entry.filename] = present.get(entry.filename, 0) + 1
    for name, resource in resources.items():
        if name not in present:
            yield Damage(name, "missing")
        elif _hash(archive, name) != resource.get("hash"):
            yield Damage(name, "changed")
    for name, times in present.items():
        if times > 1 or (name not in resources and name not in ("datapackage.json", "datapackage-digest.json")):
            yield Damage(name, "added")


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
    except (zipfile.BadZipFile, EOFError, OSError):
        return ""
    return f"sha256:{digest.hexdigest()}"


def _plain(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
