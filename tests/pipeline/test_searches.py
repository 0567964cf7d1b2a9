"""The site's search is asked what people would type, and asked nothing twice, even if the run was killed."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.model.config import FindabilityConfig, LinksConfig, ScopeConfig, SearchConfig, SiteConfig, Task
from auditor.model.sitesearch import SearchQuality
from auditor.pipeline.answers import ANSWERS
from auditor.pipeline.audit import audit
from auditor.pipeline.searches import QUERIES, read_quality
from auditor.store.history import History
from tests.gather.server import Server
from tests.search_service.corpus import corpus
from tests.search_service.engine import Defect
from tests.search_service.service import serving

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


def test_a_sound_search_finds_the_tasks_page(history: History) -> None:
    with serving(Defect.NONE) as server:
        found = quality(server, history)
    assert found.strata["confirmed"].success[5] == 1.0
    assert not [one for one in found.failed if one.query.task]
    assert found.asked <= _QUESTIONS


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
