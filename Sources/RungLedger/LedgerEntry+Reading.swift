import RungCrypto
import RungText

extension LedgerEntry {
    /// Reads the canonical bytes of an entry; any other bytes, however similar, are refused.
    ///
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(canonicalBytes bytes: [UInt8]) throws(LedgerSyntaxError) {
        guard bytes.count < Self.byteLimit else { throw LedgerSyntaxError(.start, "an entry has fewer than \(Self.byteLimit) bytes") }
        let node: Node
        do {
            node = try JSONReader.read(bytes)
        } catch {
            throw LedgerSyntaxError(error.position, error.message)
        }
        guard let sequence = node["sequence"]?.int, sequence >= 0, let kind = node["kind"]?.string,
            let at = node["at"]?.string.flatMap({ Timestamp($0) }), let actor = node["actor"]?.string,
            let content = Self.content(node), let previous = node["previous"],
            previous.isNull || previous.string.flatMap({ Digest($0) }) != nil
        else { throw LedgerSyntaxError(.start, "this is not an entry of a ledger") }
        self.init(
            sequence: sequence, kind: kind, at: at, actor: actor, reason: node["reason"]?.string, content: content,
            previous: previous.string.flatMap { Digest($0) })
        guard (try? canonicalBytes()) == bytes else {
            throw LedgerSyntaxError(.start, "the bytes of the entry are not canonical, or hold more than an entry does")
        }
    }

    private static func content(_ node: Node) -> Content? {
        if let commitment = node["commitment"] { return commitment.string.flatMap { Digest($0) }.map { .record(commitment: $0) } }
        guard let batch = node["batch"], let root = batch["root"]?.string.flatMap({ Digest($0) }), let members = batch["kinds"]?.members
        else { return nil }
        var kinds: [String: Int] = [:]
        var count = 0
        for member in members {
            guard let number = member.value.int, number > 0 else { return nil }
            let (sum, overflows) = count.addingReportingOverflow(number)
            guard !overflows else { return nil }
            count = sum
            kinds[member.key] = number
        }
        return kinds.isEmpty ? nil : .batch(Batch(kinds: kinds, root: root))
    }
}
