"""A message, and the outbox in which it waits until it is delivered."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from auditor.errors import NotifyError

_MOST = 100
_PATIENCE = 3


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is told once."""

    id: str
    """Letters, digits and hyphens: the same message sent twice can be told from two messages."""
    moment: str
    """ISO 8601 with its offset from UTC."""
    subject: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    """The same for programs."""


_ADAPTER = TypeAdapter(Message)


class Outbox:
    """A folder of messages for one channel. A message is put there before it is sent, and taken away after."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, message: Message) -> None:
        """Keeps *message* until it is sent.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        rough = self._folder / f".{message.id}.part"
        rough.write_text(json.dumps(asdict(message), ensure_ascii=False, indent=1), encoding="utf-8", errors="replace")
        rough.replace(self._folder / f"{message.id}.json")

    def waiting(self) -> list[tuple[Path, Message]]:
        """What is to be sent, oldest first; files that hold no message are left alone."""
        return list(self._read())[:_MOST]

    def _read(self) -> Iterator[tuple[Path, Message]]:
        for path in sorted(self._folder.glob("*.json")):
            try:
                yield path, _ADAPTER.validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue

    def send(self, deliver: Callable[[Message], str]) -> list[str]:
        """Sends what waits, oldest first. One that cannot be sent does not keep the next from it, but three do.

        Args:
            deliver: sends one message; gives a complaint about a message that got through all the same. Raises
                NotifyError if it did not.

        Returns:
            One line for each complaint, and one that says how many messages are kept, where and why.
        """
        told: list[str] = []
        stuck: list[NotifyError] = []
        for path, message in self.waiting():
            try:
                if complaint := deliver(message):
                    told.append(complaint)
            except NotifyError as error:
                stuck.append(error)
                if len(stuck) == _PATIENCE:
                    break
            else:
                path.unlink(missing_ok=True)
        if stuck:
            left = len(self.waiting())
            told.append(f"{stuck[0]}; {left} message{'s' if left != 1 else ''} kept in {self._folder} for the next run")
        return told
