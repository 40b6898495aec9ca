"""Trains 200 configurations of each task once and keeps every learning curve.

usage: python train.py FOLDER [TASK ...]      (scikit-learn 1.9.1, torch 2.13.0, pillow)

FOLDER/TASK.jsonl gets a line per configuration as it ends; lines already there are kept, so the run can be stopped and
started again. `pack.ts` makes the table of the repository from them. Tasks marked "dev" are for tuning, the others are reported on.
"""
import json
import math
import os
import pathlib
import sys
import warnings

import numpy as np
import torch
from sklearn import datasets
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

EPOCHS = 81
CONFIGURATIONS = 200
warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def split(x, y, share, stratify=True):
    """Standardised training and validation parts."""
    a, b, ya, yb = train_test_split(x, y, test_size=share, random_state=0, stratify=y if stratify else None)
    scale = StandardScaler().fit(a)
    return scale.transform(a), ya, scale.transform(b), yb


def table(load, share=0.4):
    data = load()
    return split(data.data, data.target, share)


def diabetes():
    data = datasets.load_diabetes()
    a, ya, b, yb = split(data.data, data.target, 0.4, False)
    return a, (ya - ya.mean()) / ya.std(), b, (yb - ya.mean()) / ya.std()


def friedman():
    x, y = datasets.make_friedman1(500, 10, noise=1.5, random_state=1)
    a, ya, b, yb = split(x, y, 0.4, False)
    return a, (ya - ya.mean()) / ya.std(), b, (yb - ya.mean()) / ya.std()


def images(x, y, share):
    a, ya, b, yb = split(x.reshape(len(x), -1), y, share)
    shape = x.shape[1:]
    return a.reshape(-1, *shape), ya, b.reshape(-1, *shape), yb


def digits():
    data = datasets.load_digits()
    return images(data.images[:, None], data.target, 2 / 3)


def patches():
    """Which of the two photographs that ship with scikit-learn, and which half of it, a grey patch of 8 x 8 comes from."""
    rng = np.random.default_rng(0)
    x, y = [], []
    for photograph, name in enumerate(["china.jpg", "flower.jpg"]):
        grey = datasets.load_sample_image(name).mean(axis=2) / 255
        for _ in range(600):
            i, j = rng.integers(grey.shape[0] - 8), rng.integers(grey.shape[1] - 8)
            x.append(grey[i:i + 8, j:j + 8])
            y.append(2 * photograph + int(i >= grey.shape[0] // 2))
    return images(np.array(x)[:, None], np.array(y), 0.5)


def stripes():
    """Noisy gratings of six directions, 8 x 8 (for tuning)."""
    rng = np.random.default_rng(2)
    grid = np.stack(np.meshgrid(np.arange(8), np.arange(8)))
    y = rng.integers(6, size=1200)
    angle = y * math.pi / 6 + rng.normal(0, 0.12, 1200)
    wave = np.sin((np.cos(angle)[:, None, None] * grid[0] + np.sin(angle)[:, None, None] * grid[1]) * 1.3 + rng.uniform(0, 6.3, (1200, 1, 1)))
    return images((wave + rng.normal(0, 1.2, wave.shape))[:, None], y, 0.5)


def log_uniform(rng, low, high):
    return float(math.exp(rng.uniform(math.log(low), math.log(high))))


def scores(probabilities, y, classes):
    """Log loss and share of errors."""
    if not np.all(np.isfinite(probabilities)):
        return [math.nan, math.nan]
    taken = np.clip(probabilities[np.arange(len(y)), np.searchsorted(classes, y)], 1e-15, 1)
    return [float(-np.log(taken).mean()), float((classes[probabilities.argmax(1)] != y).mean())]


def diverged(fault):
    """True of scikit-learn's words for numbers that are too large."""
    return any(word in str(fault) for word in ("NaN", "infinity", "non-finite", "too large"))


def partial_fit_classifier(rng, data):
    a, ya, b, yb = data
    classes = np.unique(ya)
    rate, alpha = log_uniform(rng, 1e-5, 0.3), log_uniform(rng, 1e-7, 1e-1)
    if rng.random() < 0.4:
        schedule = str(rng.choice(["constant", "invscaling", "optimal"]))
        model = SGDClassifier(loss="log_loss", learning_rate=schedule, eta0=rate, alpha=alpha, random_state=0)
        said = {"model": "sgd", "rate": rate, "alpha": alpha, "schedule": schedule}
    else:
        width, solver, batch = int(2 ** rng.uniform(2, 6)), str(rng.choice(["sgd", "adam"])), int(2 ** rng.integers(4, 8))
        model = MLPClassifier(hidden_layer_sizes=(width,), solver=solver, learning_rate_init=rate, alpha=alpha, batch_size=min(batch, len(a)), random_state=0)
        said = {"model": "mlp", "rate": rate, "alpha": alpha, "width": width, "solver": solver, "batch": batch}
    curve = []
    for _ in range(EPOCHS):
        order = rng.permutation(len(a))
        try:
            model.partial_fit(a[order], ya[order], classes=classes)
            curve.append(scores(model.predict_proba(b), yb, classes))
        except ValueError as fault:
            if not diverged(fault):
                raise
            curve.append([math.nan, math.nan])
    return said, curve


def partial_fit_regressor(rng, data):
    a, ya, b, yb = data
    rate, alpha = log_uniform(rng, 1e-5, 0.1), log_uniform(rng, 1e-7, 10)
    width, solver, batch = int(2 ** rng.uniform(2, 7)), str(rng.choice(["sgd", "adam"])), int(2 ** rng.integers(4, 8))
    activation = str(rng.choice(["relu", "tanh", "logistic"]))
    model = MLPRegressor(hidden_layer_sizes=(width,), activation=activation, solver=solver, learning_rate_init=rate, alpha=alpha, batch_size=batch, random_state=0)
    curve = []
    for _ in range(EPOCHS):
        order = rng.permutation(len(a))
        try:
            model.partial_fit(a[order], ya[order])
            error = float(np.sqrt(((model.predict(b) - yb) ** 2).mean()))
        except ValueError as fault:
            if not diverged(fault):
                raise
            error = math.nan
        curve.append([error if math.isfinite(error) else math.nan])
    return {"rate": rate, "alpha": alpha, "width": width, "solver": solver, "batch": batch, "activation": activation}, curve


def network(rng, shape, classes):
    dropout = float(rng.choice([0, rng.uniform(0, 0.6)]))
    if len(shape) == 1:
        width, depth = int(2 ** rng.uniform(3, 7)), int(rng.integers(1, 4))
        layers, wide = [], shape[0]
        for _ in range(depth):
            layers += [torch.nn.Linear(wide, width), torch.nn.ReLU(), torch.nn.Dropout(dropout)]
            wide = width
        return torch.nn.Sequential(*layers, torch.nn.Linear(wide, classes)), {"width": width, "depth": depth, "dropout": dropout}
    channels, norm = int(2 ** rng.uniform(1.6, 3.4)), bool(rng.random() < 0.5)
    block = [torch.nn.Conv2d(1, channels, 3), *([torch.nn.BatchNorm2d(channels)] if norm else []), torch.nn.ReLU(), torch.nn.MaxPool2d(2)]
    tail = [torch.nn.Flatten(), torch.nn.Dropout(dropout), torch.nn.Linear(channels * 9, classes)]
    return torch.nn.Sequential(*block, *tail), {"channels": channels, "norm": norm, "dropout": dropout}


def torch_network(rng, data):
    a, ya, b, yb = data
    classes = np.unique(ya)
    torch.manual_seed(int(rng.integers(2**31)))
    model, said = network(rng, a.shape[1:], len(classes))
    rate, decay, batch = log_uniform(rng, 1e-4, 1), log_uniform(rng, 1e-6, 1e-1), int(2 ** rng.integers(5 if a.ndim == 2 else 6, 9))
    kind, schedule = str(rng.choice(["sgd", "adam"])), str(rng.choice(["constant", "cosine", "steps", "exponential"]))
    momentum = float(rng.uniform(0, 0.98))
    rate = rate if kind == "sgd" else rate / 10
    optimizer = (torch.optim.SGD(model.parameters(), rate, momentum, weight_decay=decay) if kind == "sgd"
                 else torch.optim.AdamW(model.parameters(), rate, weight_decay=decay))
    plan = {"constant": None, "cosine": torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS),
            "steps": torch.optim.lr_scheduler.MultiStepLR(optimizer, [EPOCHS // 2, EPOCHS * 3 // 4]),
            "exponential": torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.95)}[schedule]
    x, y, held = (torch.tensor(a, dtype=torch.float32), torch.tensor(np.searchsorted(classes, ya)), torch.tensor(b, dtype=torch.float32))
    curve = []
    for _ in range(EPOCHS):
        model.train()
        order = torch.randperm(len(x))
        for i in range(0, len(x), batch):
            chosen = order[i:i + batch]
            if len(chosen) < 2:
                continue
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimizer.step()
        if plan is not None:
            plan.step()
        model.eval()
        with torch.no_grad():
            curve.append(scores(torch.softmax(model(held), 1).double().numpy(), yb, classes))
    said |= {"rate": rate, "decay": decay, "batch": batch, "optimizer": kind, "schedule": schedule, "momentum": momentum}
    return said, curve


TASKS = {
    "dev-iris": (lambda: table(datasets.load_iris, 0.5), torch_network),
    "dev-friedman": (friedman, partial_fit_regressor),
    "dev-stripes": (stripes, torch_network),
    "wine": (lambda: table(datasets.load_wine, 0.5), partial_fit_classifier),
    "cancer": (lambda: table(datasets.load_breast_cancer), torch_network),
    "diabetes": (diabetes, partial_fit_regressor),
    "digits": (digits, torch_network),
    "patches": (patches, torch_network),
}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for place, (name, (load, train)) in enumerate(TASKS.items()):
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        path, data = folder / f"{name}.jsonl", load()
        done = len(path.read_text().splitlines()) if path.exists() else 0
        for number in range(done, CONFIGURATIONS):
            said, curve = train(np.random.default_rng([place, number]), data)
            line = json.dumps({"configuration": said, "curve": [[None if math.isnan(v) else v for v in row] for row in curve]})
            with path.open("a") as file:
                file.write(line + "\n")
                file.flush()
                os.fsync(file.fileno())
        print(name, "done", flush=True)


main()
