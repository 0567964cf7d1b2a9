"""Functions of short texts that remember what they gave: the same addresses and names stand on every page of a site."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")
_LONGEST = 500
"""Characters of a text that is remembered: a site may write addresses of megabytes, and each another one."""


def remembered(most: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Makes a pure function of texts remember its *most* last results; of a long text it remembers nothing."""

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        kept = cast(Callable[..., _T], lru_cache(maxsize=most)(function))

        @wraps(function)
        def asked(*texts: _P.args, **named: _P.kwargs) -> _T:
            given: tuple[Any, ...] = (*texts, *named.values())
            for text in given:
                if len(text) > _LONGEST:
                    return function(*texts, **named)
            return kept(*texts, **named)

        return asked

    return decorate
