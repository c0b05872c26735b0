#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a paired comparison of some size can find, by the normal approximation; effects are differences of means.
///
/// For a one-sided test at `confidence`, found with probability `power`. With few units Student's t needs a little more.
public struct PairedPower: Sendable {
    /// z of the error and z of the power.
    private let errorQuantile: Double
    private let powerQuantile: Double

    /// - Precondition: both are between one half and 1.
    public init(confidence: Double = 0.95, power: Double = 0.8) {
        precondition(confidence > 0.5 && confidence < 1 && power >= 0.5 && power < 1, "confidence and power are from 0.5 to 1")
        errorQuantile = NormalDistribution.quantile(confidence)
        powerQuantile = NormalDistribution.quantile(power)
    }

    /// The smallest true effect that is found: (z_α + z_β) · σ/√n.
    public func detectableEffect(deviation: Double, units: Int) -> Double {
        precondition(units > 0, "an effect is found in units")
        return (errorQuantile + powerQuantile) * deviation / Double(units).squareRoot()
    }

    /// How many units find a true effect: ((z_α + z_β) · σ/effect)², rounded up; at least 1. Nil where no number within reach does.
    public func units(for effect: Double, deviation: Double) -> Int? {
        guard effect != 0 else { return nil }
        let root = (errorQuantile + powerQuantile) * deviation / effect
        return Self.whole(root * root)
    }

    /// The smallest true difference of paired pass rates that is found, at this rate of discordant pairs.
    ///
    /// Solves Δ√n = z_α √ψ + z_β √(ψ − Δ²) for Δ (Connett, Smith and McHugh 1987, Stat. Med. 6:537); at most ψ, and nil where even that
    /// is not found.
    public func detectableDifference(discordance: Double, pairs: Int) -> Double? {
        precondition((0...1).contains(discordance) && pairs > 0, "a rate of discordant pairs is taken of pairs")
        let n = Double(pairs)
        let (a, b) = (errorQuantile * discordance.squareRoot(), powerQuantile)
        // (n + b²)Δ² − 2a√nΔ + a² − b²ψ = 0
        let half = a * n.squareRoot()
        let root = (half * half - (n + b * b) * (a * a - b * b * discordance)).squareRoot()
        let difference = (half + root) / (n + b * b)
        return difference > 0 && difference <= discordance ? difference : nil
    }

    /// How many pairs find a true difference of pass rates at this rate of discordant pairs, rounded up (the same source).
    ///
    /// - Returns: nil where the difference is 0, or larger than discordant pairs allow.
    public func pairs(for difference: Double, discordance: Double) -> Int? {
        let size = abs(difference)
        guard size > 0, size <= discordance, discordance <= 1 else { return nil }
        let root = (errorQuantile * discordance.squareRoot() + powerQuantile * (discordance - size * size).squareRoot()) / size
        return Self.whole(root * root)
    }

    /// How many pairs without a single discordant one show that a drop is at most `margin`, by Tango's bound: z²(1 − δ)/δ.
    public func concordantPairs(for margin: Double) -> Int? {
        guard margin > 0, margin < 1 else { return nil }
        return Self.whole(errorQuantile * errorQuantile * (1 - margin) / margin)
    }

    private static func whole(_ number: Double) -> Int? {
        // A hair less, because a whole number may come out a last digit too large.
        let units = max(1, (number * (1 - 1e-12)).rounded(.up))
        return units < 1e15 ? Int(units) : nil
    }
}
