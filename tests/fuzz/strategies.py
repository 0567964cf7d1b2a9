"""How foreign input is made up: of what is usual on municipal sites, taken apart and put together wrongly."""

import dataclasses
import os
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
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


def made(kind: type[_T], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[_T]:
    """Instances of the dataclass *kind* with any values in its fields, but for those *given*."""
    hints = typing.get_type_hints(kind)
    fields = [field.name for field in dataclasses.fields(kind) if field.init]  # type: ignore[arg-type]
    return st.builds(kind, **{name: given.get(name, _of(name, hints[name])) for name in fields})


def _of(name: str, hint: Any) -> st.SearchStrategy[Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is str:
        return st.one_of(ADDRESS, WHOLE_TEXT).map(_whole) if name in ("href", "src", "action", "url") else WHOLE_TEXT
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 100_000)
    if hint is float:
        return st.floats(0, 1e7, allow_nan=False)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if dataclasses.is_dataclass(hint):
        return made(typing.cast(type, hint))
    if origin in (typing.Union, types.UnionType):
        return st.one_of([st.none() if one is type(None) else _of(name, one) for one in inner])
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(_of(name, inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(_of(name, one) for one in inner))
    if origin in (Sequence, list, frozenset, set):
        return st.lists(_of(name, inner[0]), max_size=2).map(frozenset if origin in (frozenset, set) else tuple)
    if origin in (Mapping, dict):
        return st.dictionaries(_of("", inner[0]), _of("", inner[1]), max_size=2)
    raise TypeError(f"{name}: nothing is known to make up for {hint}")


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
