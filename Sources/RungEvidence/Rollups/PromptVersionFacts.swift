/// What roll-ups need of one prompt version: two moments.
struct PromptVersionFacts: Equatable, Sendable {
    /// Since when its text is stored, in seconds since 1970.
    var since: Int64
    /// From when on author, reason and parent are known, the author as a principal; nil while they are not.
    var told: Int64?
}

/// All that is recorded of one prompt version.
///
/// Later records fill gaps and never change what was said first. A version without a parent is complete when it is the first
/// under the name of its prompt.
struct PromptVersionStory: Sendable {
    /// The version, as a number of the code book.
    var version: Int64
    var records: [Telling]
    /// Whether the earliest of its records is also the earliest of all records under that prompt's name.
    var isFirst: Bool

    /// What one record tells.
    struct Telling: Sendable {
        var record: Int64
        /// When it was made, as claimed, else the ledger's time.
        var since: Int64
        var author: String?
        var hasReason: Bool
        /// 0 for none.
        var parent: Int64
    }

    /// The two moments; nil when nothing is recorded.
    ///
    /// - Parameters:
    ///   - principal: since when a principal is known; nil for an unknown one.
    ///   - stored: since when another version is stored; nil when it is not.
    func facts(principal: (String) throws -> Int64?, stored: (Int64) throws -> Int64?) rethrows -> PromptVersionFacts? {
        let records = records.sorted { ($0.since, $0.record) < ($1.since, $1.record) }
        guard let since = records.first?.since else { return nil }
        var facts = PromptVersionFacts(since: since, told: nil)
        guard let author = records.first(where: { $0.author != nil }), let name = author.author,
            let known = try principal(name), let reason = records.first(where: \.hasReason),
            let descent = try descent(records, since, stored)
        else { return facts }
        facts.told = max(author.since, known, reason.since, descent)
        return facts
    }

    /// From when on its place among the versions is known: with its parent, or at once for a first version.
    private func descent(_ records: [Telling], _ since: Int64, _ stored: (Int64) throws -> Int64?) rethrows -> Int64? {
        if isFirst { return since }
        guard let telling = records.first(where: { $0.parent != 0 }), telling.parent != version,
            let parent = try stored(telling.parent)
        else { return nil }
        return max(telling.since, parent)
    }
}
