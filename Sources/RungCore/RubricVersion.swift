/// A semantic version: three numbers, and a suffix while it is a draft.
public struct RubricVersion: Sendable, Equatable, CustomStringConvertible {
    public var major: Int
    public var minor: Int
    public var patch: Int
    /// What stands behind the hyphen; nil for a version that is published. A draft may change under its name.
    public var draft: String?

    /// Nil unless the text is three numbers such as `1.4.0`, or `1.4.0-draft`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let values = numbers.compactMap { Self.isNumber($0) ? Int($0) : nil }
        guard numbers.count == 3, values.count == 3 else { return nil }
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(Self.isOfSuffix) else { return nil }
            draft = String(parts[1])
        }
        (major, minor, patch) = (values[0], values[1], values[2])
    }

    public var description: String { "\(major).\(minor).\(patch)" + (draft.map { "-\($0)" } ?? "") }

    /// How far two versions are apart.
    public enum Step: Int, Sendable, Comparable {
        case none, patch, minor, major

        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

        /// The word for people and tools.
        public var word: String {
            switch self {
            case .none: "none"
            case .patch: "patch"
            case .minor: "minor"
            case .major: "major"
            }
        }
    }

    /// The first number that differs from another version's, whichever of them is the newer one.
    public func step(from other: RubricVersion) -> Step {
        if major != other.major { return .major }
        if minor != other.minor { return .minor }
        return patch == other.patch ? .none : .patch
    }

    /// What a change asks for from this version on: before 1.0.0 everything one number later.
    public func needed(for step: Step) -> Step {
        guard major == 0 else { return step }
        switch step {
        case .major: return .minor
        case .minor, .patch: return .patch
        case .none: return .none
        }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// Letters, digits, `.` and `-`.
    private static func isOfSuffix(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 46
    }
}
