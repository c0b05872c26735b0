public import RungCrypto

/// Up to which size copies of the head that are kept elsewhere agree with a ledger.
public struct LedgerAnchoring: Sendable, Equatable {
    /// One for each anchor, in the order given.
    public var findings: [Finding]

    /// What one anchor says.
    public struct Finding: Sendable, Equatable {
        public var anchor: Checkpoint
        public var outcome: Outcome

        public init(anchor: Checkpoint, outcome: Outcome) {
            self.anchor = anchor
            self.outcome = outcome
        }
    }

    /// How an anchor and the ledger stand to each other.
    public enum Outcome: Sendable, Equatable {
        /// The ledger begins with exactly the entries of the anchor. With the keys that signed it, of those that were given.
        case agrees(signers: [VerifierKey])
        /// The anchor holds more entries than there are: the end was cut off.
        case truncated(present: Int)
        /// The ledger had another root at this size: entries were changed.
        case rewritten(found: Digest)
        /// The anchor is of a log with another name; nil for a ledger without one.
        case otherLog(expected: String?)
        /// A signature in the name of a given key is wrong.
        case forged(VerifierKey)
        /// None of the given keys has signed: anybody could have written the anchor, so it counts for nothing.
        case untrusted
        /// The ledger is so broken that it has no tree to compare.
        case incomparable
    }

    public init(findings: [Finding]) {
        self.findings = findings
    }

    /// Of a ledger that cannot be read.
    public static func incomparable(_ anchors: [SignedCheckpoint]) -> LedgerAnchoring {
        LedgerAnchoring(findings: anchors.map { Finding(anchor: $0.checkpoint, outcome: .incomparable) })
    }

    /// Failed when one anchor contradicts the ledger, unknown when none says anything.
    public var verdict: LedgerVerdict { .combined(findings.map(\.outcome.verdict)) }

    /// The largest size up to which an anchor agrees; nil when none does. Only worth anything while the verdict is ok.
    public var size: Int? {
        findings.compactMap { if case .agrees = $0.outcome { $0.anchor.size } else { nil } }.max()
    }

    /// Judges anchors.
    ///
    /// - Parameters:
    ///   - origin: the ledger's name; nil when it has none.
    ///   - size: entries that are present.
    ///   - roots: roots of the present ledger at the sizes of the anchors that are not larger than it.
    ///   - keys: who must have signed an anchor; empty when the anchors are trusted for where they were kept.
    public static func judging(
        _ anchors: [SignedCheckpoint], origin: String?, size: Int, roots: [Int: Digest], keys: [VerifierKey]
    ) -> LedgerAnchoring {
        LedgerAnchoring(
            findings: anchors.map { anchor in
                Finding(
                    anchor: anchor.checkpoint,
                    outcome: outcome(of: anchor, origin: origin, size: size, root: roots[anchor.checkpoint.size], keys: keys))
            })
    }

    private static func outcome(
        of anchor: SignedCheckpoint, origin: String?, size: Int, root: Digest?, keys: [VerifierKey]
    ) -> Outcome {
        var signers: [VerifierKey] = []
        if !keys.isEmpty {
            switch anchor.trust(in: keys) {
            case .signed(let keys): signers = keys
            case .unknown: return .untrusted
            case .forged(let key): return .forged(key)
            }
        }
        guard anchor.checkpoint.origin == origin else { return .otherLog(expected: origin) }
        guard anchor.checkpoint.size <= size else { return .truncated(present: size) }
        guard let root else { preconditionFailure("the root at size \(anchor.checkpoint.size) was not handed in") }
        return root == anchor.checkpoint.root ? .agrees(signers: signers) : .rewritten(found: root)
    }
}

extension LedgerAnchoring.Outcome {
    public var verdict: LedgerVerdict {
        switch self {
        case .agrees: .ok
        case .truncated, .rewritten, .otherLog, .forged: .failed
        case .untrusted, .incomparable: .unknown
        }
    }

    /// A lower-case fragment for people.
    public var text: String {
        switch self {
        case .agrees(let signers):
            signers.isEmpty ? "agrees" : "agrees, signed by \(signers.map(\.label).joined(separator: ", "))"
        case .truncated(let present): "the ledger was cut off: only \(present) entries are left"
        case .rewritten(let found): "the ledger was rewritten: its root at this size is \(found)"
        case .otherLog(let expected): expected.map { "is of another ledger; this one is \($0)" } ?? "this ledger has no name yet"
        case .forged(let key): "the signature in the name of \(key.label) is wrong"
        case .untrusted: "none of the given keys has signed it"
        case .incomparable: "cannot be compared, because the ledger is broken"
        }
    }
}
