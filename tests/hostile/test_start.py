"""Start pages that cannot be audited: one line that says why, exit code 2, no figures and no report."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import pages
from tests.hostile.command import Command, Ended, site_file
from tests.hostile.server import Answer, Exchange, HostileServer, closed_port, serve

pytestmark = pytest.mark.browser


def only_to_head(exchange: Exchange) -> None:
    """Answers when asked whether it would answer, and not when asked to."""
    if exchange.method == "HEAD":
        exchange.answer("")
    else:
        exchange.hang()


STARTS: dict[str, Answer] = {
    "/redirect-loop": pages.redirect_loop,
    "/failing": pages.failing,
    "/sheet": pages.spreadsheet,
    "/hang": pages.hang,
    "/only-head": only_to_head,
    "/away": pages.page("Flyttar", "", "location = 'http://ingen.invalid/'"),
    "/plain": pages.page("Vanlig", ""),
}


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with serve(STARTS) as server:
        yield server


def audited(folder: Path, start: str) -> Ended:
    """The audit of *start*, which must come to nothing."""
    command = Command(folder, site_file(folder, start, timeout=2))
    ended = command.run()
    assert ended.code == 2
    assert not ended.out
    assert not command.output.exists()
    return ended


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/redirect-loop", "redirects in a loop; check the address"),
        ("/missing", "the start page answered 404; check the address"),
        ("/failing", "the start page answered 500; check the address"),
        ("/sheet", "the start page is no web page but application/vnd.ms-excel; check the address"),
        ("/hang", "no answer in time; check the address and the network"),
        ("/only-head", "no page could be tested (The page did not answer within 2 seconds); there is no score"),
        ("/away", "no page could be tested (The address redirects to http://ingen.invalid/); there is no score"),
    ],
)
def test_start_page(tmp_path: Path, server: HostileServer, path: str, said: str) -> None:
    assert audited(tmp_path, server.url + path).complaint.startswith(f"{server.url}{path}: {said}")


def test_no_such_host(tmp_path: Path) -> None:
    ended = audited(tmp_path, "http://ingen.invalid/")
    assert ended.complaint == "http://ingen.invalid/: there is no such host; check the address and the network"


def test_refused_connection(tmp_path: Path) -> None:
    said = audited(tmp_path, f"http://127.0.0.1:{closed_port()}/").complaint
    assert said.endswith("/: the connection was refused; check the address and the network")


def test_certificate_that_nobody_knows(tmp_path: Path) -> None:
    certificate = tmp_path / "own.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=127.0.0.1 -days 2"
    files = ["-keyout", str(certificate), "-out", str(tmp_path / "certificate.pem")]
    try:
        subprocess.run([*make.split(), *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is needed to make a certificate")
    with certificate.open("a", encoding="utf-8") as both:
        both.write((tmp_path / "certificate.pem").read_text(encoding="utf-8"))
    with serve(STARTS, certificate) as server:
        said = audited(tmp_path, f"https://127.0.0.1:{server.port}/plain").complaint
    assert "the certificate or encryption is not accepted (" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        (
            "User-agent: *\nDisallow: /\n",
            "the site's robots.txt forbids it; ask the site's owner, or set politeness.robots: false",
        ),
        (pages.unavailable, "the site's robots.txt answered 503, and then nothing may be visited; try again later"),
    ],
)
def test_robots_that_forbid_everything(tmp_path: Path, robots: Answer, said: str) -> None:
    with serve({**STARTS, "/robots.txt": robots}) as server:
        ended = audited(tmp_path, f"{server.url}/plain")
        assert ended.complaint.startswith(f"{server.url}/plain: {said}")
        assert not server.asked("/plain")
