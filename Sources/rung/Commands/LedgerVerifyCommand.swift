import ArgumentParser
import RungCore
import RungEvidence
import RungLedger
import RungText

/// `rung ledger verify`: recomputes everything that the ledger binds, and compares it with copies and counters from outside.
struct LedgerVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Recompute the whole ledger; compare it with outside copies and counters.",
        discussion: """
            Integrity: every entry and record is recomputed. Anchoring: copies of the head that were kept elsewhere agree. \
            Completeness: what gateways and invoices counted is logged. Each is ok, failed or unknown. The exit status is 4 when \
            integrity or anchoring failed, else 0.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: ArgumentHelp("A checkpoint that was kept elsewhere; may be given several times.", valueName: "path"))
    var anchor: [String] = []

    @Option(help: ArgumentHelp("Public key that must have signed the anchors, or a file that holds it.", valueName: "key"))
    var key: [String] = []

    @Option(help: ArgumentHelp("Days back from today for which counters are compared with what was logged.", valueName: "days"))
    var days = 365

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if !(1...36_500).contains(days) { throw ValidationError("--days must be from 1 to 36500") }
    }

    func run() throws {
        let anchors = try anchor.map(LedgerFiles.checkpoint)
        let report = try evidence.store().report(anchors: anchors, keys: try key.map(LedgerFiles.key), days: days)
        switch format {
        case .json: Terminal.print(JSONText.pretty(report.json))
        case .text: Terminal.print(report.text)
        }
        if !report.isSound { throw LeaveStatus(.infrastructure) }
    }
}
