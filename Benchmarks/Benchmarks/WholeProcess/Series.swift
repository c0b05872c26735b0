/// Measured values of one quantity, in the order in which they were measured.
struct Series {
    /// At least one.
    let values: [Double]

    init(_ values: [Double]) {
        precondition(!values.isEmpty, "a series has at least one value")
        self.values = values
    }

    /// The middle value; of an even count, the mean of the two in the middle.
    var median: Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var least: Double { values.reduce(.infinity, min) }

    var greatest: Double { values.reduce(-.infinity, max) }

    /// Every value through `body`.
    func mapped(_ body: (Double) -> Double) -> Series { Series(values.map(body)) }

    /// Differences of values measured one right after the other.
    static func - (a: Series, b: Series) -> Series { Series(zip(a.values, b.values).map(-)) }
}

/// The costs of one side of a contest, run by run.
struct Costs {
    private let costs: [Cost]

    init(_ costs: [Cost]) { self.costs = costs }

    /// Milliseconds.
    var wallMs: Series { Series(costs.map(\.wallMs)) }

    /// Milliseconds.
    var cpuMs: Series { Series(costs.map(\.cpuMs)) }

    var peakMiB: Series { Series(costs.map(\.peakMiB)) }
}

/// Measures several sides in turn (A B C A B C …), so that what else the machine does hits all of them alike.
enum Contest {
    /// One round for warming up unless told otherwise, then `rounds` that count.
    ///
    /// - Returns: the costs by side, each `rounds` long.
    static func run(_ title: String, rounds: Int, warmUps: Int = 1, _ sides: [() throws -> Cost]) throws -> [Costs] {
        Console.say("\(title): \(rounds) rounds of \(sides.count) after \(warmUps) for warming up")
        for _ in 0..<warmUps { for side in sides { _ = try side() } }
        var costs = [[Cost]](repeating: [], count: sides.count)
        for _ in 0..<rounds {
            for (index, side) in sides.enumerated() { costs[index].append(try side()) }
        }
        return costs.map(Costs.init)
    }
}
