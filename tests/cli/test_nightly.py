"""``auditor nightly``: nights one after another, with sites and a mail server that come and go."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from auditor.store.history import History
from auditor.store.lock import locked
from tests.cli.test_ci import FAULT, build
from tests.notify.test_delivery import Postbox, free_port, post_office


def run(settings: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["nightly", str(settings), "-q", *words])


def settings(folder: Path, sites: str, mail: Mapping[str, int] | None = None, more: str = "") -> Path:
    path = folder / "nightly.yaml"
    text = f"sites: [{sites}]\ndatabase: data/history.db\nreports: out\n{more}"
    if mail:
        text += f"mail: {{host: 127.0.0.1, port: {mail['port']}, security: none, sender: a@example.se, "
        text += "to: [b@example.se], timeout: 5}\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_two_at_once_do_nothing_and_say_so(tmp_path: Path) -> None:
    path = settings(tmp_path, "public")
    with locked(tmp_path / "data" / "history.nightly-lock", "nightly"):
        result = run(path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "another one is at work" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_file_is_one_line(tmp_path: Path) -> None:
    result = run(settings(tmp_path, "public", more="keep: {hourly: 3}\n"))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "nightly.yaml:4: keep.hourly: unknown key" in result.stderr


def test_a_test_message_is_sent_without_an_audit(tmp_path: Path) -> None:
    postbox = Postbox()
    with post_office(postbox) as port:
        result = run(settings(tmp_path, "public", {"port": port}), "--test-message")
    assert result.exit_code == 0
    assert len(postbox.letters) == 1


def test_a_site_that_cannot_be_read_is_told_of_once_and_when_it_can_again(tmp_path: Path) -> None:
    postbox = Postbox()
    with post_office(postbox) as port:
        path = settings(tmp_path, "borta.yaml", {"port": port})
        first, second = run(path), run(path)
    down = settings(tmp_path, "borta.yaml, likasa.yaml", {"port": free_port()})
    third = run(down)
    with post_office(postbox) as port:
        fourth = run(settings(tmp_path, "borta.yaml, likasa.yaml", {"port": port}))

    assert [result.exit_code for result in (first, second, third, fourth)] == [2, 2, 2, 2]
    assert "borta.yaml: no such file or folder" in first.stderr
    assert "1 message kept in" in third.stderr
    assert [
        ("borta.yaml" in letter.get_content(), "likasa.yaml" in letter.get_content()) for letter in postbox.letters
    ] == [
        (True, False),
        (False, True),
    ]
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.browser
def test_nights_with_a_mail_server_that_is_down_and_a_site_that_is_gone(tmp_path: Path) -> None:
    build(tmp_path / "public", FAULT)
    down = settings(tmp_path, "public, borta.yaml", {"port": free_port()}, "fail_on: critical\n")
    first = run(down)
    history = History(tmp_path / "data" / "history.db")
    (record,) = history.runs("public.localhost")
    history.close()

    assert first.exit_code == 2, first.output
    assert record.state == "complete"
    assert (tmp_path / "out" / "public.localhost" / record.id / "index.html").is_file()
    assert "borta.yaml: no such file or folder" in first.stderr
    assert "1 message kept in" in first.stderr

    postbox = Postbox()
    with post_office(postbox) as port:
        up = settings(tmp_path, "public", {"port": port}, "fail_on: critical\n")
        same_day = run(up)
        letters = len(postbox.letters)
        build(tmp_path / "public", FAULT, '<p><a href="/"></a></p><p><button></button></p>')
        worse = run(up, "--again")
        unchanged = run(up, "--again")

    assert (same_day.exit_code, letters) == (0, 1), same_day.output
    assert "Första granskningen" in postbox.letters[0].get_content()
    assert "borta.yaml" in postbox.letters[0].get_content()
    assert worse.exit_code == 1, worse.output
    assert "nya problem" in postbox.letters[1].get_content()
    assert unchanged.exit_code == 0, unchanged.output
    assert len(postbox.letters) == 2
    history = History(tmp_path / "data" / "history.db")
    assert len(history.runs("public.localhost")) == 3
    history.close()
