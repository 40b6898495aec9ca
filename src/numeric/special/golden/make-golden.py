"""Golden values by mpmath: python make-golden.py > special.json"""
import json
from mpmath import mp, mpf, erfc, exp, log, sqrt, pi, expm1, findroot

mp.dps = 700


def cdf(x):
    return erfc(-mpf(x) / sqrt(2)) / 2


def log_cdf(x):
    return log(cdf(x))


def num(x):
    return float(x)


grid = [-38, -37.5, -30, -20, -14, -10, -8, -5, -3, -2, -1.5, -1, -0.7, -0.5, -0.1, -1e-8, 0, 1e-8, 0.1, 0.4, 0.5, 1, 1.5, 2, 3, 4, 5, 5.7, 6, 8, 10, 20, 30, 37]
out = {}
out["erfcx"] = [[x, num(exp(mpf(x) ** 2) * erfc(mpf(x)))] for x in grid + [100, 1e4, 1e8] if x > -26]
out["erfc"] = [[x, num(erfc(mpf(x)))] for x in grid if -30 <= x <= 26]
out["logNdtr"] = [[x, num(log_cdf(x))] for x in grid + [-100, -1000, -1e5]]
out["log1mexp"] = [[x, num(log(-expm1(mpf(x))))] for x in [-1e-300, -1e-12, -1e-5, -0.1, -0.5, -0.69, -0.7, -1, -2, -10, -37, -700]]
mp.dps = 80
out["ndtriExp"] = []
for x in [-1000, -100, -40, -20, -8, -5, -3, -2, -1, -0.5, 0.3, 1, 2]:
    y = num(log_cdf(x))
    # x belongs to the rounded y, not to the exact one
    out["ndtriExp"].append([y, num(findroot(lambda t: log_cdf(t) - mpf(y), mpf(x)))])
out["logMass"] = []
for a, b in [(-40, -39), (-10, -9.999), (-8, -7.5), (-3, 4), (-1e-3, 1e-3), (-0.2, 0.1), (-1, 1), (0.5, 0.6), (3, 5), (9, 9.5), (30, 31), (-50, 60), (-12, 0), (-1e-9, 1e-9), (20, 20.0001), (-0.3, 0.3), (-6, 0.01)]:
    mass = cdf(mpf(b)) - cdf(mpf(a)) if b <= 0 else cdf(-mpf(a)) - cdf(-mpf(b))
    out["logMass"].append([a, b, num(log(mass))])
out["truncatedQuantile"] = []
for a, b in [(-3, 2), (4, 6), (-30, -29), (-1, 1), (0.5, 40)]:
    for q in [0.01, 0.25, 0.5, 0.9, 0.999]:
        def target(t, a=a, b=b, q=q):
            lo, hi = cdf(mpf(a)), cdf(mpf(b))
            if a > 0:
                return (cdf(-mpf(a)) - cdf(-t)) / (cdf(-mpf(a)) - cdf(-mpf(b))) - mpf(q)
            return (cdf(t) - lo) / (hi - lo) - mpf(q)
        left, right = mpf(a), mpf(b)
        for _ in range(200):
            mid = (left + right) / 2
            if target(mid) < 0:
                left = mid
            else:
                right = mid
        out["truncatedQuantile"].append([q, a, b, num((left + right) / 2)])
mp.dps = 700
out["logImprovement"] = []
out["logImprovementSlope"] = []
for z in [-1e9, -1e8, -1e5, -1e3, -100, -31, -29.9, -20, -8, -5, -2, -1.01, -1, -0.99, -0.5, 0, 0.5, 1, 5, 40]:
    x = mpf(z)
    if abs(z) > 1e6:
        t = 1 / (x * x)
        h = -x * x / 2 - log(2 * pi) / 2 + log(t * (1 - 3 * t + 15 * t * t - 105 * t ** 3))
        mills = 1 / -x * (1 - t + 3 * t * t - 15 * t ** 3)
        slope = mills / (t * (1 - 3 * t + 15 * t * t - 105 * t ** 3))
    else:
        density = exp(-x * x / 2) / sqrt(2 * pi)
        h = log(density + x * cdf(x))
        slope = cdf(x) / (density + x * cdf(x))
    out["logImprovement"].append([z, num(h)])
    out["logImprovementSlope"].append([z, num(slope)])
print(json.dumps(out, indent=0))
