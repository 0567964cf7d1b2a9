"""A nightly run renders what changed, and comes to what a run that renders everything comes to."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.load import load_catalogue
from auditor.derive.scope import site_key
from auditor.model.config import FindabilityConfig, ReuseConfig, SearchConfig, SiteConfig
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
from auditor.store.runs import RunStore
from tests.store.runs import begin, end, gathered

pytestmark = pytest.mark.browser

_PAGES = {
    "": "Start",
    "bidrag/": "Bidrag",
    "lokaler/": "Lokaler",
    "kontakt/": "Kontakt",
}
_NIGHT = date(2024, 5, 15)


def write(site: Path, path: str, text: str = "", *, script: str = "") -> None:
    """Writes a page; every writing gets a younger time stamp than the one before."""
    page = site / path / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    links = "".join(f'<li><a href="/{to}">{name}</a></li>' for to, name in _PAGES.items())
    page.write_text(
        f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{_PAGES[path]} - Bänkby</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/stil.css">{script}</head>
<body><header><nav aria-label="Huvudmeny"><ul>{links}</ul></nav></header><main><h1>{_PAGES[path]}</h1>
<p>Här står vad föreningar behöver veta. {text}</p></main></body></html>""",
        encoding="utf-8",
    )
    touch(page)


_clock = iter(range(1_700_000_000, 1_800_000_000, 60))


def touch(path: Path) -> None:
    now = next(_clock)
    os.utime(path, (now, now))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "stil.css").write_text("body { font: 1rem sans-serif }")
    touch(folder / "stil.css")
    for path in _PAGES:
        write(folder, path)
    return folder


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path / "history.db")
    yield history
    history.close()


def settings(site: Path, *, day: date = _NIGHT, nights: int = 10**9) -> SiteConfig:
    return read_target(str(site)).model_copy(
        update={
            "date": day,
            "reuse": ReuseConfig(enabled=True, nights=nights),
            "search": SearchConfig(enabled=False),
            "findability": FindabilityConfig(enabled=False),
        }
    )


NEEDY = {rule.id for rule in load_catalogue().rules.values() if rule.needs}
"""Rules about what only trying out tells."""


def night(history: History, config: SiteConfig) -> RunStore:
    return history.run(audit(config, history, fresh=True).run_id)


def carried(store: RunStore) -> set[str]:
    return {url.split("/", 3)[3] for url, note in store.notes() if note.startswith("carried|")}


def judged(store: RunStore) -> tuple[list[str], list[str]]:
    """What rules said, and what was found, in an order that does not depend on who came first."""
    kinds = sorted(f"{one.url} {one.viewport} {one.rule} {one.kind}" for one in store.results())
    return kinds, sorted(
        f"{finding.key} {finding.count} {sorted(map(str, finding.places))}" for finding in store.findings()
    )


def test_nothing_changed(site: Path, history: History) -> None:
    first = night(history, settings(site))
    assert carried(first) == set()
    second = night(history, settings(site))
    assert carried(second) == set(_PAGES)
    assert judged(second) == judged(first)
    assert {page.summary for page in second.pages()} == {page.summary for page in first.pages()}
    for page in second.pages():
        for name in page.screenshots.values():
            assert (second.folder / "shots" / name).read_bytes() == (first.folder / "shots" / name).read_bytes()
    third = night(history, settings(site))
    assert carried(third) == set(_PAGES)


def test_a_changed_page_is_rendered_and_the_rest_is_carried(site: Path, history: History) -> None:
    night(history, settings(site))
    write(site, "bidrag/", '<img src="/stil.css">')
    second = night(history, settings(site))
    assert carried(second) == set(_PAGES) - {"bidrag/"}
    anew = night(history, settings(site).model_copy(update={"reuse": ReuseConfig(enabled=False)}))
    assert judged(second) == judged(anew)


def test_an_address_that_leads_on_is_carried_as_long_as_it_leads_there(site: Path, history: History) -> None:
    write(site, "kontakt/", '<a href="/flyttad/">Den gamla sidan</a>')
    (site / "_redirects").write_text("/flyttad/ /bidrag/\n")
    first = night(history, settings(site))
    second = night(history, settings(site))
    assert carried(second) == {*_PAGES, "flyttad/"}
    assert {page.summary for page in second.pages()} == {page.summary for page in first.pages()}
    (site / "_redirects").write_text("/flyttad/ /lokaler/\n")
    third = night(history, settings(site))
    assert carried(third) == set(_PAGES)
    moved = next(page.summary for page in third.pages() if page.summary.url.endswith("/flyttad/"))
    assert moved.final_url.endswith("/lokaler/")


def test_a_changed_style_sheet_renders_all_that_use_it(site: Path, history: History) -> None:
    night(history, settings(site))
    (site / "stil.css").write_text("body { font: 1rem serif; color: #ccc }")
    touch(site / "stil.css")
    second = night(history, settings(site))
    assert carried(second) == set()
    assert judged(second) == judged(night(history, settings(site, nights=1)))


def test_what_is_written_anew_at_every_visit_is_no_change(site: Path, history: History) -> None:
    script = '<script nonce="{}">window.began = {};</script><!-- {} -->'
    for path in _PAGES:
        write(site, path, script=script.format("abc", 1715760000123, "0.31 s"))
    night(history, settings(site))
    for path in _PAGES:
        write(site, path, script=script.format("xyz", 1715846400456, "0.27 s"))
    assert carried(night(history, settings(site))) == set(_PAGES)


def test_a_night_tries_out_the_pages_that_were_tried_out_before(site: Path, history: History) -> None:
    first = night(history, settings(site))
    write(site, "lokaler/", "Nytt för i år.")
    second = night(history, settings(site))
    write(site, "lokaler/")
    third = night(history, settings(site, nights=1))
    tried = [
        {(one.url, one.viewport, one.rule) for one in run.results() if one.rule in NEEDY}
        for run in (first, second, third)
    ]
    assert tried[0]
    assert tried == [tried[0]] * 3


def test_a_night_that_was_stopped_goes_on_and_comes_to_the_same(site: Path, history: History) -> None:
    class Stop(Exception):
        """Ends a run at once."""

    def stop(done: int, known: int, url: str) -> None:
        if done == 3:
            raise Stop

    night(history, settings(site))
    write(site, "bidrag/", '<img src="/stil.css">')
    with pytest.raises(Stop):
        audit(settings(site), history, fresh=True, progress=stop)
    began = history.runs(site_key(settings(site)))[-1].id
    on = history.run(audit(settings(site), history).run_id)
    assert on.run_id == began
    assert carried(on) == set(_PAGES) - {"bidrag/"}
    anew = night(history, settings(site).model_copy(update={"reuse": ReuseConfig(enabled=False)}))
    assert judged(on) == judged(anew)


def test_another_day_is_judged_on_that_day(site: Path, history: History) -> None:
    write(site, "bidrag/", "Sök bidrag senast 31 maj 2024. Skicka ansökan till kommunen.")
    first = night(history, settings(site))
    later = night(history, settings(site, day=date(2024, 6, 15)))
    assert carried(later) == set(_PAGES)
    said = [{one.kind for one in run.results() if one.rule == "information/expired-deadline"} for run in (first, later)]
    assert ("failed" in said[0], "failed" in said[1]) == (False, True)
    anew = night(history, settings(site, day=date(2024, 6, 15), nights=1))
    assert judged(later) == judged(anew)


def test_a_day_that_comes_again_is_judged_anew(site: Path, history: History) -> None:
    write(site, "bidrag/", "Sök bidrag senast 31 maj 2024. Skicka ansökan till kommunen.")
    first = night(history, settings(site))
    night(history, settings(site, day=date(2024, 6, 15)))
    back = night(history, settings(site))
    assert carried(back) == set(_PAGES)
    assert judged(back) == judged(first)


def test_a_clock_that_was_set_back_is_told(site: Path, history: History) -> None:
    config = settings(site)
    before = begin(history, "1", site=site_key(config), at="2999-01-01T00:00:00.000000+00:00")
    before.save_page(gathered("/"), [])
    end(before)
    night(history, config)
    night(history, config)
    _, late, usual = history.runs(site_key(config))
    assert ("clock" in late.remarks, "clock" in usual.remarks) == (True, False)


def test_a_page_that_is_due_is_rendered_and_compared(site: Path, history: History) -> None:
    night(history, settings(site))
    second = night(history, settings(site, nights=1))
    assert carried(second) == set()
    assert sorted(note for _, note in second.notes()) == ["agreed"] * len(_PAGES)


def test_other_settings_render_everything(site: Path, history: History) -> None:
    night(history, settings(site))
    other = settings(site).model_copy(update={"options": {"information/stale-page": {"years": 2}}})
    assert carried(night(history, other)) == set()
