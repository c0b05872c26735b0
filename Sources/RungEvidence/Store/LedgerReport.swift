import RungCore
public import RungLedger
import RungText

/// What a full check of the evidence came to: three verdicts, and what they rest on.
public struct LedgerReport: Sendable {
    /// Every entry and record recomputed; tree, checkpoints and derived tables agree with them.
    public var integrity: LedgerVerification
    /// What the checkpoints say that the store itself holds.
    public var checkpoints: LedgerAnchoring
    /// Whether copies of the head that were kept elsewhere agree, and up to which size.
    public var anchoring: LedgerAnchoring
    /// Whether independent counters saw more calls than were logged; nil when it could not be asked.
    public var completeness: Completeness?

    public init(
        integrity: LedgerVerification, checkpoints: LedgerAnchoring, anchoring: LedgerAnchoring, completeness: Completeness?
    ) {
        self.integrity = integrity
        self.checkpoints = checkpoints
        self.anchoring = anchoring
        self.completeness = completeness
    }

    public var integrityVerdict: LedgerVerdict { integrity.isIntact && checkpoints.verdict != .failed ? .ok : .failed }
    public var anchoringVerdict: LedgerVerdict { anchoring.verdict }

    public var completenessVerdict: LedgerVerdict {
        switch completeness?.verdict {
        case .complete: .ok
        case .incomplete: .failed
        case .unknown, nil: .unknown
        }
    }

    /// Whether nothing contradicts the evidence; a lack of completeness is told and fails nothing.
    public var isSound: Bool { integrityVerdict != .failed && anchoringVerdict != .failed }
}

extension EvidenceStore {
    /// Checks everything that can be checked.
    ///
    /// - Parameters:
    ///   - anchors: checkpoints that were kept elsewhere.
    ///   - keys: who must have signed them; empty when they are trusted for where they were kept.
    ///   - days: how far back independent counters are compared with what was logged.
    public func report(
        anchors: [SignedCheckpoint], keys: [VerifierKey], days: Int = 365
    ) throws(EvidenceError) -> LedgerReport {
        let integrity: LedgerVerification
        do throws(EvidenceError) {
            integrity = try verify()
        } catch {
            throw Self.withoutDetour(error)
        }
        let own = try Self.unlessBroken(integrity) { () throws(EvidenceError) in try ownAnchoring() }
        let anchoring = try Self.unlessBroken(integrity) { () throws(EvidenceError) in try self.anchoring(of: anchors, keys: keys) }
        let asOf = environment.now().midnight
        let snapshot = try Self.unlessBroken(integrity) { () throws(EvidenceError) in
            try self.snapshot(asOf: asOf, timeLimit: .seconds(60))
        }
        let completeness = try? snapshot?.completeness(in: EvidenceWindow(asOf: asOf, days: days))
        return LedgerReport(
            integrity: integrity, checkpoints: own ?? .init(findings: []), anchoring: anchoring ?? .incomparable(anchors),
            completeness: completeness)
    }

    /// What `body` gives; nil when it cannot read the ledger because of what integrity tells already.
    private static func unlessBroken<Value>(
        _ integrity: LedgerVerification, _ body: () throws(EvidenceError) -> Value
    ) throws(EvidenceError) -> Value? {
        do throws(EvidenceError) {
            return try body()
        } catch {
            guard error.kind == .damaged, !integrity.isIntact else { throw withoutDetour(error) }
            return nil
        }
    }

    /// An error that does not send whoever verifies to verify.
    private static func withoutDetour(_ error: EvidenceError) -> EvidenceError {
        error.kind == .damaged ? EvidenceError(.damaged, error.message, suggestion: "restore the evidence from a backup") : error
    }
}
