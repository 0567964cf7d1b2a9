"""What the local server shows, what it records, and whom it refuses."""

import http.client
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from auditor.model.vocabulary import Language
from auditor.store.history import History
from auditor.web.guard import is_loopback, own_hosts
from auditor.web.server import Desk, fresh_token, make_server
from tests.web.worlds import NEW, OLD, SITE, told

NOW = datetime(2024, 5, 20, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Answered:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Client:
    """Asks the server, byte for byte as told."""

    port: int
    desk: Desk

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: str = "") -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body.encode() if method == "POST" else None, dict(headers or {}))
            answer = connection.getresponse()
            return Answered(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, headers)

    def decide(self, headers: Mapping[str, str] | None = None, **form: str) -> Answered:
        given = {"token": self.desk.token, "issue": NEW, "decision": "accepted", "who": "Åsa", "why": "Väntar", **form}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", f"/{SITE}/beslut", {**kind, **(headers or {})}, urlencode(given))

    def decisions(self) -> list[str]:
        return [decision.issue for decision in self.desk.history.decisions(SITE)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a history and reports, to be copied."""
    folder = tmp_path_factory.mktemp("world")
    history, _ = told(folder)
    history.close()
    return folder


def serving(world: Path, folder: Path, token: str) -> Iterator[Client]:
    shutil.copytree(world, folder, dirs_exist_ok=True)
    history, reports = History(folder / "history.db"), folder / "reports"
    desk = Desk(history=history, reports=reports, language=Language.SWEDISH, who='"><b>', now=lambda: NOW, token=token)
    server = make_server(desk, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Client(server.server_address[1], desk)
    server.shutdown()
    server.server_close()
    thread.join()
    history.close()


@pytest.fixture
def client(world: Path, tmp_path: Path) -> Iterator[Client]:
    yield from serving(world, tmp_path, fresh_token())


@pytest.fixture
def reader(world: Path, tmp_path: Path) -> Iterator[Client]:
    """Where no decisions are taken."""
    yield from serving(world, tmp_path, "")


def test_the_overview_and_the_page_of_a_site_are_shown(client: Client) -> None:
    start, site = client.get("/"), client.get(f"/{SITE}/index.html")
    assert (start.status, site.status) == (200, 200)
    assert f'href="{SITE}/index.html"' in start.text
    assert f"../{SITE}/2/index.html" in site.text
    assert client.get(f"/{SITE}").headers["Location"] == f"/{SITE}/index.html"
    assert client.get(f"/{SITE}/2/index.html").text == "rapport 2"
    assert client.get("/assets/report.css").headers["Content-Type"].startswith("text/css")


def test_no_text_of_a_site_or_a_person_is_more_than_text(client: Client) -> None:
    for path in ("/", f"/{SITE}/index.html"):
        text = client.get(path).text
        assert "<script>" not in text
        assert "<img" not in text
        assert '"><b>' not in text
    assert "&lt;script&gt;" in text


def test_every_answer_says_how_it_may_be_used(client: Client) -> None:
    for answer in (client.get("/"), client.get(f"/{SITE}/2/index.html"), client.get("/none"), client.decide(token="x")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Python" not in answer.headers["Server"]


def test_a_decision_is_recorded_and_shown(client: Client) -> None:
    page = client.get(f"/{SITE}/index.html").text
    assert f'name="token" value="{client.desk.token}"' in page
    answer = client.decide(why="Byggs om <i>i vår</i>", until="2024-12-31")
    assert (answer.status, answer.headers["Location"]) == (303, f"/{SITE}/index.html?sparat#problem-{NEW}")
    (made,) = [one for one in client.desk.history.decisions(SITE) if one.issue == NEW]
    assert (made.who, made.why, made.until, made.when) == (
        "Åsa", "Byggs om <i>i vår</i>", "2024-12-31", "2024-05-20T09:30:00+00:00",
    )  # fmt: skip
    after = client.get(answer.headers["Location"].partition("#")[0]).text
    assert "Beslutet är sparat." in after
    assert "Byggs om &lt;i&gt;i vår&lt;/i&gt;" in after
    assert "31\N{NO-BREAK SPACE}december 2024" in after


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"issue": "none"}, "Ingenting är sparat"),
        ({"issue": ""}, "Ingenting är sparat"),
        ({"decision": "whatever"}, "Ingenting är sparat"),
        ({"why": ""}, "Skriv varför"),
        ({"who": " "}, "Skriv vem som beslutar"),
        ({"until": "i morgon"}, "inget datum"),
        ({"until": "2020-01-01"}, "har redan passerat"),
        ({"to": "Bo"}, "Ta bort namnet"),
        ({"decision": "assigned"}, "Skriv vem som rättar"),
    ],
)
def test_a_decision_that_does_not_hold_is_told_and_not_recorded(
    client: Client, form: dict[str, str], said: str
) -> None:
    answer = client.decide(None, **form)
    assert answer.status == 400
    assert said in answer.text
    assert client.decisions() == [OLD]


def test_a_form_that_does_not_hold_comes_back_as_it_was_filled_in(client: Client) -> None:
    text = client.decide(None, decision="wont-fix", why="", to='Bo "<b>', until="2024-12-31", who="Åsa Ek").text
    start = text.index(f'<details class="decide" id="beslut-{NEW}" open>')
    form = text[start : text.index("</details>", start)]
    assert '<option value="wont-fix" selected>' in form
    assert 'value="Bo &#34;&lt;b&gt;"' in form
    assert 'value="2024-12-31"' in form
    assert 'value="Åsa Ek"' in form
    assert text.count("<details open") == 0
    assert text.count(" open>") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "www.evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1.evil.example:{port}"},
        {"Host": ""},
        {"Host": "evil.example@127.0.0.1:{port}"},
    ],
)
def test_other_names_for_this_machine_are_refused(client: Client, headers: dict[str, str]) -> None:
    told = {name: value.format(port=client.port) for name, value in headers.items()}
    assert client.ask("GET", "/", told).status == 421
    assert client.decide(told).status == 421
    assert client.decisions() == [OLD]


def test_names_of_loopback_are_answered(client: Client) -> None:
    for name in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
        assert client.get("/", Host=f"{name}:{client.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://www.evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
        {"Content-Type": "multipart/form-data; boundary=a"},
    ],
)
def test_forms_from_elsewhere_record_nothing(client: Client, headers: dict[str, str]) -> None:
    told = {name: value.format(port=client.port) for name, value in headers.items()}
    assert client.decide(told).status in (403, 415)
    assert client.decisions() == [OLD]


def test_a_form_from_our_own_page_is_taken(client: Client) -> None:
    own = {"Origin": f"http://127.0.0.1:{client.port}", "Sec-Fetch-Site": "same-origin"}
    assert client.decide(own).status == 303


@pytest.mark.parametrize("token", ["", "x", "å"])
def test_a_form_without_the_token_records_nothing(client: Client, token: str) -> None:
    assert client.decide(token=token).status == 403
    assert client.decisions() == [OLD]


def test_where_nobody_may_decide_there_are_no_forms_and_none_is_taken(reader: Client) -> None:
    assert "<form" not in reader.get(f"/{SITE}/index.html").text
    assert reader.decide(token="").status == 403
    assert reader.decisions() == [OLD]


@pytest.mark.parametrize("length", ["65537", "-1", "1e3", "99999999999", "²", ""])
def test_a_form_of_the_wrong_length_is_refused(client: Client, length: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
    connection.putrequest("POST", f"/{SITE}/beslut")
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.putheader("Content-Length", length.encode("utf-8"))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/../history.db",
        "/%2e%2e/history.db",
        "/..%2fhistory.db",
        "/..%5chistory.db",
        f"/{SITE}/..%2f..%2f..%2fhistory.db",
        "/.hidden.html",
        "/secret.db",
        "/link.html",
        "/%00.html",
        "/C:/windows/win.ini",
        "//etc/passwd",
        "/none/index.html",
        f"/{SITE}/",
        f"/{SITE}/9/index.html",
        "//[",
    ],
)
def test_only_files_of_reports_are_shown(client: Client, path: str) -> None:
    reports = client.desk.reports
    (reports / ".hidden.html").write_text("hemligt", encoding="utf-8")
    (reports / "secret.db").write_text("hemligt", encoding="utf-8")
    (reports.parent / "outside.html").write_text("hemligt", encoding="utf-8")
    (reports / "link.html").symlink_to(reports.parent / "outside.html")
    answer = client.get(path)
    assert "hemligt" not in answer.text
    assert answer.status in (301, 400, 404)


def test_methods_that_are_none_of_ours_are_refused(client: Client) -> None:
    assert client.ask("PUT", "/").status == 501
    assert client.ask("POST", "/").status == 404
    assert client.ask("HEAD", "/").text == ""


@pytest.mark.parametrize(
    ("host", "answered"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.4", False), ("a", False)],
)
def test_what_is_loopback(host: str, answered: bool) -> None:
    assert is_loopback(host) is answered
    assert "evil.example:80" not in own_hosts(host, 80)


def test_further_names_are_answered_when_told() -> None:
    assert {"granskning.example.se", "granskning.example.se:8765"} <= own_hosts(
        "0.0.0.0", 8765, ["Granskning.example.se"]
    )
    assert not re.search("0.0.0.0", " ".join(own_hosts("0.0.0.0", 8765)))
