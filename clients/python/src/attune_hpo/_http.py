"""A server of studies (`attune serve`), asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import queue
import threading
import urllib.parse
import uuid
from collections.abc import Mapping
from typing import Any

from ._engine import Answer
from .errors import AttuneError, error_of

_SECONDS = 120
_TRIES = 3


class HttpEngine:
    """Speaks with a server as an engine is spoken with; the token is ATTUNE_TOKEN."""

    def __init__(self, storage: str) -> None:
        self.storage = storage
        self.version: str | None = None
        address = urllib.parse.urlsplit(storage)
        self._base = address.path.rstrip("/")
        self._secure = address.scheme == "https"
        self._host = address.netloc
        self._reset()

    def _reset(self) -> None:
        self._places: dict[str, tuple[str, str]] = {}
        #: A connection for each thread.
        self._own = threading.local()
        self._opened: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._sent: queue.SimpleQueue[tuple[str, Mapping[str, Any], Answer] | None] = queue.SimpleQueue()
        self._sender: threading.Thread | None = None
        self._pid = os.getpid()

    @property
    def pid(self) -> int | None:
        """The server is somebody else's process."""
        return None

    def call(self, operation: str, given: Mapping[str, Any]) -> Any:
        """Asks, and waits for the answer."""
        self._here()
        method, path = self._place(operation)
        left = dict(given)
        for name in [name for name in left if f"{{{name}}}" in path]:
            path = path.replace(f"{{{name}}}", urllib.parse.quote(str(left.pop(name)), safe=""))
        if method != "GET":
            return self._exchange(method, path, json.dumps(left, allow_nan=False).encode())
        query = urllib.parse.urlencode({name: _queried(value) for name, value in left.items()}, doseq=True)
        return self._exchange(method, f"{path}?{query}" if query else path, None)

    def send(self, operation: str, given: Mapping[str, Any]) -> Answer:
        """Asks without waiting; what is sent so comes in its order."""
        self._here()
        answer = Answer()
        with self._lock:
            if self._sender is None:
                self._sender = threading.Thread(target=self._send_all, args=(self._sent,), name="attune-http", daemon=True)
                self._sender.start()
        self._sent.put((operation, given, answer))
        return answer

    def bound(self) -> HttpEngine:
        """A server is somebody else's: there is no other."""
        return self

    def close(self) -> None:
        """Lets go of the connections, once all that was sent is answered."""
        sender, self._sender = self._sender, None
        if sender is not None:
            self._sent.put(None)
            sender.join()
        with self._lock:
            opened, self._opened = self._opened, []
        for connection in opened:
            connection.close()
        self._own = threading.local()

    def log(self) -> str:
        """The server's log is the server's."""
        return ""

    def _here(self) -> None:
        """A process that was forked has connections of its own."""
        if self._pid != os.getpid():
            self._reset()

    def _send_all(self, sent: queue.SimpleQueue[tuple[str, Mapping[str, Any], Answer] | None]) -> None:
        while True:
            asked = sent.get()
            if asked is None:
                return
            operation, given, answer = asked
            try:
                answer.give(self.call(operation, given), None)
            except AttuneError as error:
                answer.give(None, error)

    def _place(self, operation: str) -> tuple[str, str]:
        if not self._places:
            told = self._exchange("GET", "/openapi.json", None)
            self.version = str(told["info"]["version"])
            for path, methods in told["paths"].items():
                for method, one in methods.items():
                    self._places[str(one.get("operationId"))] = (method.upper(), path)
        place = self._places.get(operation)
        if place is not None:
            return place
        message = f"The server {self.storage} (Attune {self.version}) has no operation {operation}: it is older than this client; update it."
        raise error_of("unsupported", message)

    def _exchange(self, method: str, path: str, body: bytes | None) -> Any:
        headers = {"Accept": "application/json"}
        token = os.environ.get("ATTUNE_TOKEN")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            # A repetition after a connection that broke is done once.
            headers.update({"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex})
        for attempt in range(_TRIES):
            try:
                connection = self._connection()
                connection.request(method, f"{self._base}/v1{path}", body, headers)
                response = connection.getresponse()
                return self._read(response.status, response.read())
            except (OSError, http.client.HTTPException) as error:
                if isinstance(error, AttuneError):
                    raise
                self._own.connection = None
                if attempt == _TRIES - 1:
                    message = f"The server {self.storage} cannot be reached ({error or type(error).__name__}); look whether attune serve runs there."
                    raise error_of("storage-network", message) from error
        raise AssertionError("not reached")

    def _connection(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            connection = self._own.connection = kind(self._host, timeout=_SECONDS)
            with self._lock:
                self._opened.append(connection)
        return connection

    def _read(self, status: int, body: bytes) -> Any:
        try:
            told = json.loads(body)
        except ValueError:
            raise error_of("storage-network", f"{self.storage} answered with {status} and no JSON; is it attune serve?") from None
        if status < 400:
            return told
        hint = "" if status != 401 or os.environ.get("ATTUNE_TOKEN") else " Set ATTUNE_TOKEN."
        raise error_of(str(told.get("code", "internal")), f"{told.get('detail', told)}{hint}", told.get("data"))


def _queried(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
