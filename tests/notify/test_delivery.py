"""Messages are delivered, or wait: a real mail server and a real web server on loopback."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from auditor.errors import NotifyError
from auditor.model.nightly import MailConfig, WebhookConfig
from auditor.notify.mail import send_mail
from auditor.notify.message import Message, Outbox
from auditor.notify.webhook import post_webhook
from tests.gather.server import Answer, answering


def message(number: int = 1, text: str = "Tre nya problem på Sjöboda kommun.\n") -> Message:
    return Message(
        id=f"20261122-0315{number:02}",
        moment="2026-11-22T03:15:09+01:00",
        subject="Granskning 22 november 2026: ändringar på 1 webbplats",
        text=text,
        data={"sites": [{"site": "www.sjoboda.example", "new": ["0123456789ab"]}]},
    )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Postbox:
    """What the mail server took, and whom it refuses."""

    def __init__(self, *refused: str) -> None:
        self.letters: list[EmailMessage] = []
        self._refused = refused

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self._refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def post_office(postbox: Postbox) -> Iterator[int]:
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def mail(port: int, **more: Any) -> MailConfig:
    told = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "auditor@example.se", "timeout": 5}
    return MailConfig.model_validate({**told, "to": ["webb@example.se", "revision@example.se"], **more})


def test_a_letter_arrives_whole() -> None:
    postbox = Postbox()
    with post_office(postbox) as port:
        assert send_mail(message(text="åäö ”prov”\n.\nslut\n"), mail(port)) == ""
    (letter,) = postbox.letters
    assert letter["Subject"] == message().subject
    assert letter["To"] == "webb@example.se, revision@example.se"
    assert letter["Date"] == "Sun, 22 Nov 2026 03:15:09 +0100"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == "åäö ”prov”\n.\nslut\n"


def test_a_subject_with_line_breaks_makes_no_header_of_its_own() -> None:
    sly = Message(id="1", moment=message().moment, subject="a\r\nBcc: x@example.se", text="b")
    postbox = Postbox()
    with post_office(postbox) as port, pytest.raises(NotifyError, match="linefeed or carriage return"):
        send_mail(sly, mail(port))
    assert postbox.letters == []


def test_a_refused_mailbox_is_told_of_and_the_others_get_their_letter(tmp_path: Path) -> None:
    postbox, outbox = Postbox("revision@example.se"), Outbox(tmp_path / "outbox")
    outbox.put(message())
    with post_office(postbox) as port:
        (told,) = outbox.send(lambda one: send_mail(one, mail(port)))
    assert "revision@example.se" in told
    assert len(postbox.letters) == 1
    assert outbox.waiting() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"security": "starttls"}, "STARTTLS"),
        ({"security": "tls"}, "SSL"),
        ({"user": "a"}, "AUTH"),
        ({"to": ["borta@example.se"]}, "refused for borta@example.se"),
        ({"password_file": "/none"}, "password in /none cannot be read"),
    ],
)
def test_what_the_server_will_not_do_is_one_line(more: dict[str, Any], said: str) -> None:
    with post_office(Postbox("borta@example.se")) as port, pytest.raises(NotifyError) as raised:
        send_mail(message(), mail(port, **more))
    assert said.lower() in str(raised.value).lower()
    assert "\n" not in str(raised.value)


def test_letters_wait_while_the_server_is_down_and_go_in_order(tmp_path: Path) -> None:
    outbox, postbox = Outbox(tmp_path / "outbox"), Postbox()
    down = mail(free_port())
    for number in (1, 2, 3, 4, 5):
        outbox.put(message(number, f"{number}\n"))
        (told,) = outbox.send(lambda one: send_mail(one, down))
        assert f"{number} message" in told
        assert "refused" in told.lower()
    with post_office(postbox) as port:
        assert outbox.send(lambda one: send_mail(one, mail(port))) == []
    assert [letter.get_content().strip() for letter in postbox.letters] == ["1", "2", "3", "4", "5"]
    assert outbox.waiting() == []


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_next(tmp_path: Path) -> None:
    outbox, sent = Outbox(tmp_path), list[str]()
    for number in (1, 2):
        outbox.put(message(number))

    def deliver(one: Message) -> str:
        if one.id.endswith("01"):
            raise NotifyError("stuck")
        sent.append(one.id)
        return ""

    assert outbox.send(deliver) == [f"stuck; 1 message kept in {tmp_path} for the next run"]
    assert sent == [message(2).id]


def test_what_is_no_message_stays_in_the_outbox_untouched(tmp_path: Path) -> None:
    (tmp_path / "0.json").write_text("{", encoding="utf-8")
    assert Outbox(tmp_path).send(lambda one: "") == []
    assert (tmp_path / "0.json").exists()


def test_a_webhook_gets_json_and_its_token(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hemlig\n", encoding="utf-8")
    with answering({"/hook": Answer(204)}) as server:
        config = WebhookConfig.model_validate({"url": server.url("/hook"), "token_file": tmp_path / "token"})
        assert post_webhook(message(), config) == ""
    (request,) = server.requests
    body = json.loads(request.body)
    assert request.headers["authorization"] == "Bearer hemlig"
    assert body["id"] == message().id
    assert body["sites"] == message().data["sites"]
    assert "Sjöboda" in body["text"]


@pytest.mark.parametrize("answer", [Answer(500), Answer(302, headers={"Location": "http://127.0.0.1:1/"}), Answer(404)])
def test_a_webhook_that_does_not_take_it_is_one_line(answer: Answer) -> None:
    with answering({"/hook": answer}) as server, pytest.raises(NotifyError, match=f"it answered {answer.status}"):
        post_webhook(message(), WebhookConfig.model_validate({"url": server.url("/hook")}))
    with pytest.raises(NotifyError):
        post_webhook(message(), WebhookConfig.model_validate({"url": f"http://127.0.0.1:{free_port()}/"}))
