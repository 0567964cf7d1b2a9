"""What a night takes over of what the run before chose and found out."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.gather.journal import Journal
from auditor.model.loads import Loads, Print
from auditor.pipeline.carry import EarlierRun
from auditor.pipeline.choices import CHOICES, hand_on
from auditor.store.history import History
from auditor.store.runs import CarriedPage, GatheredPage, RunStore
from tests.builders import url
from tests.store.runs import address, begin, gathered

DAY = date(2024, 5, 15)
_KINDS = ("before", "page", "opened", "focus", "device")


def page(path: str, template: str = "a", chosen: tuple[str, ...] = ("desktop",), **more: object) -> dict[str, Any]:
    return {"kind": "page", "url": url(path), "template": template, "chosen": list(chosen), **more}


def opened(path: str, markup: str, **more: object) -> dict[str, Any]:
    return {"kind": "opened", "viewport": "phone", "markup": markup, "url": url(path), **more}


@pytest.fixture
def before(tmp_path: Path) -> Iterator[RunStore]:
    """A run that rendered /a, carried /b, could not say what /moving is made of, and could not show /c."""
    history = History(tmp_path / "audit.db")
    begin(history, "1").save_page(_with_loads("/b"), [])
    store = begin(history, "2")
    store.add([address("/b")])
    store.carry_pages("1", [CarriedPage(url=url("/b"), found=(), results=(), note="carried|2024-05-14")])
    store.save_page(_with_loads("/a"), [])
    store.save_page(gathered("/moving"), [])
    store.save_page(_with_loads("/c", rendered=False), [])
    yield store
    history.close()


def _with_loads(path: str, *, rendered: bool = True) -> GatheredPage:
    return replace(gathered(path, rendered=rendered), loads=Loads(page=Print(url=url(path), digest="d")))


def handed_on(before: RunStore, path: Path, *entries: dict[str, Any], nights: int = 10**9) -> list[dict[str, Any]]:
    """What the next run begins with after *entries*."""
    journal = Journal(before.folder / CHOICES)
    for entry in entries:
        journal.write(**entry)
    hand_on(EarlierRun(before=before, rules=(), today=DAY, judged_on=DAY, nights=nights), path)
    return [entry for kind in _KINDS for entry in Journal(path).entries(kind)]


def test_what_was_chosen_on_pages_that_can_be_carried_is_handed_on(before: RunStore, tmp_path: Path) -> None:
    entries = [page("/a"), page("/b"), page("/moving"), page("/c"), page("/gone"), page("/a2", chosen=())]
    assert handed_on(before, tmp_path / "new", *entries) == [
        {"kind": "before", "pages": 4},
        page("/a", carried=True),
        page("/b", carried=True),
    ]


def test_what_was_taken_over_of_a_page_that_was_then_rendered_holds_no_more(before: RunStore, tmp_path: Path) -> None:
    entries = [
        page("/a", "old", carried=True),
        page("/b", carried=True),
        opened("/a", "old menu", carried=True),
        opened("/b", "menu", carried=True),
        page("/a", "new"),
        opened("/a", "new menu"),
    ]
    assert handed_on(before, tmp_path / "new", *entries)[1:] == [
        page("/b", carried=True),
        page("/a", "new", carried=True),
        opened("/b", "menu", carried=True),
        opened("/a", "new menu", carried=True),
    ]


def test_a_page_that_was_rendered_and_not_chosen_again_is_not_handed_on(before: RunStore, tmp_path: Path) -> None:
    assert handed_on(before, tmp_path / "new", page("/a", carried=True))[1:] == []


def test_what_pictures_told_is_handed_on_once(before: RunStore, tmp_path: Path) -> None:
    focus = {"kind": "focus", "viewport": "desktop", "manner": "a 1", "indicator": "pixels"}
    assert handed_on(before, tmp_path / "new", focus, focus)[1:] == [focus]


def test_whether_a_phone_gets_something_else_is_found_out_anew_when_its_turn_comes(
    before: RunStore, tmp_path: Path
) -> None:
    def due_in(template: str, nights: int) -> bool:
        number = int.from_bytes(hashlib.sha256(template.encode()).digest()[:8])
        return (number + DAY.toordinal()) % nights == 0

    due, later = (next(name for name in map(str, range(99)) if due_in(name, 3) is wanted) for wanted in (True, False))
    devices = [{"kind": "device", "template": name, "differs": False} for name in (due, later, "of no page")]
    found = handed_on(before, tmp_path / "new", page("/a", due), page("/b", later), *devices, nights=3)
    assert [entry["template"] for entry in found if entry["kind"] == "device"] == [later]


def test_a_run_that_goes_on_keeps_its_own(before: RunStore, tmp_path: Path) -> None:
    own = page("/a", "own")
    Journal(tmp_path / "own").write(**own)
    assert handed_on(before, tmp_path / "own", page("/b")) == [own]


def test_what_a_killed_process_left_half_written_is_written_anew(before: RunStore, tmp_path: Path) -> None:
    (tmp_path / "new.part").write_text('{"kind": "page", "url"')
    assert handed_on(before, tmp_path / "new", page("/a"))[1:] == [page("/a", carried=True)]
    assert not (tmp_path / "new.part").exists()
