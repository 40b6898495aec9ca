"""The version of Optuna whose calls are there."""

__version__ = "5.0.0"
