/// How far a record can be believed, by how it came in; `a` is the best.
public enum EvidenceClass: String, Sendable, CaseIterable, Comparable {
    /// Recorded by the program itself.
    case a = "A"
    /// Sent by a registered source that proved who it is.
    case b = "B"
    /// Attested by a named person and a second one, with the digest of an artifact.
    case c = "C"
    /// Anything else, such as a file that anybody could have written.
    case d = "D"

    /// What it is worth to confidence.
    public var factor: Double {
        switch self {
        case .a: 1
        case .b: 0.8
        case .c: 0.6
        case .d: 0.2
        }
    }

    /// True when `a` is the better class.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The records that a measure rests on, counted by kind and class.
public struct EvidenceBasis: Sendable, Equatable {
    /// Sorted by kind, then by class; no count is 0. Empty when there was nothing to read.
    public private(set) var counts: [Count]

    /// Records of one kind and class.
    public struct Count: Sendable, Equatable {
        public var kind: String
        public var evidenceClass: EvidenceClass
        public var records: Int

        public init(kind: String, evidenceClass: EvidenceClass, records: Int) {
            self.kind = kind
            self.evidenceClass = evidenceClass
            self.records = records
        }
    }

    /// Sorts the counts and leaves out those of nothing.
    public init(_ counts: [Count] = []) {
        self.counts = counts.filter { $0.records > 0 }
            .sorted { ($0.kind, $0.evidenceClass) < ($1.kind, $1.evidenceClass) }
    }

    /// The worst class among the records: a chain is as strong as its weakest link. Nil without records.
    public var worst: EvidenceClass? { counts.map(\.evidenceClass).max() }
}
