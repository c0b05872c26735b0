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
            Measures look at whole UTC days: what is recorded today counts from midnight on. The exit status is 0 when an \
            assessment could be made, and 4 when the ledger does not verify and the assessment is void.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Assess as of this UTC date or time, floored to midnight; default today.", valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Rubric to assess by, in place of the workspace's own or the built-in one.", valueName: "path"))
    var rubric: String?

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: ArgumentHelp("Write the assessment as Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write the assessment as JSON.", valueName: "path"))
    var json: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if let asOf, Timestamp(asOf) == nil {
            throw ValidationError("--as-of must be a UTC time such as 2026-09-30T12:00:00Z, or a date")
        }
    }

    func run() throws {
        var diagnostics = Diagnostics()
        let root = try evidence == nil ? location.requiredRoot() : location.root()
        let workspace = root.flatMap { Workspace.read(root: $0, into: &diagnostics) }
        let rubric = Composition.rubric(at: rubric ?? workspace?.rubricPath, into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let rubric, let path = evidence ?? workspace?.evidencePath else { return }
        let time = try asOf.flatMap { Timestamp($0) } ?? Surroundings.clock()()
        let assessment = try Self.assess(rubric, store: try Composition.storeToAssess(at: path), asOf: time)
        if let markdown { try ReplacedFile.write(AssessmentMarkdown.render(assessment, rubric: rubric), to: markdown) }
        if let json { try ReplacedFile.write(AssessmentJSON.render(assessment), to: json) }
        switch format {
        case .json: Terminal.print(AssessmentJSON.render(assessment))
        case .text:
            Terminal.print(
                AssessmentText.render(assessment, rubric: rubric, width: Terminal.width(of: 1), colour: Terminal.wantsColour(1)))
        }
        if assessment.voidReason != nil { throw LeaveStatus(.infrastructure) }
    }

    /// Verifies the ledger, then answers the rubric from the evidence as it stood.
    static func assess(_ rubric: Rubric, store: EvidenceStore, asOf: Timestamp) throws -> Assessment {
        let verification = try store.verify()
        let snapshot = try store.snapshot(asOf: asOf)
        return Assessor.assess(
            rubric: rubric, evidence: snapshot, asOf: asOf,
            integrity: verification.failure.map { .broken($0.description) } ?? .verified,
            notes: snapshot.notes + (try caveats(on: snapshot)))
    }

    /// What the reader should know before believing the findings.
    private static func caveats(on snapshot: EvidenceSnapshot) throws -> [String] {
        guard try snapshot.recordCounts().contains(where: { $0.imported > 0 }) else { return [] }
        return ["imported files are not authenticated: findings that rest on them are only as good as the files"]
    }
}
