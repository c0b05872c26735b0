public import RungText

extension EvidenceStore {
    /// When the last entry was appended, if that is later than now: a clock was wrong then, or is wrong now.
    ///
    /// Entries keep the order in which they were appended, whatever their times say. Clocks of several machines may differ by a
    /// minute, which is not told.
    public func lastEntryAhead() throws(EvidenceError) -> Timestamp? {
        let last = try database.perform {
            try EvidenceDatabase.integer("SELECT at FROM ledger_entries ORDER BY sequence DESC LIMIT 1", on: $0)
        }
        guard let last, last > environment.now().adding(seconds: 60).seconds else { return nil }
        return Timestamp(seconds: last)
    }
}
