#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The regularized incomplete beta function Iₓ(a, b), the distribution function of Beta(a, b), and its inverse.
///
/// Relative error is below 1e-12 for shapes up to ten million; where one is above 10,000 and the other below 1, 1e-10.
public enum IncompleteBeta {
    /// Iₓ(a, b) for x in 0…1 by its continued fraction (NIST DLMF 8.17.22, evaluated after Lentz 1976).
    ///
    /// - Precondition: the shapes are positive and finite.
    public static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        regularized(x, complement: 1 - x, a, b)
    }

    /// Iₓ(a, b) where 1 − x is known better than by subtraction, as in the tails of Student's t.
    static func regularized(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
        precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "the shapes of a beta distribution are positive")
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        // The fraction converges fast below the mean; above it the mirror image does.
        if x > (a + 1) / (a + b + 2) { return 1 - regularizedBelowMean(complement, x, b, a) }
        return regularizedBelowMean(x, complement, a, b)
    }

    private static func regularizedBelowMean(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
        power(x, complement, a, b) / (a * fraction(x, a, b))
    }

    /// xᵃ(1 − x)ᵇ / B(a, b) for 0 < x < 1.
    private static func power(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
        guard min(a, b) >= 10 else {
            let logX = x < 0.5 ? log(x) : log1p(-complement)
            let logComplement = complement < 0.5 ? log(complement) : log1p(-x)
            return exp(a * logX + b * logComplement - logBeta(a, b))
        }
        // Large shapes: all terms relative to their value at the mean, where the large ones cancel (Loader 2000,
        // "Fast and accurate computation of binomial probabilities").
        let (meanX, meanComplement) = (a / (a + b), b / (a + b))
        let distance = x < 0.5 ? x - meanX : meanComplement - complement
        let exponent =
            a * logExcess(x / meanX, distance / meanX) + b * logExcess(complement / meanComplement, -distance / meanComplement)
        let rest = stirlingRest(a) + stirlingRest(b) - stirlingRest(a + b)
        return (a * b / (2 * Double.pi * (a + b))).squareRoot() * exp(exponent - rest)
    }

    /// ln(ratio) − excess, where the excess is ratio − 1.
    private static func logExcess(_ ratio: Double, _ excess: Double) -> Double {
        guard abs(excess) < 0.1 else { return log(ratio) - excess }
        var sum = 0.0
        for exponent in stride(from: 18.0, through: 2, by: -1) { sum = 1 / exponent - sum * excess }
        return -excess * excess * sum
    }

    /// ln B(a, b) where at most one shape is large; the logarithms of large gammas never meet.
    private static func logBeta(_ a: Double, _ b: Double) -> Double {
        let (small, large) = (min(a, b), max(a, b))
        guard large >= 10 else { return logGamma(a) + logGamma(b) - logGamma(a + b) }
        return logGamma(small) - small * log(large) - (a + b - 0.5) * log1p(small / large) + small
            + stirlingRest(large) - stirlingRest(a + b)
    }

    /// `lgamma_r`, because `lgamma` writes a global variable.
    private static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// ln Γ(x) − (x − ½) ln x + x − ½ ln 2π for x ≥ 10 (Abramowitz and Stegun 6.1.41).
    private static func stirlingRest(_ x: Double) -> Double {
        let square = x * x
        let coefficients = [-691 / 360_360.0, 1 / 1188.0, -1 / 1680.0, 1 / 1260.0, -1 / 360.0, 1 / 12.0]
        return coefficients.reduce(0) { $0 / square + $1 } / x
    }

    /// 1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22, modified Lentz; takes O(√max(a, b)) steps below the mean.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func nonZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var value = 1.0
        var c = 1.0
        var d = 0.0
        for step in 1...200_000 {
            let m = Double(step / 2)
            let coefficient =
                step.isMultiple(of: 2)
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonZero(1 + coefficient * d)
            c = nonZero(1 + coefficient / c)
            value *= c * d
            if abs(c * d - 1) < 4e-16 { break }
        }
        return value
    }

    /// The x in 0…1 with Iₓ(a, b) = p: Newton's method kept inside a shrinking bracket.
    ///
    /// - Precondition: p is in 0…1, the shapes are positive and finite.
    public static func inverse(_ p: Double, _ a: Double, _ b: Double) -> Double {
        precondition((0...1).contains(p), "a probability is from 0 to 1")
        if p == 0 { return 0 }
        if p == 1 { return 1 }
        var (low, high) = (0.0, 1.0)
        var x = a / (a + b)
        for _ in 0..<1_200 {
            let error = regularized(x, a, b) - p
            if error == 0 { return x }
            if error < 0 { low = x } else { high = x }
            var next = x - error * x * (1 - x) / power(x, 1 - x, a, b)
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if abs(next - x) <= x * 1e-16 || next == low && next == high { return next }
            x = next
        }
        return x
    }
}
