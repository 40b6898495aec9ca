#!/bin/sh
# Forecasts monthly sales by Holt-Winters smoothing and prints by how much the forecasts of the last two years were wrong.
# Settings come from the environment: LEVEL, TREND, SEASON (0 to 1) and DAMPING (0.8 to 1).
set -eu
cd "$(dirname "$0")"

awk -F, -v a="${LEVEL:-0.5}" -v b="${TREND:-0.1}" -v c="${SEASON:-0.3}" -v d="${DAMPING:-1}" '
  NR > 1 { y[++n] = $2 }
  END {
    p = 12
    for (i = 1; i <= p; i++) { first += y[i] / p; second += y[i + p] / p }
    level = first; trend = (second - first) / p
    for (i = 1; i <= p; i++) s[i] = y[i] - first
    for (i = p + 1; i <= n; i++) {
      m = (i - 1) % p + 1
      forecast = level + d * trend + s[m]
      if (i > n - 24) { error = (y[i] - forecast) / y[i]; sum += error < 0 ? -error : error; count++ }
      before = level
      level = a * (y[i] - s[m]) + (1 - a) * (level + d * trend)
      trend = b * (level - before) + (1 - b) * d * trend
      s[m] = c * (y[i] - level) + (1 - c) * s[m]
    }
    printf "mean error: %.3f %%\n", 100 * sum / count
  }' sales.csv
