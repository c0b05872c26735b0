import ArgumentParser
import RungAssessment
import RungCore
import RungCrypto
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
            last entry. The exit status is 0 when an assessment could be made, 1 when it is not what --require or \
            --no-regression asks for, 2 when the evidence is older than --max-age, and 4 when the ledger does not verify and the \
            assessment is void.
            """)

    @OptionGroup var options: AssessmentOptions

    @OptionGroup var reports: AssessmentReportOptions

    @Option(
        help: ArgumentHelp("Fail unless this holds: stage>=N, for gates in CI.", valueName: "condition"),
        transform: { try StageCondition($0) })
    var require: StageCondition?

    @Flag(help: "Fail when the stage is lower than that of the last assessment that was recorded.")
    var noRegression = false

    @Option(
        help: ArgumentHelp("Do not pass when the newest evidence is older than this: 7d, 30d.", valueName: "duration"),
        transform: { try EvidenceAge($0) })
    var maxAge: EvidenceAge?

    @Option(
        help: ArgumentHelp(
            "Tell what has changed since the last recorded assessment (last) or since this day, and why.", valueName: "last|date"))
    var since: String?

    @Flag(help: "Keep the assessment as evidence, for reviews, --no-regression and --since last.")
    var record = false

    @Flag(help: "Show stages beyond the next one too.")
    var all = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if !options.whatIf.isEmpty, let option = reports.unmarked.first {
            throw ValidationError("what is supposed must not look as if it were earned: --what-if or \(option)")
        }
        let isGate = require != nil || noRegression || maxAge != nil
        if !options.whatIf.isEmpty, isGate {
            throw ValidationError("a gate must not suppose anything: --what-if, or --require, --no-regression and --max-age")
        }
        if !options.whatIf.isEmpty, record { throw ValidationError("a plan is not recorded: --what-if or --record") }
        if let since, since != "last", Timestamp(since) == nil { throw ValidationError("--since must be last or a date, found \(since)") }
    }

    func run() throws {
        guard let subject = try options.subject() else { return }
        let last = try subject.store.lastAssessment(asOf: subject.asOf)
        var assessment = try subject.assess(since: earlier(subject, last))
        let gate = AssessmentGate(require: require, last: noRegression ? .some(last) : nil, maxAge: maxAge)
        let decision = try gate.decision(on: assessment, newest: subject.store.newestDay(asOf: subject.asOf, entries: subject.ledgerSize))
        if noRegression, last == nil { assessment.remarks.append("no assessment was recorded before, so there is none to fall behind") }
        try reports.write(assessment, rubric: subject.rubric, aim: require?.stage)
        show(assessment, subject.rubric)
        if assessment.voidReason != nil { throw LeaveStatus(.infrastructure) }
        if record, gate.regression(assessment) == nil {
            try keep(assessment, Composition.store(at: subject.store.path))
        } else if record {
            Terminal.say("not recorded: it would become the mark that it falls behind; to accept it, record it without --no-regression")
        }
        guard decision.status != .passed else { return }
        Terminal.say(
            (["gate: \(decision.status == .failed ? "fail" : "inconclusive")"] + decision.reasons.map { "  - \($0)" }).joined(
                separator: "\n"))
        throw LeaveStatus(decision.status)
    }

    private func show(_ assessment: Assessment, _ rubric: Rubric) {
        switch format {
        case .json: Terminal.print(AssessmentJSON.render(assessment))
        case .text:
            Terminal.print(
                AssessmentText.render(
                    assessment, rubric: rubric, whole: all, width: Terminal.width(of: 1), colour: Terminal.wantsColour(1)))
        }
    }

    /// What --since names; nil when nobody asks, or nothing was recorded.
    private func earlier(_ subject: AssessmentSubject, _ last: RecordedAssessment?) throws -> EarlierAssessment? {
        guard let since else { return nil }
        if let day = Timestamp(since) {
            guard day.midnight <= subject.asOf.midnight else {
                throw InvalidInput("--since", nil, "\(since) is later than \(subject.asOf.date)", suggestion: "name an earlier day")
            }
            return EarlierAssessment(
                asOf: day.midnight, ledgerSize: min(try subject.store.cutOff(asOf: day).size, subject.ledgerSize), kept: nil)
        }
        guard let last else {
            throw InvalidInput("--since", nil, "no assessment was recorded yet", suggestion: "record one with --record, or name a day")
        }
        return EarlierAssessment(asOf: last.asOf, ledgerSize: last.ledger.size, kept: last)
    }

    /// Remembers the assessment by the digest of its document as `rung assess --json` writes it, without what --since adds.
    private func keep(_ assessment: Assessment, _ store: EvidenceStore) throws {
        var alone = assessment
        alone.trend = nil
        let digest = SHA256Hasher.digest(of: AssessmentJSON.render(alone))
        let author = PrincipalID(Surroundings.actor)
        guard let kept = RecordedAssessment(assessment, digest: digest, at: try Surroundings.clock()(), author: author) else { return }
        let isNew = try store.recordAssessment(kept)
        Terminal.say("\(isNew ? "recorded" : "recorded before"): \(kept.id) (\(digest))")
    }
}
