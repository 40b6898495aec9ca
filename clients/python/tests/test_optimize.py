"""Runs: in this thread, in threads, in processes."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import numpy
import pytest

import attune_hpo as attune
from attune_hpo._job import Job

SPACE = {"x": attune.float(0, 1)}


def made(storage: str | None = None, **given: Any) -> attune.Study:
    return attune.create_study("one", **{"minimize": "loss", "space": SPACE, "sampler": "random", "seed": 1, "storage": storage, **given})


def counts(study: attune.Study) -> dict[str, int]:
    return {state: count for state, count in study.summary()["counts"].items() if count > 0}


@pytest.mark.parametrize("given", [{}, {"workers": 2, "threads": True}, {"workers": 2}], ids=["inline", "threads", "processes"])
def test_the_budget_is_exact_wherever_the_function_runs(given: dict[str, Any]) -> None:
    factor = numpy.float64(2)
    with made() as study:
        result = study.optimize(lambda trial: trial.params["x"] * factor, trials=9, **given)
        assert (result.reason, result.trials_spent, result.ran, counts(study)) == ("trials", 9, 9, {"complete": 9})
        assert study.optimize(lambda trial: 1, trials=9, **given).ran == 0


def test_a_run_ends_by_target_patience_and_time() -> None:
    with made() as study:
        assert study.optimize(lambda trial: 5 - trial.number, target=2).reason == "target"
        assert study.optimize(lambda trial: 9, patience=3).reason == "patience"
        assert study.optimize(lambda trial: 9, timeout=0).reason == "timeout"


@pytest.mark.parametrize("given", [{}, {"workers": 2}], ids=["inline", "processes"])
def test_an_exception_fails_the_trial_and_its_traceback_is_the_log(storage: str, given: dict[str, Any]) -> None:
    def deep(trial: attune.Trial) -> float:
        raise ValueError("no such thing")

    with made(storage) as study:
        study.optimize(lambda trial: deep(trial), trials=2, **given)
        assert counts(study) == {"failed": 2}
        told = study._engine.call("trial", {"study": "one", "trial": 0})
        assert told["message"].startswith("The function raised ValueError: no such thing (") and "test_optimize.py" in told["message"]
        log = study._engine.call("log", {"study": "one", "trial": 0})["text"]
        assert log.startswith("Traceback (most recent call last)") and "in deep" in log


def test_what_a_function_returns_and_reports_is_checked() -> None:
    returned: list[Any] = [None, "much", {"los": 1}, {"loss": 1, "seconds": 2}, numpy.float32(3)]
    with made() as study:
        study.optimize(lambda trial: returned[trial.number], trials=5, keep_going=True)
        assert counts(study) == {"complete": 2, "failed": 3}


@pytest.mark.parametrize("given", [{}, {"workers": 2, "threads": True}, {"workers": 2}], ids=["inline", "threads", "processes"])
def test_a_scheduler_stops_a_function_in_its_report(given: dict[str, Any]) -> None:
    def function(trial: attune.Trial) -> float:
        for epoch in range(1, 6):
            trial.report(epoch, loss=100 if trial.number % 2 and epoch > 2 else 1)
            assert not (trial.number % 2 and epoch > 2)
        return 1

    with made(scheduler={"name": "threshold", "upper": 10}) as study:
        study.optimize(function, trials=4, **given)
        assert counts(study) == {"complete": 2, "pruned": 2}


@pytest.mark.parametrize("given", [{"threads": True}, {"workers": 2}], ids=["threads", "processes"])
def test_a_paused_function_stands_still_in_its_report_and_goes_on_from_there(given: dict[str, Any]) -> None:
    def function(trial: attune.Trial) -> float:
        for epoch in range(1, 10):
            trial.report(epoch, loss=trial.params["x"] + 1 / epoch)
        return float(trial.params["x"])

    with made(scheduler={"name": "asha", "smallest": 1, "largest": 9, "reduction": 3}) as study:
        result = study.optimize(function, trials=9, freeze="always", **given)
        assert result.reason == "trials" and counts(study)["complete"] >= 1
        trials = study._engine.call("export", {"study": "one", "limit": 100})["trials"]
    for trial in trials:
        steps = [report["step"] for report in trial["reports"]]
        assert steps == sorted(set(steps)), "no epoch was run twice"
        if trial["state"] == "complete":
            assert trial["attempts"] > 1 or len(steps) == 9


def test_a_worker_that_is_killed_is_a_lost_attempt(storage: str) -> None:
    def function(trial: attune.Trial) -> float:
        if trial.params["x"] == 0.5 and not trial.resumed:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    with made(storage) as study:
        number = study.enqueue({"x": 0.5})
        assert study.optimize(function, trials=5, workers=2).trials_spent == 5
        told = study._engine.call("trial", {"study": "one", "trial": number})
        assert [(one["outcome"], one["message"]) for one in told["attemptList"]] == [
            ("lost", "The process that ran it was ended by SIGKILL."),
            ("ok", None),
        ]


def test_a_process_may_define_parameters_and_is_told_of_its_mistakes() -> None:
    def function(trial: attune.Trial) -> float:
        rate = trial.float("rate", 1e-4, 1, log=True)
        with pytest.raises(attune.InvalidArgument):
            trial.float("rate", 0, 1)
        trial.report(1, rate)
        return rate

    with attune.create_study("one", minimize="loss", sampler="random", seed=1) as study:
        study.optimize(function, trials=4, workers=2)
        assert counts(study) == {"complete": 4}


def test_a_function_that_cannot_be_sent_is_refused_with_the_way_out() -> None:
    lock = threading.Lock()
    with made() as study:
        with pytest.raises(attune.InvalidArgument, match="threads=True"):
            study.optimize(lambda trial: lock.locked(), trials=2, workers=2)
        assert study.optimize(lambda trial: float(lock.locked()), trials=2, workers=2, threads=True).ran == 2


def test_on_trial_is_told_of_each_end() -> None:
    seen: list[Any] = []
    with made() as study:
        study.optimize(lambda trial: trial.params["x"], trials=4, on_trial=seen.append)
    assert [(end.number, end.state) for end in seen] == [(number, "complete") for number in range(4)] and seen[0].best


@pytest.mark.parametrize("given", [{}, {"workers": 2}], ids=["inline", "processes"])
def test_an_exception_of_on_trial_ends_the_run_and_leaves_the_study_usable(storage: str, given: dict[str, Any]) -> None:
    def told(end: Any) -> None:
        raise ValueError("enough")

    with made(storage) as study:
        with pytest.raises(ValueError, match="enough"):
            study.optimize(lambda trial: 1, trials=50, on_trial=told, **given)
        ended = counts(study)["complete"]
        assert 0 < ended < 50
        result = study.optimize(lambda trial: 1, trials=ended + 3)
        assert (result.reason, result.trials_spent) == ("trials", ended + 3)


def interrupted(after: threading.Event) -> None:
    after.wait()
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("given", [{}, {"workers": 2}], ids=["inline", "processes"])
def test_ctrl_c_lets_running_trials_end_and_gives_the_rest_back(given: dict[str, Any]) -> None:
    begun = threading.Event()

    def told(end: Any) -> None:
        begun.set()

    def function(trial: attune.Trial) -> float:
        time.sleep(0.05)
        return 1

    with made() as study:
        threading.Thread(target=interrupted, args=(begun,)).start()
        result = study.optimize(function, trials=100_000, on_trial=told, **given)
        assert result.reason == "stopped" and result.ran >= 1
        assert set(counts(study)) <= {"complete", "waiting"}
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("given", [{}, {"workers": 2}], ids=["inline", "processes"])
def test_a_second_ctrl_c_ends_running_trials_now_and_they_are_run_anew(storage: str, given: dict[str, Any]) -> None:
    parent, file = os.getpid(), storage + ".begun"

    def function(trial: attune.Trial) -> float:
        if not trial.resumed:
            with open(file, "a") as begun:
                begun.write("x")
            for _ in range(2):
                os.kill(parent, signal.SIGINT)
                time.sleep(0.3)
            while True:
                time.sleep(0.01)
        return 1

    with made(storage) as study:
        assert study.optimize(function, trials=1, grace=600, **given).reason == "killed"
        assert os.path.getsize(file) == 1 and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        result = study.optimize(function, trials=1, **given)
        assert (result.reason, counts(study)) == ("trials", {"complete": 1})


@pytest.mark.parametrize("memory", [1 << 40, 0], ids=["allowed", "none allowed"])
def test_what_stands_still_keeps_within_the_memory_that_is_allowed(storage: str, memory: int) -> None:
    file = storage + ".begun"

    def function(trial: attune.Trial) -> float:
        # The first trial is the best and alone at its rung, so that it pauses there, and is run to its end once others are worse.
        while trial.number > 0 and not os.path.exists(file):
            time.sleep(0.01)
        for epoch in range(1, 10):
            if epoch == 1:
                with open(file, "a") as begun:
                    begun.write(f"{trial.number} ")
            trial.report(epoch, loss=trial.number + 1 / epoch)
        return trial.number

    with made(scheduler={"name": "asha", "smallest": 1, "largest": 9, "reduction": 3}) as study:
        study.optimize(function, trials=9, workers=2, freeze="always" if memory else "auto", freeze_memory=memory)
        assert counts(study)["complete"] >= 1
    with open(file) as begun:
        numbers = begun.read().split()
    assert numbers.count("0") == (1 if memory else 2), "one that may not stand still begins anew"


def test_the_engine_may_be_killed_in_the_midst(storage: str) -> None:
    with made(storage) as study:

        def function(trial: attune.Trial) -> float:
            if trial.number == 3 and not trial.resumed:
                assert study._engine.pid is not None
                os.kill(study._engine.pid, signal.SIGKILL)
            return 1

        result = study.optimize(function, trials=8)
        assert (result.trials_spent, counts(study)) == (8, {"complete": 8})


def test_an_engine_that_is_killed_takes_its_run_along_and_no_other_is_asked_about_it(storage: str) -> None:
    with made(storage) as study:
        study.ask()
        engine = study._engine
        bound = engine.bound()
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        with pytest.raises(attune.NoEngine):
            bound.call("study", {"study": "one"})
        assert study.summary()["counts"], "another one was begun"
        with pytest.raises(attune.NoEngine, match="is gone"):
            bound.call("study", {"study": "one"})


def test_what_is_heard_of_a_job_that_is_over_is_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[int, Any] = {}
    attend = Job.attend

    def spy(job: Job, on_kill: Any, on_stop: Any = None) -> None:
        heard[int(job.told["trial"])] = (on_kill, on_stop)
        attend(job, on_kill, on_stop)

    def told(end: Any) -> None:
        for callback in heard.pop(end.number):
            callback()

    monkeypatch.setattr(Job, "attend", spy)
    with made() as study:
        study.optimize(lambda trial: trial.params["x"], trials=30, workers=2, on_trial=told)
        assert counts(study) == {"complete": 30} and not heard
        trials = study._engine.call("export", {"study": "one", "limit": 100})["trials"]
        assert {trial["attempts"] for trial in trials} == {1}
