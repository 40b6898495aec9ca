"""Figures under Optuna's names: drawn by Attune, as SVG in light and dark."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..plot import Figure as _Drawn
from ..plot import Plots
from ._absent import absent, refusing
from ._domain import written_name
from ._metric import metric_of

if TYPE_CHECKING:
    from ._frozen import FrozenTrial
    from .study import Study

Target = Callable[["FrozenTrial"], float]


class Figure:
    """One figure; a notebook shows it, `write_html` and `write_image` keep it."""

    def __init__(self, drawn: _Drawn) -> None:
        self._drawn = drawn

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._drawn.sentence

    def _repr_html_(self) -> str:
        return self._drawn._repr_html_()

    def show(self, *_: Any, **__: Any) -> None:
        """In a notebook shows it; else writes it into a file of the system's folder for such, and says where."""
        shell = sys.modules.get("IPython")
        if shell is not None and shell.get_ipython() is not None:
            shell.display.display(self)
            return
        handle, path = tempfile.mkstemp(prefix=f"attune-{self._drawn.name}-", suffix=".html")
        os.close(handle)
        self.write_html(path)
        print(f"attune: {self._drawn.title}: {path}", file=sys.stderr)

    def write_html(self, file: str | os.PathLike[str], *_: Any, **__: Any) -> None:
        """A page of its own, which needs nothing else."""
        with open(file, "w", encoding="utf-8") as page:
            page.write(f"<!doctype html><meta charset=utf-8><title>{self._drawn.title}</title>{self._repr_html_()}")

    def write_image(self, file: str | os.PathLike[str], *_: Any, **__: Any) -> None:
        """As SVG."""
        path = os.fspath(file)
        if not path.endswith(".svg"):
            raise absent(f"write_image({path!r})", f"write .svg here, or run `attune-hpo plot {self._drawn.name} STUDY -o {path}`")
        self._drawn.save(path)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise absent(f"The figure's {name}", "figures are Attune's, not of plotly: show(), write_html and write_image to .svg are there")


def is_available() -> bool:
    """True: the engine draws."""
    return True


def _drawn(study: Study, name: str, target: Target | None = None, params: Sequence[str] | None = None) -> Figure:
    options: dict[str, Any] = {}
    if target is not None:
        options["metric"] = metric_of(study, target)
    if params is not None:
        options["parameters"] = [written_name(one) for one in params]
    return Figure(Plots(study._book._call).draw(name, **options))


def plot_optimization_history(study: Study, *, target: Target | None = None, target_name: str = "", error_bar: bool = False) -> Figure:
    """Each trial's value and the best so far."""
    return _drawn(study, "history", target)


def plot_param_importances(
    study: Study, evaluator: Any = None, params: list[str] | None = None, *, target: Target | None = None, target_name: str = ""
) -> Figure:
    """How much each parameter matters."""
    return _drawn(study, "importance", target)


def plot_slice(study: Study, params: list[str] | None = None, *, target: Target | None = None, target_name: str = "") -> Figure:
    """The value over each parameter; of all of them."""
    return _drawn(study, "slice", target)


def plot_contour(study: Study, params: list[str] | None = None, *, target: Target | None = None, target_name: str = "") -> Figure:
    """The value over two parameters; those that decide most where they are not named."""
    return _drawn(study, "contour", target, _pair("plot_contour", params))


def plot_rank(study: Study, params: list[str] | None = None, *, target: Target | None = None, target_name: str = "") -> Figure:
    """Ranks over two parameters."""
    return _drawn(study, "rank", target, _pair("plot_rank", params))


def plot_parallel_coordinate(study: Study, params: list[str] | None = None, *, target: Target | None = None, target_name: str = "") -> Figure:
    """Each trial as a line over all parameters."""
    return _drawn(study, "parallel", target)


def plot_edf(study: Study, *, target: Target | None = None, target_name: str = "") -> Figure:
    """How the values are distributed."""
    if not hasattr(study, "_book"):
        raise absent("plot_edf of several studies", "give one study")
    return _drawn(study, "distribution", target)


def plot_intermediate_values(study: Study) -> Figure:
    """Learning curves."""
    return _drawn(study, "curves")


def plot_timeline(study: Study, n_recent_trials: int | None = None) -> Figure:
    """When each trial ran."""
    return _drawn(study, "timeline")


def plot_pareto_front(study: Study, **_: Any) -> Figure:
    """What no other trial beats in everything."""
    return _drawn(study, "front")


def plot_hypervolume_history(study: Study, reference_point: Sequence[float] | None = None) -> Figure:
    """How the front grew; measured from the worst values seen."""
    return _drawn(study, "hypervolume")


def _pair(what: str, params: list[str] | None) -> list[str] | None:
    if params is not None and len(params) != 2:
        raise absent(f"{what} of {len(params)} parameters", "give two")
    return params


__getattr__ = refusing(
    "optuna.visualization",
    {"matplotlib": "figures are drawn by Attune: optuna.visualization.plot_optimization_history(study).write_image('history.svg')"},
    "there are plot_optimization_history, plot_param_importances, plot_slice, plot_contour, plot_rank, plot_parallel_coordinate, plot_edf, "
    "plot_intermediate_values, plot_timeline, plot_pareto_front and plot_hypervolume_history",
)
