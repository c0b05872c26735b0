import GRDBSQLite
import RungCore
import RungText

/// A record that two people stand for.
struct Attested: Hashable {
    /// What tells the record apart within its kind.
    var id: String

    /// SQL over the table of a kind as `r`: what tells its records apart, as one text.
    static func identity(_ kind: RecordKind) -> String {
        let parts = kind.identity.map { key -> String in
            let field = kind.fields[kind.position(of: key)]
            switch field.storage {
            case .coded: return ViewSQL.word("r.\(field.column)")
            case .time: return "strftime('%Y-%m-%d', r.\(field.column), 'unixepoch')"
            default: return "r.\(field.column)"
            }
        }
        return parts.joined(separator: " || '/' || ")
    }
}

/// The attestations of a snapshot that count: of two different people who were known and there at the time.
struct AttestationList {
    private var byKind: [String: Set<Attested>] = [:]

    /// Who could attest.
    struct Person {
        /// When the account ended; nil while it is active.
        var leftAt: Timestamp?
    }

    /// - Parameter people: by id, those who are persons, and whom the registry or a registered source knows.
    init(people: [String: Person], before cut: Int64, asOf: Timestamp, _ connection: OpaquePointer, _ codes: CodeBook) throws {
        let reader = try RecordReader(.attestation, where: "record < \(cut) AND at < \(asOf.seconds)", connection, codes)
        while let record = try reader.next() {
            guard let kind = record["subjectKind"].text, let id = record["subjectId"].text, let at = record["at"].time,
                let first = record["principalId"].text, let second = record["secondId"].text, first != second,
                [first, second].allSatisfy({ Self.isThere(people[$0], at) })
            else { continue }
            byKind[kind, default: []].insert(Attested(id: id))
        }
    }

    private static func isThere(_ person: Person?, _ at: Timestamp) -> Bool {
        guard let person else { return false }
        return person.leftAt.map { $0 > at } ?? true
    }

    subscript(kind: RecordKind) -> [Attested] { Array(byKind[kind.name] ?? []) }
}
