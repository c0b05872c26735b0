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
}
