#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungStatistics

/// CPU seconds of the methods that have a budget: the median of some rounds, one line of `name seconds` each.
///
/// `rung-bench-statistics ROUNDS`; Benchmarks/Programs/statistics_peers.py measures scipy on the same numbers.
@main struct StatisticsBench {
    static func main() {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9
        var random = SplitMix64(seed: 1)
        let binary = (0..<10_000).map { _ in random.unit() < 0.1 ? -1.0 : random.unit() < 0.1 ? 1 : 0 }
        let continuous = (0..<10_000).map { _ in random.unit() - 0.45 }
        let small = (0..<20).map { _ in random.unit() - 0.45 }
        measure("bca-binary", rounds) { PairedDifferences(binary).flatMap { BCaBootstrap($0, seed: 1)?.interval().low } }
        measure("bca-continuous", rounds) { PairedDifferences(continuous).flatMap { BCaBootstrap($0, seed: 1)?.interval().low } }
        measure("sign-flip-20", rounds) { PairedDifferences(small).map { SignFlipTest($0, seed: 1).interval(oneSided: .lower).low } }
        measure("tango", rounds) { PairedCounts(bothPassed: 9_000, lost: 121, gained: 59, bothFailed: 820).tango()?.low }
    }

    private static func measure(_ name: String, _ rounds: Int, _ work: () -> Double?) {
        var sum = 0.0
        let times = (0..<rounds).map { _ in
            let started = clock()
            sum += work() ?? 0
            return Double(clock() - started) / Double(CLOCKS_PER_SEC)
        }.sorted()
        print(name, times[times.count / 2], sum / Double(rounds))
    }
}
