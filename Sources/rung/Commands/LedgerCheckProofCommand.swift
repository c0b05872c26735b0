import ArgumentParser
import RungCore
import RungCrypto
import RungLedger
import RungText

/// `rung ledger check-proof`: checks a proof without any ledger.
struct LedgerCheckProofCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof", abstract: "Check a proof, a checkpoint or an attestation; needs no ledger.",
        discussion: """
            The exit status is 0 when the proof holds and a given key has signed it, 4 when it does not hold or a signature is \
            wrong, 2 when that cannot be told, such as without a key that has signed.
            """)

    @Argument(help: "The file: a proof, a checkpoint, or an attestation.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "Public key that must have signed, or a file that holds it; default this machine's own. May be repeated.", valueName: "key"))
    var key: [String] = []

    @Option(help: ArgumentHelp("For a proof of growth: the checkpoint from which the ledger grew.", valueName: "path"))
    var from: String?

    @Flag(help: "Print the proved record on standard output.")
    var show = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if show, format == .json { throw ValidationError("--show and --format json exclude each other; json holds the record") }
    }

    func run() throws {
        let keys = try LedgerFiles.keys(key)
        let earlier = try from.map(LedgerFiles.checkpoint)
        let check = try LedgerFiles.parsed(file) { bytes throws(LedgerSyntaxError) in
            try ProofCheck.of(bytes, keys: keys, earlier: earlier)
        }
        switch format {
        case .json: Terminal.print(JSONText.pretty(ProofText.json(check)))
        case .text:
            for line in ProofText.lines(check, hasKeys: !keys.isEmpty) { Terminal.say(line) }
            if show, check.verdict == .ok, let record = check.receipt?.record {
                Terminal.print(String(decoding: record.payload, as: UTF8.self))
            }
        }
        switch check.verdict {
        case .ok: break
        case .failed: throw LeaveStatus(.infrastructure)
        case .unknown: throw LeaveStatus(.inconclusive)
        }
    }
}

/// Checked proofs as text and as JSON.
enum ProofText {
    static func lines(_ check: ProofCheck, hasKeys: Bool) -> [String] {
        var lines = ["\(check.kind.rawValue): \(check.verdict.rawValue)"]
        if let fault = check.fault { lines.append("  \(fault)") }
        if let gap = check.gap { lines.append("  \(gap)") }
        lines.append("  \(trust(check.trust, hasKeys: hasKeys))")
        if let head = check.checkpoint { lines.append("  ledger \(head.origin) at \(head.size) entries, root \(head.root)") }
        if let entry = entry(check) {
            let reason = entry.reason.map { " (\($0))" } ?? ""
            lines.append("  entry \(entry.sequence) of \(entry.at) by \(entry.actor): \(entry.kind), \(entry.count) records\(reason)")
        }
        if let record = check.receipt?.record { lines.append("  record \(record.number) of the kind \(record.kind ?? "unknown")") }
        for predicate in check.predicates { lines.append("  states \(predicate)") }
        return lines
    }

    static func json(_ check: ProofCheck) -> JSONValue {
        [
            "formatVersion": 1, "kind": .string(check.kind.rawValue), "verdict": .string(check.verdict.rawValue),
            "fault": check.fault.map { .string($0) } ?? .null, "gap": check.gap.map { .string($0) } ?? .null,
            "signers": .array(signers(check.trust).map { .string($0.description) }),
            "forged": forged(check.trust).map { .string($0.description) } ?? .null,
            "checkpoint": check.checkpoint.map { head in
                ["origin": .string(head.origin), "size": .int(head.size), "root": .string(head.root.description)]
            } ?? .null,
            "entry": check.receipt.flatMap { (try? JSONReader.read($0.entry))?.json } ?? .null,
            "record": check.receipt?.record.flatMap { (try? JSONReader.read($0.payload))?.json } ?? .null,
            "predicates": .array(check.predicates.map { .string($0) }),
        ]
    }

    private static func trust(_ trust: NoteTrust, hasKeys: Bool) -> String {
        switch trust {
        case .signed(let keys): "signed by \(keys.map(\.label).joined(separator: ", "))"
        case .forged(let key): "the signature in the name of \(key.label) is wrong"
        case .unknown:
            hasKeys
                ? "none of the given keys has signed it"
                : "nobody can tell who signed it without a public key; give one with --key"
        }
    }

    private static func signers(_ trust: NoteTrust) -> [VerifierKey] { if case .signed(let keys) = trust { keys } else { [] } }
    private static func forged(_ trust: NoteTrust) -> VerifierKey? { if case .forged(let key) = trust { key } else { nil } }

    /// The entry of a receipt, when it is one.
    private static func entry(_ check: ProofCheck) -> LedgerEntry? {
        check.receipt.flatMap { try? LedgerEntry(canonicalBytes: $0.entry) }
    }
}
