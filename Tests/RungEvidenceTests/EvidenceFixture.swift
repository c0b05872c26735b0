import RungCore
import RungCrypto
import RungTestSupport
import RungText
import Synchronization

@testable import RungEvidence

/// A store in a folder of its own, with a clock that tests set and random bytes that repeat.
final class EvidenceFixture: Sendable {
    let folder = TemporaryFolder()
    let clock: Clock
    let store: EvidenceStore

    /// The time that stores see.
    final class Clock: Sendable {
        private let time: Mutex<Timestamp>

        init(_ text: String) throws { time = Mutex(try Self.time(text)) }

        func set(_ text: String) throws {
            let time = try Self.time(text)
            self.time.withLock { $0 = time }
        }

        var now: Timestamp { time.withLock { $0 } }

        static func time(_ text: String) throws -> Timestamp {
            guard let time = Timestamp(text) else { throw WrongFixture("no time: \(text)") }
            return time
        }
    }

    init(now: String = "2026-09-30T12:00:00Z") throws {
        clock = try Clock(now)
        store = try EvidenceStore(path: folder.path + "/evidence.db", environment: Self.environment(clock))
    }

    /// A second store on the same file, as another process would have it.
    func other() throws -> EvidenceStore { try EvidenceStore(path: store.path, environment: Self.environment(clock)) }

    static func environment(_ clock: Clock, seed: UInt8 = 0) -> EvidenceEnvironment {
        let seed = Mutex<UInt8>(seed)
        return EvidenceEnvironment(
            now: { clock.now },
            randomBytes: { count in
                (0..<count).map { _ in
                    seed.withLock { seed in
                        seed = seed &* 167 &+ 13
                        return seed
                    }
                }
            }, lockSeconds: 0)
    }

    /// Imports lines of evidence; returns the report.
    @discardableResult
    func importLines(_ lines: [String], source: SourceID? = nil, dryRun: Bool = false) throws -> ImportReport {
        if let source, try store.sources().allSatisfy({ $0.source.id != source }) {
            let type: EvidenceSource.SourceType = source == "directory" ? .identityProvider : .gateway
            _ = try store.addSource(EvidenceSource(id: source, type: type), actor: "ana")
        }
        let path = folder.write("evidence.jsonl", lines.map { $0 + "\n" }.joined())
        return try store.importEvidence(file: path, source: source, actor: "ana", dryRun: dryRun)
    }

    /// Numbers of the records that a draw demands, by position; empty without the draw.
    func drawnRecords(_ id: String) throws -> [Int64] {
        try store.database.withConnection { try AuditDraw.find(id, $0)?.records ?? [] }
    }

    /// Rows of a query in the file, as one text with `|` between columns and line breaks between rows.
    func table(_ sql: String) throws -> String { try rows(sql).map { $0.joined(separator: "|") }.joined(separator: "\n") }

    /// The same as of a midnight, from measures' point of view: `SELECT … AS entity, … AS value`.
    func values(_ sql: String, asOf day: String) throws -> [String] {
        let snapshot = try store.snapshot(asOf: try Clock.time(day))
        return EvidenceSnapshotTests.text(try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 30)))
    }

    /// The problems of lines that cannot be imported, with the folder left out.
    func problems(_ lines: [String]) throws -> String {
        do {
            try importLines(lines)
        } catch let error as InvalidInput {
            return error.description.split(separator: folder.path + "/").joined()
        }
        throw WrongFixture("the lines were imported")
    }

    /// Rows of a view in the file, as text; NULL is `-`.
    func rows(_ sql: String) throws -> [[String]] { try store.database.reader().rows(sql) }

    /// Changes the file behind the store's back.
    func tamper(_ sql: String) throws { try store.database.withConnection { try EvidenceDatabase.execute(sql, on: $0) } }
}

extension EvidenceDatabase {
    /// Rows as text; NULL is `-`.
    func rows(_ sql: String) throws -> [[String]] {
        try withConnection { connection in
            let select = try SQLStatement(sql, on: connection)
            let count = select.columnNames.count
            var rows: [[String]] = []
            try select.forEach { row in rows.append((0..<count).map { row.isNull($0) ? "-" : row.text($0) }) }
            return rows
        }
    }
}

/// A test is written wrongly.
struct WrongFixture: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// A digest for tests.
func digest(_ text: String) -> Digest { SHA256Hasher.digest(of: text) }

/// The version of a prompt without variables.
func version(_ text: String) -> Digest { PromptVersion.version(text: text, variables: []) }
