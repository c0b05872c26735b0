public import RungCore
import RungCrypto
public import RungText

/// One record that was handed in by itself.
public struct AddedRecord: Sendable {
    public var kind: String
    /// What tells it apart, such as its id; of several values the values with / between them.
    public var id: String
    /// Whether it was not stored before.
    public var isNew: Bool
    /// How far it can be believed.
    public var evidenceClass: EvidenceClass
    /// What was noticed on the way, such as a value that is computed instead.
    public var findings: [Diagnostic]
    /// The ledger afterwards.
    public var ledger: LedgerHead

    /// For tools.
    public var json: JSONValue {
        [
            "formatVersion": 1, "kind": .string(kind), "id": .string(id), "added": .bool(isNew),
            "class": .string(evidenceClass.rawValue), "findings": .array(findings.map { .string($0.message) }),
            "ledger": ["size": .int(ledger.size), "root": .string(ledger.root.description)],
        ]
    }
}

extension EvidenceStore {
    /// Appends one record that a person or a tool hands in by itself, such as a line typed or the body of a request.
    ///
    /// It is checked as a line of a file is. An id and a time that are left out are filled in: a new id, and now.
    ///
    /// - Parameters:
    ///   - members: without `kind`.
    ///   - name: what messages and the ledger call the way in, such as `rung feedback add`.
    ///   - source: the registered source that has proved to have sent it; nil for anybody.
    ///   - newID: makes an id that is not in use.
    /// - Throws: `InvalidInput` with all problems, `EvidenceError`; nothing is stored then.
    public func addRecord(
        _ kind: String, _ members: [JSONValue.Member], from name: String, source: SourceID? = nil, actor: PrincipalID,
        dryRun: Bool = false, newID: () -> String
    ) throws -> AddedRecord {
        guard let declared = RecordCatalog.importable.first(where: { $0.name == kind }) else {
            throw InvalidInput(
                name, nil, "unknown kind of record \"\(kind)\"",
                suggestion: NearestWord.suggestion(for: kind, among: RecordCatalog.importable.map(\.name)))
        }
        let members = Self.completed(members, declared, now: environment.now(), newID)
        let report = try importRecords(from: name, source: source, actor: actor, dryRun: dryRun) { sink in
            try sink.append(EvidenceDraft(kind, members))
        }
        return AddedRecord(
            kind: kind, id: Self.identity(members, declared), isNew: report.added[kind] != nil,
            evidenceClass: report.authenticated > 0 ? .b : .d, findings: report.findings, ledger: report.ledger)
    }

    private static func completed(
        _ members: [JSONValue.Member], _ kind: RecordKind, now: Timestamp, _ newID: () -> String
    ) -> [JSONValue.Member] {
        var members = members.filter { !$0.value.isNull }
        func isMissing(_ key: String) -> Bool { !members.contains { $0.key == key } }
        if kind.identity == ["id"], isMissing("id") { members.append(.init("id", .string(newID()))) }
        if let field = kind.timePosition.map({ kind.fields[$0] }), field.isRequired, isMissing(field.name) {
            members.append(.init(field.name, .string(now.description)))
        }
        return members
    }

    private static func identity(_ members: [JSONValue.Member], _ kind: RecordKind) -> String {
        kind.identity.map { key in members.first { $0.key == key }?.value.plainText ?? "-" }.joined(separator: "/")
    }

    /// The latest state of a record of this kind, as an evidence file would say it; nil when there is none.
    ///
    /// - Parameter id: of a kind that is told apart by its id alone.
    public func latestRecord(_ kind: String, id: String) throws(EvidenceError) -> [JSONValue.Member]? {
        guard let kind = RecordCatalog.importable.first(where: { $0.name == kind }), kind.identity == ["id"] else { return nil }
        return try database.perform { connection in
            let codes = try CodeBook(connection, .readOnly)
            let field = kind.fields[kind.position(of: "id")]
            let reader = try RecordReader(kind, where: "\(field.column) = ?", order: "record DESC LIMIT 1", connection, codes)
            if case .coded = field.storage {
                guard let code = try codes.existingCode(of: id) else { return nil }
                reader.parameters.bind(1, code)
            } else {
                reader.parameters.bind(1, id)
            }
            guard let stored = try reader.next() else { return nil }
            reader.parameters.reset()
            var buffer = PayloadBuffer()
            buffer.content(kind, stored.values)
            let text = buffer.bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
            let own = Set(kind.fields.filter { $0.shape == nil }.map(\.name))
            return try JSONReader.read(text).json.members?.filter { !own.contains($0.key) }
        }
    }

    /// Ids of records of a kind that is told apart by its id alone, the latest first, at most `limit` of them; for messages.
    public func recordIDs(_ kind: String, limit: Int = 100) throws(EvidenceError) -> [String] {
        guard let kind = RecordCatalog.importable.first(where: { $0.name == kind }), kind.identity == ["id"] else { return [] }
        return try database.perform { connection in
            let reader = try RecordReader(
                kind, order: "record DESC LIMIT \(limit)", connection, CodeBook(connection, .readOnly))
            var ids: [String] = []
            while let record = try reader.next() {
                if let id = record["id"].text, !ids.contains(id) { ids.append(id) }
            }
            return ids
        }
    }
}
