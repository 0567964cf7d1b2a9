"""The settings of a night."""

from pathlib import Path

import pytest

from auditor.errors import ConfigError
from auditor.nightlyfile import read_nightly


def written(folder: Path, text: str) -> Path:
    path = folder / "nightly.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file_and_addresses_are_not(tmp_path: Path) -> None:
    text = "sites: [a.yaml, https://www.example.se/]\nreports: ../out\n"
    text += "mail: {host: h, sender: a@b.se, to: [c@d.se], password_file: p}\n"
    config = read_nightly(written(tmp_path, text))
    assert config.sites == (str(tmp_path / "a.yaml"), "https://www.example.se/")
    assert config.reports == tmp_path.parent / "out"
    assert config.mail
    assert config.mail.password_file == tmp_path / "p"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a.yaml", ":1: a nightly run needs at least"),
        ("sites: []", "sites: Tuple should have at least 1 item"),
        ("sites: [a]\ntimezone: Europe/Stokholm", ":2: timezone: 'Europe/Stokholm' is no time zone"),
        ("sites: [a]\ntimezone: ../../etc/passwd", ":2: timezone"),
        ("sites: [a]\nkeep: {daily: 0}", ":2: keep.daily"),
        ('sites: [a]\nmail: {host: h, sender: "a@b.se\\nBcc: x@y.se", to: [c@d.se]}', "mail.sender"),
        ("sites: [a]\nmail: {host: h, sender: a@b.se, to: []}", "mail.to"),
        ("sites: [a]\nwebhook: {url: file:///etc/passwd}", "webhook.url"),
        ("sites: [a]\nbase_url: intranet", "base_url"),
        ("sites: [a]\nsite: b", "site: unknown key"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_nightly(written(tmp_path, text))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
