"""Reads a program's options off the parser it builds itself (Python 3.8 and later, no packages needed)."""
import os
import sys


def begin(report):
    """Refuses effects from here on, and waits for the parsers that are known."""
    from . import from_argparse, guard, on_import, report as reports

    reports.begin(report)
    guard.begin(os.path.dirname(report))
    from_argparse.install()
    on_import.install(
        {
            "optparse": ("from_optparse", "install"),
            "click.core": ("from_click", "install"),
            "asyncclick.core": ("from_click", "install"),
            "typer._click.core": ("from_click", "install"),
            "fire.core": ("from_fire", "install"),
            "absl.flags._flagvalues": ("from_absl", "install"),
        }
    )


def asks(words):
    """Whether the question for help is among the words: only then does the program's own command line stand before us."""
    return os.environ.get("ATTUNE_PROBE_ASKS", "--help") in words


def without_question(words):
    question = os.environ.get("ATTUNE_PROBE_ASKS", "--help")
    return [word for word in words if word != question]


def own_words():
    return list(sys.argv[1:])
