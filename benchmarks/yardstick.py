"""A fixed piece of work, whose processor time tells how fast the machine is just now.

A machine that others share runs faster in one quarter of an hour than in the next. What a long run takes can be told
apart from that only beside something that stays the same.
"""

import json
import random
import time
import zlib

_CHANCE = random.Random(7)
_RECORDS = [{"name": f"{_CHANCE.random():.12f}", "numbers": _CHANCE.choices(range(1000), k=8)} for _ in range(700)]


class Yardstick:
    """Does the work whenever it is asked to, and adds up what that took."""

    def __init__(self) -> None:
        self.strokes = 0
        self.seconds = 0.0
        """Seconds of processor time of all strokes."""

    def stroke(self) -> None:
        """Does the work once: some three milliseconds of making, sorting, packing and reading text."""
        began = time.thread_time()
        text = json.dumps(sorted(_RECORDS, key=lambda record: str(record["name"]))).encode()
        json.loads(zlib.decompress(zlib.compress(text, 6)))
        self.seconds += time.thread_time() - began
        self.strokes += 1
