import RungCore
import RungEvidence
import RungLedger
import Synchronization

/// Signs what a command has appended, once, when the command ends: all of its batches share one checkpoint.
///
/// Stores are noted where they are opened for writing, so that no command can forget it.
enum LedgerSeal {
    /// A store and its size when it was opened.
    private struct Opened {
        var store: EvidenceStore
        var size: Int
        var key: SignerKey?
    }

    private static let opened = Mutex<[Opened]>([])

    /// Notes a store that is written to; the key is read here, so that a bad one is told before anything is appended.
    static func note(_ store: EvidenceStore, key: SignerKey?) throws {
        let size = try store.head().size
        if let last = try store.lastEntryAhead() {
            Terminal.say(
                "note: the last entry of the ledger is of \(last), which is later than now: a clock is or was wrong\n"
                    + "  entries keep their order; assessments count them from their own times on")
        }
        opened.withLock { $0.append(Opened(store: store, size: size, key: key)) }
    }

    /// Signs the heads of all stores that have grown, or says once that nothing is signed.
    ///
    /// - Throws: `EvidenceError` when a head cannot be signed; the others are signed all the same.
    static func close() throws {
        let stores = opened.withLock { opened in
            defer { opened = [] }
            return opened
        }
        var failure: (any Error)?
        var isUnsigned = false
        for opened in stores {
            do {
                guard try opened.store.head().size > opened.size else { continue }
                if let key = opened.key { try opened.store.checkpoint(signedBy: key) } else { isUnsigned = true }
            } catch {
                failure = error
            }
        }
        if isUnsigned { Terminal.say("note: the ledger is not signed: there is no key\n  make one with: rung ledger keys new") }
        if let failure { throw failure }
    }
}
