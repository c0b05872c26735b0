import GRDBSQLite
import RungCrypto

/// Digests of rows that lie beside the ledger and that no entry binds, so that a damaged one is found.
///
/// They are no proof against somebody who changes a row and its digest; what must be proved of these rows is signed, or bound
/// by records. A class because it owns statements.
final class RowSeal {
    private let select: SQLStatement
    private let update: SQLStatement
    private let connection: OpaquePointer
    private let count: Int

    /// The tables, by their names.
    enum Table: String, CaseIterable {
        case checkpoints = "ledger_checkpoints"
        case cosignatures = "ledger_cosignatures"
        case erased = "erased_records"
        case identity = "ledger_identity"
        case pepper = "erasure_pepper"

        /// Every column but the digest, in the order in which they are hashed.
        var columns: [String] {
            switch self {
            case .checkpoints: ["id", "size", "root", "frontier", "at", "key", "note"]
            case .cosignatures: ["checkpoint", "key", "at", "line"]
            case .erased: ["record", "kind", "leaf", "identity", "erasure"]
            case .identity: ["id", "origin"]
            case .pepper: ["id", "bytes"]
            }
        }
    }

    init(_ table: Table, _ connection: OpaquePointer) throws {
        self.connection = connection
        count = table.columns.count
        select = try SQLStatement(
            "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.rawValue) WHERE rowid = ?", on: connection)
        update = try SQLStatement("UPDATE \(table.rawValue) SET seal = ? WHERE rowid = ?", on: connection)
    }

    /// Seals the row that was inserted last, if the last statement has inserted one.
    func closeInserted() throws {
        guard sqlite3_changes(connection) > 0 else { return }
        try close(sqlite3_last_insert_rowid(connection))
    }

    private func close(_ row: Int64) throws {
        select.bind(1, row)
        let digest = try select.first { Self.digest(of: $0, count) }
        update.bind(1, digest)
        update.bind(2, row)
        try update.run()
    }

    /// Seals the rows of a file that was written before there were seals.
    static func closeAll(_ connection: OpaquePointer) throws {
        for table in Table.allCases {
            let seal = try RowSeal(table, connection)
            var rows: [Int64] = []
            try SQLStatement("SELECT rowid FROM \(table.rawValue)", on: connection).forEach { rows.append($0.int(0)) }
            for row in rows { try seal.close(row) }
        }
    }

    /// The first row that is not what was sealed; nil when there is none.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        for table in Table.allCases {
            let columns = table.columns.joined(separator: ", ")
            let select = try SQLStatement("SELECT \(columns), seal FROM \(table.rawValue) ORDER BY rowid", on: connection)
            var number = 0
            defer { select.reset() }
            while try select.step() {
                number += 1
                guard select.digest(table.columns.count) == digest(of: select, table.columns.count) else {
                    return "row \(number) of \(table.rawValue) is not what was stored"
                }
            }
        }
        return nil
    }

    /// Type, length and bytes of the first columns; these tables hold no real numbers, which would lose digits.
    private static func digest(of row: SQLStatement, _ count: Int) -> Digest {
        var hasher = SHA256Hasher()
        for column in 0..<count {
            let type = row.type(column)
            let bytes = row.bytes(column)
            hasher.update("\(type) \(bytes.count) ")
            hasher.update(bytes)
        }
        return hasher.finalize()
    }
}
