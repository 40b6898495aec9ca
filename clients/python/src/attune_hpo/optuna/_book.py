"""A study of the engine as Optuna's code sees it: its trials as records, and what is asked and told of them."""

from __future__ import annotations

import datetime
import json
import math
import re
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from .._engine import Answer
from .._plain import decoded, plain
from .._plain import number as encode
from ..errors import AttuneError
from ._domain import read_domain, read_name, read_value, widened, written_domain, written_name, written_value
from ._frozen import FrozenTrial
from ._states import STATE_OF, StudyDirection, TrialState
from .distributions import BaseDistribution, check_distribution_compatibility, distribution_to_json, json_to_distribution
from .storages import BaseStorage

_PAGE = 500
_YEAR = 31_536_000
USER, SYSTEM, GIVEN = "optuna.user.", "optuna.system.", "optuna.given."
TOKEN = "optuna.token"

Component = Mapping[str, Any]


class Book:
    """One for a study, storage and process."""

    def __init__(self, storage: BaseStorage, record: Mapping[str, Any]) -> None:
        self.name: str = record["name"]
        self.storage = storage
        self.alone = storage.location is None
        self.metrics = [str(metric["name"]) for metric in record["metrics"]]
        self.directions = [StudyDirection[str(metric["direction"]).upper()] for metric in record["metrics"]]
        self.lock = threading.RLock()
        self.user_attrs: dict[str, Any] = {}
        self.system_attrs: dict[str, Any] = {}
        self.kinds: dict[str, BaseDistribution] = {}
        self._limits = set(record["limits"])
        self._settings = {part: _normal(record[part]["name"], record[part]["options"]) for part in ("sampler", "scheduler")}
        self._trials: list[FrozenTrial] = []
        self._tokens: dict[int, str] = {}
        self._sent: dict[int, list[Answer]] = {}
        self._read_attributes()

    # What it is made of.

    def configure(self, sampler: Component | None, scheduler: Component) -> None:
        """Has the engine go by these from the next trial on."""
        wanted = {"scheduler": _normal_given(scheduler), **({} if sampler is None else {"sampler": _normal_given(sampler)})}
        with self.lock:
            changed = {part: one for part, one in wanted.items() if self._settings[part] != one}
            if changed:
                self._call_create(**{part: {"name": name, **options} for part, (name, options) in changed.items()})
                self._settings.update(changed)

    def require_limits(self, names: Sequence[str]) -> None:
        """Has the engine keep these results at or below 0."""
        with self.lock:
            missing = {f"{name} <= 0" for name in names} - self._limits
            if missing:
                self._limits |= missing
                self._call_create(limits=sorted(self._limits))

    def _call_create(self, **given: Any) -> None:
        self.storage.call("createStudy", name=self.name, **given)

    def _call(self, operation: str, **given: Any) -> Any:
        return self.storage.call(operation, study=self.name, **given)

    def _send(self, trial: int, operation: str, given: dict[str, Any]) -> Answer:
        answer = self.storage.connection.engine.send(operation, {"study": self.name, "trial": trial, **given})
        self._sent.setdefault(trial, []).append(answer)
        return answer

    # Trials as records.

    def trials(self) -> list[FrozenTrial]:
        """All of them, by number; the records themselves."""
        with self.lock:
            if not self.alone:
                self._refresh()
            return list(self._trials)

    def known(self) -> list[FrozenTrial]:
        """Those that were read so far, and those that run here; the records themselves."""
        with self.lock:
            return list(self._trials)

    def record(self, number: int) -> FrozenTrial:
        """ValueError where there is none."""
        with self.lock:
            if number >= len(self._trials) or number < 0:
                self._refresh()
            if not 0 <= number < len(self._trials):
                has = f"trials 0 to {len(self._trials) - 1}" if self._trials else "none yet"
                raise ValueError(f"The study {self.name!r} has no trial {number}; it has {has}.")
            return self._trials[number]

    def _refresh(self) -> None:
        """Reads what is new since the first trial that had not come to its end."""
        open_ones = (trial.number for trial in self._trials if not trial.state.is_finished() and trial.number not in self._tokens)
        first = min(open_ones, default=len(self._trials))
        after = None if first == 0 else first - 1
        while True:
            page = self._call("export", after=after, limit=_PAGE, whole=True)
            for told in page["trials"]:
                self._keep(record_of(told, self.metrics))
            after = page["next"]
            if after is None:
                return

    def _keep(self, record: FrozenTrial) -> None:
        number = record.number
        if number in self._tokens and number < len(self._trials):
            return  # It runs here, and is known best here.
        if number == len(self._trials):
            self._trials.append(record)
        elif number < len(self._trials):
            if not self._trials[number].state.is_finished():
                self._trials[number] = record
        for name, dist in record.distributions.items():
            self.kinds.setdefault(name, dist)

    # Trials as they run.

    def ask(self, by_hand: bool) -> FrozenTrial:
        """The next trial; `by_hand`: it stays open when this process ends, for another one to tell."""
        expires = _YEAR if by_hand and not self.alone else None
        told = self._call("ask", wait=0, expires=expires)
        number, token = int(told["number"]), str(told["token"])
        with self.lock:
            if number > len(self._trials):
                self._refresh()
            waiting = self._trials[number] if number < len(self._trials) else None
            record = FrozenTrial(
                number, TrialState.RUNNING, None, datetime.datetime.now(), None, {}, {}, {}, {}, {}, number, values=None
            )
            if waiting is not None:
                record.user_attrs.update(waiting.user_attrs)
                record.system_attrs.update(waiting.system_attrs)
                self._trials[number] = record
            else:
                self._trials.append(record)
            self._tokens[number] = token
        if expires is not None and "://" not in str(self.storage.location):
            self._send(number, "setAttribute", {"key": TOKEN, "value": token})
        return record

    def define(self, record: FrozenTrial, name: str, dist: BaseDistribution, *chosen: Any) -> Any:
        """The value of a parameter: the one that was chosen, else the sampler's."""
        with self.lock:
            known = self.kinds.setdefault(name, dist)
        check_distribution_compatibility(known, dist)
        given: dict[str, Any] = {}
        domain = written_domain(dist)
        if chosen:
            within = widened(dist, chosen[0])
            domain, given = written_domain(within), {"value": written_value(within, chosen[0])}
        told = self._call("define", trial=record.number, token=self._token(record.number), name=written_name(name), domain=domain, **given)
        value = chosen[0] if chosen else read_value(dist, told["value"])
        with self.lock:
            record.params[name] = value
            record.distributions[name] = dist
        if not self.alone and read_domain(domain) != dist:
            self._send(record.number, "setAttribute", {"key": f"{GIVEN}{name}", "value": distribution_to_json(dist)})
        return value

    def report(self, record: FrozenTrial, value: float, step: int) -> Answer:
        """Says what was measured; the answer says whether the trial is to end early."""
        with self.lock:
            record.intermediate_values[step] = value
        reports = [{"step": step, "values": {self.metrics[0]: encode(value, "a report")}}]
        return self._send(record.number, "report", {"token": self._token(record.number), "reports": reports})

    def set_attr(self, record: FrozenTrial | None, prefix: str, key: str, value: Any) -> None:
        """Keeps a value with a trial or the study. What JSON cannot hold is kept in memory alone."""
        try:
            # As text, in which 2.0 stays a float.
            written = json.dumps(value, default=plain)
        except (AttuneError, TypeError, ValueError) as error:
            if not self.alone:
                raise TypeError(f"The attribute {key} is {value!r}; a storage keeps what JSON can hold: {error}") from None
        else:
            sent = {"key": f"{prefix}{key}", "value": written}
            if record is None:
                self._call("setAttribute", **sent)
            else:
                self._send(record.number, "setAttribute", sent)
        of = self if record is None else record
        with self.lock:
            (of.user_attrs if prefix == USER else of.system_attrs)[key] = value

    def finish(
        self, record: FrozenTrial, state: TrialState, values: Sequence[float] | None, message: str | None = None
    ) -> None:
        """Says how a trial ended."""
        told: dict[str, Any]
        if state is TrialState.COMPLETE:
            assert values is not None
            told = {"values": {name: encode(value, "a value") for name, value in zip(self.metrics, values, strict=True)}}
            told["values"].update(self._constraints(record))
        elif state is TrialState.PRUNED:
            told = {"stopped": True}
        else:
            told = {"failed": True, **({} if message is None else {"message": message[:10_000]})}
        number = record.number
        for answer in self._sent.pop(number, ()):
            answer.get()
        self._call("tell", trial=number, token=self._token(number), **told)
        with self.lock:
            self._tokens.pop(number, None)
            record.state = state
            record.values = list(values) if state is TrialState.COMPLETE and values is not None else pruned_values(record)
            record.datetime_complete = datetime.datetime.now()

    def _constraints(self, record: FrozenTrial) -> dict[str, Any]:
        """Results that the engine keeps at or below 0."""
        named = {
            "constraint_" + re.sub(r"\W", lambda one: f"_{ord(one.group(0)):x}_", key): encode(value, f"the constraint {key}")
            for key, value in record.constraints.items()
        }
        if named:
            self.require_limits(list(named))
        return named

    def _token(self, number: int) -> str:
        """Of a trial that another process asked for by hand, as it left it."""
        token = self._tokens.get(number)
        if token is None:
            token = self.record(number)._token or "none"
        return token

    # Trials made by hand.

    def enqueue(self, params: Mapping[str, Any], user_attrs: Mapping[str, Any], system_attrs: Mapping[str, Any]) -> None:
        """Has values tried next."""
        offered = {written_name(name): _offered(value) for name, value in params.items()}
        number = int(self._call("enqueue", params=offered)["number"])
        record = FrozenTrial(number, TrialState.WAITING, None, None, None, {}, {}, {}, {}, {}, number, values=None)
        with self.lock:
            if number > len(self._trials):
                self._refresh()
            self._keep(record)
            record = self._trials[number]
        self._set_all(record, user_attrs, {**system_attrs, "fixed_params": dict(params)})

    def add(self, trials: Sequence[FrozenTrial]) -> None:
        """Takes in trials that came to their end elsewhere."""
        numbers = self._call("import", trials=[self._imported(trial) for trial in trials])["numbers"]
        for number, trial in zip(numbers, trials, strict=True):
            record = trial.copied()
            record.number = record._trial_id = int(number)
            record._user_attrs, record._system_attrs = {}, {}
            with self.lock:
                if record.number > len(self._trials):
                    self._refresh()
                self._keep(record)
                record = self._trials[record.number]
            self._set_all(record, trial.user_attrs, trial.system_attrs)

    def _set_all(self, record: FrozenTrial, user_attrs: Mapping[str, Any], system_attrs: Mapping[str, Any]) -> None:
        for prefix, attrs in ((USER, user_attrs), (SYSTEM, system_attrs)):
            for key, value in attrs.items():
                self.set_attr(record, prefix, key, value)
        for answer in self._sent.pop(record.number, ()):
            answer.get()

    def _imported(self, trial: FrozenTrial) -> dict[str, Any]:
        values = trial.values or []
        if trial.state is TrialState.COMPLETE and len(values) != len(self.metrics):
            raise ValueError(f"The trial has {len(values)} values, and the study has {len(self.metrics)} objectives.")
        for name, dist in trial.distributions.items():
            check_distribution_compatibility(self.kinds.setdefault(name, dist), dist)
        values_by_name = {name: encode(value, "a value") for name, value in zip(self.metrics, values, strict=False)}
        if trial.state is TrialState.COMPLETE:
            values_by_name.update(self._constraints(trial))
        return {
            "params": {},
            "state": {"COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed"}[trial.state.name],
            "values": values_by_name,
            "definitions": [
                {"name": written_name(name), "domain": written_domain(dist), "value": written_value(dist, trial.params[name])}
                for name, dist in trial.distributions.items()
            ],
            "reports": [
                {"step": step, "values": {self.metrics[0]: encode(value, "a report")}} for step, value in trial.intermediate_values.items()
            ],
            "startedAt": _written_moment(trial.datetime_start),
            "finishedAt": _written_moment(trial.datetime_complete),
        }

    def _read_attributes(self) -> None:
        told = self._call("attributes")["attributes"]
        self.user_attrs.update(attributes_of(told, USER))
        self.system_attrs.update(attributes_of(told, SYSTEM))

    def figure(self, name: str, **options: Any) -> Any:
        """A figure's data."""
        return self._call("figure", figure=name, **options)


def record_of(told: Mapping[str, Any], metrics: Sequence[str]) -> FrozenTrial:
    """A trial as `export` tells it whole."""
    attributes = told["attributes"]
    params: dict[str, Any] = {}
    distributions: dict[str, BaseDistribution] = {}
    for definition in told["definitions"]:
        name = read_name(definition["name"])
        given = attributes.get(f"{GIVEN}{name}")
        dist = read_domain(definition["domain"]) if given is None else json_to_distribution(json.loads(given))
        distributions[name] = dist
        params[name] = _read_param(dist, definition["value"])
    for name, value in told["params"].items():
        params.setdefault(read_name(name), value)
    state = TrialState.FAIL if told["invalid"] else STATE_OF[told["state"]]
    record = FrozenTrial(
        told["number"],
        state,
        None,
        None if state is TrialState.WAITING else _moment(told["startedAt"]),
        _moment(told["finishedAt"]),
        {} if state is TrialState.WAITING else params,
        distributions,
        attributes_of(attributes, USER),
        attributes_of(attributes, SYSTEM),
        {int(report["step"]): decoded(report["values"][metrics[0]]) for report in told["reports"] if metrics[0] in report["values"]},
        told["number"],
        values=None,
    )
    if TOKEN in attributes:
        record._token = json.loads(attributes[TOKEN])
    if state is TrialState.COMPLETE:
        record.values = [decoded(told["values"][name]) for name in metrics]
    else:
        record.values = pruned_values(record)
    return record


def pruned_values(record: FrozenTrial) -> list[float] | None:
    """Of a pruned trial what it reported last."""
    if record.state is not TrialState.PRUNED or record.last_step is None:
        return None
    last = record.intermediate_values[record.last_step]
    return None if math.isnan(last) else [last]


def attributes_of(told: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """Those that begin with a prefix, without it."""
    return {key.removeprefix(prefix): json.loads(json.loads(text)) for key, text in told.items() if key.startswith(prefix)}


def _read_param(dist: BaseDistribution, value: Any) -> Any:
    try:
        return read_value(dist, value)
    except ValueError:
        return value  # It was enqueued from outside its range.


def _offered(value: Any) -> Any:
    try:
        return plain(value, "a value")
    except AttuneError:
        return repr(value)


def _normal(name: str, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return name, dict(options)


def _normal_given(component: Component) -> tuple[str, dict[str, Any]]:
    return _normal(str(component["name"]), {key: value for key, value in component.items() if key != "name"})


def _moment(text: str | None) -> datetime.datetime | None:
    return None if text is None else datetime.datetime.fromisoformat(text).astimezone().replace(tzinfo=None)


def _written_moment(moment: datetime.datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
