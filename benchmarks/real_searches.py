"""Drives searches that nobody here wrote: those of manuals in folders, as Sphinx and MkDocs build them.

    python -m benchmarks.real_searches /usr/share/doc/python3/html pathlib asyncio qzxvblorp

Prints for each query what the driver made of the answer: number and first of the hits, what the page says of their
number, whether scripts put them into the page, or why it could not be read; and how many of the pages that they lead to
are there.

Tried besides Python's manual: the same texts built by Sphinx with the themes furo, pydata and rtd, by MkDocs with its
themes mkdocs, readthedocs and material, by VitePress, and as plain pages with Pagefind's field.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from auditor.catalogue.load import load_catalogue
from auditor.derive.result_words import search_words
from auditor.derive.search_way import opened_search_way, search_way
from auditor.gather.asking import SearchAsker
from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.result_window import ResultWindow, WindowRules
from auditor.gather.serve import serving
from auditor.gather.visit import Visit
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.search import Answer, Question
from auditor.model.vocabulary import Viewport

_HOST = "manual.example"


def main(arguments: Sequence[str]) -> None:
    """Drives the search of the folder that the first argument names, with the others as queries."""
    if len(arguments) < 2:
        sys.exit(__doc__)
    folder, *queries = arguments
    asyncio.run(_drive(Path(folder), queries))


async def _drive(folder: Path, queries: Sequence[str]) -> None:
    with serving({_HOST: folder}) as ports:
        start = f"http://{_HOST}/"
        lexicon = load_catalogue().lexicon
        async with running_browser(BrowserConfig(), ports) as (browser, _):
            context = await browser.new_context(service_workers="block")
            renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20)
            look = await renderer.look(Visit(url=start, name="start", viewports=(Viewport.DESKTOP,)))
            await renderer.discard()
            facts = look.renderings[0].facts if look.renderings else None
            others = lexicon["other_searches"]
            way = search_way(facts, start, others=others, hosts={_HOST}) if facts else None
            if facts and not way:
                way = opened_search_way(facts, start, names=lexicon["search_names"], others=others)
            if way is None:
                print(f"{folder}: no search that may be asked was found on the start page", look.untested)
                return
            window = ResultWindow(context, ViewportsConfig(), 20, WindowRules(way=way, turn=_at_once, allows=_anything))
            asker = SearchAsker(window, search_words(lexicon))
            for query in queries:
                reply = await asker.ask(Question(query=query))
                _tell(reply.answer, folder)
            print("hits lie over the page" if window.overlay else "hits have a page of their own")
            await window.close()


def _tell(answer: Answer, folder: Path) -> None:
    said = (
        "nothing found" if answer.says_nothing else f"{answer.count} told" if answer.count is not None else "no number"
    )
    there = sum((folder / urlsplit(url).path.lstrip("/")).exists() for url in answer.addresses)
    print(
        f"{answer.question.query!r}: {answer.untested or 'read'}; {len(answer.hits)} hits, {said}, "
        f"{there} of {len(answer.addresses)} pages are there; {'put in by scripts' if answer.in_place else 'a page'}"
    )
    for hit in answer.hits[:3]:
        print(f"    {hit.place}. {hit.title[:60]} – {urlsplit(hit.url).path}")


async def _at_once(url: str) -> None:
    """A folder on loopback need not be spared."""


def _anything(url: str) -> bool:
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
