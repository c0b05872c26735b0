#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Student's t distribution with a positive, possibly fractional number of degrees of freedom.
public struct StudentT: Sendable {
    /// Positive and finite.
    public let degreesOfFreedom: Double

    /// - Precondition: the degrees of freedom are positive and finite.
    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "degrees of freedom are positive")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// P(T ≤ x), by the incomplete beta function (Abramowitz and Stegun 26.7.1).
    ///
    /// Relative error is below 1e-12 in both tails, and below 1e-10 beyond 10,000 degrees of freedom.
    public func cdf(_ x: Double) -> Double { x <= 0 ? lowerTail(-x) : 1 - lowerTail(x) }

    /// P(T ≤ −x) for x ≥ 0.
    private func lowerTail(_ x: Double) -> Double {
        let square = x * x
        guard square.isFinite else { return 0 }
        let sum = degreesOfFreedom + square
        return IncompleteBeta.regularized(degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5) / 2
    }

    /// The x with P(T ≤ x) = p: Newton's method in the lower tail, kept inside a bracket.
    ///
    /// The error is below 1e-12 (1e-10 beyond 10,000 degrees of freedom) of the result, or of 1 where the result is
    /// smaller; p = 0 and 1 give the infinities.
    ///
    /// - Precondition: p is in 0…1.
    public func quantile(_ p: Double) -> Double {
        precondition((0...1).contains(p), "a probability is from 0 to 1")
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        if p == 0.5 { return 0 }
        let distance = upperQuantile(min(p, 1 - p))
        return p < 0.5 ? -distance : distance
    }

    /// The x > 0 with P(T ≤ −x) = tail, for a tail below one half.
    private func upperQuantile(_ tail: Double) -> Double {
        var low = 0.0
        var high = 1.0
        while lowerTail(high) > tail, high < 1e150 {
            low = high
            high *= 2
        }
        var x = min(max(-NormalDistribution.quantile(tail), low), high)
        for _ in 0..<200 {
            let error = lowerTail(x) - tail
            if error == 0 { return x }
            if error > 0 { low = x } else { high = x }
            var next = x + error / density(x)
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if abs(next - x) <= x * 2e-16 { return next }
            x = next
        }
        return x
    }

    private func density(_ x: Double) -> Double {
        let v = degreesOfFreedom
        var sign: Int32 = 0
        let logScale = lgamma_r((v + 1) / 2, &sign) - lgamma_r(v / 2, &sign) - log(v * Double.pi) / 2
        return exp(logScale - (v + 1) / 2 * log1p(x * x / v))
    }
}
