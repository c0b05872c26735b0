import RungCrypto

#if canImport(Glibc)
    import Glibc
#endif

@testable import RungEvidence

/// Every value of every table of an evidence file with its type, in the order in which the rows lie there, read with nothing
/// but SQL: a digest for each table.
struct FileDump {
    private var digests: [String: Digest?] = [:]
    private var columns: [String: [String]] = [:]

    /// Tables that can be made anew from the others, or hold what is no record yet.
    static let derived: Set<String> = [
        "class_days", "context_day_deltas", "held_pieces", "interaction_day_deltas", "interaction_ids", "interaction_references",
        "interaction_uses",
    ]

    init(reading path: String) throws {
        let connection = try FrozenConnection(path: path)
        let found = try connection.withConnection { connection in
            var names: [String] = []
            try SQLStatement("SELECT name FROM sqlite_master WHERE type = 'table' COLLATE NOCASE ORDER BY name", on: connection)
                .forEach { names.append($0.text(0)) }
            return names.map { name in
                let select = try? SQLStatement("SELECT * FROM \"\(name)\" NOT INDEXED", on: connection)
                return (name.lowercased(), (select?.columnNames ?? []).map { $0.lowercased() }, select.flatMap { try? Self.digest(of: $0) })
            }
        }
        for (name, columns, digest) in found {
            self.columns[name] = columns
            digests[name] = digest
        }
    }

    private static func digest(of select: SQLStatement) throws -> Digest {
        var hasher = SHA256Hasher()
        let count = select.columnNames.count
        try select.forEach { row in
            for column in 0..<count {
                let type = row.type(column)
                // A real number as text would lose digits.
                let bytes = type == 2 ? Array("\(row.double(column).bitPattern)".utf8) : Array(row.bytes(column))
                hasher.update("\(type) \(bytes.count) ")
                hasher.update(bytes)
            }
            hasher.update("\n")
        }
        return hasher.finalize()
    }

    /// Names of the tables that another file holds with other rows, or not at all: those of records, and derived ones.
    func differences(from other: FileDump?) -> (records: [String], derived: [String]) {
        let differing = columns.keys.filter { other?.columns[$0] != columns[$0] || other?.digests[$0] != digests[$0] }.sorted()
        return (differing.filter { !Self.derived.contains($0) }, differing.filter { Self.derived.contains($0) })
    }
}

/// Whole files as bytes, by the calls of the operating system.
enum RawFile {
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let length = Int(lseek(descriptor, 0, SEEK_END))
        guard length >= 0 else { throw WrongFixture("cannot read \(path)") }
        return try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = pread(descriptor, buffer.baseAddress, length, 0)
            guard count == length else { throw WrongFixture("cannot read \(path)") }
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        guard bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
            throw WrongFixture("cannot write \(path)")
        }
    }

    /// Removes an evidence file with what SQLite keeps beside it.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }
}
