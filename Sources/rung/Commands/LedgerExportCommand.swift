import ArgumentParser
import RungCore
import RungCrypto
import RungEvidence
import RungFormats
import RungLedger
import RungText

/// `rung ledger export`: hands on the whole ledger, or a signed statement about a run.
struct LedgerExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledger as static tiles, or a run as a signed attestation.",
        discussion: """
            Tiles (C2SP tlog-tiles) make any file server a log that other tools verify; they hold who appended what and when, but \
            no record. An attestation is two in-toto statements in DSSE envelopes, one a line: the test result, and the gate's \
            decision with its counts and intervals.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: ArgumentHelp("Folder for the tiles; an older export in it is brought up to date.", valueName: "folder"))
    var tiles: String?

    @Option(help: ArgumentHelp("Attest this run: its id, the beginning of it, or latest.", valueName: "run"))
    var attestation: String?

    @Option(help: ArgumentHelp("Write the attestation to this file instead of standard output.", valueName: "path"))
    var out: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if (tiles == nil) == (attestation == nil) { throw ValidationError("name one of --tiles FOLDER and --attestation RUN") }
        if tiles != nil, out != nil { throw ValidationError("--out goes with --attestation") }
    }

    func run() throws {
        let key = try SigningKey.required("what is exported")
        let store = try evidence.storeToSign()
        if let tiles { return try exportTiles(store, key, to: tiles) }
        guard let attestation else { return }
        let run = try store.run(RunID(attestation))
        guard let summary = run.summary else {
            throw EvidenceError(
                .refused, "run \(run.header.id) has no end yet", suggestion: "continue it with: rung test … --resume \(run.header.id)")
        }
        var cases: [RecordedCase] = []
        if run.storedCases <= RunAttestation.namedCases { try store.forEachCase(of: run.header.id) { cases.append($0) } }
        let head = try store.checkpoint(signedBy: key).note.checkpoint
        let envelopes = RunAttestation.statements(of: summary, cases: cases, under: head).map { $0.signed(by: key) }
        let text = envelopes.map { $0.text + "\n" }.joined()
        guard format == .json else { return try LedgerFiles.deliver(text, to: out, "the attestation of run \(run.header.id)") }
        let lines = envelopes.map { JSONValue.string($0.text) }
        let json: JSONValue = [
            "formatVersion": 1, "run": .string(run.header.id.rawValue), "key": .string(key.verifierKey.description),
            "envelopes": .array(lines),
        ]
        try LedgerFiles.deliver(JSONText.pretty(json) + "\n", to: out, "the attestation of run \(run.header.id)")
    }

    private func exportTiles(_ store: EvidenceStore, _ key: SignerKey, to folder: String) throws {
        let published = FilePath.join(folder, "checkpoint")
        if FileBytes.exists(published) { try Self.requireGrowth(store, from: published) }
        let note = try store.checkpoint(signedBy: key).note
        var files = 0
        try store.forEachTileFile(under: note) { path, bytes in
            try PlainFile.replace(bytes, at: FilePath.join(folder, path))
            files += 1
        }
        switch format {
        case .text: Terminal.say("wrote \(note.checkpoint.size) entries as \(files) files to \(FilePath.shown(folder))")
        case .json:
            Terminal.print(
                JSONText.pretty([
                    "formatVersion": 1, "folder": .string(folder), "files": .int(files), "origin": .string(note.checkpoint.origin),
                    "size": .int(note.checkpoint.size), "root": .string(note.checkpoint.root.description),
                ]))
        }
    }

    /// What was published once is never replaced by another history.
    private static func requireGrowth(_ store: EvidenceStore, from path: String) throws {
        let anchoring = try store.anchoring(of: [try LedgerFiles.checkpoint(path)])
        guard let finding = anchoring.findings.first, anchoring.verdict == .failed else { return }
        throw EvidenceError(
            .refused, "\(FilePath.shown(path)) does not fit this ledger: \(finding.outcome.text)",
            suggestion: "nothing was written; name another folder")
    }
}
