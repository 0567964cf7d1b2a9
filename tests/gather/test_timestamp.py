"""A signed time for an archive: asked of a real signer, checked by another program."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from auditor.errors import GatherError
from auditor.gather.timestamp import signed_time

OPENSSL = shutil.which("openssl") or ""
pytestmark = pytest.mark.skipif(not OPENSSL, reason="openssl signs and checks here")
SETTINGS = """[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_chain = no
[req]
distinguished_name = name
x509_extensions = signing
[name]
[signing]
extendedKeyUsage = critical,timeStamping
"""


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """openssl with *arguments*."""
    return subprocess.run([OPENSSL, *arguments], capture_output=True, check=False)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a signer of times needs."""
    folder = tmp_path_factory.mktemp("signer")
    (folder / "settings").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01", encoding="utf-8")
    made = run(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Sjoboda", "-days", "2"),
        *("-config", f"{folder}/settings", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"),
    )
    assert made.returncode == 0, made.stderr
    return folder


@contextmanager
def service(answer: Callable[[bytes], tuple[int, bytes]]) -> Iterator[str]:
    """The address of a service that gives *answer* to what is posted."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def signs(folder: Path, query: bytes) -> tuple[int, bytes]:
    """The signer's answer to *query*."""
    (folder / "query").write_bytes(query)
    done = run(
        *("ts", "-reply", "-queryfile", f"{folder}/query", "-config", f"{folder}/settings", "-out", f"{folder}/reply")
    )
    assert done.returncode == 0, done.stderr
    return 200, (folder / "reply").read_bytes()


def test_another_program_verifies_the_signed_time(signer: Path, tmp_path: Path) -> None:
    with service(lambda query: signs(signer, query)) as address:
        (tmp_path / "reply").write_bytes(signed_time(b"contents", address))
    (tmp_path / "data").write_bytes(b"contents")
    (tmp_path / "other").write_bytes(b"other contents")
    check = ("ts", "-verify", "-in", f"{tmp_path}/reply", "-CAfile", f"{signer}/cert.pem", "-data")
    assert run(*check, f"{tmp_path}/data").returncode == 0
    assert run(*check, f"{tmp_path}/other").returncode != 0


def test_a_time_for_something_else_is_refused(signer: Path) -> None:
    replies: list[bytes] = []
    with service(lambda query: signs(signer, query)) as address:
        replies.append(signed_time(b"something else", address))
    with service(lambda query: (200, replies[0])) as address, pytest.raises(GatherError, match="signed something else"):
        signed_time(b"contents", address)


@pytest.mark.parametrize("answer", [(200, b"no timestamp"), (500, b""), (200, b"")])
def test_a_service_that_does_not_sign_is_told_in_one_line(answer: tuple[int, bytes]) -> None:
    with service(lambda query: answer) as address, pytest.raises(GatherError) as caught:
        signed_time(b"contents", address)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "no address", "ftp://127.0.0.1/"])
def test_an_address_without_service_is_told_in_one_line(address: str) -> None:
    with pytest.raises(GatherError) as caught:
        signed_time(b"contents", address)
    assert len(str(caught.value).splitlines()) == 1
