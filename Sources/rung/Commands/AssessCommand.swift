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

    @OptionGroup var options: AssessmentOptions

    @Option(help: ArgumentHelp("Write the assessment as Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write the assessment as JSON.", valueName: "path"))
    var json: String?

    @Option(
        help: ArgumentHelp("Fail unless this holds: stage>=N, for gates in CI.", valueName: "condition"),
        transform: { try StageCondition($0) })
    var require: StageCondition?

    @Flag(help: "Show stages beyond the next one too.")
    var all = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if !options.whatIf.isEmpty, require != nil { throw ValidationError("a gate must not suppose anything: --what-if or --require") }
    }

    func run() throws {
        guard let subject = try options.subject() else { return }
        let rubric = subject.rubric
        let assessment = try Self.assess(
            rubric, store: subject.store, asOf: subject.asOf, ledgerSize: subject.ledgerSize, assuming: subject.assumptions)
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
