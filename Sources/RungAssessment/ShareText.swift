/// Shares as people read them.
enum ShareText {
    /// A share 0…1 in percent with one decimal, `60.0 %`; with more decimals when rounding would show a bound as reached.
    static func percent(_ share: Double, bounds: [Double] = []) -> String {
        for decimals in 1...6 {
            let scale = power(decimals)
            let shown = (share * 100 * scale).rounded() / scale
            if bounds.allSatisfy({ share >= $0 || shown < $0 * 100 }) { return text(share, decimals) }
        }
        return text(share, 7)
    }

    /// A threshold in percent, with no more decimals than it has: `95 %`, `99.5 %`.
    static func bound(_ share: Double) -> String {
        for decimals in 0...5 {
            let scaled = share * 100 * power(decimals)
            if abs(scaled - scaled.rounded()) < 1e-6 { return text(share, decimals) }
        }
        return text(share, 6)
    }

    private static func text(_ share: Double, _ decimals: Int) -> String {
        let scale = Int(power(decimals))
        let units = Int((share * 100 * Double(scale)).rounded())
        guard decimals > 0 else { return "\(units) %" }
        let fraction = String(units % scale)
        return "\(units / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction) %"
    }

    private static func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * 10 } }
}
