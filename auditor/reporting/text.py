"""Makes texts from a page under test harmless to show, and our own Markdown into HTML.

Escaping is the template engine's work. What is done here is what escaping does not do: taking away characters that
break a file format or turn the reading direction, cutting, and telling web addresses from other addresses.
"""

import dataclasses
import operator
import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_MAX_ADDRESS = 2000
# Controls (but tab, line feed, carriage return), direction marks, lone surrogates and noncharacters.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_FILE = re.compile(r"[\w.\-]+(?:/[\w.\-]+)*")

_T = TypeVar("_T")


def clean(text: str) -> str:
    """*text* with every character replaced that could break a file or turn the reading direction."""
    if text.isprintable():  # nothing harmful is; most texts are, and this takes a fifth of the time
        return text
    return _HARMFUL.sub(REPLACEMENT, text)


def encodable(text: str) -> str:
    """*text* as it is, but for lone surrogates, which no encoding can hold."""
    return _SURROGATE.sub(REPLACEMENT, text)


def cleaned(value: _T, with_: Any = clean) -> _T:
    """A copy of *value* (a dataclass, a collection, a string, …) with *with_* done to each string in it."""
    return _cleaned(value, with_)  # type: ignore[no-any-return]


def _cleaned(value: Any, change: Any) -> Any:
    """The same as `cleaned`; what has nothing to change comes back itself, since most of a large report has not."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else change(value)
    if isinstance(value, tuple):
        items = [_cleaned(item, change) for item in value]
        return tuple(items) if any(map(operator.is_not, items, value)) else value
    if isinstance(value, Mapping):
        told = {_cleaned(key, change): _cleaned(item, change) for key, item in value.items()}
        kept = len(told) == len(value) and all(told.get(key, told) is item for key, item in value.items())
        return value if kept else told
    if names := _fields_of(value.__class__):
        parts = {name: _cleaned(part, change) for name in names if (part := getattr(value, name)) is not None}
        changed = {name: part for name, part in parts.items() if part is not getattr(value, name)}
        return dataclasses.replace(value, **changed) if changed else value
    return value


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    """Names of the fields of a dataclass; none for any other class."""
    return tuple(part.name for part in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def cut(text: str, length: int) -> str:
    """*text*, or its beginning and an ellipsis if it is longer than *length* characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def web_address(url: str) -> str | None:
    """*url* if a reader may follow it: http or https, with a host, no name or password, not overly long."""
    if len(url) > _MAX_ADDRESS or any(letter.isspace() for letter in url) or REPLACEMENT in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    safe = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return url if safe else None


def short_address(url: str, start: str) -> str:
    """*url* as a person reads it: without the host if it is the start page's, percent signs decoded."""
    try:
        parts, home = urlsplit(url), urlsplit(start)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    tail = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return clean(unquote(tail if parts.netloc == home.netloc else parts.netloc + tail))


def local_file(name: str) -> str | None:
    """*name* as a relative link, if it is a plain path within the report's folder."""
    if not _FILE.fullmatch(name) or any(part in (".", "..") for part in name.split("/")):
        return None
    return quote(name)


def file_key(key: str) -> str:
    """*key* as a file name and an anchor: only ASCII letters, digits, hyphens and underscores."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", key)[:80] or "_"


class _Renderer(RendererHTML):
    """Keeps headings below those of the page, and lets external links tell nothing about the reader."""

    def heading_open(self, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{_below(tokens[index], env)}>"

    def heading_close(self, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_below(tokens[index], env)}>\n"

    def link_open(self, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        tokens[index].attrSet("rel", "noreferrer noopener")
        return self.renderToken(tokens, index, options, env)


def _below(token: Token, env: EnvType) -> str:
    return f"h{min(6, int(env['level']) + max(0, int(token.tag[1]) - 3))}"


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).disable("image").enable("table")


def markdown(text: str, level: int = 3) -> Markup:
    """HTML of our own Markdown; HTML in it is shown as text, images are left out.

    Args:
        text: Markdown from a rule card.
        level: level of its first headings.
    """
    return Markup(_MARKDOWN.render(clean(text), {"level": level}))


def first_paragraph(text: str) -> str:
    """The first paragraph of Markdown."""
    return text.strip().split("\n\n", 1)[0]
