"""The site's search is asked what people would type, and asked nothing twice, even if the run was killed."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.model.config import FindabilityConfig, LinksConfig, ScopeConfig, SearchConfig, SiteConfig, Task
from auditor.model.sitesearch import SearchQuality
from auditor.pipeline.answers import ANSWERS
from auditor.pipeline.audit import audit
from auditor.pipeline.searches import QUERIES, read_quality
from auditor.sitesearch.phone import SAMPLE
from auditor.store.history import History
from tests.gather.server import Answer, Request, Server, answering
from tests.search_service.corpus import corpus
from tests.search_service.engine import Defect, Engine
from tests.search_service.service import Service, serving

pytestmark = pytest.mark.browser

_QUESTIONS = 24


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path / "audit.db")
    yield history
    history.close()


def config(server: Server, phrasings: tuple[str, ...] = ("vävstugan", "vävstolarna")) -> SiteConfig:
    wanted = next(text for text in corpus() if text.title == "Vävstugan")
    task = Task(id="vava", question="Var kan man väva?", phrasings=phrasings, targets=(server.url(wanted.path),))
    return SiteConfig(
        start=server.url(),
        tasks=(task,),
        scope=ScopeConfig(max_pages=12),
        search=SearchConfig(questions=_QUESTIONS, probes=False),
        findability=FindabilityConfig(builtin_tasks=False, runs=5),
        links=LinksConfig(external=False),
    )


def typed(server: Server) -> list[str]:
    """What the search was asked, in order."""
    return [
        value
        for request in server.requests
        if urlsplit(request.path).path == "/sok"
        for value in parse_qs(urlsplit(request.path).query).get("q", ())
    ]


def quality(server: Server, history: History, *phrasings: str) -> SearchQuality:
    audited = audit(config(server, phrasings) if phrasings else config(server), history)
    found = read_quality(history.run(audited.run_id).folder)
    assert found is not None
    return found


def on_phone(server: Server) -> set[str]:
    """What the search was asked by a phone."""
    return {
        value
        for request in server.requests
        if urlsplit(request.path).path == "/sok" and "Mobile" in request.headers.get("user-agent", "")
        for value in parse_qs(urlsplit(request.path).query).get("q", ())
    }


@contextmanager
def changed(change: Callable[[str], str], *, everywhere: bool = False) -> Iterator[Server]:
    """A site with a sound search that gives phones, or everybody, other markup."""
    service = Service(Engine(corpus(), Defect.NONE), "list")

    def answer(request: Request, before: int) -> Answer:
        told = service(request, before)
        is_phone = "Mobile" in request.headers.get("user-agent", "")
        if b"<html" not in told.body or not (everywhere or is_phone):
            return told
        return replace(told, body=change(told.body.decode()).encode())

    with answering(answer) as server:
        yield server


def test_a_sound_search_finds_the_tasks_page_on_both_devices(history: History) -> None:
    with serving(Defect.NONE) as server:
        found = quality(server, history)
        asked = on_phone(server)
    assert found.strata["confirmed"].success[5] == 1.0
    assert not [one for one in found.failed if one.query.task]
    assert found.asked <= _QUESTIONS
    assert found.phone is not None
    assert (found.phone.compared, found.phone.differing, found.phone.untested) == (SAMPLE, (), "")
    assert len(asked) == SAMPLE
    assert found.phone.strata == found.strata


def test_a_phone_with_another_ranking_has_figures_of_its_own(history: History) -> None:
    first_last = partial(re.sub, r'(<li class="hit">.*?</li>)(.+)</ol>', r"\2\1</ol>")
    with changed(first_last) as server:
        found = quality(server, history)
        asked = on_phone(server)
    assert found.phone is not None
    assert found.phone.differing
    assert found.phone.asked == len(asked) > SAMPLE
    assert found.phone.strata["all"].success[1] < found.strata["all"].success[1]


_NARROW = (
    '<meta name="viewport" content="width=device-width"><style>@media (max-width: 700px) { form { display: none } }'
)


@pytest.mark.parametrize(
    ("change", "everywhere", "reason"),
    [
        (lambda html: html.replace("<title>", f"{_NARROW}</style><title>"), True, "search-not-on-phone"),
        (lambda html: re.sub(r"<form role.*?</form>", "", html), False, "search-field"),
    ],
    ids=["hidden by its width", "left out by the server"],
)
def test_a_search_that_a_phone_does_not_show_is_untested_there(
    change: Callable[[str], str], everywhere: bool, reason: str, history: History
) -> None:
    with changed(change, everywhere=everywhere) as server:
        found = quality(server, history)
        asked = on_phone(server)
    assert found.phone is not None
    assert (found.phone.untested, found.phone.strata, asked) == (reason, {}, set())
    assert found.strata["confirmed"].success[5] == 1.0


def test_hits_of_an_old_index_lead_nowhere(history: History) -> None:
    with serving(Defect.STALE) as server:
        found = quality(server, history, "ishallen")
        gone = {url.removeprefix(server.url("")) for _, url, _ in found.stale}
    assert gone == {"/foreningsliv/ishallen-2019/", "/foreningsliv/gammal/"}
    assert [one.query.text for one in found.failed if one.query.task] == ["ishallen"]


def test_a_killed_run_asks_nothing_twice(history: History) -> None:
    with serving(Defect.NONE) as server:
        audited = audit(config(server), history, report_due=True)
        folder = history.run(audited.run_id).folder
        kept = (folder / ANSWERS).read_text(encoding="utf-8").splitlines()
        # As if the process had ended while the last but one answer was being written.
        (folder / ANSWERS).write_text("\n".join([*kept[:-2], kept[-2][:20]]), encoding="utf-8")
        plan = (folder / QUERIES).read_bytes()
        before = len(typed(server))
        again = audit(config(server), history, report_due=True)
        assert again.run_id == audited.run_id
        asked = typed(server)[before:]
        assert (folder / QUERIES).read_bytes() == plan
    lost = {json.loads(line)["question"]["query"] for line in kept[-2:]}
    assert lost <= set(asked)
    assert not {json.loads(line)["question"]["query"] for line in kept[:-2]} & (set(asked) - lost)
