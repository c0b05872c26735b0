import ArgumentParser
import RungCore
import RungEvidence
import RungText

/// `rung ledger erase`: takes payloads out of the evidence; every proof stands.
struct LedgerEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Take the payloads of records out of the evidence; every proof stands.",
        discussion: """
            Payload and salt go, the hash stays, and a new entry tells who erased how many records of which kind, and why. \
            Nothing brings them back: try --dry-run first. Roll-ups keep what they counted.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Argument(help: "Kind of the records, such as interaction or feedback; left out with --record.")
    var kind: String?

    @Argument(help: "Ids of the records.")
    var ids: [String] = []

    @Option(help: ArgumentHelp("Erase all records of the kind that happened before this UTC date or time.", valueName: "time"))
    var before: String?

    @Option(help: ArgumentHelp("With --before: only those of this agent.", valueName: "agent"))
    var agent: String?

    @Option(help: ArgumentHelp("Number of a record; may be given several times, in place of kind and ids.", valueName: "number"))
    var record: [Int64] = []

    @Option(help: "Why; it stands in the ledger for ever, so it must not repeat what is erased.")
    var reason: String

    @Flag(help: "Tell what would be erased; erase nothing.")
    var dryRun = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why") }
        if let before, Timestamp(before) == nil { throw ValidationError("--before must be a UTC time such as 2026-09-30, or a date") }
        if agent != nil, before == nil { throw ValidationError("--agent goes with --before") }
        let ways = [!record.isEmpty, !ids.isEmpty, before != nil].filter(\.self).count
        if ways != 1 { throw ValidationError("name the records by ids, by --before or by --record") }
        if record.isEmpty == (kind == nil) { throw ValidationError("name a kind with ids or --before, and none with --record") }
    }

    func run() throws {
        let report = try evidence.storeToSign().erase(
            selection, reason: reason, actor: PrincipalID(Surroundings.actor), dryRun: dryRun)
        switch format {
        case .json: Terminal.print(JSONText.pretty(report.json))
        case .text: Terminal.say(report.text)
        }
    }

    private var selection: ErasureSelection {
        if !record.isEmpty { return .records(record) }
        let kind = kind ?? ""
        if let time = before.flatMap({ Timestamp($0) }) { return .before(kind: kind, time, agent: agent.map { AgentID($0) }) }
        return .ids(kind: kind, ids)
    }
}
