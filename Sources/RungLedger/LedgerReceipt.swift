public import RungCrypto
public import RungText

/// What a proof file of this ledger carries besides the proof: the entry, and one record that it binds.
///
/// With it, a proof file shows the record itself: its salted bytes are in the entry's batch, the entry is in the tree, and the
/// tree is in a checkpoint.
public struct LedgerReceipt: Sendable, Equatable {
    /// The canonical bytes of the entry.
    public var entry: [UInt8]
    /// Nil for a receipt of the entry alone.
    public var record: Record?

    /// A record with its proof.
    public struct Record: Sendable, Equatable {
        /// Counts all records of the ledger, from 0. For people: nothing proves it.
        public var number: Int
        /// Place among the records of the entry, from 0.
        public var index: Int
        /// Hashes on the way from the record to the batch's root; empty where the entry binds one record.
        public var path: [Digest]
        /// The random bytes in front of the payload.
        public var salt: [UInt8]
        /// The canonical bytes of the record.
        public var payload: [UInt8]

        public init(number: Int, index: Int, path: [Digest], salt: [UInt8], payload: [UInt8]) {
            self.number = number
            self.index = index
            self.path = path
            self.salt = salt
            self.payload = payload
        }
    }

    public init(entry: [UInt8], record: Record? = nil) {
        self.entry = entry
        self.record = record
    }

    /// What is wrong with the receipt under this proof; nil when everything follows from the checkpoint's root.
    public func fault(under proof: LogProof) -> String? {
        let entry: LedgerEntry
        do {
            entry = try LedgerEntry(canonicalBytes: self.entry)
        } catch {
            return "the entry cannot be read: \(error.message)"
        }
        guard entry.sequence == proof.inclusion.index else {
            return "the entry is number \(entry.sequence), the proof is for \(proof.inclusion.index)"
        }
        guard proof.proves(Merkle.leaf(self.entry)) else { return "the entry is not in the tree of the checkpoint" }
        return record.flatMap { $0.fault(under: entry) }
    }
}

extension LedgerReceipt.Record {
    /// What is wrong with the record as a part of this entry; nil when the entry binds it.
    func fault(under entry: LedgerEntry) -> String? {
        guard salt.count == Commitment.saltLength else { return "the salt has \(salt.count) bytes, expected \(Commitment.saltLength)" }
        guard let kind, entry.binds(kind) else { return "the payload is not a record of a kind that the entry binds" }
        let salted = salt + payload
        switch entry.content {
        case .record(let commitment):
            let digest = salted.withUnsafeBytes { Commitment.digest(saltedPayload: $0) }
            return index == 0 && path.isEmpty && digest == commitment ? nil : "the record is not what the entry commits to"
        case .batch(let batch):
            let proof = InclusionProof(index: index, size: batch.count, path: path)
            return proof.proves(Merkle.leaf(salted), in: batch.root) ? nil : "the record is not in the batch of the entry"
        }
    }

    /// The `kind` of the payload; nil for bytes that are no record.
    public var kind: String? { (try? JSONReader.read(payload))?["kind"]?.string }
}

extension LedgerEntry {
    /// Whether a record of this kind can be behind the entry.
    fileprivate func binds(_ kind: String) -> Bool {
        switch content {
        case .record: self.kind == kind
        case .batch(let batch): batch.kinds[kind] != nil
        }
    }
}

// MARK: - Text

extension LedgerReceipt {
    /// The extra data of a proof file: canonical JSON.
    public var bytes: [UInt8] {
        var members: [JSONValue.Member] = [.init("entry", .string(String(decoding: entry, as: UTF8.self))), .init("formatVersion", 1)]
        if let record {
            members.append(
                .init(
                    "record",
                    [
                        "index": .int(record.index), "number": .int(record.number),
                        "path": .array(record.path.map { .string($0.description) }),
                        "payload": .string(String(decoding: record.payload, as: UTF8.self)), "salt": .string(Base64.text(of: record.salt)),
                    ]))
        }
        return CanonicalJSON.bytes(of: .object(members))
    }

    /// Reads what `bytes` wrote.
    ///
    /// - Throws: `LedgerSyntaxError` for other bytes; positions are within them.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) {
        let node: Node
        do {
            node = try JSONReader.read(bytes)
        } catch {
            throw LedgerSyntaxError(error.position, error.message)
        }
        guard let entry = node["entry"]?.string, let record = Self.record(node["record"]) else {
            throw LedgerSyntaxError(.start, "this is not a receipt of a ledger")
        }
        self.init(entry: Array(entry.utf8), record: record.value)
        guard self.bytes == bytes else { throw LedgerSyntaxError(.start, "the receipt is not canonical, or holds more than it should") }
    }

    /// Nil for a wrong record; a box with nil for none.
    private static func record(_ node: Node?) -> (value: Record?, Void)? {
        guard let node else { return (nil, ()) }
        guard let number = node["number"]?.int, let index = node["index"]?.int, let nodes = node["path"]?.array,
            let salt = node["salt"]?.string.flatMap({ Base64.bytes(of: Array($0.utf8)) }), let payload = node["payload"]?.string
        else { return nil }
        let path = nodes.compactMap { $0.string.flatMap { Digest($0) } }
        guard path.count == nodes.count else { return nil }
        return (Record(number: number, index: index, path: path, salt: salt, payload: Array(payload.utf8)), ())
    }

    /// What the extra data looks like, for the schema.
    public static var shape: ObjectShape {
        let record = ObjectShape(
            "ReceiptRecord", "A record that the entry binds.",
            [
                .required("index", .integer(0...Int.max), "Place among the records of the entry, from 0."),
                .required(
                    "number", .integer(0...Int.max), "Number of the record in the whole ledger, from 0; for people, nothing proves it."),
                .required("path", .array(.string(.digest), atLeast: 0), "Hashes from the record's sibling up to the batch's root."),
                .required("payload", .text, "Canonical JSON of the record, as text."),
                .required("salt", .text, "Sixteen random bytes in base64 that stand before the payload when it is hashed."),
            ])
        return ObjectShape(
            "LedgerReceipt", "The extra data of a tlog-proof of this ledger, as canonical JSON.",
            [
                .required("entry", .text, "Canonical JSON of the ledger entry, as text; its leaf is SHA-256(0x00, entry)."),
                .required("formatVersion", .integer(1...1), "1."),
                .optional("record", .object(record), "Missing for a receipt of the entry alone."),
            ])
    }
}
