public import RungCore
public import RungText

/// Which records to erase.
public enum ErasureSelection: Sendable, Equatable {
    /// Records of a kind with these ids, every state of each.
    case ids(kind: String, [String])
    /// Records of a kind that happened before a moment, of one agent or of all.
    case before(kind: String, Timestamp, agent: AgentID?)
    /// Records by their numbers in the ledger.
    case records([Int64])
}

/// What was erased, or would be.
public struct ErasureReport: Sendable, Equatable {
    /// Records erased, by kind.
    public var erased: [String: Int]
    /// Records of the selection that had been erased before.
    public var erasedBefore: Int
    public var isDryRun: Bool
    /// Size of the ledger afterwards.
    public var ledgerSize: Int

    /// Records of all kinds together.
    public var count: Int { erased.values.reduce(0, +) }

    /// For people.
    public var text: String {
        func count(_ number: Int) -> String { number == 1 ? "1 record" : "\(number) records" }
        var lines = ["\(count(self.count)) \(isDryRun ? "would be erased" : "erased")"]
        for (kind, number) in erased.sorted(by: { $0.key < $1.key }) { lines.append("  \(kind): \(number)") }
        if erasedBefore > 0 { lines.append("  \(count(erasedBefore)) erased before") }
        return lines.joined(separator: "\n")
    }

    /// For tools.
    public var json: JSONValue {
        [
            "formatVersion": 1, "dryRun": .bool(isDryRun),
            "erased": .object(erased.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) }),
            "erasedBefore": .int(erasedBefore), "ledgerSize": .int(ledgerSize),
        ]
    }
}
