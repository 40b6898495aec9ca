"""What `optimize` does: picks where the function runs, and has the engine run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ._progress import Progress
from ._run import Crew, Run, TrialEnd
from .errors import error_of
from .result import Result

if TYPE_CHECKING:
    from .study import Objective, Study


def optimize(
    study: Study,
    function: Objective,
    options: Mapping[str, Any],
    threads: bool,
    on_trial: Callable[[TrialEnd], None] | None,
    progress: bool | None,
) -> Result:
    """Until the engine says that it is enough."""
    if not callable(function):
        raise error_of("invalid-argument", f"optimize was given {function!r} to tune; give a function that takes a trial.")
    listeners: list[Callable[[Mapping[str, Any]], None]] = [Progress(study.metrics, options["trials"], progress, lambda: study.best and study.best.value)]
    if on_trial is not None:
        listeners.append(_teller(on_trial))
    run = Run(study, {name: value for name, value in options.items() if value is not None}, listeners)
    over = run.execute(_crew(study, run, function, options["workers"], threads))
    return Result(
        reason=str(over["reason"]),
        message=over["message"],
        trials_spent=int(over["trialsSpent"]),
        ran=int(over["ran"]),
        best=study.best,
        front=study.front,
    )


def _crew(study: Study, run: Run, function: Objective, workers: Any, threads: bool) -> Crew:
    from ._crews import Inline, Threads

    if threads:
        return Threads(run, function, study.metrics)
    if workers == 1:
        return Inline(run, function, study.metrics)
    from ._processes import Processes

    return Processes(run, function, study.metrics, study._reader, workers)


def _teller(on_trial: Callable[[TrialEnd], None]) -> Callable[[Mapping[str, Any]], None]:
    def tell(event: Mapping[str, Any]) -> None:
        if event["type"] in ("finished", "paused"):
            on_trial(TrialEnd(event["trial"], event["state"], event["values"], event["message"], event["best"]))

    return tell
