#!/usr/bin/env python3
"""Writes Tests/RungStatisticsTests/GoldenNumbers.swift: what other implementations say that RungStatistics has to say too.

    pip install scipy statsmodels mpmath
    scripts/golden-statistics.py --confseq FOLDER > Tests/RungStatisticsTests/GoldenNumbers.swift

FOLDER holds the sources of the package confseq (its src folder); only its plain Python modules are used.
"""
import argparse
import itertools
import math
import sys
import types

import mpmath
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_confint

mpmath.mp.dps = 40


def splitmix(seed):
    """The same numbers in 0..1 as SplitMix64.unit() in Swift."""
    mask = (1 << 64) - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) * 2.0**-53


def draws(seed, count):
    source = splitmix(seed)
    return np.array([next(source) for _ in range(count)])


def text(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ", ".join(text(item) for item in value) + "]"
    if isinstance(value, (int, np.integer)):
        return str(value)
    return repr(float(value))


def table(name, doc, shape, rows):
    print(f"    /// {doc}")
    print(f"    static let {name}: [{shape}] = [")
    for row in rows:
        print("        (" + ", ".join(text(item) for item in row) + "),")
    print("    ]")
    print()


def tango_end(both, lost, gained, neither, z):
    """The difference whose score, with the nuisance rate that maximizes the likelihood, is z."""
    n = both + lost + gained + neither

    def score(delta):
        low = max(mpmath.mpf(0), -delta)
        high = (1 - delta) / 2

        def slope(q):
            value = -2 * (n - gained - lost) / (1 - 2 * q - delta) if n > gained + lost else mpmath.mpf(0)
            if gained:
                value += gained / (q + delta)
            if lost:
                value += lost / q
            return value

        # The slope of the log likelihood falls; its root, or the end that it points to.
        a, b = low, high
        for _ in range(140):
            middle = (a + b) / 2
            if slope(middle) > 0:
                a = middle
            else:
                b = middle
        q = (a + b) / 2
        return (gained - lost - n * delta) / mpmath.sqrt(n * (2 * q + delta * (1 - delta)))

    a, b = mpmath.mpf(-1), mpmath.mpf(1)
    for _ in range(80):
        middle = (a + b) / 2
        if score(middle) > z:
            a = middle
        else:
            b = middle
    return float((a + b) / 2)


def newcombe(both, lost, gained, neither, confidence):
    n = both + lost + gained + neither
    l1, u1 = proportion_confint(both + gained, n, 1 - confidence, "wilson")
    l2, u2 = proportion_confint(both + lost, n, 1 - confidence, "wilson")
    p1, p2 = (both + gained) / n, (both + lost) / n
    product = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    phi = 0.0
    if product:
        excess = both * neither - lost * gained
        if excess > 0:
            excess = max(excess - n / 2, 0)
        phi = excess / math.sqrt(product)
    down = math.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    up = math.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return p1 - p2 - down, p1 - p2 + up


TABLES = [
    (1, 7, 1, 12), (43, 1, 0, 0), (53, 8, 16, 9), (20, 5, 5, 20), (50, 0, 0, 0), (0, 0, 0, 6), (0, 6, 0, 0), (0, 0, 9, 0),
    (30, 0, 10, 10), (100, 15, 5, 80), (9_000, 121, 59, 820), (3, 1, 2, 0), (0, 3, 4, 0),
]


def paired_tables():
    rows = []
    for cells in TABLES:
        for confidence in (0.9, 0.95):
            z = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(confidence))
            rows.append((*cells, confidence, tango_end(*cells, z), tango_end(*cells, -z), *newcombe(*cells, confidence)))
    table(
        "pairedTables",
        "Pairs both passed, lost, gained, both failed; confidence; Tango's ends (mpmath: likelihood maximized and score solved by "
        "bisection, 40 digits); Newcombe's ends (from statsmodels' Wilson limits).",
        "(Int, Int, Int, Int, Double, Double, Double, Double, Double)", rows)


def mcnemar_table():
    rows = []
    for b, c in [(10, 25), (5, 5), (0, 8), (121, 59), (1000, 1100), (0, 0), (1, 0), (3, 9), (40, 12), (2, 3)]:
        exact = mcnemar([[0, b], [c, 0]], exact=True).pvalue if b + c else 1.0
        smaller = min(b, c)
        mid = 1.0 if b == c else 2 * stats.binom.cdf(smaller, b + c, 0.5) - stats.binom.pmf(smaller, b + c, 0.5)
        worse = stats.binom.sf(b - 1, b + c, 0.5)
        rows.append((b, c, exact, mid, worse))
    table("mcNemar", "Lost, gained; exact p (statsmodels), mid-p and one-sided p (scipy).", "(Int, Int, Double, Double, Double)", rows)


def adjusted():
    families = [
        [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216], [0.04], [0.5, 0.01, 0.01, 1.0, 0.0],
        list(draws(3, 25) ** 3),
    ]
    rows = [(f, multipletests(f, method="holm")[1], multipletests(f, method="fdr_bh")[1]) for f in families]
    table("adjusted", "p-values; Holm's; Benjamini and Hochberg's (statsmodels).", "([Double], [Double], [Double])", rows)


def samples():
    grades = [0, 1 / 3, 2 / 3, 1]
    first = draws(11, 40)
    return {
        "normal": list(np.round(stats.norm.ppf(draws(5, 30)) * 0.3 + 0.05, 6)),
        "grades": [grades[int(4 * a)] - grades[int(4 * b)] for a, b in zip(first[:20], first[20:])],
        "skewed": list(np.round(np.exp(3 * draws(6, 60)) - 4, 6)),
        "small": [0.2, -0.1, 0.4, 0.0, 0.3, -0.2, 0.1],
        "six": [0.5, -0.5, 1.0, 0.25, 0.25, -0.125],
    }


def differences():
    rows = []
    for name, d in samples().items():
        d = np.array(d)
        n = len(d)
        clusters = [i % max(2, n // 3) for i in range(n)]
        ols = sm.OLS(d, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": np.array(clusters)})
        interval = stats.ttest_1samp(d, 0).confidence_interval(0.95)
        one = stats.ttest_1samp(d, 0, alternative="greater").confidence_interval(0.95).low
        error = ols.bse[0]
        reach = stats.t.ppf(0.975, max(2, n // 3) - 1) * error
        rows.append((d, d.mean(), stats.sem(d), interval.low, interval.high, one, clusters, error, d.mean() - reach, d.mean() + reach))
    table(
        "differences",
        "Differences; mean, SE, t interval, one-sided low end (scipy); clusters, their SE (statsmodels OLS, cov_type cluster) and t interval.",
        "([Double], Double, Double, Double, Double, Double, [Int], Double, Double, Double)", rows)


def sign_flips():
    """p-values of scipy; bounds by asking for the p-value of shifted differences until they flip."""
    rows = []
    for name in ("grades", "small", "six"):
        d = np.array(samples()[name][:12])
        signs = np.array(list(itertools.product((1.0, -1.0), repeat=len(d))))

        def p(theta, sign):
            shifted = sign * (d - theta)
            return np.mean(signs @ shifted >= shifted.sum() - 1e-11)

        def end(error, sign):
            # sign 1: the supremum of means that are refuted from below.
            refuted, kept = (d.min() - 1, d.mean()) if sign > 0 else (d.max() + 1, d.mean())
            for _ in range(100):
                middle = (refuted + kept) / 2
                if p(middle, sign) <= error:
                    refuted = middle
                else:
                    kept = middle
            return kept

        values = [
            stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative=side).pvalue
            for side in ("greater", "less", "two-sided")
        ]
        rows.append((d, *values, end(0.05, 1), end(0.05, -1), end(0.025, 1), end(0.025, -1)))
    table(
        "signFlips",
        "Differences; p above, below, other than 0 (scipy permutation_test, all flips); one-sided ends at 95 %, both ends at 95 %.",
        "([Double], Double, Double, Double, Double, Double, Double, Double)", rows)


def bca():
    rows = []
    for name in ("normal", "skewed", "grades"):
        # Quarters have exact sums: scipy would count resamples that equal the mean as above or below it, as rounding has it.
        d = np.round(np.array(samples()[name]) * 4) / 4 if name == "grades" else np.array(samples()[name])
        drawn = (draws(17, 999 * len(d)) * len(d)).astype(int).reshape(999, len(d))
        replicates = np.sort(d[drawn].mean(axis=1))
        given = types.SimpleNamespace(bootstrap_distribution=replicates)
        for confidence in (0.9, 0.95):
            both = stats.bootstrap((d,), np.mean, n_resamples=0, bootstrap_result=given, confidence_level=confidence, method="BCa")
            rows.append((d, confidence, both.confidence_interval.low, both.confidence_interval.high))
    table(
        "bca",
        "Differences; confidence; BCa ends (scipy bootstrap) from 999 resamples, drawn by flooring n times the numbers of SplitMix64 from 17.",
        "([Double], Double, Double, Double)", rows)


def power():
    rows = []
    for difference, discordance in [(0.1, 0.2), (0.05, 0.2), (0.02, 0.06), (0.1, 0.1), (0.3, 0.4)]:
        for target in (0.8, 0.9):
            n = normal_sample_size_one_tail(
                difference, target, 0.05, std_null=math.sqrt(discordance), std_alternative=math.sqrt(discordance - difference**2))
            rows.append((difference, discordance, target, n))
    table("pairsNeeded", "Difference, discordance, power; pairs at one-sided 95 % (statsmodels).", "(Double, Double, Double, Double)", rows)
    rows = []
    for n, discordance in [(50, 0.2), (100, 0.2), (200, 0.2), (240, 0.06), (1000, 0.02)]:
        z, w = stats.norm.ppf(0.95), stats.norm.ppf(0.8)
        found = optimize.brentq(
            lambda x: x * math.sqrt(n) - z * math.sqrt(discordance) - w * math.sqrt(discordance - x * x), 1e-9, discordance, xtol=1e-15)
        rows.append((n, discordance, found))
    table("detectable", "Pairs, discordance; smallest difference found with 80 % at one-sided 95 % (scipy brentq).", "(Int, Double, Double)", rows)
    rows = []
    for n in (50, 100, 200):
        chance = 0.0
        for k in range(n + 1):
            least = next((b for b in range(k + 1) if stats.binom.sf(b - 1, k, 0.5) <= 0.05), None)
            if least is not None:
                chance += stats.binom.pmf(k, n, 0.2) * stats.binom.sf(least - 1, k, 0.75)
        rows.append((n, chance))
    table("mcNemarPower", "Pairs; power of the one-sided exact test at 15 % lost, 5 % gained, α .05 (scipy).", "(Int, Double)", rows)


def sequences(folder):
    sys.path.insert(0, folder)
    np.float_ = np.float64  # confseq 0.0.11 names the type as numpy 1 did
    for name in ("multiprocess", "matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["confseq.types"] = sys.modules.get("confseq.types", types.ModuleType("confseq.types"))
    sys.modules["confseq.types"].RealArray = np.ndarray
    from confseq.betting import betting_mart
    from confseq.betting_strategies import lambda_predmix_eb
    from confseq.predmix import predmix_lower_cs

    rows = []
    for seed, rate, n in [(21, 0.6, 40), (22, 0.9, 200), (23, 0.5, 400)]:
        x = (draws(seed, n) < rate) * 1.0
        if seed == 23:
            x = draws(seed, n)

        def plain(y):
            t = np.arange(1, n + 1)
            means = np.append(0.5, (0.5 + np.cumsum(y))[:-1] / (t[:-1] + 1))
            return predmix_lower_cs(
                y, (y - means) ** 2, lambda v: lambda_predmix_eb(v, truncation=0.5, alpha=0.025),
                lambda v: -np.log(1 - v) - v, alpha=0.025, running_intersection=True)[-1]

        def capital(m):
            return betting_mart(x, m, alpha=0.05, theta=0.5).max()

        centre = x.mean()
        ends = []
        for far in (0.0, 1.0):
            out, kept = far, centre
            for _ in range(60):
                middle = (out + kept) / 2
                # The hedge halves each side: 2 · max(½K⁺, ½K⁻) against 2/α.
                if capital(middle) >= 20:
                    out = middle
                else:
                    kept = middle
            ends.append(kept)
        rows.append((x, plain(x), 1 - plain(1 - x), *ends))
    table(
        "sequences",
        "Observations; empirical Bernstein ends and hedged capital ends at 95 % after all of them (confseq 0.0.11, first mean ½).",
        "([Double], Double, Double, Double, Double)", rows)


def others():
    rows = []
    for x, y in [
        ([i / 100 for i in range(100)], [(i / 100) ** 2 for i in range(100)]), ([1, 2, 3], [4, 5, 6, 7]), ([0, 1], [0, 1]),
        (list(draws(1, 40)), list(draws(2, 57) * 1.4)), (list(draws(1, 30)), list(draws(2, 30) + 0.7)),
    ]:
        r = stats.ks_2samp(x, y, method="exact")
        rows.append(([float(v) for v in x], [float(v) for v in y], r.statistic, r.pvalue))
    table("kolmogorovSmirnov", "Two samples; D and exact p (scipy ks_2samp).", "([Double], [Double], Double, Double)", rows)
    rows = [
        (*c, stats.fisher_exact([[c[0], c[1]], [c[2], c[3]]]).pvalue)
        for c in [(8, 2, 1, 5), (0, 5, 5, 0), (3, 3, 3, 3), (100, 20, 80, 40), (1, 0, 0, 0), (12, 300, 5, 700)]
    ]
    table("fisher", "Successes and failures of two samples; two-sided p (scipy fisher_exact).", "(Int, Int, Int, Int, Double)", rows)
    rows = []
    for d in [[1.2, -0.5, 2.3, 3.3, -0.1, 0.9, 1.7, 2.2, -0.8, 1.1], list(draws(9, 50) - 0.4)]:
        rows.append((d, stats.wilcoxon(d, method="exact").pvalue))
    for d in [[1, -1, 2, 2, -3, 4, 4, 4.0], [0, 1, 0, 2, -1, 3, 3.0]]:
        rows.append((d, stats.wilcoxon(d, method=stats.PermutationMethod(n_resamples=np.inf)).pvalue))
    table("wilcoxon", "Differences; exact two-sided p (scipy wilcoxon; with ties by all flips).", "([Double], Double)", rows)
    pairs = [(100, 110), (250, 240), (80, 120), (1000, 900), (55, 60)]
    ratio = stats.gmean([c for _, c in pairs]) / stats.gmean([b for b, _ in pairs])
    table("geometric", "Baseline and candidate costs; ratio of geometric means (scipy gmean).", "([Double], [Double], Double)",
          [([float(b) for b, _ in pairs], [float(c) for _, c in pairs], ratio)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--confseq", required=True)
    folder = parser.parse_args().confseq
    print(f"""// Generated by scripts/golden-statistics.py; do not edit.
// scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, numpy {np.__version__}, mpmath {mpmath.__version__}, confseq 0.0.11.
// swift-format-ignore-file

/// What independent implementations say.
enum Golden {{""")
    mcnemar_table()
    paired_tables()
    adjusted()
    differences()
    sign_flips()
    bca()
    power()
    sequences(folder)
    others()
    print("}")


main()
