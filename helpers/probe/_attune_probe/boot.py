"""Runs a program with the watch in place where PYTHONPATH is not read (`python -I`, `-E`, `-S`): boot.py KIND TARGET WORDS..."""
import os
import runpy
import sys


def main(kind, target, words):
    if sys.version_info >= (3, 8):
        from _attune_probe import begin

        begin(os.environ["ATTUNE_PROBE"])
    sys.argv = [target if kind == "script" else "-" + kind[0]] + words
    if kind == "script":
        runpy.run_path(target, run_name="__main__")
    elif kind == "module":
        runpy.run_module(target, run_name="__main__", alter_sys=True)
    else:
        exec(compile(target, "<string>", "exec"), {"__name__": "__main__"})
