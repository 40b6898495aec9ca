"""What `Peer` needs of Optuna, which says nothing but errors from here on."""

from types import SimpleNamespace

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

PACKAGE = SimpleNamespace(
    create_trial=optuna.trial.create_trial,
    TrialState=optuna.trial.TrialState,
    FloatDistribution=optuna.distributions.FloatDistribution,
    IntDistribution=optuna.distributions.IntDistribution,
    CategoricalDistribution=optuna.distributions.CategoricalDistribution,
)
