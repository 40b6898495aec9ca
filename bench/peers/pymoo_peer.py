"""pymoo's NSGA-II and NSGA-III on its own ZDT and DTLZ problems: a line of JSON asks for a run, and is answered with all values evaluated, in their order.

The settings are those of pymoo's documentation: populations of 100, or reference directions of 100, 91 and 210 points for 2, 3 and 5 objectives."""

import json
import sys

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.problem import Problem
from pymoo.optimize import minimize
from pymoo.problems import get_problem
from pymoo.util.ref_dirs import get_reference_directions

PARTITIONS = {2: 99, 3: 12, 5: 6}


class Recorded(Problem):
    """The same problem, which keeps what it is asked for."""

    def __init__(self, problem):
        super().__init__(n_var=problem.n_var, n_obj=problem.n_obj, xl=problem.xl, xu=problem.xu)
        self.problem = problem
        self.kept = []

    def _evaluate(self, x, out, *args, **kwargs):
        out["F"] = self.problem.evaluate(x, return_values_of=["F"])
        self.kept.append(out["F"])


def run(task, algorithm):
    family = task["name"].split("-")[0]
    if family.startswith("zdt"):
        problem = Recorded(get_problem(family, n_var=task["variables"]))
    else:
        problem = Recorded(get_problem(family, n_var=task["variables"], n_obj=task["objectives"]))
    if algorithm == "pymoo-nsga2":
        method = NSGA2(pop_size=100)
    else:
        method = NSGA3(get_reference_directions("das-dennis", task["objectives"], n_partitions=PARTITIONS[task["objectives"]]))
    minimize(problem, method, ("n_eval", task["evaluations"]), seed=task["seed"] + 1, verbose=False)
    return np.concatenate(problem.kept)[: task["evaluations"]].tolist()


for line in sys.stdin:
    print(json.dumps({"values": run(json.loads(line), sys.argv[1])}), flush=True)
