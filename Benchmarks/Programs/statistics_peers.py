#!/usr/bin/env python3
"""CPU seconds of scipy for what rung-bench-statistics measures: the median of some rounds, one line of `name seconds` each."""
import statistics
import sys
import time

import numpy as np
from scipy import stats


def splitmix(seed):
    mask = (1 << 64) - 1
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & mask
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) * 2.0**-53


def measure(name, rounds, work):
    times = []
    for _ in range(rounds):
        started = time.process_time()
        value = work()
        times.append(time.process_time() - started)
    print(name, statistics.median(times), value)


rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
draw = splitmix(1).__next__
binary = np.array([-1.0 if draw() < 0.1 else 1.0 if draw() < 0.1 else 0.0 for _ in range(10_000)])
continuous = np.array([draw() - 0.45 for _ in range(10_000)])
small = np.array([draw() - 0.45 for _ in range(20)])


def bca(values):
    return lambda: stats.bootstrap(
        (values,), np.mean, n_resamples=10_000, method="BCa", batch=500, vectorized=True, rng=1).confidence_interval.low


measure("bca-binary", rounds, bca(binary))
measure("bca-continuous", rounds, bca(continuous))
measure("sign-flip-20", 1, lambda: stats.permutation_test(
    (small,), np.mean, permutation_type="samples", n_resamples=np.inf, batch=2_000, alternative="greater", vectorized=True).pvalue)
