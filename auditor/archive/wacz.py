"""Packs a run into a WACZ 1.1.1: a ZIP of WARC files, index, list of pages, and everything that the run knows.

The format is Webrecorder's (specs.webrecorder.net/wacz/1.1.1). Our own files lie in folders of their own, one deep, and
are listed with their SHA-256 like all others. Nothing is compressed again, so that a reader can take any part out of
the middle. The ZIP's comment holds the SHA-256 of all bytes before its last record: no byte of the file is outside a
checksum.
"""

import hashlib
import heapq
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.archive.warc import entries, index_of, trim

WACZ_VERSION = "1.1.1"
COMMENT = "sha256:"
_STILL = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20
_LARGE = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class ArchiveInfo:
    """What a reader of an archive is told first."""

    title: str
    created: str
    """ISO 8601."""
    software: str
    """Everything that had a part in it, with versions."""
    pages: tuple[tuple[str, str, str], ...]
    """Address, time and title of each page."""


def pack(path: Path, warcs: Path, files: Mapping[str, Path], info: ArchiveInfo) -> str:
    """Writes the archive and gives the SHA-256 of its list of contents, which is what a document should cite.

    Args:
        path: the file to write; an older one is replaced when the new one is whole.
        warcs: folder of the recording.
        files: name in the archive, ``folder/file`` → file.
        info: what is told of the archive.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    resources: list[dict[str, object]] = []
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED, allowZip64=True) as target:

        def put(name: str, blocks: Iterable[bytes], size: int = 0) -> None:
            digest, length = hashlib.sha256(), 0
            # ReplayWeb.page looks for a member's bytes where they are without the extra field of large members.
            with target.open(_entry(name), "w", force_zip64=size > _LARGE) as member:
                for block in blocks:
                    member.write(block)
                    digest.update(block)
                    length += len(block)
            resources.append(
                {
                    "name": name.rpartition("/")[2],
                    "path": name,
                    "hash": f"sha256:{digest.hexdigest()}",
                    "bytes": length,
                }
            )

        recorded = sorted(warcs.glob("data-*.warc.gz")) if warcs.is_dir() else []
        for file in recorded:
            trim(file)
            put(f"archive/{file.name}", _blocks(file), file.stat().st_size)
        put("indexes/index.cdx", _sorted_index(recorded), sum(map(_index_size, recorded)))
        put("pages/pages.jsonl", _pages(info))
        for name, file in sorted(files.items()):
            put(name, _blocks(file), file.stat().st_size)
        package = _json(
            {
                "profile": "data-package",
                "wacz_version": WACZ_VERSION,
                "title": info.title,
                "created": info.created,
                "software": info.software,
                "resources": resources,
            }
        )
        digest = hashlib.sha256(package).hexdigest()
        target.writestr(_entry("datapackage.json"), package)
        target.writestr(
            _entry("datapackage-digest.json"), _json({"path": "datapackage.json", "hash": f"sha256:{digest}"})
        )
    _seal(draft)
    os.replace(draft, path)  # noqa: PTH105 – Path.replace says less plainly that it is atomic
    return digest


def _seal(path: Path) -> None:
    """Puts the checksum of all that comes before the ZIP's last record into its comment."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END) - 22
        file.seek(0)
        digest = hashlib.sha256()
        left = end
        while left > 0:
            block = file.read(min(_BLOCK, left))
            digest.update(block)
            left -= len(block)
        comment = f"{COMMENT}{digest.hexdigest()}".encode()
        file.seek(end + 20)
        file.write(len(comment).to_bytes(2, "little") + comment)


def _entry(name: str) -> zipfile.ZipInfo:
    """A member whose header says nothing of the machine or the moment."""
    entry = zipfile.ZipInfo(name, _STILL)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _sorted_index(warcs: Iterable[Path]) -> Iterator[bytes]:
    """All index lines in order; each file's are sorted by themselves and then merged."""
    parts = [sorted(line for line, _ in entries(index_of(warc))) for warc in warcs]
    for line in heapq.merge(*parts):
        yield line.encode()


def _index_size(warc: Path) -> int:
    return index_of(warc).stat().st_size


def _pages(info: ArchiveInfo) -> Iterator[bytes]:
    yield _json({"format": "json-pages-1.0", "id": "pages", "title": info.title}) + b"\n"
    for url, at, title in info.pages:
        key = hashlib.sha256(url.encode()).hexdigest()[:16]
        yield _json({"id": key, "url": url, "ts": at, "title": title}) + b"\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=False).encode()
