"""Writes optuna.json: log densities of Optuna's Parzen estimator, to compare ours with. Run: python make-golden.py (Optuna 5.0.0)."""
import json, os
import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe import parzen_estimator as pe
from optuna.samplers._tpe.sampler import default_weights

space = {"x": FloatDistribution(0, 1), "k": IntDistribution(1, 200), "c": CategoricalDistribution(["a", "b", "d"])}
rng = np.random.RandomState(3)
cases = []
for n in (0, 1, 2, 7, 26, 27, 60, 150):
    obs = {"x": rng.rand(n), "k": 1.0 + rng.permutation(200)[:n], "c": rng.randint(0, 3, n).astype(float)}
    parameters = pe._ParzenEstimatorParameters(
        prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights,
        multivariate=True,
    )
    estimator = pe._ParzenEstimator(obs, space, parameters)
    points = {"x": rng.rand(12), "k": rng.randint(1, 201, 12).astype(float), "c": rng.randint(0, 3, 12).astype(float)}
    log = estimator.log_pdf(points)
    row = lambda d: [[float(a), float(b), float(c)] for a, b, c in zip(d["x"], d["k"], d["c"])]
    cases.append({"observations": row(obs), "points": row(points), "log": [float(v) for v in log]})
out = {"source": f"Optuna {optuna.__version__}, _ParzenEstimator over x in [0, 1], k in 1..200 without ties (among ties its bandwidths depend on the sort), c of 3", "cases": cases}
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optuna.json"), "w"))
