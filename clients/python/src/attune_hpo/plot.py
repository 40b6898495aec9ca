"""Figures of a study, drawn by the engine as SVG, in light and dark."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .errors import error_of

#: As the system prefers, unless the notebook says what it is (Jupyter, VS Code, Colab). What takes styles away shows the light one.
_STYLE = (
    "<style>@media(prefers-color-scheme:dark){.attune-light{display:none!important}.attune-dark{display:block!important}}"
    ":is([data-jp-theme-light=true],.vscode-light,[theme=light]) .attune-light{display:block!important}"
    ":is([data-jp-theme-light=true],.vscode-light,[theme=light]) .attune-dark{display:none!important}"
    ":is([data-jp-theme-light=false],.vscode-dark,[theme=dark]) .attune-light{display:none!important}"
    ":is([data-jp-theme-light=false],.vscode-dark,[theme=dark]) .attune-dark{display:block!important}</style>"
)


@dataclass(frozen=True)
class Figure:
    """One figure; a notebook shows it."""

    name: str
    title: str
    #: What it says, or while there is nothing to draw, what will appear and when.
    sentence: str
    #: Whether there is nothing to draw yet.
    empty: bool
    light: str
    dark: str

    def _repr_html_(self) -> str:
        return f'{_STYLE}<div class="attune-light">{self.light}</div><div class="attune-dark" style="display:none">{self.dark}</div>'

    def _repr_svg_(self) -> str:
        return self.light

    def save(self, path: str | os.PathLike[str], theme: str = "light") -> None:
        """Writes the SVG."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.dark if theme == "dark" else self.light)


class Plots:
    """`study.plot.history()`, `study.plot.importance()` and the others that `dir(study.plot)` lists."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask

    def __repr__(self) -> str:
        return f"Plots({', '.join(self.__dir__())})"

    def __dir__(self) -> Iterable[str]:
        return sorted(str(one["name"]).replace("-", "_") for one in self._ask("figures")["figures"])

    def __getattr__(self, name: str) -> Callable[..., Figure]:
        if name.startswith("_"):
            raise AttributeError(name)
        known = list(self.__dir__())
        if name not in known:
            raise error_of("invalid-argument", f"There is no figure {name}; there are {', '.join(known)}.")
        return lambda **options: self.draw(name, **options)

    def draw(self, name: str, **options: Any) -> Figure:
        """A figure by its name; options: `metric`, `points`, `parameters`, `width`, `height`."""
        told = {
            theme: self._ask("figureSvg", figure=name.replace("_", "-"), theme=theme, **options) for theme in ("light", "dark")
        }
        light = told["light"]
        return Figure(name, light["title"], light["sentence"], light["empty"], light["svg"], told["dark"]["svg"])


def study_html(name: str, line: str, figures: Iterable[Figure]) -> str:
    """What a notebook shows of a study: its name, how it is getting on, and figures that have something to show."""
    shown = "".join(figure._repr_html_() for figure in figures if not figure.empty)
    return f"<div><b>{html.escape(name)}</b> {html.escape(line)}</div>{shown}"
