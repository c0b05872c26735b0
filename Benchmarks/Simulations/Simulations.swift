import RungCore
import RungRunner
import RungStatistics

/// How often comparisons and their gate are right and wrong, by seeded simulation; prints the tables of docs/statistics.md.
///
/// `rung-simulate ROUNDS`: more rounds take longer and err less.
@main struct Simulations {
    static func main() {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
        print(
            "\(rounds) rounds a cell, 2,000 resamples, margin 5 points, one-sided 95 % bounds. A rate of 5 % has a Monte-Carlo error of "
                + "\(percent((0.05 * 0.95 / Double(rounds)).squareRoot())).\n")
        decisionTables(rounds)
        sequentialTable(rounds)
        coverageTable(rounds)
    }

    /// The worlds in which both sides are tried.
    static let worlds = [
        World(name: "1 trial", trials: 1), World(name: "3 trials", trials: 3),
        World(name: "3 trials, 4 cases a cluster", trials: 3, clusterSize: 4),
    ]

    /// Worlds in which simple rules, or this one, are at their worst.
    static let hardWorlds = [
        World(name: "1 trial, all cases pass 98 %", trials: 1, rates: [0.98]),
        World(name: "3 trials, the drop breaks a few cases", trials: 3, breaksFew: true),
    ]

    private static func decisionTables(_ rounds: Int) {
        let questions = [
            ("An unchanged candidate", 0.0), ("A candidate that is worse by the margin, 5 points", 0.05),
            ("A candidate that is worse by 10 points", 0.1),
        ]
        for (title, drop) in questions {
            print("### \(title)\n")
            print("| world | n | pass | inconclusive | fail | \"mean delta < 0\" alarms | \"all must pass\" alarms |")
            print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
            for world in worlds + hardWorlds {
                for cases in [50, 100, 200] {
                    let tally = world.tally(cases: cases, drop: drop, rounds: rounds)
                    let cells = [tally.passed, tally.inconclusive, tally.failed, tally.below, tally.anyFailed].map {
                        percent(Double($0) / Double(rounds))
                    }
                    print("| \(world.name) | \(cases) | \(cells.joined(separator: " | ")) |")
                }
            }
            print("")
        }
    }

    private static func sequentialTable(_ rounds: Int) {
        print("### Looking after every case, up to a budget\n")
        print("| true change | budget | pass | undecided | fail | cases used |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for (name, drop) in [("none", 0.0), ("−5 points", 0.05), ("−10 points", 0.1), ("−20 points", 0.2)] {
            for budget in [200, 1_000] {
                var (passed, failed, used) = (0, 0, 0)
                for round in 0..<rounds {
                    var gate = SequentialGate(policy: ComparisonPolicy(margin: 0.05))
                    var random = SplitMix64(seed: StableSeed(base: 5).mixing(budget).mixing(Int(drop * 100)).mixing(round).value)
                    while gate.decision == nil, gate.units < budget {
                        let (before, after) = World(name: "", trials: 3).pair(drop: drop, &random)
                        gate.add(after - before)
                    }
                    used += gate.units
                    if gate.decision == .pass { passed += 1 }
                    if gate.decision == .fail { failed += 1 }
                }
                let shares = [passed, rounds - passed - failed, failed].map { percent(Double($0) / Double(rounds)) }
                print("| \(name) | \(budget) | \(shares.joined(separator: " | ")) | \(used / rounds) |")
            }
        }
        print("")
    }

    private static func coverageTable(_ rounds: Int) {
        print("### How often the two-sided 95 % interval holds the true change of −5 points\n")
        print("| world | rate | n = 20 | n = 50 | n = 200 |")
        print("| --- | ---: | ---: | ---: | ---: |")
        var (sum, cells, worst) = (0.0, 0, (1.0, ""))
        for base in worlds {
            for rate in [0.5, 0.8, 0.95] {
                var world = base
                world.rates = [rate]
                let shares = [20, 50, 200].map { cases -> String in
                    let share = Double(world.tally(cases: cases, drop: 0.05, rounds: rounds).covered) / Double(rounds)
                    (sum, cells) = (sum + share, cells + 1)
                    if share < worst.0 { worst = (share, "\(world.name), rate \(rate), n = \(cases)") }
                    return percent(share)
                }
                print("| \(world.name) | \(rate) | \(shares.joined(separator: " | ")) |")
            }
        }
        print("\nMean \(percent(sum / Double(cells))); worst \(percent(worst.0)) (\(worst.1)).")
    }

    /// `4.9 %`.
    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
