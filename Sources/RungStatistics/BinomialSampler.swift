#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Draws of the binomial distribution up to a largest number of trials, exact but for rounding.
///
/// Below an expectation of ten by inversion; above it by transformed rejection, algorithm BTRS of Hörmann 1993, "The generation of
/// binomial random variates", J. Stat. Comput. Simul. 46:101.
struct BinomialSampler {
    /// ln k! for k up to the largest number of trials.
    private let logFactorials: [Double]

    init(largestTrials: Int) {
        var sum = 0.0
        logFactorials = (0...max(1, largestTrials)).map { number in
            if number > 1 { sum += log(Double(number)) }
            return sum
        }
    }

    /// One draw.
    ///
    /// - Precondition: trials are from 0 to the largest number, and the probability is in 0…1.
    func draw(trials: Int, probability: Double, using random: inout SplitMix64) -> Int {
        guard trials > 0, probability > 0 else { return 0 }
        guard probability < 1 else { return trials }
        if probability > 0.5 { return trials - draw(trials: trials, probability: 1 - probability, using: &random) }
        return Double(trials) * probability < 10
            ? inverted(trials, probability, &random) : rejected(trials, probability, &random)
    }

    private func inverted(_ trials: Int, _ probability: Double, _ random: inout SplitMix64) -> Int {
        let odds = probability / (1 - probability)
        var share = exp(Double(trials) * log1p(-probability))
        var rest = random.unit()
        var count = 0
        while rest > share, count < trials {
            rest -= share
            share *= odds * Double(trials - count) / Double(count + 1)
            count += 1
        }
        return count
    }

    private func rejected(_ trials: Int, _ probability: Double, _ random: inout SplitMix64) -> Int {
        let n = Double(trials)
        let deviation = (n * probability * (1 - probability)).squareRoot()
        let b = 1.15 + 2.53 * deviation
        let a = -0.0873 + 0.0248 * b + 0.01 * probability
        let centre = n * probability + 0.5
        let sure = 0.92 - 4.2 / b
        while true {
            let v = random.unit()
            let u = random.unit() - 0.5
            let distance = 0.5 - abs(u)
            let place = ((2 * a / distance + b) * u + centre).rounded(.down)
            if distance >= 0.07, v <= sure { return Int(place) }
            guard place >= 0, place <= n else { continue }
            let scaled = log(v * (2.83 + 5.1 / b) * deviation / (a / (distance * distance) + b))
            if scaled <= logRatio(Int(place), trials, probability) { return Int(place) }
        }
    }

    /// The logarithm of the probability of `count` relative to that of the mode.
    private func logRatio(_ count: Int, _ trials: Int, _ probability: Double) -> Double {
        let mode = Int((Double(trials + 1) * probability).rounded(.down))
        return logFactorials[mode] + logFactorials[trials - mode] - logFactorials[count] - logFactorials[trials - count]
            + Double(count - mode) * log(probability / (1 - probability))
    }
}
