"""The page that shows studies in a browser."""

from __future__ import annotations

import html
import json
import os
import sys
import tempfile
import weakref
from typing import TYPE_CHECKING, Any

from ._engine import MEMORY
from ._node import engine_script, find_node
from .errors import error_of

if TYPE_CHECKING:
    import subprocess

#: What hands the process that serves the page what is to be shown: see the engine's page-request.ts.
_REQUEST = "ATTUNE_PAGE_REQUEST"
_PORT = 8778


class Page:
    """
    A page that a process of its own serves, which slows nothing here. Left alone it ends a minute after this process did, or after the last
    look at it.
    """

    def __init__(self, address: str, link: str, process: subprocess.Popen[bytes] | None) -> None:
        #: Where it is.
        self.address = address
        #: The same with a code that lets a browser in, once.
        self.link = link
        self._process = process

    def __repr__(self) -> str:
        return f"Page({self.link!r})"

    def _repr_html_(self) -> str:
        return f'<a href="{html.escape(self.link)}" target="_blank" rel="noopener">{html.escape(self.address)}</a>'

    def close(self) -> None:
        """Ends it. A server's own page goes on."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.wait()


def show_page(storage: str, study: str, open_browser: bool) -> Page:
    """The page of a study. AttuneError `invalid-argument` for one in memory, and where it cannot be served."""
    if storage == MEMORY:
        raise error_of("invalid-argument", "A study in memory is seen by its own process alone; keep it in a file to show its page.")
    of_server = storage.startswith(("http://", "https://"))
    page = _of_server(storage.rstrip("/"), study, open_browser) if of_server else _served(storage, study, open_browser)
    # As a run does: standard output is the program's own.
    sys.stderr.write(f"attune: {study} in a browser: {page.link}\n")
    sys.stderr.flush()
    return page


def _of_server(address: str, study: str, open_browser: bool) -> Page:
    from urllib.parse import quote

    page = Page(address, f"{address}/#/studies/{quote(study, safe='')}", None)
    if open_browser:
        import webbrowser

        webbrowser.open(page.link)
    return page


def _served(storage: str, study: str, open_browser: bool) -> Page:
    import subprocess

    asked = {"location": os.path.abspath(storage), "study": study, "open": open_browser, "port": _PORT}
    command = [find_node(), engine_script(), "ui"]
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env={**os.environ, _REQUEST: json.dumps(asked)},
                # A session of its own: Ctrl-C ends this program, not what is being looked at.
                start_new_session=True,
            )
        except OSError as error:
            raise error_of("no-engine", f"The page could not be served ({command[0]}): {error}.") from error
        assert process.stdout is not None
        with process.stdout:
            line = process.stdout.readline()
        if not line:
            process.wait()
            said.seek(0)
            why = said.read().decode("utf-8", "replace").strip().removeprefix("attune: ")
            raise error_of("invalid-argument", f"The page could not be served: {why}")
    told: dict[str, Any] = json.loads(line)
    page = Page(told["address"], told["link"], process)
    weakref.finalize(page, _leave, process)
    return page


def _leave(process: subprocess.Popen[bytes]) -> None:
    # It is meant to go on; without a code Python would warn that it still runs.
    if process.returncode is None:
        process.returncode = 0
