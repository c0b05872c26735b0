import RungText

/// Builds the roll-ups of a store that was written before there were any, from its records, entry by entry.
enum RollupReplay {
    /// Fills the tables of roll-ups; they must be empty.
    static func fill(_ connection: OpaquePointer) throws {
        let codes = try CodeBook(connection, .readOnly)
        try fill(RollupKeeper(connection, codes), codes, connection)
    }

    /// Hands all records that are left to a keeper, entry by entry.
    static func fill(_ keeper: RollupKeeper, _ codes: CodeBook, _ connection: OpaquePointer) throws {
        let readers = try RecordCatalog.all.filter(\.isRolledUp).map { try RecordReader($0, where: "salt <> x''", connection, codes) }
        for reader in readers { _ = try reader.advance() }
        let entries = try SQLStatement(
            """
            SELECT sequence, first_record, at, LEAD(first_record) OVER (ORDER BY sequence) FROM ledger_entries ORDER BY sequence
            """, on: connection)
        defer { entries.reset() }
        while try entries.step() {
            let (sequence, first, end) = (entries.int(0), entries.int(1), entries.optionalInt(3) ?? .max)
            keeper.open(record: first, at: Timestamp(seconds: entries.int(2)))
            while let reader = readers.min(by: { $0.number ?? .max < $1.number ?? .max }), let number = reader.number, number < end {
                if reader.kind === RecordKind.interaction {
                    try interactions(reader, before: readers.filter { $0 !== reader }.compactMap(\.number).min() ?? .max, end, keeper)
                } else {
                    let record = try reader.record()
                    try keeper.follow(record.kind, record.values, record.origin, number, codes)
                    _ = try reader.advance()
                }
            }
            try keeper.close(ledgerIndex: sequence, records: end)
        }
        try keeper.flush()
    }

    /// Hands over interactions up to the next record of another kind, or the end of the entry.
    private static func interactions(_ reader: RecordReader, before other: Int64, _ end: Int64, _ keeper: RollupKeeper) throws {
        while let number = reader.number, number < min(other, end) {
            let id = reader.text(InteractionFacts.idPosition)
            try keeper.interaction(try InteractionFacts(reader), id: id, hash: InteractionIdentifier.hash(id), record: number)
            _ = try reader.advance()
        }
    }
}
