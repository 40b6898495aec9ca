"""How a run is getting on: one line, in a terminal or a notebook."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

_EVERY_SECONDS = 0.2


class Progress:
    """Told of a run's events; writes at most five times a second."""

    def __init__(self, metrics: tuple[str, ...], limit: int | None, show: bool | None, best_before: Callable[[], Any] = lambda: None) -> None:
        """`best_before` tells the best value of earlier runs, and is asked where there were any."""
        self._metrics = metrics
        self._best_before = best_before
        self._limit = limit
        self._begun = time.monotonic()
        self._written = float("-inf")
        self._before = 0
        self._ended = 0
        self._failed = 0
        self._best: Any = None
        self._notebook = _notebook()
        self._display: Any = None
        self._shows = show if show is not None else self._notebook or sys.stderr.isatty()

    def __call__(self, event: Mapping[str, Any]) -> None:
        """What happened."""
        kind = event["type"]
        if kind == "resumed":
            self._before = event["trialsSpent"]
            if self._shows and self._before > 0:
                self._best = self._best_before()
        elif kind == "finished":
            self._ended += 1
            self._failed += event["state"] == "failed"
            if event["best"] and len(self._metrics) == 1:
                self._best = event["values"].get(self._metrics[0])
        elif kind == "notice":
            self._say(f"attune: {event['text']}")
            return
        if self._shows and (kind == "over" or time.monotonic() - self._written >= _EVERY_SECONDS):
            self._write(self.line, over=kind == "over")

    @property
    def line(self) -> str:
        """Trials, the best value, how fast, and how long yet."""
        done, spent = self._before + self._ended, time.monotonic() - self._begun
        parts = [f"{done}/{self._limit} trials" if self._limit is not None else f"{done} trials"]
        if self._failed:
            parts.append(f"{self._failed} failed")
        if self._best is not None:
            parts.append(f"best {self._metrics[0]} {self._best:.6g}" if not isinstance(self._best, str) else f"best {self._best}")
        if self._ended and spent > 0:
            rate = self._ended / spent
            parts.append(f"{rate:.3g}/s" if rate >= 1 else f"{1 / rate:.3g} s each")
            if self._limit is not None and self._limit > done:
                parts.append(f"{_clock((self._limit - done) / rate)} left")
        return ", ".join(parts)

    def _write(self, line: str, over: bool) -> None:
        self._written = time.monotonic()
        if self._notebook:
            shows = importlib.import_module("IPython.display")
            shown = shows.HTML(f"<code>{line}</code>")
            if self._display is None:
                self._display = shows.display(shown, display_id=True)
            else:
                self._display.update(shown)
            return
        sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if over else ""))
        sys.stderr.flush()

    def _say(self, text: str) -> None:
        start = "\r\x1b[K" if self._shows and not self._notebook else ""
        print(f"{start}{text}", file=sys.stderr)


def _notebook() -> bool:
    shell = sys.modules.get("IPython")
    return shell is not None and "IPKernelApp" in getattr(shell.get_ipython(), "config", {})


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
