"""Studies: created or opened, asked and told, or given a function to tune."""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ._asked import AskedChannel
from ._connections import Connection, connect, require_file
from ._plain import plain
from ._values import ParamReader
from .plot import Plots, study_html
from .record import TrialRecord, imported, record_of
from .result import Best, Result, best_of
from .space import Space, originals, written
from .trial import Trial, named_values

if TYPE_CHECKING:
    from .page import Page
    from ._run import TrialEnd

_PAGE = 1_000

Storage = str | os.PathLike[str] | None
Names = str | Iterable[str]
Component = str | Mapping[str, Any]
GivenSpace = Space | str | os.PathLike[str]
Objective = Callable[[Trial], Any]


class Study:
    """A study of a storage. It is a context manager, and may be left open: the engine ends with this process."""

    def __init__(
        self, connection: Connection, record: Mapping[str, Any], given: Mapping[str, tuple[object, ...]], notices: Iterable[str] = ()
    ) -> None:
        self.name: str = record["name"]
        #: What is unusual about it or changed, in sentences.
        self.notices = tuple(notices)
        self._engine = connection.engine
        self._originals = dict(given)
        self._tokens: dict[int, str] = {}
        self._take(record)
        self._close = weakref.finalize(self, connection.close)

    def _take(self, record: Mapping[str, Any]) -> None:
        self._record = record
        self._metrics = tuple(metric["name"] for metric in record["metrics"])
        self._reader = ParamReader(record["space"], self._originals)

    def __repr__(self) -> str:
        return f"Study({self.name!r}, storage={self.storage!r})"

    def __enter__(self) -> Study:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the storage; trials that were asked for and not told are given back once nobody here holds it."""
        self._close()

    @property
    def storage(self) -> str:
        """Where it is kept."""
        return self._engine.storage

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of the objectives."""
        return self._metrics

    @property
    def directions(self) -> tuple[str, ...]:
        """`minimize` or `maximize`, of each objective."""
        return tuple(metric["direction"] for metric in self._record["metrics"])

    @property
    def seed(self) -> int:
        """From which every suggestion follows."""
        return int(self._record["seed"])

    def ask(self, *, trials: int | None = None, wait: float = 30, expires: float | None = None) -> Trial:
        """
        Hands out the next trial to run: tell about it with `tell`. `trials` is how many the study is to have in all; `wait` how many seconds to
        wait at most where its scheduler waits for other trials; `expires` seconds after which the trial is lost unless it was told.
        """
        given = {"trials": trials, "wait": wait, "expires": expires}
        return self._asked(self._call("ask", **given))

    def tell(
        self,
        trial: Trial | int,
        value: Any = None,
        *,
        failed: bool | str = False,
        stopped: bool = False,
    ) -> str:
        """
        Says how a trial that was asked for ended: the value of the one objective, values by name, that it failed (`failed="why"`) or that it ended
        early, as it was told to (`stopped=True`). Answers its state: `complete`, `failed`, `pruned`, or `paused` where it may be handed out again.
        """
        number = trial if isinstance(trial, int) else trial.number
        told: dict[str, Any] = {}
        if failed is not False:
            told = {"failed": True, **({"message": failed} if isinstance(failed, str) else {})}
        elif stopped:
            told = {"stopped": True}
        if value is not None:
            told["values"] = named_values(self._metrics, value, {}, f"tell(trial {number}, ...)")
        answer = self._call("tell", trial=number, token=self._tokens.get(number, "none"), **told)
        self._tokens.pop(number, None)
        return str(answer["state"])

    def optimize(
        self,
        function: Objective,
        *,
        trials: int | None = None,
        workers: int = 1,
        threads: bool = False,
        timeout: float | None = None,
        budget: str | float | None = None,
        target: float | Literal["goals"] | None = None,
        patience: int | None = None,
        grace: float = 10,
        keep_going: bool = False,
        freeze: Literal["never", "auto", "always"] = "auto",
        freeze_memory: int | None = None,
        on_trial: Callable[[TrialEnd], None] | None = None,
        progress: bool | None = None,
    ) -> Result:
        """
        Tunes a function, which gets a `Trial` and answers the value of the one objective, or values by name.

        `trials` is how many the study is to have in all, over every call and process: the same call again does nothing more. `workers` above 1 are
        processes, to which the function is sent (lambdas and functions of notebooks too), or with `threads=True` threads of this one. Further ends:
        `timeout` in seconds of tuning; `budget`, `"2000 steps"`, `"30 runs"` or a time; `target`, a value that is good enough, or `"goals"`;
        `patience`, trials without a better one. An exception fails the trial, and its traceback is the trial's log; with `keep_going` also when the first
        three fail alike. Ctrl-C lets running trials end within `grace` seconds, a second one ends them now.

        Where the study's scheduler pauses trials, a function stands still in `report` in its process or thread, and others take its place: `freeze`
        and `freeze_memory` in bytes say whether and how much that may hold. `on_trial` is told of each end, in the thread that called. `progress` shows
        a line on how far it is; left out, in terminals and notebooks.
        """
        from ._optimize import optimize

        given = {
            "trials": trials,
            "workers": plain(workers, "workers"),
            "timeout": timeout,
            "budget": budget,
            "target": target,
            "patience": patience,
            "grace": grace,
            "keepGoing": keep_going,
            "freeze": freeze,
            "freezeMemory": freeze_memory,
        }
        return optimize(self, function, given, threads, on_trial, progress)

    def enqueue(self, params: Mapping[str, Any]) -> int:
        """Has a configuration tried next, completed from defaults; answers its trial's number."""
        return int(self._call("enqueue", params=plain(params, "params"))["number"])

    def import_trials(self, trials: Iterable[Mapping[str, Any]]) -> list[int]:
        """
        Takes in trials made elsewhere, each `{"params": ..., "values": {"loss": 0.3}}`, also with `state` (`complete`, `pruned`, `failed`) and `reports`:
        samplers learn from them, no budget counts them. Answers their numbers.
        """
        given = [imported(trial) for trial in trials]
        return [int(number) for number in self._call("import", trials=given)["numbers"]]

    @property
    def trials(self) -> list[TrialRecord]:
        """All trials with their reports, by number."""
        return list(self.iter_trials())

    def iter_trials(self, filter: str | None = None, sort: Iterable[str] = ()) -> Iterator[TrialRecord]:  # noqa: A002
        """
        Trials in pages, as they are read: those for which an expression is true (`"lr < 1e-3 and state == 'failed'"`), in the order of fields (`["-loss"]`
        for large ones first).
        """
        after: int | None = None
        while True:
            page = self._call("export", after=after, limit=_PAGE, filter=filter, sort=list(sort) or None)
            self._see(page["space"])
            yield from (record_of(told, self._reader) for told in page["trials"])
            after = page["next"]
            if after is None:
                return

    def trials_dataframe(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """A table of the trials, a row each: a DataFrame of pandas, or of polars where that is installed alone."""
        from ._dataframe import dataframe

        return dataframe(self.iter_trials(), self._metrics, library)

    def log(self, trial: Trial | int) -> str:
        """What a trial's newest attempt printed, or the traceback that it failed with."""
        number = trial if isinstance(trial, int) else trial.number
        return str(self._call("log", trial=number, bytes=1_048_576)["text"])

    def why(self, trial: Trial | int) -> dict[str, Any]:
        """How a trial came to be suggested, recomputed from what its sampler saw: `sentences`, and the numbers behind them."""
        told: dict[str, Any] = self._call("why", trial=trial if isinstance(trial, int) else trial.number)
        return told

    def confirm(self, replicates: int = 5) -> list[int]:
        """
        Enqueues fresh runs of the winner, of what is close behind and of the defaults, of each so many in all; `optimize` runs them. `best` then says with
        an interval what the winner is worth. Answers the numbers of the trials.
        """
        return [int(number) for number in self._call("confirm", replicates=replicates)["enqueued"]]

    def replay(self) -> dict[str, Any]:
        """Computes every suggestion again from what was known, and compares bit for bit: `checked`, and `differences`, which are none."""
        told: dict[str, Any] = self._call("replay")
        return told

    def invalidate(self, trial: int, reason: str | None = None) -> None:
        """Hides a trial from samplers, winners and the budget; `restore` lifts it again."""
        self._call("invalidate", trial=trial, reason=reason)

    def restore(self, trial: int) -> None:
        """Lets an invalid trial count again."""
        self._call("restore", trial=trial)

    def note(self, trial: int, text: str | None) -> None:
        """Writes a note on a trial; None takes it away."""
        self._engine.call("note", {"study": self.name, "trial": trial, "text": text})

    def set_attribute(self, key: str, value: Any, trial: int | None = None) -> None:
        """Keeps any value that JSON can hold with the study, or with one of its trials."""
        self._call("setAttribute", key=key, trial=trial, value=plain(value, f"attribute {key}"))

    @property
    def attributes(self) -> dict[str, Any]:
        """What is kept with the study, by key."""
        told = self._call("attributes")["attributes"]
        return {key: json.loads(text) for key, text in told.items()}

    def ui(self, *, open: bool = True) -> Page:  # noqa: A002
        """
        Shows the study in a browser, live: a process of its own serves the page, which ends a minute after this process did, or after the last look
        at it. Says its address on standard error; `open=False` opens no browser. A study in memory cannot be shown: InvalidArgument.
        """
        from .page import show_page

        return show_page(self.storage, self.name, open)

    def stop(self) -> None:
        """Ends every run of the study, in whatever process, as a first Ctrl-C does."""
        self._call("stopStudy")

    def summary(self) -> dict[str, Any]:
        """What the study has found so far, as the engine tells it."""
        told: dict[str, Any] = self._call("summary")
        return told

    @property
    def best(self) -> Best | None:
        """The winner; None while there is none, and with several objectives."""
        told = self.summary()["best"]
        return None if told is None else best_of(told, self._reader, self._metrics)

    @property
    def front(self) -> tuple[Best, ...]:
        """What no other configuration beats in everything."""
        return tuple(best_of(told, self._reader, self._metrics) for told in self.summary()["front"])

    @property
    def space(self) -> dict[str, Any]:
        """The space in canonical form."""
        record: dict[str, Any] = self._call("study")["space"]
        return record

    @property
    def plot(self) -> Plots:
        """Figures: `study.plot.history()`, and those that `dir(study.plot)` lists."""
        return Plots(self._call)

    def _repr_html_(self) -> str:
        told = self.summary()
        line = ", ".join(f"{count} {state}" for state, count in told["counts"].items() if count > 0) or "no trials"
        best = None if told["best"] is None else best_of(told["best"], self._reader, self._metrics)
        if best is not None:
            line += f"; best {self._metrics[0]} {best.value:g} (trial {best.number})"
        elif told["front"]:
            line += f"; {len(told['front'])} that nothing beats in everything"
        wanted = ("history" if len(self._metrics) == 1 else "front", "importance")
        there = dir(self.plot)
        return study_html(self.name, line, [self.plot.draw(name) for name in wanted if name in there])

    def engine_log(self) -> str:
        """What the engine's process wrote to its standard error; for reports of faults."""
        return self._engine.log()

    def _call(self, operation: str, **given: Any) -> Any:
        return self._engine.call(operation, {"study": self.name, **_given(given)})

    def _see(self, space: Mapping[str, Any]) -> None:
        self._reader = ParamReader(space, self._originals)

    def _asked(self, told: Mapping[str, Any]) -> Trial:
        number, token = int(told["number"]), str(told["token"])
        self._tokens[number] = token
        channel = AskedChannel(self._engine, self.name, number, token)
        params = self._reader.read(told["params"])
        return Trial(channel, self._metrics, number, params, int(told["seed"]), told["until"], bool(told["resumed"]))


def create_study(
    name: str,
    *,
    minimize: Names | None = None,
    maximize: Names | None = None,
    space: GivenSpace | None = None,
    where: str | Iterable[str] | None = None,
    limits: str | Iterable[str] | None = None,
    goals: str | Iterable[str] | None = None,
    references: Mapping[str, float] | None = None,
    units: Mapping[str, str] | None = None,
    storage: Storage = None,
    sampler: Component | None = None,
    scheduler: Component | None = None,
    seed: int | None = None,
    was: Mapping[str, Any] | None = None,
) -> Study:
    """
    Creates a study, or goes on with the one of that name when it is the same or its space has only grown.

    `storage` is a file (`"attune.db"`) or the URL of a server; without one the study lives in memory. `space` has parameters by name, or is the
    path of a study file that lists them. What is left out of it the function may ask for while it runs (`trial.float`).
    """
    listed, objects = _space(space)
    given = {
        "name": name,
        "minimize": _names(minimize),
        "maximize": _names(maximize),
        "space": listed,
        "where": _texts(where),
        "limits": _texts(limits),
        "goals": _texts(goals),
        "references": None if references is None else dict(references),
        "units": None if units is None else dict(units),
        "sampler": None if sampler is None else plain(sampler, "sampler"),
        "scheduler": None if scheduler is None else plain(scheduler, "scheduler"),
        "seed": None if seed is None else plain(seed, "seed"),
        "was": None if was is None else plain(was, "was"),
    }
    connection = connect(storage)
    try:
        told = connection.engine.call("createStudy", _given(given))
    except BaseException:
        connection.close()
        raise
    return Study(connection, told["study"], objects, told["notices"])


def open_study(name: str, *, storage: Storage, space: GivenSpace | None = None) -> Study:
    """Opens a study that exists; with its `space` given, choices come as the objects in it."""
    _, objects = _space(space)
    require_file(name, storage)
    connection = connect(storage)
    try:
        record = connection.engine.call("study", {"study": name})
    except BaseException:
        connection.close()
        raise
    return Study(connection, record, objects)


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _space(given: GivenSpace | None) -> tuple[Mapping[str, Any] | None, Mapping[str, tuple[object, ...]]]:
    """A space as the protocol takes it, and the objects that its values stand for."""
    if given is None:
        return None, {}
    if isinstance(given, (str, os.PathLike)):
        from ._space_file import read_space

        return read_space(given), {}
    return written(given), originals(given)


def _names(names: Names | None) -> Any:
    return names if names is None or isinstance(names, str) else list(names)


def _texts(texts: str | Iterable[str] | None) -> list[str] | None:
    return None if texts is None else [texts] if isinstance(texts, str) else list(texts)
