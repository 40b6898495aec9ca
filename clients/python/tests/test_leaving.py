"""Functions are left from outside, and what they ask is not left amid."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from attune_hpo._call import Abandoned
from attune_hpo._leaving import Leaving, Shielded
from attune_hpo.trial import EarlyEnd, Trial


class _Asked:
    """A channel in which something happens."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self._happens = happens
        self.is_through = False

    def report(self, step: float, values: Mapping[str, float | str]) -> EarlyEnd | None:
        self._happens()
        for _ in range(1_000):
            threading.Event().is_set()
        self.is_through = True
        return None

    def should_stop(self) -> EarlyEnd | None:
        return None

    def define(self, name: str, domain: Mapping[str, Any]) -> Any:
        return 1


def in_another_thread(function: Callable[[], None]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def trial_of(channel: Any) -> Trial:
    return Trial(channel, ("loss",), 0, {}, 1)


def test_a_function_is_left_at_its_next_step() -> None:
    leaving = Leaving()
    begun = threading.Event()

    def function(trial: Trial) -> float:
        begun.set()
        while True:
            pass

    def leave() -> None:
        begun.wait()
        leaving.leave()

    threading.Thread(target=leave).start()
    assert leaving.call(function, trial_of(_Asked(lambda: None)), ("loss",)) is None


@pytest.mark.parametrize("how", ["another thread", "a signal"])
def test_what_is_asked_is_answered_before_the_function_is_left(how: str) -> None:
    leaving = Leaving()
    channel = _Asked(lambda: in_another_thread(leaving.leave) if how == "another thread" else leaving.leave_here())
    seen: list[str] = []

    def function(trial: Trial) -> float:
        try:
            trial.report(1, 0.5)
        except Abandoned:
            seen.append("left")
            # Whoever catches it is left again, and asks nothing more.
            trial.report(2, 0.5)
        return 1

    assert leaving.call(function, trial_of(Shielded(channel, leaving)), ("loss",)) is None
    assert channel.is_through and seen == ["left"]


def test_threads_that_begin_meanwhile_live_on() -> None:
    """An engine's reader is begun by whoever asks; what was meant for that thread once came upon the reader."""
    leaving = Leaving()
    lived: list[int] = []

    def happens() -> None:
        in_another_thread(leaving.leave)
        for number in range(200):
            in_another_thread(lambda number=number: lived.append(number))  # type: ignore[misc]

    leaving.call(lambda trial: trial.report(1, 0.5), trial_of(Shielded(_Asked(happens), leaving)), ("loss",))
    assert lived == list(range(200))


def test_whenever_it_is_left_nothing_comes_after_it() -> None:
    for turn in range(300):
        leaving = Leaving()
        barrier = threading.Barrier(2)

        def leave(leaving: Leaving = leaving, barrier: threading.Barrier = barrier, turn: int = turn) -> None:
            barrier.wait()
            for _ in range(turn % 40):
                pass
            leaving.leave()

        def function(trial: Trial, barrier: threading.Barrier = barrier) -> float:
            barrier.wait()
            return 1

        thread = threading.Thread(target=leave)
        thread.start()
        told = leaving.call(function, trial_of(_Asked(lambda: None)), ("loss",))
        thread.join()
        assert told in (None, {"end": "value", "values": {"loss": 1}})
        for _ in range(50):
            threading.Event().is_set()
