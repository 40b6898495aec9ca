"""The conversation with the runner: one line of JSON for each message and each answer."""

import json
import sys
import time


def converse(operations):
    """Answers until the runner hangs up. `operations` has a function by the name of each message, which gets it and gives the answer's fields."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        message = json.loads(line)
        begin, cpu = time.perf_counter(), time.process_time()
        answer = operations[message["op"]](message) or {}
        answer["seconds"] = time.perf_counter() - begin
        answer["cpuSeconds"] = time.process_time() - cpu
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def serve(make):
    """`make(parameters, seed, budget, pending)` gives an object with `ask(trial) -> params | None` and `tell(trial, params, value)`;
    values are maximised, None is a failed trial."""
    peer = None

    def open_peer(message):
        nonlocal peer
        peer = make(message["parameters"], message["seed"], message["budget"], message["pending"])

    converse(
        {
            "open": open_peer,
            "ask": lambda message: {"params": peer.ask(message["trial"])},
            "tell": lambda message: peer.tell(message["trial"], message["params"], message["value"]),
        }
    )


def serve_steps(make):
    """`make(message)` of the opening one (parameters, fidelity, resumes, seed, budget) gives an object with `ask() -> (key, params, fidelity)`,
    which names the configuration by a text of its own, and `tell(key, fidelity, value)`; values are maximised."""
    peer = None

    def open_peer(message):
        nonlocal peer
        peer = make(message)

    def ask(_message):
        key, params, fidelity = peer.ask()
        return {"wanted": {"key": key, "params": params, "fidelity": fidelity}}

    converse(
        {
            "open": open_peer,
            "ask": ask,
            "tell": lambda message: peer.tell(message["key"], message["fidelity"], message["value"]),
        }
    )
