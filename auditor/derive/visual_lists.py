"""Lists that are only drawn: lines that begin with bullets, dashes or numbers, or that are links, each on its own."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from auditor.derive.outline import is_inside
from auditor.derive.wording import plain, words
from auditor.model.facts import Block, Facts, Link

_BULLET = re.compile(r"[•·▪▫●○◦‣⁃∙■□►▶➢➤✓✔☑]\s*[^\W_]|\*\s+[^\W_]")
_DASH = re.compile(r"[-–—]\s?[^\W\d_]|[-–—]\s+[^\W_]")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+[^\W\d_]")
_LETTER = re.compile(r"([a-zåäö])\)\s*[^\W\d_]")
_ENDS_SENTENCE = re.compile(r"[.!?…][”\"'»)]?$")
_NO_ITEM = re.compile(r"[\d@:]|[.,;!?]$")
_OUTSIDE = frozenset({"banner", "navigation", "contentinfo", "search", "dialog"})
_NO_LIST = frozenset({"pre", "address", "code", "label", "legend", "summary", "figcaption", "blockquote", "dt", "dd"})
_FEWEST = 3
_LONGEST = 200
_FEWEST_PLAIN = 5
_LONGEST_PLAIN = 6
_LONGEST_TAIL = 30


@dataclass(frozen=True)
class VisualList:
    """A list that only looks like one."""

    kind: str
    """bullets, dashes, numbers, links, or plain: lines without marks after a line that ends with a colon."""
    block: Block
    """The text that holds it, or in which it begins."""
    first: str
    """Its first line."""
    count: int


def visual_lists(facts: Facts, speech: Collection[str]) -> Iterator[VisualList]:
    """Lists that are only drawn, in the page's content; at most one in each text with line breaks.

    Args:
        facts: what one viewport shows.
        speech: verbs that go with quoted speech, which Swedish texts begin with a dash too.
    """
    run: list[Block] = []
    before: Block | None = None
    for block in facts.blocks:
        if not _may_hold(block):
            yield from _of_run(run, speech)
            run = []
        elif block.lines:
            yield from _of_run(run, speech)
            run = []
            yield from _in_one(block, before, facts, speech)
        else:
            if run and not _goes_on(run[-1], block):
                yield from _of_run(run, speech)
                run = []
            run.append(block)
        before = block
    yield from _of_run(run, speech)


def _may_hold(block: Block) -> bool:
    return (
        block.kind == "text"
        and block.reachable
        and block.tag not in _NO_LIST
        and block.role != "listitem"
        and _OUTSIDE.isdisjoint(block.regions)
    )


def _goes_on(last: Block, block: Block) -> bool:
    """Whether *block* stands below *last*, in the same column and in the same element."""
    return (
        last.selector.rpartition(" > ")[0] == block.selector.rpartition(" > ")[0]
        and last.tag == block.tag
        and abs(last.box.x - block.box.x) < 2
        and block.box.y >= last.box.y
    )


def _of_run(run: Sequence[Block], speech: Collection[str]) -> Iterator[VisualList]:
    """Lists of paragraphs, each with its mark. Dashes may be speech: then no paragraph may end as a sentence."""
    for kind, begin, count in _marked([block.text for block in run], speech, whole_paragraphs=True):
        yield VisualList(kind, run[begin], run[begin].text, count)


def _in_one(block: Block, before: Block | None, facts: Facts, speech: Collection[str]) -> Iterator[VisualList]:
    lines = block.lines
    for kind, begin, count in _marked(lines, speech, whole_paragraphs=False):
        yield VisualList(kind, block, lines[begin], count)
        return
    if count := _linked_lines(block, facts.links):
        yield VisualList("links", block, lines[0], count)
        return
    led = bool(before and before.kind == "text" and before.text.endswith(":"))
    rest = lines if led else lines[1:] if lines[0].endswith(":") else ()
    items = tuple(takewhile(_may_be_item, rest))
    if len(items) >= _FEWEST_PLAIN:
        yield VisualList("plain", block, items[0], len(items))


def _may_be_item(line: str) -> bool:
    return len(words(line)) <= _LONGEST_PLAIN and not _NO_ITEM.search(line)


def _marked(lines: Sequence[str], speech: Collection[str], *, whole_paragraphs: bool) -> Iterator[tuple[str, int, int]]:
    """(kind, index of the first, how many) of runs of at least three lines with the same kind of mark."""
    begin = 0
    while begin <= len(lines) - _FEWEST:
        rest = lines[begin : begin + _LONGEST]
        counts = {
            "bullets": _length(rest, _BULLET),
            "dashes": _dashes(rest, speech, whole_paragraphs=whole_paragraphs),
            "numbers": max(_ascending(rest, _NUMBER, "1"), _ascending(rest, _LETTER, "a")),
        }
        kind = max(counts, key=lambda name: counts[name])
        if counts[kind] >= _FEWEST:
            yield kind, begin, counts[kind]
        begin += max(1, counts[kind])


def _length(lines: Sequence[str], mark: re.Pattern[str]) -> int:
    first = lines[0][:1]
    return sum(1 for _ in takewhile(lambda line: bool(mark.match(line)) and line[:1] == first, lines))


def _dashes(lines: Sequence[str], speech: Collection[str], *, whole_paragraphs: bool) -> int:
    marked = tuple(takewhile(lambda line: bool(_DASH.match(line)), lines))
    sentences = sum(bool(_ENDS_SENTENCE.search(line)) for line in marked)
    spoken = any(not set(words(line)).isdisjoint(speech) or line.endswith(("?", "!")) for line in marked)
    allowed = 0 if whole_paragraphs else len(marked) // 2
    return 0 if spoken or sentences > allowed else len(marked)


def _ascending(lines: Sequence[str], mark: re.Pattern[str], start: str) -> int:
    count, wanted = 0, start
    for line in lines:
        found = mark.match(line)
        if not found or found[1] != wanted:
            break
        count += 1
        wanted = str(int(wanted) + 1) if wanted.isdigit() else chr(ord(wanted) + 1)
    return count


def _linked_lines(block: Block, links: Sequence[Link]) -> int:
    """How many lines *block* has, if each of them is one link, to pages rather than to telephones and mailboxes."""
    inside = [link for link in links if is_inside(link, block) and link.visible]
    if len(inside) != len(block.lines) or len(inside) < _FEWEST:
        return 0
    for line, link in zip(block.lines, inside, strict=True):
        name, told = plain(link.text), plain(line)
        to_page = link.href.startswith(("http://", "https://")) and link.fragment_found is None
        if not to_page or not name or not told.startswith(name) or len(told) - len(name) > _LONGEST_TAIL:
            return 0
    return len(inside)
