import RungCrypto
import RungText

/// Records of a bundle that hold no payload here: they were erased in their store, or the same record was erased here before.
///
/// An erasure of this store binds what stands for them, since that of their store counts records in its own way. A class
/// because it owns statements.
final class ErasedArrivals {
    private let appender: RecordAppender
    private let environment: EvidenceEnvironment
    private let erased: ErasedRecords
    private var kinds: [String: Int] = [:]
    /// The number that the record of the erasure will get.
    private var erasure: Int64 = 0

    init(_ appender: RecordAppender, _ environment: EvidenceEnvironment) throws {
        self.appender = appender
        self.environment = environment
        erased = try ErasedRecords(appender.writer.connection)
    }

    /// How many there are.
    var count: Int { kinds.values.reduce(0, +) }

    /// Says which number the record of the erasure will get, before the first one arrives.
    func open(erasure: Int64) { self.erasure = erasure }

    /// Whether the same record was erased here before, so that its payload must not come back.
    func wasErasedHere(_ kind: RecordKind, _ values: [FieldValue]) throws -> Bool {
        guard !kind.identity.isEmpty else { return false }
        var draft = RecordDraft(kind)
        draft.values = values
        return try erased.wasErased(draft)
    }

    /// Stores the place of a record.
    ///
    /// - Parameters:
    ///   - values: what tells the record apart, when it is known.
    ///   - commitment: what its entry binds when it binds this record alone.
    func add(_ kind: RecordKind, _ values: [FieldValue], leaf: Digest, commitment: Digest?, _ origin: RecordOrigin) throws {
        let number = try appender.append(erased: kind, leaf: leaf, commitment: commitment, origin)
        let record = StoredRecord(kind: kind, record: number, origin: origin, salt: [], values: values)
        try erased.insert(record, leaf: leaf, erasure: erasure, environment)
        kinds[kind.name, default: 0] += 1
    }

    /// Appends the erasure when there is anything to tell.
    func bind() throws {
        guard count > 0 else { return }
        guard appender.records == erasure else {
            throw EvidenceError(.other, "an erasure would be record \(appender.records), expected \(erasure)")
        }
        try appender.append(try ErasedRecords.draft(ofErasure: erasure, kinds: kinds, appender.writer.connection), .recorded)
        try appender.closeEntry()
    }
}
