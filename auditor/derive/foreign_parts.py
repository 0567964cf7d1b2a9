"""The text of a document that is in the page's own language, as far as its markup says."""

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from auditor.derive.language import primary

_NOT_TEXT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "code",
        "pre",
        "samp",
        "kbd",
        "svg",
        "select",
        "option",
        "nav",
        "footer",
    }
)
_ROLES = frozenset({"navigation", "contentinfo", "search"})


def own_text(part: Tag, language: str) -> str:
    """The text of *part* without menus, code, hidden parts, and what has a lang attribute of another language.

    Args:
        part: the main content.
        language: the page's language, as language.primary gives it.
    """
    return " ".join(" ".join(_pieces(part, language)).split())


def _pieces(node: PageElement, language: str) -> list[str]:
    if isinstance(node, NavigableString):
        return [str(node)] if type(node) is NavigableString else []
    if not isinstance(node, Tag) or _is_left_out(node, language):
        return []
    return [piece for child in node.children for piece in _pieces(child, language)]


def _is_left_out(tag: Tag, language: str) -> bool:
    if tag.name in _NOT_TEXT or tag.get("role") in _ROLES or tag.has_attr("hidden") or tag.get("translate") == "no":
        return True
    own = tag.get("lang") or tag.get("xml:lang")
    return bool(own) and primary(str(own)) != language
