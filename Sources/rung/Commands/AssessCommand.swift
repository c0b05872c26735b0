import ArgumentParser
import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungText

/// `rung assess`: scores the organization from its evidence and plans the next step.
struct AssessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess", abstract: "Tell from the evidence which stage the organization stands on, and what comes next.",
        discussion: """
            Measures look at whole UTC days: what is recorded today counts from midnight on. An assessment as of an earlier \
            day reads the ledger as it stood then: up to the last checkpoint that is not later, or, without checkpoints, the \
            last entry. The exit status is 0 when an assessment could be made, 1 when it is not what --require asks for, and 4 \
            when the ledger does not verify and the assessment is void.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Assess as of this UTC date or time, floored to midnight; default today.", valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Read exactly this many entries of the ledger, whenever they were appended.", valueName: "number"))
    var ledgerSize: Int?

    @Option(help: ArgumentHelp("Rubric to assess by, in place of the workspace's own or the built-in one.", valueName: "path"))
    var rubric: String?

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: ArgumentHelp("Write the assessment as Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write the assessment as JSON.", valueName: "path"))
    var json: String?

    @Option(
        help: ArgumentHelp("Fail unless this holds: stage>=N, for gates in CI.", valueName: "condition"),
        transform: { try StageCondition($0) })
    var require: StageCondition?

    @Option(
        help: ArgumentHelp(
            "Suppose a value in place of what was measured: ID=0.9, ID=full, 'PRM-*=full'; may stand several times. The result "
                + "is a plan and no assessment.", valueName: "assumption"))
    var whatIf: [String] = []

    @Flag(help: "Show stages beyond the next one too.")
    var all = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if let asOf, Timestamp(asOf) == nil {
            throw ValidationError("--as-of must be a UTC time such as 2026-09-30T12:00:00Z, or a date")
        }
        for text in whatIf where Assumption(text) == nil {
            throw ValidationError("--what-if must be ID=VALUE or ID=full, such as REG-302=0.9, found \(text)")
        }
        if !whatIf.isEmpty, require != nil { throw ValidationError("a gate must not suppose anything: --what-if or --require") }
        if let ledgerSize, ledgerSize < 0 { throw ValidationError("--ledger-size must be a whole number from 0 on") }
    }

    func run() throws {
        var diagnostics = Diagnostics()
        let root = try evidence == nil ? location.requiredRoot() : location.root()
        let workspace = root.flatMap { Workspace.read(root: $0, into: &diagnostics) }
        let rubric = Composition.rubric(at: rubric ?? workspace?.rubricPath, into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let rubric, let path = evidence ?? workspace?.evidencePath else { return }
        let time = try asOf.flatMap { Timestamp($0) } ?? Surroundings.clock()()
        let store = try Composition.storeToAssess(at: path)
        let size = try ledgerSize ?? Self.ledgerSize(store, asOf: time)
        let assumptions = try assumptions(rubric)
        let assessment = try Self.assess(rubric, store: store, asOf: time, ledgerSize: size, assuming: assumptions)
        if let markdown { try ReplacedFile.write(AssessmentMarkdown.render(assessment, rubric: rubric), to: markdown) }
        if let json { try ReplacedFile.write(AssessmentJSON.render(assessment), to: json) }
        switch format {
        case .json: Terminal.print(AssessmentJSON.render(assessment))
        case .text:
            Terminal.print(
                AssessmentText.render(
                    assessment, rubric: rubric, whole: all, width: Terminal.width(of: 1), colour: Terminal.wantsColour(1)))
        }
        if assessment.voidReason != nil { throw LeaveStatus(.infrastructure) }
        if let require, let reason = require.failure(of: assessment) {
            Terminal.say("gate: fail\n  - \(reason)")
            throw LeaveStatus(.failed)
        }
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

    /// Verifies the ledger, then answers the rubric from the evidence as it stood.
    static func assess(
        _ rubric: Rubric, store: EvidenceStore, asOf: Timestamp, ledgerSize: Int? = nil, assuming assumptions: [Assumption] = []
    ) throws -> Assessment {
        let check = try store.checkLedger()
        let snapshot = try store.snapshot(asOf: asOf, ledgerSize: ledgerSize)
        return Assessor.assess(
            rubric: rubric, evidence: snapshot, asOf: asOf, integrity: check.failure.map { .broken($0.description) } ?? .verified,
            notes: snapshot.notes + [check.text] + (try caveats(on: snapshot)), assuming: assumptions)
    }

    /// What the reader should know before believing the findings.
    private static func caveats(on snapshot: EvidenceSnapshot) throws -> [String] {
        guard try snapshot.recordCounts().contains(where: { $0.imported > 0 }) else { return [] }
        return ["imported files are not authenticated: findings that rest on them are only as good as the files"]
    }
}

/// What a gate asks of an assessment: `stage>=3`.
struct StageCondition: Sendable {
    private let stage: Int

    init(_ text: String) throws {
        let words = text.filter { $0 != " " }
        guard words.hasPrefix("stage>="), let stage = Int(words.dropFirst(7)), (1...5).contains(stage) else {
            throw ValidationError("--require must be stage>=N with N from 1 to 5, found \(text)")
        }
        self.stage = stage
    }

    /// Why the assessment does not meet it; nil when it does.
    func failure(of assessment: Assessment) -> String? {
        guard let found = assessment.stage, found < stage else { return nil }
        return "stage \(stage) is required, stage \(found) is earned"
    }
}
