/// Means of units drawn with replacement.
///
/// Where few kinds of units make up the sample, as with grades of 0 and 1, only the number of units of each kind is drawn: the counts of
/// a resample are multinomial, which is a chain of binomial draws. Else each unit is drawn by itself.
struct Resampler {
    private let differences: PairedDifferences
    /// The rarest kind first, so that the binomial draws are small; the most frequent one takes what is left.
    private let kinds: [PairedDifferences.Group]

    init(_ differences: PairedDifferences) {
        self.differences = differences
        kinds = differences.groups.enumerated()
            .sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
            .map(\.element)
    }

    /// Whether counts of kinds are drawn and not units; a draw of a count takes about as long as fifty draws of units.
    var drawsCounts: Bool { kinds.count * 50 <= differences.units || kinds.count <= 3 }

    /// The mean over cases of each resample, in the order drawn.
    func means(count: Int, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        if drawsCounts { return meansOfCounts(count, &random) }
        return differences.isClustered ? meansOfClusters(count, &random) : meansOfCases(count, &random)
    }

    private func meansOfCounts(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        let sampler = BinomialSampler(largestTrials: differences.units)
        var open = differences.units
        // The chance of each kind among those that are not drawn yet.
        let chances = kinds.map { kind in
            defer { open -= kind.count }
            return Double(kind.count) / Double(open)
        }
        var means = [Double](repeating: 0, count: count)
        for index in 0..<count {
            var left = differences.units
            var (total, size) = (0.0, 0.0)
            for (kind, chance) in zip(kinds, chances) where left > 0 {
                let drawn = sampler.draw(trials: left, probability: chance, using: &random)
                left -= drawn
                total += Double(drawn) * kind.total
                size += Double(drawn) * kind.size
            }
            means[index] = total / size
        }
        return means
    }

    private func meansOfCases(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        let values = differences.groups.flatMap { repeatElement($0.total, count: $0.count) }
        let scale = 1 / Double(values.count)
        var means = [Double](repeating: 0, count: count)
        values.withUnsafeBufferPointer { values in
            for index in 0..<count {
                var (even, odd) = (0.0, 0.0)
                IndexPairs.draw(values.count, below: UInt32(truncatingIfNeeded: values.count), &random) { first, second in
                    even += values[first]
                    odd += values[second]
                } last: {
                    even += values[$0]
                }
                means[index] = (even + odd) * scale
            }
        }
        return means
    }

    private func meansOfClusters(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        let units = differences.groups.flatMap { repeatElement(SIMD2($0.total, $0.size), count: $0.count) }
        var means = [Double](repeating: 0, count: count)
        units.withUnsafeBufferPointer { units in
            for index in 0..<count {
                var (even, odd) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
                IndexPairs.draw(units.count, below: UInt32(truncatingIfNeeded: units.count), &random) { first, second in
                    even += units[first]
                    odd += units[second]
                } last: {
                    even += units[$0]
                }
                means[index] = (even[0] + odd[0]) / (even[1] + odd[1])
            }
        }
        return means
    }
}

/// Uniform indices, two for each random number, without bias (Lemire 2019, ACM Trans. Model. Comput. Simul. 29:3).
enum IndexPairs {
    /// Draws `count` indices below `bound`: pairs, and one more where the count is odd.
    @inline(__always)
    static func draw(
        _ count: Int, below bound: UInt32, _ random: inout SplitMix64, pair: (Int, Int) -> Void, last: (Int) -> Void
    ) {
        for _ in 0..<(count / 2) {
            while true {
                let word = random.next()
                let first = (word & 0xFFFF_FFFF) &* UInt64(bound)
                let second = (word >> 32) &* UInt64(bound)
                // Nearly always true; where it is not, some indices could be drawn more often than others.
                if UInt32(truncatingIfNeeded: first) >= bound && UInt32(truncatingIfNeeded: second) >= bound
                    || isFair(UInt32(truncatingIfNeeded: first), bound) && isFair(UInt32(truncatingIfNeeded: second), bound)
                {
                    pair(Int(truncatingIfNeeded: first >> 32), Int(truncatingIfNeeded: second >> 32))
                    break
                }
            }
        }
        if !count.isMultiple(of: 2) { last(Int(random.next(upperBound: UInt64(bound)))) }
    }

    private static func isFair(_ rest: UInt32, _ bound: UInt32) -> Bool { rest >= (0 &- bound) % bound }
}
