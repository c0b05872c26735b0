/// What a check of the ledger can come to.
public enum LedgerVerdict: String, Sendable, CaseIterable {
    case ok
    case failed
    /// There was nothing to check against.
    case unknown

    /// Of several checks: failed when one failed, else ok when one is, else unknown.
    public static func combined(_ verdicts: some Sequence<LedgerVerdict>) -> LedgerVerdict {
        var result = LedgerVerdict.unknown
        for verdict in verdicts {
            if verdict == .failed { return .failed }
            if verdict == .ok { result = .ok }
        }
        return result
    }
}
