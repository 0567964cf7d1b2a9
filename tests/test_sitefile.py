"""What a user names as target: addresses, folders and site files, and each way to get them wrong."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ConfigError
from auditor.model.config import SiteConfig
from auditor.sitefile import read_target
from tests.builders import REPEATABLE


def write(folder: Path, text: str, name: str = "site.yaml") -> Path:
    """A site file in *folder*."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(target: str) -> str:
    """What is said of a target that cannot be used: one line."""
    with pytest.raises(ConfigError) as caught:
        read_target(target)
    told = str(caught.value)
    assert len(told.splitlines()) == 1
    return told


@pytest.mark.parametrize(
    "address", ["https://www.sjoboda.example/", "http://localhost:8000/start", "HTTPS://Sjöboda.se"]
)
def test_an_address_is_a_site_with_defaults(address: str) -> None:
    assert read_target(address) == SiteConfig(start=address)


def test_a_folder_is_served_under_a_host_of_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "Sjöboda 2024"
    folder.mkdir()
    (folder / "index.html").write_text("<h1>Sjöboda</h1>", encoding="utf-8")
    config = read_target(str(folder))
    assert config.start == "http://sj-boda-2024.localhost/"
    assert config.serve == {"sj-boda-2024.localhost": folder}
    assert config.name == "Sjöboda 2024"


def test_a_folder_may_start_with_index_htm(tmp_path: Path) -> None:
    (tmp_path / "index.htm").write_text("<h1>Sjöboda</h1>", encoding="utf-8")
    assert read_target(str(tmp_path)).start.endswith(".localhost/index.htm")


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bygget"
    folder.mkdir()
    (folder / "index.html").write_text("<h1>Sjöboda</h1>", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert read_target(".").start == "http://bygget.localhost/"


def test_a_folder_with_a_site_file_is_what_that_says(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>Sjöboda</h1>", encoding="utf-8")
    write(tmp_path, "start: https://www.sjoboda.example/\n")
    assert read_target(str(tmp_path)) == SiteConfig(start="https://www.sjoboda.example/")


def test_a_folder_without_index_names_a_page_to_start_from(tmp_path: Path) -> None:
    (tmp_path / "bidrag").mkdir()
    (tmp_path / "bidrag" / "start.html").write_text("<h1>Bidrag</h1>", encoding="utf-8")
    told = refusal(str(tmp_path))
    assert told.startswith(f"{tmp_path}: no index.html")
    assert "bidrag/start.html" in told


def test_an_empty_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "styles.css").write_text("", encoding="utf-8")
    assert refusal(str(tmp_path)).startswith(f"{tmp_path}: the folder holds no HTML page")


@pytest.mark.parametrize("target", ["/no/such/place", "www.sjoboda.example", "x" * 5000, "a\0b"])
def test_what_does_not_exist_is_told_of_with_what_to_give(target: str) -> None:
    told = refusal(target)
    assert told.startswith(f"{target.replace(chr(0), '?')}: no such file or folder")
    assert "https://" in told


MISTAKES = {
    "broken": ("start: https://a.example\nscope: [1, 2\n", 3, "no valid YAML: "),
    "tab": ("start: https://a.example\nscope:\n\tmax_pages: 3\n", 3, "no valid YAML: "),
    "control character": ("start: https://a.example\nname: \x07\n", 2, "no valid YAML: "),
    "impossible date": ("start: https://a.example\ndate: 2024-13-45\n", 2, "no valid YAML: month must be in 1..12"),
    "impossible date after text": ('name: "2024-13-45"\ndate: 2024-13-45\n', 2, "no valid YAML: month"),
    "a Python object": ("start: !!python/object/apply:os.getcwd []\n", 1, "no valid YAML: "),
    "empty": ("", 1, "a site file holds keys and values"),
    "a list": ("- https://a.example\n", 1, "a site file holds keys and values"),
    "no start": ("name: Sjöboda\n", 1, "start: Field required"),
    "unknown key": ("start: https://a.example\nstrat: x\n", 2, "strat: unknown key"),
    "unknown key within": (
        "start: https://a.example\nscope:\n  hosts: []\n  max_page: 3\n",
        4,
        "scope.max_page: unknown key",
    ),
    "unknown key in a list": (
        "start: https://a.example\ntasks:\n  - id: a\n    question: b\n  - id: c\n    question: d\n    target: e\n",
        7,
        "tasks.1.target: unknown key",
    ),
    "wrong type": ("start: https://a.example\nscope:\n  max_pages: många\n", 3, "scope.max_pages: Input should be"),
    "wrong type of a part": ("start: https://a.example\nscope: alla\n", 2, "scope: Input should be"),
    "too small": ("start: https://a.example\nscope: {max_pages: 0}\n", 2, "scope.max_pages: Input should be"),
    "a number as key": ("start: https://a.example\n1: x\n", 2, "1: Keys should be strings"),
    "no web address": ("name: x\nstart: ftp://a.example\n", 2, "start: URL scheme should be 'http' or 'https'"),
    "relative address": ("start: /bidrag\n", 1, "start: Input should be a valid URL"),
    "unknown language": ("start: https://a.example\nlanguages:\n  - sv\n  - fi\n", 4, "languages.1: Input should be"),
    "unknown severity": ("start: https://a.example\nfail_on: high\n", 2, "fail_on: Input should be"),
    "circular": ("start: &a [*a]\n", 1, "start: Input should be"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_site_file_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    text, line, why = MISTAKES[mistake]
    path = write(tmp_path, text)
    told = refusal(str(path))
    assert told.startswith(f"{path}:{line}: {why}")


def test_a_site_file_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes("start: https://sjöboda.example".encode("latin-1"))
    assert refusal(str(path)).startswith(f"{path}: cannot be read as text")


@pytest.mark.parametrize(
    "address",
    [
        "https://zorro:kvxwqy@www.sjoboda.example/",
        "https://zorro:kvx@wqy@www.sjoboda.example/",
        "https://zorro:kvxwqy@www.sjoboda.example:99999/",
        "https://zorro:kvxwqy@/",
        "HTTPS://zorro:kvxwqy@www.sjoboda.example/",
        "ftp://zorro:kvxwqy@www.sjoboda.example/",
    ],
)
def test_credentials_in_an_address_are_refused_and_never_echoed(address: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"start: {address}\n")
    for target in (address, str(path)):
        told = refusal(target)
        assert not [part for part in ("zorro", "kvx", "wqy") if part in told]


@REPEATABLE
@given(st.text(st.characters(exclude_characters="/?#", exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_no_password_is_echoed(password: str) -> None:
    marked = f"§§{password}§§"
    with pytest.raises(ConfigError) as caught:
        read_target(f"https://anna:{marked}@www.sjoboda.example/")
    assert "§§" not in str(caught.value)


def test_a_folder_to_serve_that_is_missing_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    text = "start: http://a.localhost/\nserve:\n  a.localhost: www\n  b.localhost: wwww\n"
    path = write(tmp_path, text)
    assert refusal(str(path)) == f"{path}:4: serve: {tmp_path / 'wwww'} (for b.localhost) is no folder"


def test_relative_paths_are_relative_to_the_site_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "sjoboda"
    (home / "www").mkdir(parents=True)
    text = """
start: http://a.localhost/
serve: {a.localhost: www}
database: ../data/history.db
output: report
rules: [mine, /else/where]
browser: {path: bin/chromium}
axe: {script: axe.js, locale: sv.json}
"""
    path = write(home, text)
    monkeypatch.chdir(tmp_path)
    for target in (str(path), str(path.relative_to(tmp_path))):
        config = read_target(target)
        assert config.serve == {"a.localhost": home / "www"}
        assert config.database == tmp_path / "data" / "history.db"
        assert config.output == home / "report"
        assert config.rules == (home / "mine", Path("/else/where"))
        assert config.browser.path == home / "bin" / "chromium"
        assert (config.axe.script, config.axe.locale) == (home / "axe.js", home / "sv.json")


def test_what_a_site_file_says_is_read(tmp_path: Path) -> None:
    text = """
name: Sjöboda kommun
start: https://www.sjoboda.example/
date: 2024-05-15
scope: {hosts: [bidrag.sjoboda.example], include: [/forening], max_pages: 40}
options: {structure/heading-order: {most: 3}}
lexicon: {hub_words: [föreningsliv]}
tasks:
  - id: bidrag
    question: Hur söker vi aktivitetsbidrag?
    phrasings: [söka bidrag]
fail_on: serious
languages: [sv, en]
"""
    config = read_target(str(write(tmp_path, text)))
    assert config.name == "Sjöboda kommun"
    assert config.date == date(2024, 5, 15)
    assert config.scope.hosts == ("bidrag.sjoboda.example",)
    assert (config.scope.include, config.scope.max_pages) == (("/forening",), 40)
    assert config.options == {"structure/heading-order": {"most": 3}}
    assert config.lexicon == {"hub_words": ("föreningsliv",)}
    assert [(task.id, task.phrasings) for task in config.tasks] == [("bidrag", ("söka bidrag",))]
    assert config.fail_on == "serious"
    assert config.languages == ("sv", "en")


@REPEATABLE
@given(st.text(max_size=60))
def test_any_text_in_a_site_file_gives_a_site_or_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    told = complaint(str(path))
    assert told is None or (told.startswith(f"{path}:") and len(told.splitlines()) == 1)


def complaint(target: str) -> str | None:
    """What is said of *target*, if it cannot be used."""
    try:
        read_target(target)
    except ConfigError as problem:
        return str(problem)
    return None


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("hit: 'li['", 4, "search.hit: li[: no CSS selector"),
        ("count: '..n'", 4, "search.count: ..n: no CSS selector"),
        ("sort:\n    title: a.az\n    date: '::'", 4, "search.sort: ::: no CSS selector"),
        ("sort:\n    titel: a.az", 5, "search.sort.titel"),
        ("filters: 'a >'", 4, "search.filters: a >: no CSS selector"),
        ("next: ','", 4, "search.next: ,: no CSS selector"),
        ("orders:\n    date: /sok?s=d", 4, "search.orders: /sok?s=d: write {query} where the words go"),
        ("url: /sok?q=", 4, "search.url: /sok?q=: write {query} where the words go"),
        ("variants: 1.5", 4, "search.variants"),
    ],
)
def test_a_mistake_about_the_search_is_told_with_its_line(tmp_path: Path, lines: str, line: int, said: str) -> None:
    path = write(tmp_path, f"start: https://www.sjoboda.example/\nsearch:\n  questions: 9\n  {lines}\n")
    told = refusal(str(path))
    assert told.startswith(f"{path}:{line}: {said}")


def test_each_recognised_part_of_a_page_of_results_can_be_named(tmp_path: Path) -> None:
    told = "  hit: li.traff\n  count: .antal\n  sort: {title: a.az}\n  filters: .filter a\n  next: a.fler\n"
    config = read_target(str(write(tmp_path, f"start: https://www.sjoboda.example/\nsearch:\n{told}")))
    assert (config.search.hit, config.search.sort, config.search.next) == ("li.traff", {"title": "a.az"}, "a.fler")
