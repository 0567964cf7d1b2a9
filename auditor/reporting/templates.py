"""The template engine as every page of ours uses it: what a page under test said is escaped, and no text is missing."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor.content import content
from auditor.reporting.text import clean, cut, file_key, markdown
from auditor.reporting.words import Words


def template_environment(words: Words) -> Environment:
    """Templates of ``reports/templates`` in the language of *words*, with the filters that all of them use."""
    environment = Environment(
        loader=FileSystemLoader(content("reports") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=words, words=words)
    environment.filters.update(
        said=said,
        cut=cut,
        md=markdown,
        file_key=file_key,
        date=words.date,
        moment=words.moment,
        num=words.number,
        percent=words.percent,
        score=words.score,
    )
    return environment


def said(text: str, length: int = 300) -> Markup:
    """What a page under test said: cut, escaped, and kept from turning the direction of our text around it."""
    return Markup("<bdi>{}</bdi>").format(cut(clean(text), length))
