"""Reads summaries of pages as they are kept: packed JSON."""

import hashlib
import zlib
from dataclasses import replace
from weakref import WeakValueDictionary

from pydantic import TypeAdapter

from auditor.model.site import LinkSummary, PageSummary

_SUMMARY = TypeAdapter(PageSummary)


class Summaries:
    """The summaries that somebody holds, whichever run he has them from.

    A run has most of them in common with the run before it, and several steps at its end want all of them. So what was
    read stays one object as long as anybody needs it, and is not read again.
    """

    def __init__(self) -> None:
        self._known: WeakValueDictionary[bytes, PageSummary] = WeakValueDictionary()

    def read(self, packed: bytes, links: dict[LinkSummary, LinkSummary] | None = None) -> PageSummary:
        """The summary that is *packed*.

        Args:
            packed: as `pack` gives it.
            links: links of other pages; those that are the same become one object.

        Raises:
            zlib.error, ValidationError: *packed* is something else.
        """
        name = hashlib.blake2b(packed, digest_size=16).digest()
        summary = self._known.get(name)
        if summary is None:
            summary = _SUMMARY.validate_json(zlib.decompress(packed))
            if links is not None:
                shared = tuple(links.setdefault(link, link) for link in summary.links)
                summary = replace(summary, links=shared)
            self._known[name] = summary
        return summary


def pack(summary: PageSummary) -> bytes:
    """*summary* as it is kept."""
    return zlib.compress(_SUMMARY.dump_json(summary))
