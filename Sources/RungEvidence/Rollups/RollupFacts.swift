import RungText

/// Reads from the records what roll-ups need to know, as it stood before a record.
///
/// A class because it owns statements.
final class RollupFacts {
    private let tellings: SQLStatement
    private let earlier: SQLStatement
    private let since: SQLStatement
    private let firstOfPrompt: SQLStatement
    private let byAuthor: SQLStatement
    private let byParent: SQLStatement
    private let principal: SQLStatement
    private let releases: SQLStatement
    private let released: SQLStatement
    private let outcomes: SQLStatement
    private let override: SQLStatement
    private let interaction: SQLStatement
    private let words: OutcomeWords

    /// Records from this one on belong to the entry that is open, which has this time; its row is not written yet.
    var open: (record: Int64, at: Int64) = (.max, 0)

    init(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        words = OutcomeWords(codes)
        let since = Self.since
        tellings = try SQLStatement(
            """
            SELECT r.record, \(since) AS since, r.author_id, r.reason IS NOT NULL, COALESCE(r.parent_id, 0), r.prompt_id
            FROM prompt_version_records r WHERE r.version = :key AND r.record < :before ORDER BY since, r.record
            """, on: connection)
        earlier = try SQLStatement(
            """
            SELECT EXISTS (SELECT 1 FROM prompt_version_records r WHERE r.prompt_id = :key AND r.record < :before
              AND (\(since) < :since OR \(since) = :since AND r.record < :record))
            """, on: connection)
        self.since = try SQLStatement(
            "SELECT MIN(\(since)) FROM prompt_version_records r WHERE r.version = :key AND r.record < :before", on: connection)
        firstOfPrompt = try SQLStatement(
            """
            SELECT r.version FROM prompt_version_records r WHERE r.prompt_id = :key AND r.record < :before
            ORDER BY \(since), r.record LIMIT 1
            """, on: connection)
        byAuthor = try SQLStatement(
            "SELECT DISTINCT version FROM prompt_version_records r WHERE r.author_id = :key AND r.record < :before", on: connection)
        byParent = try SQLStatement(
            "SELECT DISTINCT version FROM prompt_version_records r WHERE r.parent_id = :key AND r.record < :before", on: connection)
        principal = try SQLStatement(
            "SELECT MIN(\(since)) FROM principal_records r WHERE r.id = :key AND r.record < :before", on: connection)
        releases = try SQLStatement(
            """
            SELECT r.record, r.released_at, r.prompt_version_id, r.config_digest,
              (SELECT MIN(e.at) FROM release_end_records e
               WHERE e.release_id = r.id AND e.record < :before AND e.at >= r.released_at)
            FROM release_records r WHERE r.agent_id = :key AND r.record < :before
            """, on: connection)
        released = try SQLStatement(
            "SELECT agent_id FROM release_records r WHERE r.id = :key AND r.record < :before", on: connection)
        outcomes = try SQLStatement(
            """
            SELECT r.at, r.record, r.outcome, r.failure_reason IS NOT NULL FROM outcome_records r
            WHERE r.interaction_id = :key AND r.outcome IS NOT NULL AND r.record < :before
            """, on: connection)
        override = try SQLStatement(
            """
            SELECT MIN(r.at) FROM override_records r WHERE r.interaction_id = :key AND r.agent_id = :agent AND r.record < :before
              AND r.reason_code IS NOT NULL AND r.before_ref <> r.after_ref
            """, on: connection)
        interaction = try SQLStatement(
            """
            SELECT agent_id, environment, at, outcome, failure_reason IS NOT NULL,
              prompt_version_id IS NOT NULL AND config_digest IS NOT NULL AND model_id IS NOT NULL AND principal_id IS NOT NULL
              AND cost IS NOT NULL AND latency_ms IS NOT NULL AND trace_id IS NOT NULL
            FROM interaction_records WHERE record = ?
            """, on: connection)
    }

    /// Since when a record `r` says what it says: as claimed, else the time of its entry.
    private static let since = """
        COALESCE(r.at, CASE WHEN r.record >= :open THEN :now ELSE \(ViewSQL.ledgerTime("r.record")) END)
        """

    private func prepare(_ statement: SQLStatement, before record: Int64) {
        statement.bind(named: ":before", record)
        statement.bind(named: ":open", open.record)
        statement.bind(named: ":now", open.at)
    }

    private func versions(_ statement: SQLStatement) throws -> [Int64] {
        var versions: [Int64] = []
        try statement.forEach { versions.append($0.int(0)) }
        return versions
    }

    // MARK: - Prompt versions

    /// What is known of a prompt version before a record; nil when nothing is.
    func version(_ version: Int64, before record: Int64) throws -> PromptVersionFacts? {
        guard let story = try story(of: version, before: record) else { return nil }
        return try story.facts(
            principal: { try principalKnown($0, before: record) }, stored: { try stored($0, before: record) })
    }

    private func story(of version: Int64, before record: Int64) throws -> PromptVersionStory? {
        prepare(tellings, before: record)
        tellings.bind(named: ":key", version)
        var story = PromptVersionStory(version: version, records: [], isFirst: false)
        var prompt: String?
        try tellings.forEach { row in
            prompt = prompt ?? row.text(5)
            story.records.append(
                .init(
                    record: row.int(0), since: row.int(1), author: row.optionalText(2), hasReason: row.int(3) == 1, parent: row.int(4)))
        }
        guard let first = story.records.first, let prompt else { return nil }
        prepare(earlier, before: record)
        earlier.bind(named: ":key", prompt)
        earlier.bind(named: ":since", first.since)
        earlier.bind(named: ":record", first.record)
        story.isFirst = try earlier.first { $0.int(0) == 0 } ?? true
        return story
    }

    /// Since when the text of a version is stored.
    private func stored(_ version: Int64, before record: Int64) throws -> Int64? {
        prepare(since, before: record)
        since.bind(named: ":key", version)
        return try since.first { $0.optionalInt(0) } ?? nil
    }

    /// Since when a principal is known; one that was once known stays known.
    func principalKnown(_ id: String, before record: Int64) throws -> Int64? {
        prepare(principal, before: record)
        principal.bind(named: ":key", id)
        return try principal.first { $0.optionalInt(0) } ?? nil
    }

    /// Versions that a further record of `version` under the name `prompt` may concern, itself included.
    func versions(relatedTo version: Int64, prompt: String, before record: Int64) throws -> Set<Int64> {
        prepare(firstOfPrompt, before: record)
        firstOfPrompt.bind(named: ":key", prompt)
        prepare(byParent, before: record)
        byParent.bind(named: ":key", version)
        return Set(try versions(firstOfPrompt) + versions(byParent)).union([version])
    }

    /// Versions that somebody is said to have written.
    func versions(by author: String, before record: Int64) throws -> [Int64] {
        prepare(byAuthor, before: record)
        byAuthor.bind(named: ":key", author)
        return try versions(byAuthor)
    }

    // MARK: - Releases

    /// The releases of an agent before a record.
    func releases(of agent: Int64, before record: Int64) throws -> ReleaseTimeline {
        prepare(releases, before: record)
        releases.bind(named: ":key", agent)
        var found: [ReleaseTimeline.Release] = []
        try releases.forEach { row in
            found.append(
                .init(
                    record: row.int(0), releasedAt: row.int(1), version: row.int(2), configuration: row.int(3),
                    takenBack: row.optionalInt(4)))
        }
        return ReleaseTimeline(found)
    }

    /// The agent of a release; nil when it is not stored.
    func agent(ofRelease id: String, before record: Int64) throws -> Int64? {
        prepare(released, before: record)
        released.bind(named: ":key", id)
        return try released.first { $0.optionalInt(0) } ?? nil
    }

    // MARK: - Interactions

    /// What a stored interaction says of itself, as far as its outcome counts; nil when it has been erased.
    func interaction(_ record: Int64) throws -> InteractionFacts? {
        interaction.bind(1, record)
        let words = words
        return try interaction.first { row -> InteractionFacts? in
            guard !row.isNull(0), !row.isNull(1), !row.isNull(2) else { return nil }
            var facts = InteractionFacts(agent: row.int(0), environment: row.int(1), at: row.int(2))
            facts.outcome = OutcomeFacts(word: try words.word(row.optionalInt(3) ?? 0), hasReason: row.int(4) == 1)
            facts.isTraceable = row.int(5) == 1
            return facts
        } ?? nil
    }

    /// The steps of an interaction's outcome by what is recorded about it before a record.
    func outcome(_ facts: InteractionFacts, _ id: String, before record: Int64) throws -> [InteractionTimeline.Step] {
        prepare(outcomes, before: record)
        outcomes.bind(named: ":key", id)
        var later: [LateOutcome] = []
        try outcomes.forEach { row in
            let outcome = OutcomeFacts(word: try words.word(row.int(2)), hasReason: row.int(3) == 1)
            later.append(LateOutcome(at: row.int(0), record: row.int(1), outcome: outcome))
        }
        prepare(override, before: record)
        override.bind(named: ":key", id)
        override.bind(named: ":agent", facts.agent)
        let made = try override.first { $0.optionalInt(0) } ?? nil
        return InteractionTimeline.outcome(facts, later, override: made)
    }

    /// What the number of an outcome's word means; nil for 0.
    func outcomeWord(_ code: Int64) throws -> OutcomeFacts.Word? { try words.word(code) }

    /// Forgets words; the transaction that added them has failed.
    func forget() { words.forget() }
}

/// The few outcomes by the numbers of their words. A class because it fills up while it is used.
private final class OutcomeWords {
    private let codes: CodeBook
    private var known: [Int64: OutcomeFacts.Word] = [:]

    init(_ codes: CodeBook) { self.codes = codes }

    func word(_ code: Int64) throws -> OutcomeFacts.Word? {
        if code == 0 { return nil }
        if let word = known[code] { return word }
        let word = try codes.word(of: code).flatMap(OutcomeFacts.Word.init)
        if let word { known[code] = word }
        return word
    }

    func forget() { known.removeAll() }
}
