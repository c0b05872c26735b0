internal import RungCore
internal import RungPattern

/// Which of the calls that were made are the expected ones.
struct CallMatching: Equatable {
    /// The call made for each expected one; nil where none was.
    var actualOfExpected: [Int?]
    /// Unmatched expected calls with the unmatched call of the same tool that resembles them most.
    var resembling: [Int: Int] = [:]
    /// How many calls were made.
    var actualCount: Int

    /// Why calls could not be matched.
    enum Failure: Error, Equatable {
        /// A pattern came to no end.
        case pattern(PatternError)
        /// Matching would take too long.
        case tooManyCalls
    }

    /// The number of pairs.
    var matched: Int { actualOfExpected.count { $0 != nil } }

    /// Whether nothing is missing and nothing is extra.
    var isComplete: Bool { matched == actualOfExpected.count && matched == actualCount }

    /// Indices of the calls that were made and match nothing, in order.
    var extra: [Int] {
        let used = Set(actualOfExpected.compactMap(\.self))
        return (0..<actualCount).filter { !used.contains($0) }
    }

    /// The harmonic mean of precision and recall, 0…1; 1 when nothing was expected and nothing was made.
    var f1: Double {
        let total = actualOfExpected.count + actualCount
        return total == 0 ? 1 : Double(2 * matched) / Double(total)
    }

    /// Steps of the assignment for one tool beyond which matching is refused.
    static let maximumSteps = 1_000_000_000
    /// Comparisons of an expected with an actual call beyond which matching is refused.
    static let maximumComparisons = 4_000_000

    /// The most pairs there can be, whatever the order: a bipartite matching of maximum weight, tool by tool.
    ///
    /// A match outweighs every resemblance; among equally many matches those with more equal arguments win.
    static func anyOrder(_ expected: [ExpectedCall], _ actual: [ToolCall]) throws(Failure) -> CallMatching {
        var matching = CallMatching(actualOfExpected: [Int?](repeating: nil, count: expected.count), actualCount: actual.count)
        let actualByName = Dictionary(grouping: actual.indices) { actual[$0].name }
        let expectedByName = Dictionary(grouping: expected.indices) { expected[$0].name }
        for (name, rows) in expectedByName {
            guard let columns = actualByName[name] else { continue }
            let shorter = min(rows.count, columns.count)
            guard rows.count <= maximumComparisons / columns.count,
                shorter * shorter <= maximumSteps / max(rows.count, columns.count)
            else { throw .tooManyCalls }
            let match = 1_001 * (shorter + 1)
            var weights: [Int] = []
            weights.reserveCapacity(rows.count * columns.count)
            for row in rows {
                for column in columns {
                    let resemblance = 1 + min(999, expected[row].similarity(to: actual[column]))
                    weights.append(resemblance + (try accepts(expected[row], actual[column]) ? match : 0))
                }
            }
            for (row, column) in Assignment.maximumWeight(weights, columns: columns.count).enumerated() {
                guard let column else { continue }
                if weights[row * columns.count + column] > match {
                    matching.actualOfExpected[rows[row]] = columns[column]
                } else {
                    matching.resembling[rows[row]] = columns[column]
                }
            }
        }
        return matching
    }

    /// The most pairs there can be when both sides keep their order.
    static func inOrder(_ expected: [ExpectedCall], _ actual: [ToolCall]) throws(Failure) -> CallMatching {
        var matching = CallMatching(actualOfExpected: [Int?](repeating: nil, count: expected.count), actualCount: actual.count)
        var start = 0
        while start < expected.count, start < actual.count, try accepts(expected[start], actual[start]) {
            matching.actualOfExpected[start] = start
            start += 1
        }
        let (rows, columns) = (expected.count - start, actual.count - start)
        guard rows > 0, columns > 0 else { return matching }
        guard rows <= maximumComparisons / columns else { throw .tooManyCalls }
        // best[i, j]: most pairs among expected[i...] and actual[j...].
        let width = columns + 1
        var best = [Int32](repeating: 0, count: (rows + 1) * width)
        var fits = [Bool](repeating: false, count: rows * columns)
        for i in (0..<rows).reversed() {
            for j in (0..<columns).reversed() {
                let pairs = try accepts(expected[start + i], actual[start + j])
                fits[i * columns + j] = pairs
                let skipped = max(best[(i + 1) * width + j], best[i * width + j + 1])
                best[i * width + j] = pairs ? max(skipped, best[(i + 1) * width + j + 1] + 1) : skipped
            }
        }
        var (i, j) = (0, 0)
        while i < rows, j < columns {
            if fits[i * columns + j], best[i * width + j] == best[(i + 1) * width + j + 1] + 1 {
                matching.actualOfExpected[start + i] = start + j
                (i, j) = (i + 1, j + 1)
            } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return matching
    }

    private static func accepts(_ expected: ExpectedCall, _ actual: ToolCall) throws(Failure) -> Bool {
        do {
            return try expected.accepts(actual)
        } catch {
            throw .pattern(error)
        }
    }
}
