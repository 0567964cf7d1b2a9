"""How foreign input is made up: of what is usual on municipal sites, taken apart and put together wrongly."""

import dataclasses
import os
import random
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

_T = TypeVar("_T")
_EXAMPLES = int(os.environ.get("AUDITOR_FUZZ", "0"))

FUZZ = settings(
    max_examples=_EXAMPLES or 40,
    derandomize=not _EXAMPLES,
    database=DirectoryBasedExampleDatabase(".hypothesis/fuzz") if _EXAMPLES else None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""A few examples, the same each time; with AUDITOR_FUZZ=N so many, new each time, and what failed is kept."""
SLOW_FUZZ = settings(FUZZ, max_examples=(_EXAMPLES // 10) or 10)
"""For what takes a tenth of a second and more each time."""

_WORDS = (
    *("föreningsbidrag", "Åhus", "ansök senast", "senast den", "Kontakt:", "Öppettider", "kl.", "Uppdaterad", "e-post"),
    *("31 mars", "2024-02-30", "den 31/13", "31:a februari 2023", "1 jan", "00-00-00", "9999-99-99", "2023-W53-7"),
    *("0980-707 00", "+46 (0)980 12 34", "112", "tfn", "070–123 45 67 89 01", "00469801", "kr", "8:- per deltagare"),
    *("10 000–20 000 kr", "1,5 %", "100 %", "Sökningen gav 0 träffar", "Visar 1–10 av 1 234", "Sida 2 av 0", "träffar"),
    *("anna.öberg@kommun.example", "a@b", "mailto:", "§ 7", "t.ex.", "bl.a.", "lagen (2018:1937)", "WCAG 2.1 AA"),
    *(
        "delvis förenlig",
        "inte förenlig",
        "helt förenlig med lagen",
        "Tillgänglighetsredogörelse",
        "DIGG",
        "%",
        "\\",
        "'",
    ),
    *(
        "\0",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\ufeff",
        "ﬁ",
        "İ",
        "ß",
        "ﷺ",
        "e\u0301",
        "\U0001f468\u200d\U0001f469",
        "\ud800",
    ),
    *(
        "..",
        "<",
        ">",
        "&",
        "&amp;",
        '"',
        "]]>",
        "{{",
        "{%",
        "${",
        "\n",
        "\t",
        "\r\n",
        " ",
        "\u00a0",
        "\u2028",
        "|",
        ";",
    ),
)
TEXT = st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=8), st.integers().map(str)), max_size=8).map(
    " ".join
)
"""Words of municipal pages, with anything between them."""
WHOLE_TEXT = TEXT.map(lambda text: text.encode("utf-8", "replace").decode())
"""As what came from the browser: without halves of surrogate pairs."""

_ADDRESS_PARTS = (
    *(
        "http://",
        "https://",
        "HTTP:",
        "//",
        "/",
        "\\",
        "?",
        "&",
        "=",
        "#",
        ":",
        "@",
        ".",
        "..",
        "%",
        "%2",
        "%zz",
        "%00",
    ),
    *(
        "www.kommun.example",
        "kommun.example:99999",
        "[::1]",
        "[",
        "]",
        "xn--",
        "å",
        "127.1",
        "0x7f000001",
        ";jsessionid=1",
    ),
    *(
        "javascript:",
        "data:text/html,",
        "mailto:",
        "tel:",
        "file:///",
        "blob:",
        "about:blank",
        "token=x",
        "anna:hemlig@",
    ),
    *(
        "sida",
        "a b",
        "\t",
        "\n",
        "\0",
        "utm_source=x",
        "q={query}",
        "manad=2024-13",
        "index.html",
        ".pdf",
        "\u202e",
        "💥",
    ),
)
ADDRESS = st.lists(st.one_of(st.sampled_from(_ADDRESS_PARTS), st.text(max_size=3)), max_size=9).map("".join)
"""Addresses, whole and broken."""

_ADDRESSES = ("href", "src", "action", "url", "raw_href", "canonical")
_TAGS = (
    *(
        "p",
        "h1",
        "h2",
        "h6",
        "a",
        "img",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "form",
        "input",
        "button",
        "label",
        "select",
    ),
    *(
        "main",
        "nav",
        "header",
        "footer",
        "section",
        "article",
        "time",
        "dl",
        "dt",
        "dd",
        "iframe",
        "svg",
        "script",
        "style",
    ),
    *(
        "title",
        "meta",
        "html",
        "body",
        "template",
        "details",
        "br",
        "x-y",
        "noscript",
        "b",
        "textarea",
        "math",
        "option",
    ),
)
_ATTRIBUTES = (
    *(
        "href",
        "src",
        "alt",
        "id",
        "class",
        "lang",
        "role",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
        "title",
        "for",
    ),
    *(
        "name",
        "content",
        "type",
        "value",
        "datetime",
        "style",
        "http-equiv",
        "property",
        "rel",
        "tabindex",
        "hidden",
        "scope",
    ),
)


@st.composite
def _element(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    tag = draw(st.sampled_from(_TAGS))
    named = draw(st.lists(st.tuples(st.sampled_from(_ATTRIBUTES), st.one_of(TEXT, ADDRESS)), max_size=3))
    quote = draw(st.sampled_from(['"', "'", ""]))
    attributes = "".join(f" {name}={quote}{value}{quote}" for name, value in named)
    end = draw(st.sampled_from([f"</{tag}>", "", "</p>", "/>"]))
    return f"<{tag}{attributes}>{''.join(draw(st.lists(inner, max_size=4)))}{end}"


MARKUP = st.recursive(
    st.one_of(TEXT, st.sampled_from(["<!--", "-->", "<![CDATA[", "<", "</", "&#0;"])), _element, max_leaves=20
)
"""HTML, well-formed and not."""


def invented(kind: type[_T]) -> st.SearchStrategy[_T]:
    """Instances of the dataclass *kind* with any values in its fields. The seed that is drawn repeats one."""
    return st.integers(0, 2**32).map(lambda seed: invent(kind, random.Random(seed)))


def invent(kind: type[_T], chance: random.Random) -> _T:
    """An instance of the dataclass *kind* with any values in its fields."""
    hints = _hints(typing.cast(Any, kind))
    return kind(**{name: _value(name, hint, chance) for name, hint in hints})


@cache
def _hints(kind: Any) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in dataclasses.fields(kind) if field.init]


def _value(name: str, hint: Any, chance: random.Random) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is str:
        return _string(name, chance)
    if hint is bool:
        return chance.random() < 0.5
    if hint is int:
        return chance.choice((0, 1, 2, 3, 7, 100, 1280, 100_000))
    if hint is float:
        return chance.choice((0.0, 0.5, 1.0, 3.0, 16.0, 24.0, 300.0, 1e7))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return chance.choice(list(hint))
    if dataclasses.is_dataclass(hint):
        return invent(typing.cast(type, hint), chance)
    if origin in (typing.Union, types.UnionType):
        one = chance.choice(inner)
        return None if one is type(None) else _value(name, one, chance)
    if origin is typing.Literal:
        return chance.choice(inner)
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(_value(name, one, chance) for one in inner)
    if origin in (Mapping, dict):
        return {_value("", inner[0], chance): _value("", inner[1], chance) for _ in range(chance.randrange(3))}
    if origin in (tuple, Sequence, list, frozenset, set):
        values = [_value(name, inner[0], chance) for _ in range(chance.randrange(4))]
        return frozenset(values) if origin in (frozenset, set) else tuple(values)
    raise TypeError(f"{name}: nothing is known to make up for {hint}")


def _string(name: str, chance: random.Random) -> str:
    if name in ("backdrop", "fill", "edges"):
        return f"#{chance.randrange(2**24):06x}"
    parts, joint = (_ADDRESS_PARTS, "") if name in _ADDRESSES else (_WORDS, " ")
    text = joint.join(chance.choice(parts) for _ in range(chance.randrange(7)))
    return chance.choice((text, text, chr(chance.randrange(1, 0x2FFF)) + text)).encode("utf-8", "replace").decode()
