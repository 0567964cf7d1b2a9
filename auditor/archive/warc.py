"""Writes exchanges as WARC 1.1, record by record, so that memory does not grow with the site."""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from auditor.model.exchange import Exchange

_REASONS = {200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found"}
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_HEADER = re.compile(r"[\r\n\x00]")


class Recording:
    """Exchanges of one run, in files of a folder. A process that goes on with a run writes a further file.

    Beside each WARC file stands its index, written after the record; what the index does not know was cut off by the
    end of an earlier process and is taken away before packing.
    """

    def __init__(self, folder: Path, software: str, redact: Callable[[bytes, str], bytes] | None = None) -> None:
        """Begins a file.

        Args:
            folder: where; made if it is missing.
            software: what is recorded as the writer, with versions.
            redact: takes a body and its media type and gives what is kept of it.

        Raises:
            OSError: the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        number = 1 + max(
            (int(path.name.split("-")[1].split(".")[0]) for path in folder.glob("data-*.warc.gz")), default=0
        )
        self._path = folder / f"data-{number}.warc.gz"
        self._file = self._path.open("xb")
        self._index = index_of(self._path).open("x", encoding="utf-8")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._redact = redact
        self._known = known_bodies(folder)
        info = {"software": software, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(self._path.name, info))

    def has(self, exchange_url: str, kind: str) -> bool:
        """Whether a subresource of that address is kept already, so that its body need not be fetched again."""
        return kind not in ("document", "xhr", "fetch") and exchange_url in self._known

    def write(self, exchange: Exchange) -> None:
        """Appends one exchange; its index line comes last, so that a line means a whole record.

        Raises:
            OSError: the disk is full.
        """
        body = exchange.body or b""
        mime = exchange.headers.get("content-type", "").split(";")[0].strip().lower()
        if self._redact is not None and body:
            body = self._redact(body, mime)
        lines = [
            (name, _NOT_IN_HEADER.sub(" ", value))
            for name, value in exchange.headers.items()
            if _HEADER_NAME.fullmatch(name)
        ]
        status = f"{exchange.status} {_REASONS.get(exchange.status, 'Answer')}"
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        extra = {"WARC-Date": _warc_date(exchange.at), "WARC-Payload-Digest": digest}
        if exchange.missing:
            extra["WARC-Truncated"] = "unspecified"
            extra["X-Body-Missing"] = exchange.missing
        url = _without_controls(exchange.url)
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, lines, protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        offset = self._file.tell()
        self._writer.write_record(record)
        self._file.flush()
        line = {
            "url": url,
            "mime": mime,
            "status": str(exchange.status),
            "digest": digest,
            "offset": str(offset),
            "length": str(self._file.tell() - offset),
            "filename": self._path.name,
        }
        self._index.write(f"{sort_key(url)} {_stamp(exchange.at)} {json.dumps(line, ensure_ascii=True)}\n")
        self._index.flush()
        self._known.add(exchange.url)

    def close(self) -> None:
        """Ends the file."""
        self._file.close()
        self._index.close()


def index_of(warc: Path) -> Path:
    """The index that stands beside a WARC file."""
    return warc.with_suffix("").with_suffix(".cdxj")


def known_bodies(folder: Path) -> set[str]:
    """Addresses that earlier files of *folder* hold."""
    return {str(entry["url"]) for path in folder.glob("data-*.cdxj") for _, entry in entries(path)}


def entries(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lines of an index that were written whole, each with what it says; what the disk spoiled is passed over."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.endswith("\n") and line.count(" ") >= 2:
                with contextlib.suppress(ValueError):
                    said = json.loads(line.split(" ", 2)[2])
                    if isinstance(said, dict) and said.keys() >= {"url", "offset", "length"}:
                        yield line, said


def trim(path: Path) -> int:
    """Cuts off what follows the last whole record of a WARC file; gives the length that is left."""
    last = None
    for _, last in entries(index_of(path)):  # noqa: B007 – the last one counts
        pass
    if last is None:
        return path.stat().st_size
    end = int(last["offset"]) + int(last["length"])
    if path.stat().st_size > end:
        with path.open("r+b") as file:
            file.truncate(end)
    return end


def sort_key(url: str) -> str:
    """The address with its host turned round, as indexes of web archives are sorted: ``se,sjoboda,www)/bidrag``."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _without_controls(url)
    turned = ",".join(reversed(host.removeprefix("www.").split(".")))
    tail = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _without_controls(f"{turned}{f':{port}' if port else ''}){tail}").lower()


def _without_controls(text: str) -> str:
    return "".join(f"%{ord(letter):02X}" if letter.isspace() or ord(letter) < 32 else letter for letter in text)


def _stamp(iso: str) -> str:
    return re.sub(r"\D", "", iso)[:14].ljust(14, "0")


def _warc_date(iso: str) -> str:
    return iso[:19] + "Z"
