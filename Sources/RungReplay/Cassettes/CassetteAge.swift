public import RungCore
public import RungCrypto
public import RungText

/// How old a recording is, and whether it still stands for what is in use.
public struct CassetteAge: Sendable, Equatable {
    /// Whole days since it was recorded; nil where nobody knows.
    public var days: Int?
    /// Why it is stale; empty when it is not.
    public var reasons: [String]

    public var isStale: Bool { !reasons.isEmpty }

    /// - Parameters:
    ///   - limit: seconds from which a recording is stale.
    ///   - promptVersion: the prompt in use; nil when it is not to be compared.
    public init(_ provenance: Cassette.Provenance, now: Timestamp, limit: Int64, promptVersion: Digest?) {
        reasons = []
        if let time = provenance.recordedAt {
            days = Int((now.seconds - time.seconds) / 86_400)
            if now.seconds - time.seconds > limit { reasons.append("recorded on \(time.date)") }
        } else {
            reasons.append("it does not say when it was recorded")
        }
        if let promptVersion, provenance.promptVersion != promptVersion {
            let other = provenance.promptVersion.map { "another one, \($0.short)" } ?? "none that it names"
            reasons.append("the prompt is \(promptVersion.short), it was recorded under \(other)")
        }
    }

    /// For people.
    public var text: String {
        let age = days.map { $0 == 1 ? "1 day old" : "\($0) days old" } ?? "of unknown age"
        return isStale ? "stale, \(age): \(reasons.joined(separator: "; "))" : age
    }

    /// For tools.
    public var json: JSONValue {
        .object(["days": days.map { .int($0) } ?? .null, "isStale": .bool(isStale), "reasons": .array(reasons.map { .string($0) })])
    }
}

extension SuiteCassettes {
    /// One cassette. A recording that names no prompt may be of any.
    ///
    /// - Parameter promptVersion: the prompt under test; nil for none.
    public init(_ provenance: Cassette.Provenance, now: Timestamp, promptVersion: Digest?) {
        let age = CassetteAge(provenance, now: now, limit: Int64(Self.staleAfterDays) * 86_400, promptVersion: nil)
        let isOther = promptVersion != nil && provenance.promptVersion != nil && provenance.promptVersion != promptVersion
        self.init(count: 1, oldestAt: provenance.recordedAt, stale: age.isStale ? 1 : 0, otherPrompt: isOther ? 1 : 0)
    }
}
