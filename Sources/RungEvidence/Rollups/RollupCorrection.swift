/// One pass over the interactions that late prompt versions and releases concern.
///
/// A class because it owns a statement.
final class RollupCorrection {
    private let select: SQLStatement

    /// What was known of versions and agents, and what is known now.
    struct Change {
        var versions: [Int64: (before: PromptVersionFacts?, after: PromptVersionFacts?)] = [:]
        var agents: [Int64: (before: ReleaseTimeline, after: ReleaseTimeline)] = [:]
        /// Where the interactions lie.
        var records: InteractionUses.Span?
    }

    init(_ connection: OpaquePointer) throws {
        select = try SQLStatement(
            """
            SELECT agent_id, environment, at, COALESCE(prompt_version_id, 0), COALESCE(config_digest, 0) FROM interaction_records
            WHERE record BETWEEN ? AND ? AND agent_id IS NOT NULL
            """, on: connection)
    }

    /// Adds the differences to the deltas of an entry.
    ///
    /// - Parameter record: the first record that is not there yet.
    func apply(_ change: Change, to buffer: RollupBuffer, before record: Int64, ledgerIndex: Int64) throws {
        guard let records = change.records?.records else { return }
        select.bind(1, records.lowerBound)
        select.bind(2, min(records.upperBound, record - 1))
        try select.forEach { row in
            var facts = InteractionFacts(agent: row.int(0), environment: row.int(1), at: row.int(2))
            facts.version = row.int(3)
            facts.configuration = row.int(4)
            if let (before, after) = change.versions[facts.version] {
                InteractionTimeline.version(facts, before) { buffer.add(facts, $0, .minus) }
                InteractionTimeline.version(facts, after) { buffer.add(facts, $0, .plus) }
            }
            if let (before, after) = change.agents[facts.agent] {
                let difference = InteractionTimeline.release(facts, after) - InteractionTimeline.release(facts, before)
                if !difference.isZero { buffer.add(facts, .init(day: facts.day, change: difference), .plus) }
            }
            if buffer.isFull { try buffer.write(ledgerIndex: ledgerIndex) }
        }
    }
}
