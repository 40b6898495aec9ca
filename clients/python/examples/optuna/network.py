"""A network of as many layers as the trial says, in numpy; then the best one once more."""

import json

import numpy as np
import optuna


def data(seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, (200, 2))
    return x, (x[:, 0] * x[:, 1] > 0).astype(float)[:, None]


def objective(trial):
    x, y = data(0)
    rng = np.random.default_rng(1)
    sizes = [2]
    for layer in range(trial.suggest_int("n_layers", 1, 2)):
        sizes.append(trial.suggest_int(f"n_units_l{layer}", 4, 32, log=True))
    rate = trial.suggest_float("lr", 1e-2, 2.0, log=True)
    weights = [rng.normal(0, 1 / np.sqrt(a), (a, b)) for a, b in zip(sizes, [*sizes[1:], 1])]
    loss = 1.0
    for epoch in range(40):
        layers = [x]
        for weight in weights:
            layers.append(np.tanh(layers[-1] @ weight))
        error = layers[-1] - (2 * y - 1)
        loss = float(np.mean(error**2))
        back = 2 * error / len(x)
        for place in reversed(range(len(weights))):
            back = back * (1 - layers[place + 1] ** 2)
            step, back = layers[place].T @ back, back @ weights[place].T
            weights[place] = weights[place] - rate * step
        if epoch % 10 == 9:
            trial.report(loss, epoch)
            if trial.should_prune():
                raise optuna.exceptions.TrialPruned()
    return loss


if __name__ == "__main__":
    study = optuna.create_study(direction="minimize", sampler=optuna.samplers.TPESampler(seed=4))
    study.optimize(objective, n_trials=25, timeout=600)

    best = study.best_trial
    again = objective(optuna.trial.FixedTrial(best.params))
    frozen = objective(best)
    names = {name for trial in study.trials for name in trial.params}
    conditional = all(
        len([name for name in trial.params if name.startswith("n_units")]) == trial.params["n_layers"] for trial in study.trials
    )
    same = {"again": again == best.value == frozen, "names": sorted(names), "conditional": conditional}
    print(json.dumps({"same": same, "found": best.value}))
