import RungText

/// Keeps the roll-ups of interactions while records are appended.
///
/// An interaction adds its steps with what is known at that moment. A record that comes late (an outcome, an override, a
/// prompt version after its use, a principal, a release, its end) adds the difference between the steps with it and the
/// steps without it. Late versions and releases may concern many interactions: what the deltas hold of them so far is
/// remembered, further interactions add the same, and when the entry closes one pass over the interactions in question
/// adds all differences. Whether a record is late is seen from the uses of versions and agents; in the normal order it never
/// is. A class because it owns statements.
final class RollupKeeper {
    let index: InteractionIndex
    private let buffer: RollupBuffer
    private let facts: RollupFacts
    private let references: InteractionReferences
    private let uses: InteractionUses
    private let correction: RollupCorrection
    /// What the deltas hold, by version and agent.
    private var versions: [Int64: PromptVersionFacts?] = [:]
    private var releases: [Int64: ReleaseTimeline] = [:]
    private var lateVersions: Set<Int64> = []
    private var lateAgents: Set<Int64> = []
    /// Records after everything that has been seen; what is cached holds for it.
    private var records: Int64 = -1

    /// Kinds of records that roll-ups depend on, those that only name an interaction apart.
    static let kinds: Set<String> = ["interaction", "principal", "promptVersion", "release", "releaseEnd"]

    /// Versions and agents that are cached at most.
    private static let cacheLimit = 20_000

    init(_ connection: OpaquePointer, _ codes: CodeBook, index use: InteractionIndex.Use = .written) throws {
        index = try InteractionIndex(connection, use)
        buffer = try RollupBuffer(connection)
        facts = try RollupFacts(connection, codes)
        references = try InteractionReferences(connection, index)
        uses = try InteractionUses(connection)
        correction = try RollupCorrection(connection)
    }

    // MARK: - Entries

    /// Begins an entry whose first record has this number; forgets what is cached when somebody else has written meanwhile.
    func open(record: Int64, at: Timestamp) {
        if record != records { forget() }
        records = record
        facts.open = (record, at.seconds)
    }

    /// Ends the entry: corrects what came late and writes the deltas.
    ///
    /// - Parameter records: the number of the next entry's first record.
    func close(ledgerIndex: Int64, records: Int64) throws {
        self.records = records
        try correct(ledgerIndex)
        try buffer.write(ledgerIndex: ledgerIndex)
        try uses.flush()
        if versions.count + releases.count > Self.cacheLimit {
            versions.removeAll()
            releases.removeAll()
        }
    }

    /// Writes what is kept over several entries.
    func flush() throws { try index.flush() }

    /// Forgets everything that is not written; the transaction has failed, or another process has written.
    func forget() {
        index.forget()
        buffer.forget()
        facts.forget()
        references.forget()
        uses.forget()
        versions.removeAll()
        releases.removeAll()
        lateVersions.removeAll()
        lateAgents.removeAll()
        records = -1
    }

    // MARK: - Records

    /// Takes in a record of any kind that roll-ups depend on, which has just been stored.
    func follow(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin, _ record: Int64, _ codes: CodeBook) throws {
        switch kind {
        case .interaction:
            var told = try InteractionFacts(values, codes)
            told.isReceived = origin != .imported
            var id = values[InteractionFacts.idPosition].text ?? ""
            try id.withUTF8 { try interaction(told, id: $0, hash: InteractionIdentifier.hash($0), record: record) }
        case .promptVersion:
            guard let version = values[kind.position(of: "version")].text, let prompt = values[kind.position(of: "promptId")].text
            else { return }
            try promptVersion(try codes.code(of: version), prompt: prompt, record: record)
        default: try self.record(kind, values, record: record)
        }
    }

    /// Takes in an interaction that has just been stored.
    func interaction(_ told: InteractionFacts, id: UnsafeBufferPointer<UInt8>, hash: Int64, record: Int64) throws {
        try index.add(hash: hash, record: record)
        uses.add(told, record)
        let isReleased = told.version != 0 && told.configuration != 0
        var counts = InteractionTimeline.told(told)
        if isReleased { counts += InteractionTimeline.release(told, try releases(of: told.agent, before: record)) }
        var later: [InteractionTimeline.Step] = []
        func add(_ step: InteractionTimeline.Step) {
            if step.day == told.day { counts += step.change } else { later.append(step) }
        }
        if told.version != 0 { InteractionTimeline.version(told, try version(told.version, before: record), add) }
        if try references.arrived(id, record) {
            try facts.outcome(told, String(decoding: id, as: UTF8.self), before: record).forEach(add)
        } else {
            InteractionTimeline.outcome(told).forEach(add)
        }
        buffer.add(told, counts)
        for step in later { buffer.add(told, step, .plus) }
    }

    /// Takes in a record of another kind that has just been stored.
    func record(_ kind: RecordKind, _ values: [FieldValue], record: Int64) throws {
        index.isAt(record: record)
        func text(_ key: String) -> String? { values[kind.position(of: key)].text }
        func seconds(_ key: String) -> Int64? { values[kind.position(of: key)].integer }
        if InteractionReferences.kinds.contains(kind.name), let id = text("interactionId") {
            guard let interaction = try references.name(id), kind === RecordKind.outcome || kind === RecordKind.override else { return }
            return try outcome(of: interaction, id, after: record)
        }
        switch kind {
        case .principal: if let id = text("id") { try principal(id, record) }
        case .release: try release(values, record)
        case .releaseEnd:
            guard let id = text("releaseId"), let at = seconds("at") else { return }
            if let agent = try facts.agent(ofRelease: id, before: record) { try late(agent: agent, from: at, record) }
        default: return
        }
    }

    /// Takes in a prompt version, whose word has this number.
    func promptVersion(_ version: Int64, prompt: String, record: Int64) throws {
        for related in try facts.versions(relatedTo: version, prompt: prompt, before: record) { try late(version: related, record) }
    }

    // MARK: - What may come late

    private func outcome(of interaction: Int64, _ id: String, after record: Int64) throws {
        guard let told = try facts.interaction(interaction) else { return }
        let before = try facts.outcome(told, id, before: record)
        let after = try facts.outcome(told, id, before: record + 1)
        guard before != after else { return }
        for step in before { buffer.add(told, step, .minus) }
        for step in after { buffer.add(told, step, .plus) }
    }

    private func principal(_ id: String, _ record: Int64) throws {
        let known = try facts.principalKnown(id, before: record)
        guard let now = try facts.principalKnown(id, before: record + 1), known.map({ now < $0 }) ?? true else { return }
        for version in try facts.versions(by: id, before: record) { try late(version: version, record) }
    }

    private func release(_ values: [FieldValue], _ record: Int64) throws {
        guard let time = values[RecordKind.release.position(of: "releasedAt")].integer,
            let agent = try facts.agent(ofRelease: values[RecordKind.release.position(of: "id")].text ?? "", before: record + 1)
        else { return }
        try late(agent: agent, from: time, record)
    }

    /// Facts of a version change with `record`: remembers what the deltas hold if it has been used, else drops what is cached.
    private func late(version: Int64, _ record: Int64) throws {
        guard !lateVersions.contains(version) else { return }
        guard try uses.span(ofVersion: version) != nil else {
            versions.removeValue(forKey: version)
            return
        }
        _ = try self.version(version, before: record)
        lateVersions.insert(version)
    }

    /// The same for releases of an agent that change from a moment on.
    private func late(agent: Int64, from time: Int64, _ record: Int64) throws {
        guard !lateAgents.contains(agent) else { return }
        guard let span = try uses.span(ofAgent: agent), span.times.upperBound >= time else {
            releases.removeValue(forKey: agent)
            return
        }
        _ = try releases(of: agent, before: record)
        lateAgents.insert(agent)
    }

    private func version(_ version: Int64, before record: Int64) throws -> PromptVersionFacts? {
        if let known = versions[version] { return known }
        let known = try facts.version(version, before: record)
        versions[version] = .some(known)
        return known
    }

    private func releases(of agent: Int64, before record: Int64) throws -> ReleaseTimeline {
        if let known = releases[agent] { return known }
        let known = try facts.releases(of: agent, before: record)
        releases[agent] = known
        return known
    }

    // MARK: - Correcting

    private func correct(_ ledgerIndex: Int64) throws {
        guard !lateVersions.isEmpty || !lateAgents.isEmpty else { return }
        var change = RollupCorrection.Change()
        for version in lateVersions {
            let before = versions[version] ?? nil
            let after = try facts.version(version, before: records)
            versions[version] = .some(after)
            guard before != after, let span = try uses.span(ofVersion: version) else { continue }
            change.versions[version] = (before, after)
            change.records = change.records?.union(span) ?? span
        }
        for agent in lateAgents {
            let before = releases[agent] ?? .empty
            let after = try facts.releases(of: agent, before: records)
            releases[agent] = after
            guard before != after, let span = try uses.span(ofAgent: agent) else { continue }
            change.agents[agent] = (before, after)
            change.records = change.records?.union(span) ?? span
        }
        lateVersions.removeAll()
        lateAgents.removeAll()
        try correction.apply(change, to: buffer, before: records, ledgerIndex: ledgerIndex)
    }
}
