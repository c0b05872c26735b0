public import RungCore
import RungText

/// A criterion, or several by a pattern, with a value that is supposed in place of what was measured: `REG-302=0.9`,
/// `PRM-*=full`.
public struct Assumption: Sendable, Equatable {
    /// An id; `*` stands for any text.
    public var pattern: String
    /// In the measure's own unit, a share as 0…1; nil for what full asks for.
    public var value: Double?

    /// Nil for text that is no assumption.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        pattern = parts[0]
        if parts[1] == "full" { return }
        guard let number = Double(parts[1]), number.isFinite, number >= 0 else { return nil }
        value = number
    }

    /// Whether it is about a criterion.
    public func matches(_ id: CriterionID) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == id.rawValue }
        var rest = id.rawValue[...]
        guard rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }

    /// What is supposed of each criterion; the last assumption about one counts.
    static func values(_ assumptions: [Assumption], _ rubric: Rubric) -> [CriterionID: Double] {
        var values: [CriterionID: Double] = [:]
        for assumption in assumptions {
            for criterion in rubric.criteria where assumption.matches(criterion.id) {
                values[criterion.id] = assumption.value ?? criterion.measure.full
            }
        }
        return values
    }

    /// As it is given: `PRM-*=full`.
    var text: String { "\(pattern)=\(value.map { CanonicalJSON.text(of: $0) } ?? "full")" }
}
