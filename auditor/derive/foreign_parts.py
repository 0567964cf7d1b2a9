"""The text of a document that is in the page's own language, as far as its markup says, and the parts that are not."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from auditor.derive.language import Guess, primary, says_language, share_of
from auditor.model.page import Document

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
_SILENT = frozenset({"script", "style", "template", "noscript", "code", "pre", "samp", "kbd"})
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


@dataclass(frozen=True)
class Part:
    """An element in the body with a lang attribute of its own, and its text in that language."""

    tag: Tag
    declared: str
    language: str
    text: str

    @property
    def is_choice(self) -> bool:
        """Links and buttons alone, as where one chooses a language: their few words are names, and tell none."""
        if self.tag.name in _PRESSED or self.tag.find_parent(_PRESSED) is not None:
            return True
        return _letters(self.tag.get_text()) <= sum(_letters(inner.get_text()) for inner in self.tag.find_all(_PRESSED))


_PRESSED = ["a", "button", "option"]
_SURE_WORDS = 12
_SURE_SHARE, _STRANGE_SHARE = 0.3, 0.05


def marked_parts(document: Document) -> Iterator[Part]:
    """The parts of the body that declare a language of their own and have text in it; hidden ones are left out."""
    body = document.tree.body
    for tag in body.find_all(lang=True) if body else ():
        declared = str(tag.get("lang") or "").strip()
        if not says_language(declared) or any(_is_hidden(up) for up in (tag, *tag.parents)):
            continue
        language = primary(declared)
        text = " ".join(" ".join(_spoken(tag, language)).split())
        if any(character.isalpha() for character in text):
            yield Part(tag, declared, language, text)


def _spoken(tag: Tag, language: str) -> Iterator[str]:
    """Text and alternatives in *tag* that are in its language, as far as the markup says."""
    for child in tag.children:
        if isinstance(child, Tag):
            own = child.get("lang")
            if child.name in _SILENT or _is_hidden(child) or (own and primary(str(own)) != language):
                continue
            yield _name(child)
            yield from _spoken(child, language)
        elif type(child) is NavigableString:
            yield str(child)


def _name(tag: Tag) -> str:
    """What is read aloud for *tag* besides the text in it."""
    root = list(tag.parents)[-1]
    named = [root.find(id=identifier) for identifier in str(tag.get("aria-labelledby") or "").split()]
    referenced = " ".join(source.get_text() for source in named if isinstance(source, Tag))
    return referenced or str(tag.get("aria-label") or tag.get("alt") or "")


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or "display:none" in str(tag.get("style") or "").replace(" ", "").lower()


def is_sure_part(part: Part, guess: Guess) -> bool:
    """Whether a part is long enough, and unlike its declared language enough, to say that it is another."""
    return (
        len(part.text.split()) >= _SURE_WORDS
        and share_of(part.text, guess.language) >= _SURE_SHARE
        and share_of(part.text, part.language) <= _STRANGE_SHARE
        and {guess.language, part.language} != {"sv", "no"}
    )
