import ArgumentParser
import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungText

/// Which rubric is asked of which evidence, as it stood when, and what is supposed in place of what was measured.
struct AssessmentOptions: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Assess as of this UTC date or time, floored to midnight; default today.", valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Read exactly this many entries of the ledger, whenever they were appended.", valueName: "number"))
    var ledgerSize: Int?

    @Option(help: ArgumentHelp("Rubric to assess by, in place of the workspace's own or the built-in one.", valueName: "path"))
    var rubric: String?

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "Suppose a value in place of what was measured: ID=0.9, ID=full, 'PRM-*=full'; may stand several times. The result "
                + "is a plan and no assessment.", valueName: "assumption"))
    var whatIf: [String] = []

    func validate() throws {
        if let asOf, Timestamp(asOf) == nil {
            throw ValidationError("--as-of must be a UTC time such as 2026-09-30T12:00:00Z, or a date")
        }
        for text in whatIf where Assumption(text) == nil {
            throw ValidationError("--what-if must be ID=VALUE or ID=full, such as REG-302=0.9, found \(text)")
        }
        if let ledgerSize, ledgerSize < 0 { throw ValidationError("--ledger-size must be a whole number from 0 on") }
    }

    /// Opens everything that the options name; nil only after problems have been thrown.
    func subject() throws -> AssessmentSubject? {
        var diagnostics = Diagnostics()
        let root = try evidence == nil ? location.requiredRoot() : location.root()
        let workspace = root.flatMap { Workspace.read(root: $0, into: &diagnostics) }
        let rubric = Composition.rubric(at: rubric ?? workspace?.rubricPath, into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let rubric, let path = evidence ?? workspace?.evidencePath else { return nil }
        let time = try asOf.flatMap { Timestamp($0) } ?? Surroundings.clock()()
        let store = try Composition.storeToAssess(at: path)
        let size = try ledgerSize ?? Self.ledgerSize(store, asOf: time)
        return AssessmentSubject(
            rubric: rubric, store: store, asOf: time, ledgerSize: size, assumptions: try assumptions(rubric))
    }

    private func assumptions(_ rubric: Rubric) throws -> [Assumption] {
        let assumptions = whatIf.compactMap { Assumption($0) }
        for assumption in assumptions where !rubric.criteria.contains(where: { assumption.matches($0.id) }) {
            throw InvalidInput(
                "--what-if \(assumption.pattern)", nil, "no criterion has this id",
                suggestion: NearestWord.suggestion(for: assumption.pattern, among: rubric.criteria.map(\.id.rawValue))
                    ?? "`rung rubric explain` lists them")
        }
        return assumptions
    }

    /// The entries that stood at that time; tells of those that came later.
    private static func ledgerSize(_ store: EvidenceStore, asOf: Timestamp) throws -> Int {
        let cutOff = try store.cutOff(asOf: asOf)
        guard cutOff.hiddenEntries > 0 else { return cutOff.size }
        let hidden = cutOff.hiddenRecords == 1 ? "1 record was" : "\(cutOff.hiddenRecords) records were"
        Terminal.say(
            """
            note: \(hidden) appended after \(asOf.midnight) and not read: the ledger had \(cutOff.size) of its \
            \(cutOff.size + cutOff.hiddenEntries) entries then
              to read all of them, add --ledger-size \(cutOff.size + cutOff.hiddenEntries)
            """)
        return cutOff.size
    }
}

/// What is assessed, by which rubric, as it stood when.
struct AssessmentSubject {
    let rubric: Rubric
    let store: EvidenceStore
    let asOf: Timestamp
    /// Entries of the ledger that are read.
    let ledgerSize: Int
    /// What is supposed; with any, the result is a plan.
    let assumptions: [Assumption]

    /// Verifies the ledger, then answers the rubric from the evidence as it stood.
    ///
    /// - Parameters:
    ///   - target: the stage up to which to plan; that of two stages above the one that is earned for nil.
    ///   - earlier: the assessment to compare with.
    func assess(planningTo target: Int? = nil, since earlier: EarlierAssessment? = nil) throws -> Assessment {
        let check = try store.checkLedger()
        let integrity = check.failure.map { LedgerIntegrity.broken($0.description) } ?? .verified
        let snapshot = try store.snapshot(asOf: asOf, ledgerSize: ledgerSize)
        let people = Self.owners(snapshot)
        var assessment = Assessor.assess(
            rubric: rubric, evidence: snapshot, asOf: asOf, integrity: integrity,
            notes: snapshot.notes + (try Self.caveats(on: snapshot)) + people.notes, assuming: assumptions,
            owners: people.owners, planningTo: target)
        assessment.remarks = [check.text]
        if let earlier, assessment.stage != nil { assessment.trend = try trend(from: earlier, to: assessment, integrity) }
        return assessment
    }

    /// Asks the earlier evidence again, by the rubric of today and then as of today.
    private func trend(from earlier: EarlierAssessment, to now: Assessment, _ integrity: LedgerIntegrity) throws -> AssessmentTrend? {
        func assessment(asOf time: Timestamp) throws -> Assessment {
            let snapshot = try store.snapshot(asOf: time, ledgerSize: earlier.ledgerSize)
            if let kept = earlier.kept, kept.ledger != snapshot.head {
                throw EvidenceError(
                    .damaged, "the ledger is not the one that \(kept.id) was made from: its first \(kept.ledger.size) entries differ",
                    suggestion: "`rung ledger verify` tells more")
            }
            return Assessor.assess(rubric: rubric, evidence: snapshot, asOf: time, integrity: integrity, notes: [])
        }
        return TrendRule.trend(
            from: earlier.kept, restated: try assessment(asOf: earlier.asOf), aged: try assessment(asOf: asOf), now: now)
    }

    /// Whom the evidence names; without an answer nobody, and a note that says why.
    private static func owners(_ snapshot: EvidenceSnapshot) -> (owners: RoadmapOwners, notes: [String]) {
        do throws(MeasureFailure) {
            let people = try snapshot.accountability()
            return (RoadmapOwners(agents: people.agents, duties: people.duties), [])
        } catch {
            return (RoadmapOwners(), ["steps name no owners: \(error.reason)"])
        }
    }

    /// What the reader should know before believing the findings.
    private static func caveats(on snapshot: EvidenceSnapshot) throws -> [String] {
        guard try snapshot.recordCounts().contains(where: { $0.imported > 0 }) else { return [] }
        return ["imported files are not authenticated: findings that rest on them are only as good as the files"]
    }
}

/// What an assessment is compared with.
struct EarlierAssessment {
    let asOf: Timestamp
    /// Entries of the ledger that it read.
    let ledgerSize: Int
    /// As the ledger remembers it; nil for a day for which none was kept.
    let kept: RecordedAssessment?
}
