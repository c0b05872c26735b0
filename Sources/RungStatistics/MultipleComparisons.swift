/// Adjusts p-values of a family of tests, in their order.
public enum MultipleComparisons {
    /// Step-down adjustment that bounds the chance of any false alarm in the family (Holm 1979, Scand. J. Stat. 6:65).
    ///
    /// - Precondition: all are in 0…1.
    public static func holm(_ pValues: [Double]) -> [Double] {
        adjusted(pValues, order: { $0 < $1 }) { rank, count in
            Double(count - rank)
        } combining: {
            max($0, $1)
        }
    }

    /// Step-up adjustment that bounds the expected share of false alarms among the alarms (Benjamini and Hochberg 1995, J. R. Stat.
    /// Soc. B 57:289).
    ///
    /// - Precondition: all are in 0…1.
    public static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
        adjusted(pValues, order: { $0 > $1 }) { rank, count in
            Double(count) / Double(count - rank)
        } combining: {
            min($0, $1)
        }
    }

    private static func adjusted(
        _ pValues: [Double], order: (Double, Double) -> Bool, factor: (Int, Int) -> Double, combining: (Double, Double) -> Double
    ) -> [Double] {
        precondition(pValues.allSatisfy { (0...1).contains($0) }, "p-values are from 0 to 1")
        var adjusted = pValues
        var last: Double?
        for (rank, index) in pValues.indices.sorted(by: { order(pValues[$0], pValues[$1]) }).enumerated() {
            let own = min(1, pValues[index] * factor(rank, pValues.count))
            let value = last.map { combining($0, own) } ?? own
            adjusted[index] = value
            last = value
        }
        return adjusted
    }
}
