/// Which prompt versions and configurations agents have used, and in which records and times, so that a late record finds
/// the interactions that it concerns, and one that comes in time finds that there are none.
///
/// A class because it owns statements.
final class InteractionUses {
    private var open: [Key: Span] = [:]
    private let upsert: SQLStatement
    private let ofVersion: SQLStatement
    private let ofAgent: SQLStatement

    private struct Key: Hashable {
        var agent: Int64
        var version: Int64
        var configuration: Int64

        func hash(into hasher: inout Hasher) {
            hasher.combine(agent &<< 48 ^ version &<< 24 ^ configuration)
        }
    }

    /// The records and times of some interactions, both ends included.
    struct Span: Equatable {
        var records: ClosedRange<Int64>
        var times: ClosedRange<Int64>

        /// Both together.
        func union(_ other: Span) -> Span {
            Span(
                records: min(records.lowerBound, other.records.lowerBound)...max(records.upperBound, other.records.upperBound),
                times: min(times.lowerBound, other.times.lowerBound)...max(times.upperBound, other.times.upperBound))
        }
    }

    init(_ connection: OpaquePointer) throws {
        upsert = try SQLStatement(
            """
            INSERT INTO interaction_uses
              (agent_id, prompt_version_id, config_digest, first_record, last_record, first_at, last_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET first_record = MIN(first_record, excluded.first_record),
              last_record = MAX(last_record, excluded.last_record), first_at = MIN(first_at, excluded.first_at),
              last_at = MAX(last_at, excluded.last_at)
            """, on: connection)
        func select(_ condition: String) throws -> SQLStatement {
            try SQLStatement(
                "SELECT MIN(first_record), MAX(last_record), MIN(first_at), MAX(last_at) FROM interaction_uses WHERE \(condition)",
                on: connection)
        }
        ofVersion = try select("prompt_version_id = ?")
        ofAgent = try select("agent_id = ?")
    }

    /// Notes an interaction.
    func add(_ facts: InteractionFacts, _ record: Int64) {
        let key = Key(agent: facts.agent, version: facts.version, configuration: facts.configuration)
        let span = Span(records: record...record, times: facts.at...facts.at)
        open[key] = open[key]?.union(span) ?? span
    }

    /// All uses of a prompt version; nil when there is none.
    func span(ofVersion version: Int64) throws -> Span? {
        try flush()
        return try span(ofVersion, version)
    }

    /// All interactions of an agent; nil when there is none.
    func span(ofAgent agent: Int64) throws -> Span? {
        try flush()
        return try span(ofAgent, agent)
    }

    private func span(_ select: SQLStatement, _ value: Int64) throws -> Span? {
        select.bind(1, value)
        return try select.first { row -> Span? in
            guard !row.isNull(0), row.int(0) <= row.int(1), row.int(2) <= row.int(3) else { return nil }
            return Span(records: row.int(0)...row.int(1), times: row.int(2)...row.int(3))
        } ?? nil
    }

    /// Writes what is only in memory.
    func flush() throws {
        for (key, span) in open {
            for (offset, value) in [
                key.agent, key.version, key.configuration, span.records.lowerBound, span.records.upperBound, span.times.lowerBound,
                span.times.upperBound,
            ].enumerated() { upsert.bind(offset + 1, value) }
            try upsert.run()
        }
        forget()
    }

    /// Forgets what is only in memory; the transaction has failed.
    func forget() { open.removeAll(keepingCapacity: true) }
}
