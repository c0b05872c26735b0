/// Successes in four trials of each of 27 of the 50 airline tasks of τ-bench (Yao et al. 2024), agent gpt-4o, in order of
/// size: only the counts, taken from the trajectories that the benchmark's authors published.
let tauBenchSuccesses = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4]
