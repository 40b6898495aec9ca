"""The engine: one process that owns a storage, spoken to in lines of JSON-RPC over its standard input and output."""

from __future__ import annotations

import io
import json
import os
import threading
import weakref
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from ._nameless import nameless_file
from ._node import engine_script, find_node
from .errors import AttuneError, error_of

if TYPE_CHECKING:
    import subprocess

PROTOCOL = 1
MEMORY = ":memory:"
_BUFFER = 1 << 20
_LOG_TAIL = 65_536


class Answer:
    """What a question will be answered with."""

    __slots__ = ("_done", "_error", "_result")

    def __init__(self) -> None:
        self._done = threading.Lock()
        self._done.acquire()
        self._result: Any = None
        self._error: AttuneError | None = None

    def get(self) -> Any:
        """Waits for it; raises the error that it is."""
        self._done.acquire()
        self._done.release()
        if self._error is not None:
            raise self._error
        return self._result

    @property
    def is_there(self) -> bool:
        """Whether `get` would not wait."""
        return not self._done.locked()

    def give(self, result: Any, error: AttuneError | None) -> None:
        """Says what it is, once."""
        self._result, self._error = result, error
        self._done.release()


class Asked(Protocol):
    """What answers operations."""

    def call(self, operation: str, given: Mapping[str, Any]) -> Any: ...

    def send(self, operation: str, given: Mapping[str, Any]) -> Answer: ...


class Speaker(Asked, Protocol):
    """An engine here, or a server."""

    storage: str
    version: str | None

    @property
    def pid(self) -> int | None: ...

    def bound(self) -> Asked: ...

    def close(self) -> None: ...

    def log(self) -> str: ...


class Engine:
    """
    Begun with the first question, and again after it was lost; a process that was forked begins one of its own. It ends with the process
    that began it, however that ends.
    """

    def __init__(self, storage: str) -> None:
        self.storage = storage
        self.version: str | None = None
        self._folder = os.getcwd()
        self._process: subprocess.Popen[bytes] | None = None
        self._log: int | None = None
        self._lost: AttuneError | None = None
        self._reset()
        _ENGINES.add(self)

    def _reset(self) -> None:
        self._lock = threading.RLock()
        self._waiting: dict[int, Answer] = {}
        self._last = 0
        self._writer: io.BufferedWriter | None = None
        self._pid = os.getpid()

    def call(self, operation: str, given: Mapping[str, Any]) -> Any:
        """Asks, and waits for the answer."""
        return self.send(operation, given).get()

    def send(self, operation: str, given: Mapping[str, Any]) -> Answer:
        """Asks without waiting: questions are begun in their order."""
        with self._lock:
            if self._writer is None:
                self._start()
            return self._ask(operation, given)

    def bound(self) -> Asked:
        """To the process that there is now, begun if there is none: what only that one knows is asked of no other."""
        with self._lock:
            if self._writer is None:
                self._start()
            assert self._process is not None
            return _Bound(self, self._process)

    def send_to(self, process: subprocess.Popen[bytes], operation: str, given: Mapping[str, Any]) -> Answer:
        """Asks one process; `NoEngine` where another is there, or none."""
        with self._lock:
            if self._process is process and self._writer is not None:
                return self._ask(operation, given)
        answer = Answer()
        answer.give(None, error_of("no-engine", f"The engine of process {process.pid} is gone."))
        return answer

    def close(self) -> None:
        """Ends it once all is answered. A later question begins another."""
        with self._lock:
            process, writer = self._process, self._writer
            if process is None or writer is None or self._pid != os.getpid():
                return
            self._writer = None
            try:
                writer.close()
            except OSError:
                pass
        process.wait()
        self._process = None

    @property
    def pid(self) -> int | None:
        """Of the engine's process, while there is one."""
        return None if self._process is None else self._process.pid

    def log(self) -> str:
        """What the engine wrote to its standard error, the end of it."""
        log = self._log
        if log is None:
            return ""
        size = os.fstat(log).st_size
        return os.pread(log, _LOG_TAIL, max(0, size - _LOG_TAIL)).decode("utf-8", "replace")

    def forked(self) -> None:
        """In a child that was forked: the process there is the parent's."""
        process = self._process
        if process is not None:
            for end in (process.stdin, process.stdout):
                if end is not None:
                    _close_quietly(end)
            process.returncode = 0
            if self.storage == MEMORY:
                message = "The study lives in the memory of the process that this one was forked from; give it a storage: storage='attune.db'."
                self._lost = error_of("no-engine", message)
        self._process = None
        self._reset()

    def _ask(self, operation: str, given: Mapping[str, Any]) -> Answer:
        self._last += 1
        number = self._last
        message = {"jsonrpc": "2.0", "id": number, "method": operation, "params": given}
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        answer = Answer()
        self._waiting[number] = answer
        writer = self._writer
        assert writer is not None
        try:
            writer.write(line)
            writer.flush()
        except (BrokenPipeError, ValueError):
            pass  # The reader sees the end too, and tells all that wait.
        return answer

    def _start(self) -> None:
        import subprocess

        if self._lost is not None:
            raise self._lost
        command = [find_node(), engine_script(), "serve", "--stdio", "--storage", self.storage]
        if self._log is None:
            self._log = nameless_file()
            weakref.finalize(self, os.close, self._log)
        try:
            # A group of its own: Ctrl-C in a terminal is for the program, which ends the engine when it is done.
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                cwd=self._folder if os.path.isdir(self._folder) else None,
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise error_of("no-engine", f"The engine could not be started ({command[0]}): {error}.") from error
        assert process.stdin is not None and process.stdout is not None
        self._process, self._pid = process, os.getpid()
        self._writer = io.BufferedWriter(cast("io.RawIOBase", process.stdin), _BUFFER)
        waiting = self._waiting = {}
        # Before there is a reader, which might see the end first and would find nobody to tell of it.
        first = self._ask("initialize", {"protocol": PROTOCOL})
        reader = threading.Thread(target=self._read, args=(process, waiting, self._last), name="attune-engine", daemon=True)
        reader.start()
        writer = self._writer
        try:
            agreed = first.get()
        except AttuneError:
            self._process, self._writer = None, None
            _close_quietly(writer)
            raise
        self.version = agreed["version"]

    def _read(self, process: subprocess.Popen[bytes], waiting: dict[int, Answer], first: int) -> None:
        assert process.stdout is not None
        try:
            with io.BufferedReader(cast("io.FileIO", process.stdout), _BUFFER) as lines:
                for line in lines:
                    _take(json.loads(line), waiting)
        except (OSError, ValueError):
            pass
        self._over(process, waiting, first)

    def _over(self, process: subprocess.Popen[bytes], waiting: dict[int, Answer], first: int) -> None:
        code = process.wait()
        # Whoever began the engine holds the lock until the first answer.
        self._give_up(waiting, code, [first])
        with self._lock:
            if self._process is process:
                writer, self._process, self._writer = self._writer, None, None
                for pipe in (writer, process.stdin):
                    if pipe is not None:
                        _close_quietly(pipe)
                if self.storage == MEMORY and code != 0:
                    self._lost = error_of("no-engine", f"{_ended(code)} What it held in memory is gone: {self._why()}")
        # What was asked while it ended is in there too: nobody writes to it any more.
        self._give_up(waiting, code, list(waiting))

    def _give_up(self, waiting: dict[int, Answer], code: int, numbers: list[int]) -> None:
        for number in numbers:
            answer = waiting.pop(number, None)
            if answer is not None:
                answer.give(None, error_of("no-engine", f"{_ended(code)} {self._why()}"))

    def _why(self) -> str:
        last = self.log().strip().rsplit("\n", 1)[-1]
        return last or "It wrote nothing; ask again, which begins another."


class _Bound:
    """One process of an engine."""

    def __init__(self, engine: Engine, process: subprocess.Popen[bytes]) -> None:
        self._engine = engine
        self._process = process

    def call(self, operation: str, given: Mapping[str, Any]) -> Any:
        """Asks, and waits for the answer."""
        return self.send(operation, given).get()

    def send(self, operation: str, given: Mapping[str, Any]) -> Answer:
        """Asks without waiting."""
        return self._engine.send_to(self._process, operation, given)


def _take(message: dict[str, Any], waiting: dict[int, Answer]) -> None:
    answer = waiting.pop(message["id"], None) if message.get("id") is not None else None
    if answer is None:
        return
    error = message.get("error")
    if error is None:
        answer.give(message.get("result"), None)
        return
    data = dict(error.get("data") or {})
    answer.give(None, error_of(str(data.pop("code", "internal")), str(error["message"]), data))


def _ended(code: int) -> str:
    return f"The engine ended by signal {-code}." if code < 0 else f"The engine ended with code {code}."


def _close_quietly(pipe: IO[bytes] | io.BufferedWriter) -> None:
    try:
        pipe.close()
    except OSError:
        pass


_ENGINES: weakref.WeakSet[Engine] = weakref.WeakSet()


def _in_child() -> None:
    for engine in list(_ENGINES):
        engine.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
