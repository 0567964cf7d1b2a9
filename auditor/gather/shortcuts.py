"""Presses single characters while nothing has the focus, to see whether the page answers them."""

from collections.abc import Callable

from auditor.gather.inpage import script
from auditor.gather.tab import Tab

_CHARACTERS = "abcdefghijklmnopqrstuvwxyzåäö0123456789+-/?.,"
_NEUTRAL = "ß"
"""No key of a Swedish keyboard, and nobody's shortcut: what changes with it changes with any key, or by itself."""
_MOST = 3


async def press_characters(tab: Tab, is_new: Callable[[str], bool]) -> tuple[tuple[str, ...] | None, bool]:
    """Characters that the page in *tab* answers, three at the most, and whether the page stands as before.

    None where that cannot be told: the page changes by itself, or with any key; and where it was tried before, on
    another page with the same scripts. All are pressed in one go first; only where something changed then, one by one.

    Args:
        tab: shows the page.
        is_new: whether scripts, told by a fingerprint, were not tried before; remembers it.

    Raises:
        Misbehaved, PlaywrightError: the page does not answer.
    """
    scripts = await tab.call(script("shortcuts"), {"step": "scripts"})
    if not scripts:  # nobody listens
        return (), True
    if not is_new(f"shortcuts {scripts}"):
        return None, True
    await tab.call(script("shortcuts"), {"step": "begin"})
    await _changes(tab, _NEUTRAL)  # some pages note the first key of all
    if await _changes(tab, _NEUTRAL):
        await tab.call(script("shortcuts"), {"step": "end"})
        return None, True
    answered: list[str] = []
    touched = await _changes(tab, _CHARACTERS)
    if touched:
        for character in _CHARACTERS:
            if len(answered) < _MOST and await _changes(tab, character):
                answered.append(character)
    restored = bool(await tab.call(script("shortcuts"), {"step": "end"}))
    return tuple(answered), restored and not touched


async def _changes(tab: Tab, characters: str) -> bool:
    """Whether anything changes in the page when *characters* are typed."""
    await tab.strike(characters)
    return bool(await tab.call(script("shortcuts"), {"step": "seen"}))
