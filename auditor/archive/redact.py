"""Takes personal data out of what is kept of a page's source."""

from collections.abc import Callable, Sequence

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

from auditor.errors import ConfigError

_COVER = "\N{FULL BLOCK}"
_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "value", "content")
_ADDRESSES = ("mailto:", "tel:", "sms:")


def redactor(selectors: Sequence[str]) -> Callable[[bytes, str], bytes] | None:
    """What covers the texts that *selectors* match in HTML; None if there are no selectors.

    Raises:
        ConfigError: one of them is no selector.
    """
    if not selectors:
        return None
    for selector in selectors:
        try:
            compile_selector(selector)
        except SelectorSyntaxError as error:
            raise ConfigError(f"archive.redact: {selector!r} is no CSS selector") from error

    def redact(body: bytes, mime: str) -> bytes:
        if mime not in ("text/html", "application/xhtml+xml"):
            return body
        tree = BeautifulSoup(body, "lxml")
        found = [tag for selector in selectors for tag in tree.select(selector)]
        if not found:
            return body
        for tag in found:
            for part in (tag, *tag.find_all(True)):
                for name in _ATTRIBUTES:
                    if isinstance(part.get(name), str):
                        part[name] = _covered(str(part[name]))
                href = str(part.get("href") or "")
                if href.lower().startswith(_ADDRESSES):
                    part["href"] = href.split(":")[0] + ":"
            for text in list(tag.find_all(string=True)):
                text.replace_with(NavigableString(_covered(str(text))))
        return str(tree).encode()

    return redact


def _covered(text: str) -> str:
    return "".join(letter if letter.isspace() else _COVER for letter in text)
