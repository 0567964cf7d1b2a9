"""What opens is opened, looked at and closed again."""

from pathlib import Path

import pytest

from auditor.gather.states import without
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
from tests.builders import axe_result

_PAGE = """<!doctype html><html lang="sv"><head><title>Start</title><meta name="viewport" content="width=device-width">
<style>.meny { display: none } .oppen { display: block } .kakor { position: fixed; bottom: 0; background: #fff }
.kakor p, .blek { color: #bbb; background: #fff }</style>
<script>function fall() { m.ariaExpanded = n.classList.toggle('oppen') }</script></head><body>
<header><button id="m" aria-expanded="false" onclick="fall()">Meny</button>
<nav class="meny" id="n" aria-label="Huvudmeny">
<ul><li><a href="#a">Aaa</a><li><a class="blek" href="#b">Bbb</a><li><a href="#c">Ccc</a></ul></nav></header>
<main><h1 id="a">Start</h1><p id="b">Text</p><p id="c" class="blek">Alltid blek</p>
<details><summary>Öppettider</summary><p class="blek" id="t">Åtta till fem</p><a href="#a">Upp</a></details>
<button id="v" aria-controls="d" onclick="d.showModal()">Visa kontakt</button>
<dialog id="d"><p><a href="tel:112">112</a></p><input id="f" type="text">
<button onclick="d.close()">Stäng</button></dialog></main>
<div class="kakor" id="k"><p>Vi använder kakor för att webbplatsen ska fungera bra för dig.</p>
<button onclick="k.remove()">Avvisa</button> <button onclick="k.remove()">Godkänn</button></div></body></html>"""


def test_what_a_part_says_is_told_without_what_the_page_said_at_rest() -> None:
    rest = axe_result(violations={"color-contrast": ["#c"]})
    part = axe_result(violations={"color-contrast": ["#b", "#c"], "region": ["#b"], "label": ["#f"]})
    left = {finding.id: [node.target for node in finding.nodes] for finding in without(part, rest).violations}
    assert left == {"color-contrast": [("#b",)], "label": [("#f",)]}


@pytest.mark.browser
def test_each_finding_says_in_which_state(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(_PAGE, encoding="utf-8")
    history = History(tmp_path / "history.db")
    store = history.run(audit(read_target(str(site)), history).run_id)
    found = {
        (rule, outcome.target.selector, outcome.target.state)
        for rule, outcome in store.outcomes((OutcomeKind.FAILED,))
        if outcome.target.viewport is Viewport.DESKTOP and rule.startswith("axe/")
    }
    untested = [page.untested for page in store.pages()]
    pages = [read_page(path) for path in (store.folder / "pages").glob("*.json.gz")]
    history.close()

    assert found == {
        ("axe/color-contrast", "#c", ""),
        ("axe/color-contrast", "#k > p", "banner"),
        ("axe/color-contrast", 'a[href="#b"]', "menu"),
        ("axe/color-contrast", "#t", "fold|Öppettider"),
        ("axe/label", "#f", "dialog|Visa kontakt"),
    }
    assert untested == [{}]
    seen = [rendering for page in pages if page for rendering in page.renderings if rendering.keyboard]
    assert {rendering.viewport for rendering in seen} == {Viewport.DESKTOP, Viewport.PHONE}
    assert all(stop.selector != "#f" for rendering in seen for stop in rendering.keyboard.stops)  # type: ignore[union-attr]


_OWN = """<!doctype html><html lang="sv"><head><title>Start</title><meta name="viewport" content="width=device-width">
<style>.meny { display: none } .oppen { display: block } .meny li { height: 14px; font-size: 10px }
.kakor { position: fixed; bottom: 0; background: #fff } dialog { background: #fff }
#f { border: 1px solid #ddd }</style>
<script>function fall() { m.ariaExpanded = n.classList.toggle('oppen') }</script></head><body>
<header><button id="m" aria-expanded="false" onclick="fall()">Meny</button>
<nav class="meny" id="n" aria-label="Huvudmeny"><ul><li><a href="a.html" id="l1">Bidrag</a>
<li><a href="b.html" id="l2">Läs mer</a><li><a href="c.html" id="l3">Lokaler</a></ul></nav></header>
<main><h1 id="a">Start</h1><p id="b">Text</p><p>Alltid <span id="r" aria-label="mellan">8–17</span></p>
<details><summary>Öppettider</summary><p><span id="t" aria-label="åtta till fem">8–17</span>
<a href="#a">Upp till början</a></p></details>
<button id="v" aria-controls="d" onclick="d.showModal()">Visa kontakt</button>
<dialog id="d"><p><a href="tel:112">112</a></p><label>Namn <input id="f" type="text"></label>
<button onclick="d.close()">Stäng</button></dialog></main>
<div class="kakor" id="k"><p>Vi använder kakor för att webbplatsen ska fungera bra för dig.
<a id="p" href="#b" aria-label="Policy">Läs om våra kakor</a></p>
<button onclick="k.remove()">Avvisa</button> <button onclick="k.remove()">Godkänn</button></div></body></html>"""


@pytest.mark.browser
def test_rules_of_our_own_judge_what_opens_and_tell_nothing_twice(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(_OWN, encoding="utf-8")
    for name in "abc":
        (site / f"{name}.html").write_text(f'<!doctype html><html lang="sv"><title>{name}</title><h1>{name}</h1>')
    history = History(tmp_path / "history.db")
    store = history.run(audit(read_target(str(site)), history).run_id)
    rules = (
        *("accessibility/name-where-allowed", "accessibility/non-text-contrast", "accessibility/label-in-name"),
        *("responsive/target-size", "navigation/generic-link-text"),
    )
    found = sorted(
        (rule, str(outcome.target.viewport), outcome.target.selector, outcome.target.state)
        for rule, outcome in store.outcomes((OutcomeKind.FAILED,))
        if rule in rules
    )
    untested = [page.untested for page in store.pages() if page.untested]
    history.close()

    assert found == [
        ("accessibility/label-in-name", "desktop", "#p", "banner"),
        ("accessibility/label-in-name", "phone", "#p", "banner"),
        ("accessibility/name-where-allowed", "desktop", "#r", ""),
        ("accessibility/name-where-allowed", "desktop", "#t", "fold|Öppettider"),
        ("accessibility/name-where-allowed", "phone", "#r", ""),
        ("accessibility/name-where-allowed", "phone", "#t", "fold|Öppettider"),
        ("accessibility/non-text-contrast", "desktop", "#f", "dialog|Visa kontakt"),
        ("accessibility/non-text-contrast", "phone", "#f", "dialog|Visa kontakt"),
        ("navigation/generic-link-text", "desktop", "#l2", ""),
        ("navigation/generic-link-text", "phone", "#l2", ""),
        ("responsive/target-size", "phone", "#l1", "menu"),
        ("responsive/target-size", "phone", "#l2", "menu"),
        ("responsive/target-size", "phone", "#l3", "menu"),
    ]
    assert untested == []
