public import RungCore
import RungLedger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension EvidenceStore {
    /// Writes a bundle: one file with everything that this store holds and that proving it elsewhere needs.
    ///
    /// The file is readable by its owner alone, since evidence may hold personal data; it appears whole, after its ledger has
    /// been verified. What was deleted from the store is not in it.
    ///
    /// - Parameters:
    ///   - path: a file that does not exist yet.
    ///   - run: the store must hold this run alone; a part of a ledger proves nothing without the rest.
    /// - Returns: what verifying the bundle came to.
    public func exportBundle(to path: String, run: RunID? = nil) throws(EvidenceError) -> LedgerVerification {
        if let run { try requireOnly(run) }
        guard access(path, F_OK) != 0 else {
            throw EvidenceError(.refused, "\(path) exists already", suggestion: "name another file, or remove this one")
        }
        let draft = "\(path).\(getpid()).tmp"
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(draft + suffix) } }
        try write(draft, for: path)
        let verification = try EvidenceStore(reading: draft, environment: environment).verify()
        if let problem = verification.problem {
            throw EvidenceError(
                .damaged, "the ledger is broken, no bundle was written: \(problem)",
                suggestion: "`rung ledger verify` tells what is broken; restore the evidence from a backup")
        }
        guard link(draft, path) == 0 else { throw Self.failure(path) }
        return verification
    }

    /// Copies the file within SQLite, which reads the write-ahead log and leaves out free pages.
    private func write(_ draft: String, for path: String) throws(EvidenceError) {
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        do throws(EvidenceError) {
            try database.perform { connection in
                let vacuum = try SQLStatement("VACUUM INTO ?", on: connection)
                vacuum.bind(1, draft)
                try vacuum.run()
            }
        } catch {
            // Only the bundle is written to.
            guard error.kind == .diskFull else { throw error }
            throw EvidenceError(
                .diskFull, "there is no room left for \(path); no bundle was written", suggestion: "free some space, or name another file")
        }
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    private static func failure(_ path: String) -> EvidenceError {
        EvidenceError(
            .readOnly, "\(path) cannot be written: \(String(cString: strerror(errno)))",
            suggestion: "check that the folder exists, may be written and has room")
    }

    private func requireOnly(_ name: RunID) throws(EvidenceError) {
        let run = try run(name)
        let others = try runs(limit: 2).count - 1
        guard others > 0 else { return }
        throw EvidenceError(
            .refused, "\(path) holds other runs besides \(run.header.id); a part of a ledger cannot be proved without the rest",
            suggestion: "export all of it with --all, or let a run write into a file of its own: rung test --evidence FILE")
    }
}
