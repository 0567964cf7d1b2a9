"""Asks a site whether what a page was made of is still the same, without rendering the page."""

import asyncio
from collections.abc import Mapping

from auditor.derive.fingerprint import fingerprint
from auditor.derive.secrets import covered
from auditor.derive.urls import canonical
from auditor.gather.http import Fetched, HttpClient
from auditor.model.loads import Loads, Print

_PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
_MOST_PARTS = 150
_LEADS_ON = (301, 302, 303, 307, 308)
"""Statuses of an answer that only names another address (RFC 9110, section 15.4)."""


class Unchanged:
    """Remembers for one run what addresses answer: a part that many pages share is asked for once."""

    def __init__(self, client: HttpClient, agent: str) -> None:
        """Takes its tools.

        Args:
            client: asks, politely.
            agent: the browser's user agent, so that a server answers as it answers the browser.
        """
        self._client = client
        self._agent = agent
        self._prints: dict[str, asyncio.Future[Print | None]] = {}
        self._same: dict[Print, asyncio.Future[bool]] = {}

    async def made_of(self, page: Print, parts: tuple[str, ...] | None) -> Loads | None:
        """What a page that was just rendered is made of; None if a later run could not tell whether it changed.

        Args:
            page: the document as the browser received it.
            parts: addresses of what it fetched besides; None if it cannot be asked for again.
        """
        if parts is None or len(parts) > _MOST_PARTS:
            return None
        prints = [await self._print(url) for url in parts]
        known = tuple(one for one in prints if one is not None)
        return Loads(page=page, parts=known) if len(known) == len(prints) else None

    async def leads_to(self, url: str, target: str) -> Loads | None:
        """What an address is made of that only leads on; None if its answer does not lead to *target* at once.

        Args:
            url: the address.
            target: canonical address at which the browser arrived, secrets covered.
        """
        told = _digest(url, await self._client.fetch(url, {"User-Agent": self._agent, "Accept": _PAGE}), html=True)
        return Loads(page=Print(url=url, digest=told)) if told == _leading_to(target) else None

    async def holds(self, loads: Loads) -> bool:
        """Whether everything that a page was made of is unchanged; the parts are asked for first, they are shared."""
        for part in loads.parts:
            if not await self._part_holds(part):
                return False
        return await self._ask(loads.page, html=True) == loads.page.digest

    async def _print(self, url: str) -> Print | None:
        if url not in self._prints:
            self._prints[url] = asyncio.ensure_future(self._fetch(url))
        return await asyncio.shield(self._prints[url])

    async def _fetch(self, url: str) -> Print | None:
        answer = await self._client.fetch(url, {"User-Agent": self._agent})
        if answer.status != 200:
            return None
        html = "html" in answer.headers.get("content-type", "")
        return Print(url=url, digest=fingerprint(answer.body, html=html), **validators(answer.headers))

    async def _part_holds(self, part: Print) -> bool:
        if part not in self._same:
            self._same[part] = asyncio.ensure_future(self._same_part(part))
        return await asyncio.shield(self._same[part])

    async def _same_part(self, part: Print) -> bool:
        return await self._ask(part, html=None) == part.digest

    async def _ask(self, before: Print, *, html: bool | None) -> str:
        """Digest of what the address answers now; empty if that is no good answer."""
        asked = {"User-Agent": self._agent}
        if html:
            asked["Accept"] = _PAGE
        if before.etag:
            asked["If-None-Match"] = before.etag
        elif before.modified:
            asked["If-Modified-Since"] = before.modified
        answer = await self._client.fetch(before.url, asked)
        if answer.status == 304 and (before.etag or before.modified):
            return before.digest
        return _digest(before.url, answer, html=html)


def _digest(url: str, answer: Fetched, *, html: bool | None) -> str:
    """Digest of what *url* answered, or where that leads; empty if it is no good answer."""
    if answer.status in _LEADS_ON and (there := answer.headers.get("location")):
        return _leading_to(covered(canonical(there, url)))
    if answer.status != 200:
        return ""
    return fingerprint(answer.body, html="html" in answer.headers.get("content-type", "") if html is None else html)


def _leading_to(target: str) -> str:
    return f"to {target}"


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by which a server recognises what it sent, as far as they can be honest.

    A Last-Modified of the very moment of the answer only says when the page was made for this visit, and so does not
    hold for the next.
    """
    modified = headers.get("last-modified", "")
    return {"etag": headers.get("etag", ""), "modified": "" if modified == headers.get("date", "") else modified}
