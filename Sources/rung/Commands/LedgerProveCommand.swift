import ArgumentParser
import RungCore
import RungCrypto
import RungEvidence
import RungLedger
import RungText

/// `rung ledger prove`: makes a proof that needs no ledger to be checked.
struct LedgerProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Prove a record, an entry, or that the ledger only grew.",
        discussion: """
            A proof of a record or an entry is a file of C2SP tlog-proof@v1 that holds everything: check it anywhere with \
            rung ledger check-proof. Mind that the proof of a record shows the record. A proof of growth is what witnesses of \
            C2SP tlog-witness take in.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Argument(help: "The record, as kind:id, such as release:r-7; of states of one thing, the latest.")
    var name: String?

    @Option(help: ArgumentHelp("The record with this number, from 0.", valueName: "number"))
    var record: Int?

    @Option(help: ArgumentHelp("The entry with this number, from 0, without its records.", valueName: "number"))
    var entry: Int?

    @Option(help: ArgumentHelp("That the ledger grew from its first entries, this many.", valueName: "size"))
    var from: Int?

    @Option(help: ArgumentHelp("Prove under the checkpoint in this file, in place of the latest one.", valueName: "path"))
    var under: String?

    @Option(help: ArgumentHelp("Write the proof to this file instead of standard output.", valueName: "path"))
    var out: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        guard [name != nil, record != nil, entry != nil, from != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("name one of: a record as kind:id, --record, --entry, --from")
        }
        for (option, number) in [("--record", record), ("--entry", entry), ("--from", from)] {
            if let number, number < 0 { throw ValidationError("\(option) must be at least 0") }
        }
        if let name, name.split(separator: ":", maxSplits: 1).count != 2 {
            throw ValidationError("a record is named as kind:id, found \"\(name)\"")
        }
    }

    func run() throws {
        let checkpoint = try under.map(LedgerFiles.checkpoint)
        let store = try evidence.store()
        if let from {
            let proof = try store.growth(from: from, to: checkpoint)
            return try deliver(
                proof.description, "growth", proof.checkpoint.checkpoint, ["from": .int(from)], "the proof of growth from \(from) entries")
        }
        let proof = try store.receipt(for: target, under: checkpoint)
        try deliver(
            proof.description, "receipt", proof.checkpoint.checkpoint, ["entry": .int(proof.inclusion.index)],
            "the proof of entry \(proof.inclusion.index)")
    }

    private var target: ProofTarget {
        if let entry { return .entry(entry) }
        if let record { return .record(record) }
        let parts = (name ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        return .named(kind: parts.first ?? "", id: parts.last ?? "")
    }

    private func deliver(
        _ text: String, _ kind: String, _ head: Checkpoint, _ place: KeyValuePairs<String, JSONValue>, _ what: String
    ) throws {
        guard format == .json else { return try LedgerFiles.deliver(text, to: out, what) }
        let members: [JSONValue.Member] =
            [
                .init("formatVersion", 1), .init("kind", .string(kind)), .init("origin", .string(head.origin)),
                .init("size", .int(head.size)), .init("root", .string(head.root.description)),
            ] + place.map { .init($0.key, $0.value) } + [.init("proof", .string(text))]
        try LedgerFiles.deliver(JSONText.pretty(.object(members)) + "\n", to: out, what)
    }
}
