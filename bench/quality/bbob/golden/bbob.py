"""Writes bbob.json: values of the published functions from the coco-experiment package (2.8.2), f_opt included.
Points: the origin, a line from corner to corner, and a wave that leaves the domain. Run: python bbob.py > bbob.json"""

import json
import math

import cocoex

rows = []
for problem in cocoex.Suite("bbob", "instances: 1-3", "dimensions: 2,5,10,20 instance_indices: 1-3"):
    d = problem.dimension
    points = [
        [0.0] * d,
        [round(-4.7 + 9.6 * j / (d - 1), 3) for j in range(d)],
        [round(5.2 * math.sin(1 + 1.7 * j), 3) for j in range(d)],
    ]
    rows.append([problem.id_function, problem.id_instance, d, *(float(problem(point)) for point in points)])
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
