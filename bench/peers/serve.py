"""The conversation with the runner: one line of JSON for each message and each answer."""

import json
import sys
import time


def serve(make):
    """Answers until the runner hangs up. `make(parameters, seed, budget, pending)` gives an object with
    `ask(trial) -> params | None` and `tell(trial, params, value)`; values are maximised, None is a failed trial."""
    answers, sys.stdout = sys.stdout, sys.stderr
    peer = None
    for line in sys.stdin:
        message = json.loads(line)
        begin, cpu = time.perf_counter(), time.process_time()
        answer = {}
        if message["op"] == "open":
            peer = make(message["parameters"], message["seed"], message["budget"], message["pending"])
        elif message["op"] == "ask":
            answer["params"] = peer.ask(message["trial"])
        else:
            peer.tell(message["trial"], message["params"], message["value"])
        answer["seconds"] = time.perf_counter() - begin
        answer["cpuSeconds"] = time.process_time() - cpu
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
