"""Who comes first where several are under way: those who began later wait, step by step."""

import asyncio
from collections.abc import Iterable


class Turns:
    """Takes things side by side through the same steps, and lets each take a step after those that began before it.

    None of them waits for one that has ended, so that who fails keeps nobody waiting.
    """

    def __init__(self, steps: Iterable[str]) -> None:
        """*steps* are the names of what each goes through."""
        self._steps = tuple(steps)
        self._under_way: dict[str, dict[str, asyncio.Event]] = {}

    def begin(self, name: str) -> None:
        """*name* begins, after all that are under way."""
        self.end(name)
        self._under_way[name] = {step: asyncio.Event() for step in self._steps}

    def passed(self, name: str, step: str) -> None:
        """*name* has *step* behind it, or will not take it."""
        if event := self._under_way.get(name, {}).get(step):
            event.set()

    def end(self, name: str) -> None:
        """Nothing more is waited for from *name*."""
        for event in self._under_way.pop(name, {}).values():
            event.set()

    async def wait(self, name: str, step: str) -> None:
        """Waits until all that began before *name* have *step* behind them; all, if it did not begin."""
        for earlier, steps in list(self._under_way.items()):
            if earlier == name:
                return
            await steps[step].wait()
