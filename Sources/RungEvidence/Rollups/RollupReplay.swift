import RungText

/// Builds the roll-ups of a store that was written before there were any, from its records, entry by entry.
enum RollupReplay {
    /// Fills the tables of roll-ups; they must be empty.
    static func fill(_ connection: OpaquePointer) throws {
        let codes = try CodeBook(connection, .readOnly)
        let keeper = try RollupKeeper(connection, codes)
        let streams = try RecordCatalog.all.filter(\.isRolledUp).map { try Stream(RecordReader($0, connection, codes)) }
        let entries = try SQLStatement(
            """
            SELECT sequence, first_record, at, LEAD(first_record) OVER (ORDER BY sequence) FROM ledger_entries ORDER BY sequence
            """, on: connection)
        defer { entries.reset() }
        while try entries.step() {
            let (sequence, first, end) = (entries.int(0), entries.int(1), entries.optionalInt(3) ?? .max)
            keeper.open(record: first, at: Timestamp(seconds: entries.int(2)))
            while let stream = streams.filter({ $0.next.map { $0.record < end } ?? false }).min(by: { $0.number < $1.number }),
                let record = try stream.take()
            {
                try keeper.follow(record.kind, record.values, record.origin, record.record, codes)
            }
            try keeper.close(ledgerIndex: sequence, records: end)
        }
        try keeper.flush()
    }

    /// The records of one table, one of them read ahead. A class because it is changed in place within an array.
    private final class Stream {
        private let reader: RecordReader
        private(set) var next: StoredRecord?

        init(_ reader: RecordReader) throws {
            self.reader = reader
            next = try reader.next()
        }

        var number: Int64 { next?.record ?? .max }

        func take() throws -> StoredRecord? {
            let record = next
            next = try reader.next()
            return record
        }
    }
}
