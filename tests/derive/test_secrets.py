"""What opens doors is covered, wherever it stands; everything else stays as it is."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.secrets import HIDDEN, covered, is_covered
from auditor.derive.urls import canonical, is_web_page


@pytest.mark.parametrize(
    ("given_", "left"),
    [
        ("https://anna:hemlig@kommun.example/a", "https://~~~@kommun.example/a"),
        ("//anna@kommun.example/a", "//~~~@kommun.example/a"),
        ("https://kommun.example/?a=1&token=hemlig&b=2", "https://kommun.example/?a=1&token=~~~&b=2"),
        ("https://kommun.example/?access_token=hemlig#x", "https://kommun.example/?access_token=~~~#x"),
        ("https://kommun.example/?PASSWORD=hemlig", "https://kommun.example/?PASSWORD=~~~"),
        ("https://kommun.example/;jsessionid=hemlig?a=1", "https://kommun.example/;jsessionid=~~~?a=1"),
        ("/e-tjanst?id=3&amp;p_auth=hemlig", "/e-tjanst?id=3&amp;p_auth=~~~"),
        ('<a href="https://anna:hemlig@x.example/?sig=hemlig">x', '<a href="https://~~~@x.example/?sig=~~~">x'),
        ("https://kommun.example/@anna?tokens=3", "https://kommun.example/@anna?tokens=3"),
        ("mailto:anna@kommun.example", "mailto:anna@kommun.example"),
        ("https://kommun.example/?q=token", "https://kommun.example/?q=token"),
        ("Skriv till // anna@kommun.example", "Skriv till // anna@kommun.example"),
    ],
)
def test_what_is_covered(given_: str, left: str) -> None:
    assert covered(given_) == left
    assert covered(left) == left


SECRETS = st.text(string.ascii_letters + string.digits + "-._~%", min_size=12, max_size=30)


@given(SECRETS, SECRETS)
def test_no_secret_of_an_address_is_left_in_what_scripts_say(name: str, token: str) -> None:
    said = json.dumps({"href": f"https://{name}:{token}@kommun.example/?a=1&token={token}&b", "text": "å ä ö"})
    found = json.loads(covered(said))
    assert name not in found["href"]
    assert token not in found["href"]
    assert found["text"] == "å ä ö"


@given(st.text())
def test_covering_twice_is_covering_once(text: str) -> None:
    assert covered(covered(text)) == covered(text)


def test_an_address_with_a_secret_is_no_page() -> None:
    address = covered("https://kommun.example/avregistrera?token=hemlig")
    assert is_covered(canonical(address))
    assert not is_web_page(canonical(address))
    assert is_web_page(canonical(covered("https://kommun.example/a;jsessionid=hemlig?b=1")))


@pytest.mark.parametrize(
    "name",
    [
        *("token", "access_token", "ID-Token", "csrftoken", "password", "passwd", "pass", "pwd", "losenord", "secret"),
        *("client_secret", "api_key", "apikey", "subscription-key", "jwt", "signature", "sig", "X-Amz-Signature"),
        *("X-Amz-Credential", "SAMLRequest", "SAMLResponse", "p_auth", "PHPSESSID", "ASP.NET_SessionId", "session_id"),
        *("session-id", "sessionid", "sessid", "authorization"),
    ],
)
def test_each_name_of_a_secret_is_known(name: str) -> None:
    assert covered(f"/a?{name}=hemligt&b=1") == f"/a?{name}={HIDDEN}&b=1"
