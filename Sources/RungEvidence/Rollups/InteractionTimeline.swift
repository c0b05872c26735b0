/// What one interaction adds to the counts of its day, and from which midnight on that is seen.
///
/// Whatever a record tells about a moment is seen by assessments as of the midnights after it, so a step is named by the
/// day of that moment, and by the interaction's own day when the moment is earlier. The four parts are independent of each
/// other and add up, so that a late record changes one part alone. Pure functions: the same values give the same steps.
enum InteractionTimeline {
    /// A change of the counts: seen as of the midnights after `day`, which is never before the interaction's own.
    struct Step: Equatable, Sendable {
        var day: Int64
        var change: InteractionCounts
    }

    /// What the interaction says itself and nothing can change.
    static func told(_ facts: InteractionFacts) -> InteractionCounts {
        var counts = InteractionCounts(.total)
        if facts.isExplained { counts[.explained] = 1 }
        if facts.isFeedbackOffered { counts[.feedbackOffered] = 1 }
        if facts.hasMemory { counts[.withMemory] = 1 }
        if facts.isReceived { counts[.received] = 1 }
        return counts
    }

    /// Whether it was served by the release that was live then, of the same prompt version and configuration.
    static func release(_ facts: InteractionFacts, _ releases: ReleaseTimeline) -> InteractionCounts {
        releases.isLive(facts.version, facts.configuration, at: facts.at) ? InteractionCounts(.released) : .zero
    }

    /// Whether the text of its prompt version can be read back, and whether the version was stored before it with known
    /// author, reason and parent.
    ///
    /// - Parameter body: called with no step, one or two.
    static func version(_ facts: InteractionFacts, _ version: PromptVersionFacts?, _ body: (Step) -> Void) {
        guard let version else { return }
        let stored = max(facts.day, version.since / 86_400)
        guard version.since <= facts.at, let told = version.told else {
            return body(Step(day: stored, change: InteractionCounts(.textStored)))
        }
        let known = max(facts.day, told / 86_400)
        if known == stored { return body(Step(day: stored, change: InteractionCounts(.textStored, .versioned))) }
        body(Step(day: stored, change: InteractionCounts(.textStored)))
        body(Step(day: known, change: InteractionCounts(.versioned)))
    }

    /// What came of it: its own outcome, then the latest one that was told later, and from when on a person's override of
    /// it was recorded.
    ///
    /// - Parameters:
    ///   - later: in any order.
    ///   - override: when the first override was made that has a reason and two different versions; nil for none.
    static func outcome(_ facts: InteractionFacts, _ later: [LateOutcome] = [], override: Int64? = nil) -> [Step] {
        if later.isEmpty, override == nil {
            let counts = counts(of: facts.outcome, facts, isRecorded: false)
            return counts.isZero ? [] : [Step(day: facts.day, change: counts)]
        }
        let later = later.sorted { ($0.at, $0.record) < ($1.at, $1.record) }
        let moments = later.map(\.at) + [override].compactMap(\.self)
        let days = Set(moments.map { max(facts.day, $0 / 86_400) }).union([facts.day]).sorted()
        var steps: [Step] = []
        var before = InteractionCounts.zero
        for day in days {
            let outcome = later.last { $0.at / 86_400 <= day }?.outcome ?? facts.outcome
            let counts = counts(of: outcome, facts, isRecorded: override.map { $0 / 86_400 <= day } ?? false)
            if counts != before { steps.append(Step(day: day, change: counts - before)) }
            before = counts
        }
        return steps
    }

    private static func counts(of outcome: OutcomeFacts, _ facts: InteractionFacts, isRecorded: Bool) -> InteractionCounts {
        var counts = InteractionCounts.zero
        if outcome.isOK { counts[.outcomeOK] = 1 }
        if outcome.word != nil { counts[.outcomeKnown] = 1 }
        if outcome.word == .accepted { counts[.accepted] = 1 }
        if outcome.word != nil, facts.isTraceable { counts[.traceComplete] = 1 }
        if outcome.isCorrected {
            counts[.corrected] = 1
            if isRecorded { counts[.correctedRecorded] = 1 }
        }
        return counts
    }
}
