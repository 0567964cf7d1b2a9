"""Asks the site's search many questions, and reads what it answers: every page of results, in an order, narrowed."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Protocol

from auditor.derive.result_controls import Press
from auditor.derive.result_page import ResultPage, read_result_page
from auditor.derive.result_selectors import NO_SELECTORS, ResultSelectors
from auditor.derive.result_words import SearchWords
from auditor.gather.result_window import Seen, Untold
from auditor.gather.trouble import ODD_ANSWERS, reason_of
from auditor.model.search import Answer, Hit, Question

_QUESTION_SECONDS = 90.0
_MOST_TOGGLES = 4
_ENOUGH_HITS = 3
"""Hits that a page must show for their pattern to be trusted on other pages."""


class Window(Protocol):
    """Where results are shown; see `auditor.gather.result_window.ResultWindow`."""

    in_place: bool
    overlay: bool

    async def arrive(self, question: Question) -> bool: ...
    async def show(self) -> Seen: ...
    async def press(self, press: Press) -> bool: ...
    async def open(self, toggle: Press) -> None: ...
    async def picture(self) -> bytes: ...
    async def close(self) -> None: ...

    @property
    def spoiled(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer, and what it was read from."""

    answer: Answer
    pages: tuple[Seen, ...] = ()
    picture: bytes = b""
    """The first page of results where one can sort or narrow, or what could not be made out, as JPEG."""


class SearchAsker:
    """Asks questions one after the other in one window.

    Controls are pressed only where `find_controls` recognised them, and it passes over what belongs to any other form.
    """

    def __init__(
        self,
        window: Window,
        words: SearchWords,
        *,
        selectors: ResultSelectors = NO_SELECTORS,
        most_pages: int = 6,
    ) -> None:
        """Takes its tools.

        Args:
            window: where results are shown.
            words: by which they are recognised.
            selectors: what the site file says of them.
            most_pages: pages of results that are read of one answer.
        """
        self._window = window
        self._words = words
        self._selectors = selectors
        self._most_pages = most_pages
        self._pattern = ""

    async def ask(self, question: Question, *, most_pages: int | None = None) -> Reply:
        """What the search answers to *question*. Never raises for what the site does: that is in the answer.

        Args:
            question: what is asked.
            most_pages: how many pages of results are read, if not as many as usual. It is no more than are needed to
                find what the question expects.
        """
        reading = _Reading(question)
        try:
            async with asyncio.timeout(_QUESTION_SECONDS):
                await self._ask(reading, most_pages or self._most_pages)
        except TimeoutError:
            reading.trouble = "too-long"
        except Untold as reason:
            reading.trouble = str(reason)
        except ODD_ANSWERS as error:
            reading.trouble = reason_of(error)
        reply = reading.reply(in_place=self._window.in_place)
        if reply.answer.untested and not reply.picture:
            reply = replace(reply, picture=await self._window.picture())
        if reading.trouble or self._window.spoiled:
            await self._window.close()
        return reply

    async def _ask(self, reading: "_Reading", most_pages: int) -> None:
        question = reading.question
        ordered = await self._window.arrive(question)
        page = await self._read(reading)
        if question.order and not ordered:
            page = await self._use(reading, page, page.orders.get(question.order), f"search-no-order|{question.order}")
        if question.choice:
            press = next((press for choice, press in page.choices.items() if choice.label == question.choice), None)
            page = await self._use(reading, page, press, f"search-no-choice|{question.choice}")
        reading.take(page)
        if len(page.hits) >= _ENOUGH_HITS and not self._pattern:
            self._pattern = page.pattern
        if page.orders or page.choices:
            reading.picture = await self._window.picture()
        while (onward := page.controls.onward) and reading.number < most_pages and page.hits:
            before = reading.last
            if reading.found or not await self._window.press(onward):
                return
            page = await self._read(reading, before=0 if page.controls.adds else len(reading.hits))
            if not page.hits and page.count is not None:
                break  # it leads to nothing, and says how many hits there are
            if reading.last.html == before.html or not page.hits:
                return
            reading.take(page)
        reading.complete = page.controls.onward is None or not page.hits

    async def _read(self, reading: "_Reading", before: int = 0) -> ResultPage:
        """What the window shows; what may hold orders or choices is opened for it."""
        page = await self._look(reading, before)
        toggles = page.controls.toggles[:_MOST_TOGGLES] if not (page.orders and page.choices) else ()
        for toggle in toggles:
            await self._window.open(toggle)
        return await self._look(reading, before) if toggles else page

    async def _look(self, reading: "_Reading", before: int) -> ResultPage:
        reading.last = seen = await self._window.show()
        return read_result_page(
            seen.html,
            seen.address,
            reading.question.query,
            self._words,
            pattern=self._pattern,
            overlay=self._window.overlay,
            selectors=self._selectors,
            page=reading.number + 1,
            before=before,
        )

    async def _use(self, reading: "_Reading", page: ResultPage, press: Press | None, missing: str) -> ResultPage:
        """The page after *press*, which may change nothing.

        Raises:
            Untold: there is no such control.
        """
        if press is None:
            reading.take(page)
            raise Untold(missing if page.recognised else "search-unread")
        await self._window.press(press)
        return await self._read(reading)


@dataclass
class _Reading:
    """An answer while it is being read."""

    question: Question
    hits: list[Hit] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    pages: list[Seen] = field(default_factory=list)
    shown: list[ResultPage] = field(default_factory=list)
    last: Seen = Seen(html="", address="")
    complete: bool = False
    trouble: str = ""
    picture: bytes = b""

    @property
    def number(self) -> int:
        """How many pages of results were taken."""
        return len(self.shown)

    @property
    def found(self) -> bool:
        """Whether what the question expects is among the hits; then further pages of results say nothing of it."""
        return any(hit.url in self.question.expects for hit in self.hits)

    def take(self, page: ResultPage) -> None:
        """Adds a page of results; one that shows all hits so far once more takes the place of those."""
        added = self.shown and self.shown[-1].controls.adds
        if added and len(page.hits) > len(self.hits):
            more = page.hits[len(self.hits) :]
            self.sizes.append(len(more))
            self.hits += [replace(hit, page=self.number + 1) for hit in more]
        elif not added:
            self.sizes.append(len(page.hits))
            self.hits += page.hits
        self.shown.append(page)
        self.pages.append(self.last)

    def reply(self, *, in_place: bool) -> Reply:
        """What came of it."""
        first = self.shown[0] if self.shown else None
        trouble = self.trouble or ("" if first is not None and first.recognised else "search-unread")
        return Reply(
            answer=Answer(
                question=self.question,
                address=self.pages[0].address if self.pages else self.last.address,
                hits=() if trouble else tuple(self.hits),
                count=first.count if first else None,
                approximate=bool(first and first.approximate),
                says_nothing=bool(first and first.says_nothing),
                pages=tuple(self.sizes),
                complete=self.complete and not trouble,
                orders=tuple(first.orders) if first else (),
                order_names=tuple(press.name for press in first.orders.values()) if first else (),
                choices=tuple(first.choices) if first else (),
                in_place=in_place,
                untested=trouble,
            ),
            pages=tuple(self.pages) or ((self.last,) if self.last.html else ()),
            picture=self.picture,
        )
