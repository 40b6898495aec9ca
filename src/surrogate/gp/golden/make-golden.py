"""A small Gaussian process by NumPy and SciPy, for comparison: python make-golden.py > gaussian-process.json"""
import json
import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

rng = np.random.default_rng(3)
n, m = 12, 4
numeric = rng.random((n + m, 2))
nominal = rng.integers(0, 3, (n + m, 1)).astype(float)
y = np.sin(5 * numeric[:n, 0]) + numeric[:n, 1] ** 2 + 0.3 * nominal[:n, 0]
log_weights = np.array([1.2, -0.4, 0.3])
scale, noise = np.exp(0.2), np.exp(-5.0)


def covariance(log_weights, scale, a, b, na, nb):
    w = np.exp(log_weights)
    d = (((a[:, None, :] - b[None, :, :]) ** 2) * w[:2]).sum(-1) + w[2] * (na[:, None, 0] != nb[None, :, 0])
    r = np.sqrt(5 * d)
    return scale * (1 + r + r * r / 3) * np.exp(-r)


# Of the noise's variance, one a point, and values with such noise.
factors = np.exp(np.linspace(-4.0, 3.0, n))
uneven_y = y + 0.2 * np.sqrt(factors) * rng.standard_normal(n)


def posterior(theta, y=y, factors=np.ones(n)):
    k = covariance(theta[:3], np.exp(theta[3]), numeric[:n], numeric[:n], nominal[:n], nominal[:n])
    k = k + np.exp(theta[4]) * np.diag(factors)
    f = cho_factor(k, lower=True)
    alpha = cho_solve(f, y)
    value = 0.5 * y @ alpha + np.log(np.diag(f[0])).sum()
    mean, deviation = np.sqrt(2) + 0.5 * np.log(3) - 3, np.sqrt(3)
    value += 0.5 * (((-0.5 * theta[:3] - mean) / deviation) ** 2).sum()
    return value + 0.5 * theta[3] ** 2 + 0.5 * ((theta[4] + 7) / 2) ** 2


theta = np.concatenate([log_weights, [0.2, -5.0]])
k = covariance(log_weights, scale, numeric[:n], numeric[:n], nominal[:n], nominal[:n]) + noise * np.eye(n)
q = covariance(log_weights, scale, numeric[n:], numeric[:n], nominal[n:], nominal[:n])
inverse = np.linalg.inv(k)
uneven = np.linalg.inv(k + noise * np.diag(factors - 1))
bounds = [(-2 * np.log(1000), -2 * np.log(0.02))] * 3 + [(np.log(0.01), np.log(100)), (np.log(1e-8), np.log(10))]
best = minimize(posterior, theta, (uneven_y, factors), "L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9})
out = {
    "numeric": numeric.tolist(),
    "nominal": nominal[:, 0].tolist(),
    "n": n,
    "values": y.tolist(),
    "theta": theta.tolist(),
    "mean": (q @ inverse @ y).tolist(),
    "variance": (scale - np.einsum("ij,jk,ik->i", q, inverse, q)).tolist(),
    "looResidual": (-(inverse @ y) / np.diag(inverse)).tolist(),
    "looVariance": (1 / np.diag(inverse)).tolist(),
    "score": -posterior(theta),
    "noiseFactors": factors.tolist(),
    "unevenValues": uneven_y.tolist(),
    "unevenMean": (q @ uneven @ uneven_y).tolist(),
    "unevenVariance": (scale - np.einsum("ij,jk,ik->i", q, uneven, q)).tolist(),
    "unevenLooResidual": (-(uneven @ uneven_y) / np.diag(uneven)).tolist(),
    "unevenLooVariance": (1 / np.diag(uneven)).tolist(),
    "unevenScore": -posterior(theta, uneven_y, factors),
    "unevenBest": best.x.tolist(),
    "unevenBestScore": -best.fun,
}
print(json.dumps(out, indent=0))
