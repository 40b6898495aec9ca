"""Times moocore's hypervolume of the points on standard input; answers with the volume and the milliseconds of each round."""

import json
import sys
import time

import moocore
import numpy

task = json.load(sys.stdin)
points = numpy.array(task["points"])
volume = moocore.hypervolume(points, ref=task["reference"])
milliseconds = []
for _ in range(task["rounds"]):
    begin = time.perf_counter()
    moocore.hypervolume(points, ref=task["reference"])
    milliseconds.append(1000 * (time.perf_counter() - begin))
json.dump({"volume": float(volume), "milliseconds": milliseconds}, sys.stdout)
