"""Checks of the area accessibility about words: names, titles, alternatives of pictures, and languages."""

import re
from collections.abc import Iterator, Sequence

from auditor.derive.dom import element
from auditor.derive.foreign_parts import is_sure_part, marked_parts
from auditor.derive.images import is_drawing, is_file_name, is_other_logo
from auditor.derive.language import guess_language
from auditor.derive.page_kinds import first_heading
from auditor.derive.titles import own_title
from auditor.derive.wording import are_akin, plain, share_a_word, subject_words, words
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Document, Rendering

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONG_LABEL = 8
_SURE_WORD = 4
_FILE = re.compile(r"\.(?:html?|php|aspx?|jsp|docx?|pdf|xlsx?|pptx?)$", re.IGNORECASE)
_PAGE_WORDS = 8
_HEADING_WORDS = 4
_SENTENCE = 8


def label_in_name(rendering: Rendering) -> Iterator[Outcome]:
    """A control's name holds the words that one sees on it."""
    for control in rendering.access.labelled:
        label = words(_ASIDE.sub(" ", control.text))
        if not label or control.icons or (len(label) == 1 and len(label[0]) == 1 and label[0].isalpha()):
            continue
        name = words(control.name)
        values = {"label": control.text, "name": control.name}
        if _holds(name, label) or (len(label) > _LONG_LABEL and label[: len(name)] == name):
            yield passed(control)
        elif len(label) <= _LONG_LABEL and any(_is_missing(word, control.text, name) for word in label):
            yield failed(control, "missing", **values)
        else:
            yield cant_tell(control, "otherwise", **values)


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    return any(tuple(whole[start : start + len(part)]) == tuple(part) for start in range(len(whole) - len(part) + 1))


def _is_missing(word: str, label: str, name: Sequence[str]) -> bool:
    """A word that is neither part of the name, nor of its letters, nor short for one of its words."""
    if len(word) < _SURE_WORD or not word.isalpha() or word in "".join(name):
        return False
    return not any(are_akin(word, other) for other in name) and f"{word}." not in label.casefold()


def title_descriptive(
    rendering: Rendering,
    *,
    small_words: tuple[str, ...],
    empty_titles: tuple[str, ...],
    vague_titles: tuple[str, ...],
    generic: tuple[str, ...],
) -> Iterator[Outcome]:
    """The title says what the page is about.

    Args:
        rendering: the page on a desktop.
        small_words: words that carry no subject.
        empty_titles: titles that no page should have («Namnlös»).
        vague_titles: titles that fit some pages, and tell little («Startsida»).
        generic: main headings that name no subject.
    """
    title = rendering.facts.title
    if not plain(title):
        return
    if plain(title) in empty_titles or _FILE.search(title.strip()):
        yield failed(rendering, "empty", title=title)
    elif plain(title) in vague_titles:
        yield cant_tell(rendering, "vague", title=title)
    else:
        yield _title_outcome(rendering, title, small_words, generic)


def _title_outcome(rendering: Rendering, title: str, small_words: tuple[str, ...], generic: tuple[str, ...]) -> Outcome:
    facts = rendering.facts
    shown = [facts.text, *(image.alt or "" for image in facts.images), *(heading.name for heading in facts.headings)]
    page = words(" ".join(shown))
    subject = subject_words(own_title(rendering), small_words)
    missing = [word for word in subject if not _stands_in(word, page)]
    if subject and len(missing) == len(subject) and page:
        strange = len(subject) > 1 and len(page) >= _PAGE_WORDS
        return (failed if strange else cant_tell)(rendering, "strange" if strange else "unseen", title=title)
    if len(missing) > len(subject) / 2:
        return cant_tell(rendering, "unseen", title=title)
    heading = first_heading(rendering)
    topic = subject_words(heading.name, small_words) if heading and plain(heading.name) not in generic else ()
    if heading and len(topic) >= _HEADING_WORDS and not share_a_word(topic[: (len(topic) + 1) // 2], words(title)):
        return cant_tell(rendering, "less", title=title, heading=heading.name)
    return passed(rendering)


def _stands_in(word: str, page: Sequence[str]) -> bool:
    """Whether the page has the word, an inflection of it, or a compound with it."""
    known = set(page)
    if word in known:
        return True
    stem = word[: max(4, len(word) - 2)]
    return len(word) >= _SURE_WORD and any(
        stem in other or (len(other) >= _SURE_WORD and other in word) for other in known
    )


def image_alternative(
    rendering: Rendering, *, empty_alternatives: tuple[str, ...], file_words: tuple[str, ...]
) -> Iterator[Outcome]:
    """A picture's alternative says what the picture shows.

    Args:
        rendering: the page in one viewport.
        empty_alternatives: words that say nothing of a picture («bild»).
        file_words: words in names of files that do not say whose logotype it is («vit»).
    """
    for picture in rendering.access.pictures:
        if not plain(picture.name) or picture.kind not in ("img", "input", "svg", "canvas", "object"):
            continue
        if is_file_name(picture):
            yield failed(picture, "file", name=picture.name)
        elif plain(picture.name) in empty_alternatives:
            yield failed(picture, "empty", name=picture.name)
        elif is_drawing(picture):
            yield cant_tell(picture, "drawn", name=picture.name)
        elif is_other_logo(picture, file_words):
            yield cant_tell(picture, "other", name=picture.name, file=picture.file)
        else:
            yield passed(picture)


def image_of_text(rendering: Rendering) -> Iterator[Outcome]:
    """No picture holds text that could be written as text."""
    for picture in rendering.access.pictures:
        if picture.logo or "banner" in picture.regions or "contentinfo" in picture.regions:
            continue
        letters = len(plain(picture.words).replace(" ", ""))
        if letters >= _SENTENCE and plain(picture.words) == plain(picture.name):
            yield failed(picture, "drawn_text", text=picture.words)
        elif letters >= _SURE_WORD:
            yield cant_tell(picture, "drawn_words", text=picture.words)
        elif picture.text_like:
            yield cant_tell(picture, "text_like")
        else:
            yield passed(picture)


def language_of_parts(document: Document) -> Iterator[Outcome]:
    """The language that a part of the page declares is the one that it is written in."""
    for part in marked_parts(document):
        guess = guess_language(part.text, least_words=1)
        if guess and guess.language == part.language:
            yield passed(element(part.tag))
        elif guess and is_sure_part(part, guess):
            yield failed(element(part.tag), "other", declared=part.declared, language=guess.language)
        elif not part.is_choice:
            yield cant_tell(element(part.tag), "maybe", declared=part.declared, text=part.text[:80])
