import ArgumentParser
import RungCrypto
import RungEvidence
import RungFormats
import RungLedger
import RungText

/// `rung ledger checkpoint`: signs the present head and hands it out as an anchor.
struct LedgerCheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign the present head of the ledger and hand it out.",
        discussion: """
            Keep the checkpoint where whoever runs this machine cannot change it: in a git tag, as a CI artifact, with another \
            team. rung ledger verify --anchor FILE then finds a ledger that was cut off or rewritten since.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Flag(help: "Hand out the head without a signature; nothing tells then who wrote it.")
    var unsigned = false

    @Option(help: ArgumentHelp("Write the checkpoint to this file instead of standard output.", valueName: "path"))
    var out: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let key = unsigned ? nil : try SigningKey.required("the ledger")
        let store = try evidence.storeToSign()
        let note = try key.map { try store.checkpoint(signedBy: $0).note } ?? store.unsignedCheckpoint()
        switch format {
        case .text: try LedgerFiles.deliver(note.description, to: out, "the checkpoint at \(note.checkpoint.size) entries")
        case .json: try LedgerFiles.deliver(JSONText.pretty(Self.json(note, key: key?.verifierKey)) + "\n", to: out, "the checkpoint")
        }
    }

    private static func json(_ note: SignedCheckpoint, key: VerifierKey?) -> JSONValue {
        [
            "formatVersion": 1, "origin": .string(note.checkpoint.origin), "size": .int(note.checkpoint.size),
            "root": .string(note.checkpoint.root.description), "key": key.map { .string($0.description) } ?? .null,
            "note": .string(note.description),
        ]
    }
}

/// `rung ledger add-cosignature`: takes in the signature of a witness.
struct LedgerAddCosignatureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-cosignature", abstract: "Add somebody else's signature to the checkpoint that it is for.",
        discussion: """
            The file holds signature lines as a witness answers them, or a whole checkpoint that somebody has signed too. \
            Checkpoints with such a signature count as held outside.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Argument(help: "File with the signature lines, or with the cosigned checkpoint.")
    var file: String

    @Option(help: ArgumentHelp("Public key of the cosigner, or a file that holds it.", valueName: "key"))
    var key: String

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let key = try LedgerFiles.key(key)
        let signatures = try LedgerFiles.parsed(file) { bytes throws(LedgerSyntaxError) in
            bytes.starts(with: "— ".utf8) ? try NoteSignature.lines(parsing: bytes) : try SignedCheckpoint(parsing: bytes).signatures
        }
        let stored = try evidence.storeToSign().addCosignatures(signatures, of: key)
        switch format {
        case .text: Terminal.say("added the signature of \(key.label) to the checkpoint at \(stored.note.checkpoint.size) entries")
        case .json:
            Terminal.print(
                JSONText.pretty([
                    "formatVersion": 1, "size": .int(stored.note.checkpoint.size),
                    "cosigners": .array(stored.cosigners.map { .string($0.description) }), "note": .string(stored.note.description),
                ]))
        }
    }
}
