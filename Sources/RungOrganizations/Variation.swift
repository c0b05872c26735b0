/// What is told otherwise than it was: each line passes through it before anybody hears of it.
public struct Variation: Sendable {
    /// The lines that are told in place of one: none, itself, or a changed one.
    let lines: @Sendable (EvidenceLine) -> [EvidenceLine]
    /// Kinds that are not told at all, among them those that are made in the evening: `auditResult`.
    let silent: Set<String>

    private init(silent: Set<String> = [], _ lines: @escaping @Sendable (EvidenceLine) -> [EvidenceLine]) {
        self.lines = lines
        self.silent = silent
    }

    /// Everything is told as it was.
    public static let none = Variation { [$0] }

    /// Nothing is told of one kind.
    public static func leavingOut(_ kind: String) -> Variation {
        Variation(silent: [kind]) { $0.kind == kind ? [] : [$0] }
    }

    /// Lines of one kind are not told when this holds of them.
    public static func leavingOut(_ kind: String, where holds: @escaping @Sendable (EvidenceLine) -> Bool) -> Variation {
        Variation { $0.kind == kind && holds($0) ? [] : [$0] }
    }

    /// Further lines are told, each right after the one that it comes from.
    public static func adding(_ more: @escaping @Sendable (EvidenceLine) -> EvidenceLine?) -> Variation {
        Variation { line in [line] + (more(line).map { [$0] } ?? []) }
    }

    /// Lines of one kind are changed.
    public static func changing(_ kind: String, _ change: @escaping @Sendable (inout EvidenceLine) -> Void) -> Variation {
        Variation { line in
            guard line.kind == kind else { return [line] }
            var line = line
            change(&line)
            return [line]
        }
    }

    /// What both say, this one first.
    public func and(_ other: Variation) -> Variation {
        let first = lines
        return Variation(silent: silent.union(other.silent)) { first($0).flatMap(other.lines) }
    }
}
