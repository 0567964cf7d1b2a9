"""Folders on loopback, each under its own host name."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.gather.serve import serving

SECRET = "hemligt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two sites beside a file that none of them serves."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    site = tmp_path / "sjoboda"
    (site / "bidrag").mkdir(parents=True)
    (site / "tom").mkdir()
    (site / "index.html").write_text("<h1>Sjöboda</h1>", encoding="utf-8")
    (site / "bidrag" / "index.html").write_text("<h1>Bidrag</h1>", encoding="utf-8")
    (site / "å ä.html").write_text("<h1>Å</h1>", encoding="utf-8")
    (site / "a.css").write_text("", encoding="utf-8")
    (site / "404.html").write_text("<h1>Sidan finns inte</h1>", encoding="utf-8")
    other = tmp_path / "boka"
    other.mkdir()
    (other / "index.html").write_text("<h1>Boka</h1>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    """Where both sites are served."""
    folders = {"www.sjoboda.example": root / "sjoboda", "Boka.Sjoboda.example": root / "boka"}
    with serving(folders) as ports:
        assert set(ports) == {"www.sjoboda.example", "boka.sjoboda.example"}
        assert len(set(ports.values())) == 1
        yield ports["www.sjoboda.example"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/index.html", "/"),
        ("/bidrag/index.html?a=1", "/bidrag/?a=1"),
        ("//annan.example/index.html", "/annan.example/"),
    ],
)
def test_a_page_has_one_address(port: int, path: str, location: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", "www.sjoboda.example")
    connection.endheaders()
    answer = connection.getresponse()
    told = (answer.status, answer.getheader("Location"))
    connection.close()

    assert told == (301, location)


def ask(port: int, path: str, host: str = "www.sjoboda.example", method: str = "GET") -> tuple[int, str, str]:
    """Status, content type and body of the path as it is written, without a client that tidies it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode("utf-8")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "<h1>Sjöboda</h1>"),
        ("/?utm=1", "<h1>Sjöboda</h1>"),
        ("/bidrag/", "<h1>Bidrag</h1>"),
        ("/%C3%A5%20%C3%A4.html", "<h1>Å</h1>"),
    ],
)
def test_pages_are_served_as_utf_8(port: int, path: str, text: str) -> None:
    assert ask(port, path) == (200, "text/html; charset=utf-8", text)


def test_a_folder_is_sent_to_its_slash(port: int) -> None:
    assert ask(port, "/bidrag")[0] == 301


def test_other_kinds_of_files_say_what_they_are(port: int) -> None:
    assert ask(port, "/a.css")[:2] == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize("host", ["boka.sjoboda.example", "BOKA.sjoboda.example", "boka.sjoboda.example:8000"])
def test_the_host_chooses_the_folder(port: int, host: str) -> None:
    assert ask(port, "/", host)[2] == "<h1>Boka</h1>"


@pytest.mark.parametrize("host", ["", "annanstans.example", "127.0.0.1", "sjoboda.example"])
def test_an_unknown_host_finds_nothing(port: int, host: str) -> None:
    code, _, text = ask(port, "/", host)
    assert code == 404
    assert "Sjöboda" not in text
    assert "Boka" not in text


@pytest.mark.parametrize("path", ["/saknas", "/bidrag/saknas.html", "/index.html/", "/a%00b", "/bidrag%2Fsaknas"])
def test_what_is_missing_gets_the_sites_own_page_with_status_404(port: int, path: str) -> None:
    assert ask(port, path) == (404, "text/html; charset=utf-8", "<h1>Sidan finns inte</h1>")


def test_a_site_without_such_a_page_answers_404_all_the_same(port: int) -> None:
    assert ask(port, "/saknas", "boka.sjoboda.example")[0] == 404


def test_head_gets_no_body(port: int) -> None:
    assert ask(port, "/", method="HEAD") == (200, "text/html; charset=utf-8", "")
    assert ask(port, "/saknas", method="HEAD") == (404, "text/html; charset=utf-8", "")


def test_a_folder_without_index_is_not_listed(port: int) -> None:
    assert ask(port, "/tom/") == (404, "text/html; charset=utf-8", "<h1>Sidan finns inte</h1>")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/bidrag/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/....//secret.txt",
        "//../secret.txt",
        "/..\\secret.txt",
        "/bidrag/..%2f..%2fsecret.txt",
        "/..%00/secret.txt",
        "../secret.txt",
        "http://www.sjoboda.example/../secret.txt",
    ],
)
def test_no_path_leads_out_of_the_folder(port: int, path: str) -> None:
    code, _, text = ask(port, path)
    assert code == 404
    assert SECRET not in text


def test_absolute_paths_lead_nowhere(port: int, root: Path) -> None:
    for path in (f"/{root}/secret.txt", f"//{root}/secret.txt", f"/%2f{root}/secret.txt"):
        assert ask(port, path)[0] == 404


def test_the_server_ends_with_the_run(root: Path) -> None:
    with serving({"www.sjoboda.example": root / "sjoboda"}) as ports:
        port = ports["www.sjoboda.example"]
        assert ask(port, "/")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/")


def test_without_folders_there_is_no_server() -> None:
    with serving({}) as ports:
        assert ports == {}
