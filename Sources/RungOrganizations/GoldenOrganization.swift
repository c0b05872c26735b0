public import RungCore
import RungCrypto
public import RungEvidence
import RungLedger
public import RungText
import Synchronization

/// Writes the evidence of an organization into a store, evening by evening.
public struct GoldenOrganization: Sendable {
    public let plan: OrganizationPlan

    public init(_ plan: OrganizationPlan) { self.plan = plan }

    /// What was written.
    public struct Report: Sendable, Equatable {
        public var records: Int
        /// Calls of agents in production, logged or not.
        public var calls: Int
        public var evenings: Int
        public var ledger: LedgerHead
    }

    /// Midnights as of which the organization can be assessed on its way, the last one the end.
    public var quarterEnds: [Timestamp] { OrganizationYear(plan).quarterEnds }

    /// Kinds of evidence that the program records itself or that a source hands in, in this organization.
    public var sources: [SourceID] { Teller.allCases.compactMap { $0.source?.id } }

    /// Makes a store at `path` and tells it everything; files on the way lie in `scratch`.
    ///
    /// - Parameters:
    ///   - path: of the store, which must not exist.
    ///   - scratch: a folder; what is written into it is removed again.
    /// - Returns: the store, with its clock at noon of the day that the organization is to be assessed as of, and what was told.
    /// - Throws: what the store throws, and `UntoldEvidence` when it found anything to remark.
    public func write(to path: String, scratch: String) throws -> (store: EvidenceStore, report: Report) {
        let clock = Clock(OrganizationYear(plan).first.at(6))
        let random = Mutex(SeededDraws(plan.seed, "salts"))
        let environment = EvidenceEnvironment(
            now: { clock.now }, randomBytes: { count in random.withLock { $0.bytes(count) } }, lockSeconds: 0)
        let store = try EvidenceStore(path: path, environment: environment)
        var evenings = Evenings(plan, store: store, clock: clock, page: scratch + "/page.jsonl")
        let report = try evenings.tellAll()
        clock.set(plan.asOf.at(12))
        return (store, report)
    }
}

/// The store remarked something about evidence that ought to be beyond remark.
public struct UntoldEvidence: Error, CustomStringConvertible {
    public let description: String
}

/// The time that a store sees.
final class Clock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp) { self.time = Mutex(time) }

    func set(_ time: Timestamp) { self.time.withLock { $0 = time } }

    var now: Timestamp { time.withLock { $0 } }
}
