"""Checks of PDF documents that the site links to: can they be read out, and found again?"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from auditor.derive.language import guess_language, primary, says_language
from auditor.derive.wording import folded
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed, untested
from auditor.model.pdf import PdfFacts
from auditor.model.site import Site

_FILE_NAME = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|indd|odt|rtf|dotx?|qxd)$|^microsoft (?:word|powerpoint|excel)", re.IGNORECASE
)
_NUMBER = re.compile(r"[\s_\d-]+$")


def pdf_text(site: Site) -> Iterator[Outcome]:
    """A PDF document holds text, not only pictures of text.

    Args:
        site: the whole site.
    """
    for facts, target in _documents(site):
        if facts.untested:
            yield untested(target, facts.untested)
        elif facts.with_text == facts.looked_at or not facts.with_image:
            yield passed(target)
        elif not facts.with_text:
            yield failed(target, "scanned", name=_name(facts), pages=facts.pages)
        else:
            yield cant_tell(target, "partly", name=_name(facts), pictures=facts.with_image, looked=facts.looked_at)


def pdf_tagged(site: Site, *, law_from: str = "2018-09-23") -> Iterator[Outcome]:
    """A PDF document with text is tagged, so that headings, lists and reading order can be told.

    Args:
        site: the whole site.
        law_from: older documents may be exempt; a person must judge whether they are still needed.
    """
    for facts, target in _documents(site):
        if facts.untested:
            yield untested(target, facts.untested)
        elif not facts.with_text:
            continue
        elif facts.tagged:
            yield passed(target)
        elif facts.created and facts.created < law_from:
            yield cant_tell(target, "old", name=_name(facts), date=facts.created)
        else:
            yield failed(target, "untagged", name=_name(facts), pages=facts.pages)


def pdf_title(site: Site, *, empty_titles: tuple[str, ...]) -> Iterator[Outcome]:
    """A PDF document has a title that says what it is about.

    Args:
        site: the whole site.
        empty_titles: what programs call a document that nobody gave a name, without the number after it.
    """
    for facts, target in _documents(site):
        title = facts.title.strip(" .-_")
        if facts.untested:
            yield untested(target, facts.untested)
        elif not title:
            yield failed(target, "none", name=_name(facts))
        elif _FILE_NAME.search(title) or _NUMBER.sub("", title).lower() in empty_titles:
            yield failed(target, "file_name", name=_name(facts), title=title)
        elif "_" in title and " " not in title and folded(title) == folded(PurePosixPath(_name(facts)).stem):
            yield cant_tell(target, "as_file", name=_name(facts), title=title)
        else:
            yield passed(target)


def pdf_language(site: Site, *, least_words: int = 60) -> Iterator[Outcome]:
    """A PDF document with text says its language, and it is the one that the text is written in.

    Args:
        site: the whole site.
        least_words: fewer words do not tell a language.
    """
    for facts, target in _documents(site):
        if facts.untested:
            yield untested(target, facts.untested)
            continue
        if not facts.with_text:
            continue
        guess = guess_language(facts.text, least_words)
        if not facts.language:
            yield failed(target, "none", name=_name(facts))
        elif guess and guess.sure and says_language(facts.language) and guess.language != primary(facts.language):
            yield failed(target, "other", name=_name(facts), declared=facts.language, language=guess.language)
        else:
            yield passed(target)


def _documents(site: Site) -> Iterator[tuple[PdfFacts, Target]]:
    for url, facts in sorted(site.documents.items()):
        yield facts, Target(url=url)


def _name(facts: PdfFacts) -> str:
    """The file's name, as people see it in a list of downloads."""
    return PurePosixPath(unquote(urlsplit(facts.url).path)).name or facts.url
