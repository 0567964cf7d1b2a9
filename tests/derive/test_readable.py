"""Addresses that say something to people, and those that do not."""

import pytest

from auditor.derive.readable import says_nothing
from auditor.derive.sitepaths import segments
from tests.builders import url

TECHNICAL = ("node", "page", "visa")


@pytest.mark.parametrize(
    ("path", "nothing"),
    [
        ("/foreningar/bidrag", False),
        ("/f%C3%B6reningar", False),
        ("/bidrag.4.1a2b3c4d5e6f.html", False),
        ("/a-o/", False),
        ("/iop", False),
        ("/nyheter/2024/1234", False),
        ("/visa?namn=sporthallen", False),
        ("/lok2024", False),
        ("/node/1234", True),
        ("/4.1a2b3c4d5e6f.html", True),
        ("/visa?id=42", True),
        ("/ch03s02.html", True),
        ("/2f9a1b7c-0000-4000-8000-1234567890ab", True),
        ("/wps/portal/kommun/!ut/p/z0/04_Sj9CPykssy0xPLMnMz0vMAfIjo8zi", True),
        ("/bidrag;jsessionid=1234", True),
    ],
)
def test_what_an_address_says(path: str, nothing: bool) -> None:
    assert says_nothing(url(path), segments(url(path)), TECHNICAL) is nothing
