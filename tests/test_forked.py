"""Working through a list on several cores: what comes of it is always the same."""

import os
import signal
import struct

import pytest

from auditor.forked import begun, side_by_side

NUMBERS = list(range(30))


def squared(number: int) -> int:
    return number * number


@pytest.mark.parametrize("processes", [1, 2, 3, 40])
def test_the_number_of_processes_makes_no_difference(processes: int) -> None:
    assert side_by_side(squared, NUMBERS, processes) == [squared(number) for number in NUMBERS]


def test_a_list_that_is_too_long_for_a_queue_is_worked_through_all_the_same() -> None:
    many = list(range(5000))
    assert side_by_side(squared, many, 2) == [squared(number) for number in many]


def test_nothing_to_do_comes_to_nothing() -> None:
    assert side_by_side(squared, [], 2) == []


def test_what_a_process_had_taken_that_ended_is_worked_out_by_who_began_it() -> None:
    own = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return squared(number)

    assert side_by_side(work, NUMBERS, 3) == [squared(number) for number in NUMBERS]


def test_an_error_comes_up_as_it_is() -> None:
    def work(number: int) -> int:
        if number == NUMBERS[-1]:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match=str(NUMBERS[-1])):
        side_by_side(work, NUMBERS, 2)


def test_others_begin_before_the_result_is_asked_for() -> None:
    own = os.getpid()
    reads, writes = os.pipe()

    def work(number: int) -> int:
        if os.getpid() != own:
            os.write(writes, b".")
        return squared(number)

    with begun(work, NUMBERS, 2) as all_of_it:
        assert os.read(reads, 1) == b"."
        assert all_of_it() == [squared(number) for number in NUMBERS]


def test_nobody_goes_on_with_what_is_not_asked_for() -> None:
    reads, writes = os.pipe()

    def work(number: int) -> int:
        os.write(writes, struct.pack("<I", os.getpid()))
        signal.pause()
        return number

    with begun(work, NUMBERS, 2):
        helper = struct.unpack("<I", os.read(reads, 4))[0]
        os.kill(helper, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(helper, 0)
