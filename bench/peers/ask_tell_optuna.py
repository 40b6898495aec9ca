"""Times COUNT ask+tell pairs of Optuna with RandomSampler. Words: sqlite|journal FILE COUNT; prints {"seconds", "version"}."""

import json
import sys
import time

import optuna
from optuna.storages import JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.WARNING)
kind, file, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
storage = RDBStorage(f"sqlite:///{file}") if kind == "sqlite" else JournalStorage(JournalFileBackend(file))
study = optuna.create_study(
    study_name="bench", storage=storage, sampler=optuna.samplers.RandomSampler(seed=1), direction="minimize"
)
begin = time.perf_counter()
for _ in range(count):
    trial = study.ask()
    lr = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    momentum = trial.suggest_float("momentum", 0, 1)
    trial.suggest_int("layers", 1, 6)
    trial.suggest_int("units", 16, 512, log=True)
    trial.suggest_categorical("optimizer", ["adam", "sgd", "rmsprop"])
    study.tell(trial, lr + momentum)
seconds = time.perf_counter() - begin
assert len(study.get_trials(deepcopy=False)) == count
print(json.dumps({"seconds": seconds, "version": optuna.__version__}))
