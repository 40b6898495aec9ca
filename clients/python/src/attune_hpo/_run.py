"""A run: the engine decides what is run next and when it is enough, functions here compute."""

from __future__ import annotations

import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ._job import Job
from .errors import AttuneError, NoEngine, error_of
from .trial import Channel, Trial

if TYPE_CHECKING:
    from ._engine import Asked
    from ._leaving import Leaving
    from .study import Study

_WAIT_SECONDS = 60
_MOST_ENGINES = 3


@dataclass(frozen=True)
class TrialEnd:
    """How a trial ended, for whoever is told of each."""

    number: int
    #: `complete`, `pruned`, `failed`, or `paused` where it may go on.
    state: str
    values: Mapping[str, float | str]
    message: str | None
    #: Whether it is the best one so far.
    best: bool


class Crew(Protocol):
    """Runs jobs somewhere: in this thread, in others, in processes."""

    #: Whether its functions can stand still in a report.
    freezes: bool

    def begin(self, job: Job) -> None:
        """Runs a job, at once or in the background."""

    def close(self, now: bool) -> None:
        """Ends what is left."""


class Run:
    """One call of `optimize`."""

    def __init__(self, study: Study, options: Mapping[str, Any], listeners: Iterable[Callable[[Mapping[str, Any]], None]]) -> None:
        self._study = study
        self._speaker = study._engine
        #: The process that has the run; another one knows nothing of it.
        self._engine: Asked = study._engine
        self._options = options
        self._listeners = tuple(listeners)
        self._jobs: dict[int, Job] = {}
        self._events: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        self._name = ""
        self._interrupts = 0
        self._engines = 0
        #: What leaves the function, while it runs in the thread that signals reach.
        self.inside: Leaving | None = None

    def execute(self, crew: Crew) -> Mapping[str, Any]:
        """Until the engine says that it is over: that event."""
        handler = self._interruptible()
        killed = True
        try:
            self._begin(crew)
            while True:
                event = self._events.get()
                kind = event["type"]
                if kind == "job":
                    crew.begin(self._jobs[event["job"]])
                elif kind == "lost":
                    self._begin_again(crew, event)
                elif kind == "failed":
                    raise error_of(event["code"], event["message"])
                else:
                    self._tell(event)
                    if kind == "over":
                        killed = event["reason"] == "killed"
                        return event
        except BaseException:
            self.end(now=True)
            raise
        finally:
            if handler is not None:
                signal.signal(signal.SIGINT, handler)
            crew.close(killed)

    def end(self, now: bool = False) -> None:
        """As Ctrl-C does, `now` as a second one."""
        try:
            self._engine.send("endRun", {"run": self._name, "now": now})
        except NoEngine:
            pass

    def fail(self, error: AttuneError) -> None:
        """Ends it with an error that is none of a trial's."""
        self.end(now=True)
        self._events.put({"type": "failed", "code": error.code, "message": str(error)})

    def _begin(self, crew: Crew) -> None:
        given = {"study": self._study.name, **self._options, "freezes": crew.freezes}
        self._engine = self._speaker.bound()
        self._name = str(self._engine.call("startRun", given)["run"])
        threading.Thread(target=self._listen, args=(self._engine, self._name), name="attune-run", daemon=True).start()

    def _begin_again(self, crew: Crew, lost: Mapping[str, Any]) -> None:
        """The engine was lost: what it handed out is tried again by another one, which finds the rest in the storage."""
        self._engines += 1
        if self._engines >= _MOST_ENGINES:
            raise error_of("no-engine", str(lost["message"]))
        print(f"attune: {lost['message']} Another one goes on.", file=sys.stderr)
        for job in list(self._jobs.values()):
            job.hear("kill")
        self._jobs.clear()
        try:
            self._begin(crew)
        except NoEngine as error:
            self._begin_again(crew, {"message": str(error)})

    def _listen(self, engine: Asked, run: str) -> None:
        """In a thread of its own: jobs hear at once what is wanted of them, whatever the other threads do."""
        after = 0
        while True:
            try:
                told = engine.call("runEvents", {"run": run, "after": after, "wait": _WAIT_SECONDS})
            except Exception as error:
                self._events.put({"type": "lost", "message": str(error)})
                return
            after = told["next"]
            for event in told["events"]:
                kind = event["type"]
                if kind == "job":
                    self._jobs[event["job"]] = Job(engine, run, event)
                elif kind in ("stop", "freeze", "wake", "kill"):
                    job = self._jobs.get(event["job"])
                    if job is not None:
                        job.hear(kind)
                    continue
                self._events.put(event)
                if kind in ("over", "failed"):
                    return

    def _tell(self, event: Mapping[str, Any]) -> None:
        for listener in self._listeners:
            listener(event)

    def done(self, job: Job, fields: Mapping[str, Any] | None) -> None:
        """A job came to its end."""
        if self._jobs.get(job.number) is job:
            del self._jobs[job.number]
        if fields is not None:
            job.end(fields)

    def _interruptible(self) -> Any:
        """The first Ctrl-C lets running trials end, the second ends them; answers what was done at one before."""
        if threading.current_thread() is not threading.main_thread():
            return None

        def on_interrupt(_number: int, _frame: Any) -> None:
            self._interrupts += 1
            if self._interrupts == 1:
                print("attune: running trials may end; Ctrl-C again ends them now.", file=sys.stderr)
                self._end_aside(now=False)
                return
            self._end_aside(now=True)
            if self.inside is not None:
                self.inside.leave_here()
            if self._interrupts > 2:
                raise KeyboardInterrupt

        return signal.signal(signal.SIGINT, on_interrupt)

    def _end_aside(self, now: bool) -> None:
        """Of a signal's handler, which may have come upon the very code that speaks with the engine."""
        threading.Thread(target=self.end, args=(now,), name="attune-end", daemon=True).start()

    def trial_of(self, job: Job, channel: Channel) -> Trial:
        """The handle that the function gets."""
        return trial_of(job.told, channel, self._study.metrics, self._study._reader.read(job.told["params"]))


def trial_of(told: Mapping[str, Any], channel: Any, metrics: tuple[str, ...], params: dict[str, Any]) -> Trial:
    """The handle of a job, with its parameters read."""
    return Trial(channel, metrics, int(told["trial"]), params, int(told["seed"]), told["until"], int(told["attempt"]) > 0)
