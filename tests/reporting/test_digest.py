"""The night on one screen, and as a letter."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model.night import Changed, Night, SiteNight
from auditor.model.nightly import NightlyConfig
from auditor.model.vocabulary import Language, Severity
from auditor.reporting.digest import letter, letter_data, screen
from tests.reporting.builds import HOSTILE

CONFIG = NightlyConfig(sites=("a",), base_url="https://intranet.example.se/granskning")


def change(key: str = "0123456789ab", title: str = "Bilder saknar text") -> Changed:
    return Changed(key=key, title=title, severity=Severity.SERIOUS, pages=3)


def site(name: str = "Sjöboda kommun", **more: Any) -> SiteNight:
    told: dict[str, Any] = {"target": f"{name}.yaml", "site": name, "name": name, "run_id": f"run-{name}"}
    return SiteNight(**{**told, "pages": 40, "problems": 12, **more})


def night(*sites: SiteNight, **more: Any) -> Night:
    return Night(id="20261122-031500", started_at="2026-11-22T03:15:00+01:00", day="2026-11-22", sites=sites, **more)


def test_nothing_is_told_of_a_night_like_the_one_before() -> None:
    assert not night(site(), site("Lugnvik")).changed
    assert not night(site(not_retested=(change(),))).changed
    assert not night(site(error="no answer")).changed
    assert night(site(fixed=(change(),))).changed
    assert night(site(error="no answer"), failed_anew=("Sjöboda kommun.yaml",)).changed
    assert night(site(first=True)).changed
    assert not night(site(first=True, skipped=True)).changed


def test_the_letter_tells_what_changed_where_and_how_much_is_as_before() -> None:
    new = tuple(change(f"{number:012x}") for number in range(13))
    told = night(site(new=new, back=(change(),)), site("Lugnvik"), site("Granåsen", fixed=(change(),)))
    subject, text = letter(told, CONFIG, {"run-Sjöboda kommun": "sjoboda/1/index.html"})
    assert subject == "Granskning 22 november 2026: ändringar på 2 webbplatser"
    assert "13 nya problem:" in text
    assert "… och 3 till" in text
    assert "1 problem är tillbaka:" in text
    assert "Bilder saknar text (allvarlig" in text or "Bilder saknar text (" in text
    assert "Rapport: https://intranet.example.se/granskning/sjoboda/1/index.html" in text
    assert "1 webbplats är som förut." in text
    assert "Lugnvik" not in text


def test_the_letter_tells_of_sites_that_fail_and_come_back() -> None:
    down = night(site(error="https://a: no answer", run_id=""), failed_anew=("Sjöboda kommun.yaml",))
    up = night(site(), recovered=("Sjöboda kommun.yaml",))
    assert letter(down, CONFIG, {})[0] == "Granskning 22 november 2026: 1 webbplats gick inte att granska"
    assert "Gick inte att granska: https://a: no answer" in letter(down, CONFIG, {})[1]
    assert "Nu gick det." in letter(up, CONFIG, {})[1]


@pytest.mark.parametrize("language", list(Language))
def test_a_hundred_sites_fit_one_screen_with_the_worst_first(language: Language) -> None:
    sites = [site(f"{number:03}") for number in range(98)]
    sites += [replace(site("ändrad"), new=(change(),)), site("nere", error="no answer", run_id="")]
    lines = list(screen(night(*sites), language))
    assert len(lines) <= 24
    assert lines[1].startswith("nere")
    assert lines[2].startswith("ändrad")


def test_hostile_names_and_texts_stay_on_their_line() -> None:
    told = night(site(HOSTILE, new=(change(title=HOSTILE),), target="a"))
    subject, text = letter(told, CONFIG, {})
    assert "\n" not in subject
    assert "\u202e" not in text
    assert all(len(line) <= 240 for line in screen(told, Language.SWEDISH))


def test_programs_get_keys_and_addresses() -> None:
    told = letter_data(night(site(new=(change(),))), CONFIG, {"run-Sjöboda kommun": "s/1/index.html"})
    (one,) = told["sites"]
    assert one["new"] == ["0123456789ab"]
    assert one["report"] == "https://intranet.example.se/granskning/s/1/index.html"
