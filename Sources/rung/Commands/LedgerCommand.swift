import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungLedger
import RungText

/// `rung ledger`: signs the ledger, proves what is in it, hands it on.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Sign the ledger, prove what is in it, check proofs, hand it on.",
        discussion: "Every command that appends signs the head of the ledger when it ends, if there is a key.",
        subcommands: [
            LedgerAddCosignatureCommand.self, LedgerCheckProofCommand.self, LedgerCheckpointCommand.self, LedgerEraseCommand.self,
            LedgerExportCommand.self, LedgerKeysCommand.self, LedgerProveCommand.self, LedgerVerifyCommand.self,
        ])
}

extension EvidenceOptions {
    /// The store for signing; an error when nothing has been recorded yet.
    func storeToSign() throws -> EvidenceStore { try Composition.store(at: store().path) }
}

/// Files that the ledger's commands read and write.
enum LedgerFiles {
    /// A checkpoint in a file.
    static func checkpoint(_ path: String) throws -> SignedCheckpoint {
        try parsed(path) { bytes throws(LedgerSyntaxError) in try SignedCheckpoint(parsing: bytes) }
    }

    /// A public key in a file, or as it stands on the command line.
    static func key(_ text: String) throws -> VerifierKey {
        if FileBytes.exists(text) {
            return try parsed(text) { bytes throws(LedgerSyntaxError) in try VerifierKey(parsing: bytes) }
        }
        do {
            return try VerifierKey(parsing: Array(text.utf8))
        } catch {
            throw InvalidInput(
                "--key \(text)", nil, "is neither a file nor a public key: \(error.message)",
                suggestion: "rung ledger keys show prints a public key such as name+id+base64")
        }
    }

    /// The given keys, else the public half of the machine's own; none when there is neither.
    static func keys(_ texts: [String]) throws -> [VerifierKey] {
        if !texts.isEmpty { return try texts.map(key) }
        return try SigningKey.load().map { [$0.verifierKey] } ?? []
    }

    /// Reads a file with a parser of the ledger.
    static func parsed<Value>(_ path: String, _ parse: ([UInt8]) throws(LedgerSyntaxError) -> Value) throws -> Value {
        let bytes = try FileBytes.read(path)
        do {
            return try parse(bytes)
        } catch {
            throw InvalidInput(FilePath.shown(path), error.position, error.message)
        }
    }

    /// Writes to a file and says so, or prints where no file is named.
    static func deliver(_ text: String, to path: String?, _ what: String) throws {
        guard let path else { return Terminal.print(text) }
        try PlainFile.replace(Array(text.utf8), at: path)
        Terminal.say("wrote \(what) to \(FilePath.shown(path))")
    }
}
