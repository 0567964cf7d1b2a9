"""The template engine as every page of ours uses it: what a page under test said is escaped, and no text is missing."""

from functools import cache
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from auditor.content import content
from auditor.model.vocabulary import Language
from auditor.reporting.text import clean, cut, file_key, markdown
from auditor.reporting.words import Words


def template_environment(words: Words) -> Environment:
    """Templates of ``reports/templates`` in the language of *words*, with the filters that all of them use."""
    environment = Environment(
        loader=FileSystemLoader(content("reports") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_compiled(words.language),
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


class _Compiled(BytecodeCache):
    """Templates as they were compiled in this process: that takes longer than filling them in for a small report."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(language: Language) -> _Compiled:
    """Those of one language: where a template gives a filter a constant, what comes of it is compiled in."""
    return _Compiled()


def said(text: str, length: int = 300) -> Markup:
    """What a page under test said: cut, escaped, and kept from turning the direction of our text around it."""
    return Markup("<bdi>{}</bdi>").format(cut(clean(text), length))
