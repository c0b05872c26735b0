internal import RungCore

/// The rows of a measure as one value, with the entities that fall short of full.
struct PooledMeasure: Equatable {
    /// A share 0…1, or the median or maximum in the measure's own unit; nil without a population.
    let value: Double?
    /// Units that are as they should be; for a median or maximum the entities within the bound of full.
    let satisfied: Int
    /// The population: units of a share, or entities that have a value.
    let total: Int
    /// Entities that fall short, sorted by name.
    let failing: [FailingEntity]

    /// Pools the rows in any order.
    ///
    /// - Throws: `MeasureFailure` when a row breaks the contract of measures: the wrong columns, an entity twice, more
    ///   satisfied than there are, a negative count, a value that is no number.
    init(_ rows: [MeasureRow], _ measure: Criterion.Measure) throws(MeasureFailure) {
        try Self.checkEntities(rows)
        switch measure.aggregate {
        case .share: self = try Self.share(rows)
        case .median, .max: self = try Self.value(rows, measure)
        }
    }

    private init(value: Double?, satisfied: Int, total: Int, failing: [FailingEntity]) {
        self.value = value
        self.satisfied = satisfied
        self.total = total
        self.failing = failing.sorted { $0.entity < $1.entity }
    }

    private static func checkEntities(_ rows: [MeasureRow]) throws(MeasureFailure) {
        var seen: Set<String> = []
        for row in rows where !seen.insert(row.entity).inserted {
            throw MeasureFailure("entity \"\(row.entity)\" comes twice")
        }
    }

    /// Sums what is satisfied and what there is; entities without a unit count for nothing.
    private static func share(_ rows: [MeasureRow]) throws(MeasureFailure) -> PooledMeasure {
        var satisfied = 0
        var total = 0
        var failing: [FailingEntity] = []
        for row in rows {
            guard case .share(let good, let all) = row.amount else {
                throw MeasureFailure("a value came for \"\(row.entity)\", expected satisfied and total")
            }
            guard 0 <= good, good <= all else { throw MeasureFailure("\(good) of \(all) came for \"\(row.entity)\"") }
            let (sum, overflow) = total.addingReportingOverflow(all)
            guard !overflow else { throw MeasureFailure("the counts are too large to add up") }
            total = sum
            satisfied += good
            if good < all { failing.append(FailingEntity(entity: row.entity, satisfied: good, total: all)) }
        }
        let value = total > 0 ? Double(satisfied) / Double(total) : nil
        return PooledMeasure(value: value, satisfied: satisfied, total: total, failing: failing)
    }

    private static func value(_ rows: [MeasureRow], _ measure: Criterion.Measure) throws(MeasureFailure) -> PooledMeasure {
        var values: [Double] = []
        var failing: [FailingEntity] = []
        for row in rows {
            guard case .value(let value) = row.amount else {
                throw MeasureFailure("satisfied and total came for \"\(row.entity)\", expected a value")
            }
            guard value.isFinite else { throw MeasureFailure("the value of \"\(row.entity)\" is not a number") }
            values.append(value)
            let isWithin = measure.better == .up ? value >= measure.full : value <= measure.full
            if !isWithin { failing.append(FailingEntity(entity: row.entity, satisfied: 0, total: 1)) }
        }
        return PooledMeasure(
            value: measure.aggregate == .max ? values.max() : median(of: values), satisfied: values.count - failing.count,
            total: values.count, failing: failing)
    }

    /// The middle value, or the mean of the two in the middle; nil for none.
    private static func median(of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    }
}
