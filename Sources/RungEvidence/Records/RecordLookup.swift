/// Finds stored records by their identity. A class because it keeps a statement.
final class RecordLookup {
    let kind: RecordKind
    private let reader: RecordReader
    private let positions: [Int]
    /// The writer may keep this.
    private unowned let writer: RecordWriter

    init(_ kind: RecordKind, _ writer: RecordWriter) throws {
        self.kind = kind
        self.writer = writer
        positions = kind.identity.map { kind.position(of: $0) }
        let identity = positions.map { "\(kind.fields[$0].column) IS ?" }.joined(separator: " AND ")
        let condition = kind === RecordKind.interaction ? "record = ?" : identity
        reader = try RecordReader(kind, where: condition, order: "record", writer.connection, writer.codes)
    }

    /// All stored records with the identity of `draft`, oldest first.
    func stored(like draft: RecordDraft) throws -> [StoredRecord] {
        guard try bind(draft) else { return [] }
        var records: [StoredRecord] = []
        defer { reader.parameters.reset() }
        while let record = try reader.next() { records.append(record) }
        return records
    }

    /// Binds the identity; false when one of its words is not stored anywhere. Interactions have an index of their own.
    private func bind(_ draft: RecordDraft) throws -> Bool {
        if kind === RecordKind.interaction {
            guard let record = try writer.rollups.index.record(of: draft["id"].text ?? "") else { return false }
            reader.parameters.bind(1, record)
            return true
        }
        for (offset, position) in positions.enumerated() {
            let parameters = reader.parameters
            switch draft.values[position] {
            case .null: parameters.bindNull(offset + 1)
            case .integer(let value): parameters.bind(offset + 1, value)
            case .real(let value): parameters.bind(offset + 1, value)
            case .digest(let digest): parameters.bind(offset + 1, digest)
            case .text(let text):
                guard case .coded = kind.fields[position].storage else {
                    parameters.bind(offset + 1, text)
                    continue
                }
                guard let code = try writer.codes.existingCode(of: text) else { return false }
                parameters.bind(offset + 1, code)
            }
        }
        return true
    }
}
