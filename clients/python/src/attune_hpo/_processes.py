"""Runs jobs in processes: each gets the function once, and runs one job after the other."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ._job import EngineLost, Job
from ._nameless import nameless_file
from ._run import Run
from ._values import ParamReader
from .errors import AttuneError, error_of
from .trial import EarlyEnd, Trial

#: Threads of numerical libraries, each of which would take all processors in each process.
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_END_SECONDS = 10


class Processes:
    """As many as jobs are under way, and one for each that stands still."""

    freezes = True

    def __init__(
        self, run: Run, function: Callable[[Trial], Any], metrics: tuple[str, ...], reader: ParamReader, workers: int
    ) -> None:
        self._run = run
        self._file = _written((function, metrics, reader))
        self._environment = _environment(workers)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()

    def begin(self, job: Job) -> None:
        """In a process that is free, or a new one."""
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            worker = _Worker(self._file, self._environment)
            self._all.add(worker)
        thread = threading.Thread(target=self._work, args=(worker, job), name=f"attune-worker-{worker.pid}", daemon=True)
        thread.start()

    def close(self, now: bool) -> None:
        """They end with what they were sent through."""
        for worker in list(self._all):
            worker.close(now)
        os.close(self._file)

    def _work(self, worker: _Worker, job: Job) -> None:
        fields = worker.run(job)
        if worker.is_alive:
            with self._lock:
                self._idle.append(worker)
        else:
            self._all.discard(worker)
        broken = worker.broken
        if broken is not None:
            self._run.fail(error_of("user-code", broken))
            return
        self._run.done(job, fields)


class _Worker:
    """One process, and the end of the line to it that is here."""

    def __init__(self, file: int, environment: dict[str, str]) -> None:
        here, there = socket.socketpair()
        with there:
            passed = (there.fileno(), file)
            words = [sys.executable, "-m", "attune_hpo._worker", *map(str, passed), str(os.getpid())]
            self._process = subprocess.Popen(words, env=environment, pass_fds=passed, start_new_session=True)
        self._line = Connection(here.detach())
        self._line.send(sys.path)
        self._killed = False
        #: What it runs; what is heard of a job that is over is for nobody.
        self._job: Job | None = None
        self._lock = threading.Lock()
        self.is_alive = True
        #: Why no function can be run in such a process.
        self.broken: str | None = None

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def run(self, job: Job) -> dict[str, Any] | None:
        """Until its end: fields of `endJob`, None where nobody waits for them."""
        with self._lock:
            self._job = job
        try:
            self._send(job.told)
            job.attend(lambda: self._heard(job, "kill"), lambda: self._heard(job, "stop"))
            while True:
                kind, *given = self._line.recv()
                if kind == "end":
                    return dict(given[0]) if given[0] is not None else None
                if kind == "broken":
                    self.is_alive, self.broken = False, str(given[0])
                    return None
                self._answer(job, kind, given)
        except EngineLost:
            self.kill()
            self.is_alive = False
            return None
        except (EOFError, OSError):
            self.is_alive = False
            code = self._process.wait()
            return None if self._killed else {"end": "lost", "message": _ended(code)}
        finally:
            with self._lock:
                self._job = None
                # It may have been killed after it had said that it was done.
                self.is_alive = self.is_alive and not self._killed

    def kill(self) -> None:
        """Ends it, with all that it started."""
        self._killed = True
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def close(self, now: bool) -> None:
        """Lets it end by itself, or not."""
        if now:
            self.kill()
        self._line.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def _answer(self, job: Job, kind: str, given: list[Any]) -> None:
        try:
            answer: Any = None
            if kind == "report":
                answer = _told(job.report(given[0], given[1], lambda: _resident(self.pid)))
            elif kind == "should_stop":
                answer = _told(job.should_stop())
            elif kind == "define":
                answer = job.define(*given)
            if kind != "report" or job.watched:
                self._send(("answer", answer))
        except AttuneError as error:
            self._send(("error", error))

    def _send(self, message: Any) -> None:
        with self._lock:
            self._line.send(message)

    def _heard(self, job: Job, what: str) -> None:
        """Of a stop the function sees in its next report, also where it waits for no answers."""
        with self._lock:
            if self._job is not job:
                return
            if what == "kill":
                self.kill()
                return
            try:
                self._line.send(("stop",))
            except OSError:
                pass


def _told(early: EarlyEnd | None) -> tuple[str, str] | None:
    return None if early is None else (early.action, early.reason)


def _written(parts: object) -> int:
    """A file that every process reads: however much the function closes over, it is written once."""
    from ._pickle import dump

    handle = nameless_file()
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            dump(parts, file)
    except Exception as error:
        os.close(handle)
        message = f"The function cannot be sent to other processes ({error}); run it in threads (threads=True), or with workers=1."
        raise error_of("invalid-argument", message) from error
    return handle


def _environment(workers: int) -> dict[str, str]:
    each = str(max(1, (os.cpu_count() or 1) // workers))
    return {**{name: each for name in _THREAD_VARIABLES}, **os.environ}


def _resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _ended(code: int) -> str:
    if code < 0:
        return f"The process that ran it was ended by {signal.Signals(-code).name}."
    return f"The process that ran it ended with code {code}."
