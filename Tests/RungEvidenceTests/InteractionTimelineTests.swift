import Testing

@testable import RungEvidence

struct InteractionTimelineTests {
    static let day: Int64 = 86_400

    /// An interaction at noon of day 10.
    static func facts(_ outcome: OutcomeFacts.Word? = nil, hasReason: Bool = false) -> InteractionFacts {
        var facts = InteractionFacts(agent: 1, environment: 2, at: 10 * day + day / 2)
        facts.version = 3
        facts.configuration = 4
        facts.outcome = OutcomeFacts(word: outcome, hasReason: hasReason)
        facts.isTraceable = true
        return facts
    }

    func steps(_ version: PromptVersionFacts?) -> [InteractionTimeline.Step] {
        var steps: [InteractionTimeline.Step] = []
        InteractionTimeline.version(Self.facts(), version) { steps.append($0) }
        return steps
    }

    @Test func aVersionCountsFromTheDayOnWhichItsTextAndItsStoryAreKnown() {
        let day = Self.day
        #expect(steps(nil) == [])
        #expect(steps(.init(since: 0, told: 0)) == [.init(day: 10, change: .init(.textStored, .versioned))])
        #expect(steps(.init(since: 0, told: nil)) == [.init(day: 10, change: .init(.textStored))])
        #expect(
            steps(.init(since: 10 * day, told: 12 * day)) == [
                .init(day: 10, change: .init(.textStored)), .init(day: 12, change: .init(.versioned)),
            ])
        // Stored on the same day, but after it was used.
        #expect(steps(.init(since: 11 * day - 1, told: 11 * day - 1)) == [.init(day: 10, change: .init(.textStored))])
        #expect(steps(.init(since: 13 * day, told: 13 * day)) == [.init(day: 13, change: .init(.textStored))])
    }

    @Test(arguments: [
        (OutcomeFacts.Word.accepted, false, [InteractionCount.outcomeKnown, .accepted, .outcomeOK, .traceComplete]),
        (.failed, false, [.outcomeKnown, .traceComplete]), (.failed, true, [.outcomeKnown, .outcomeOK, .traceComplete]),
        (.abandoned, false, [.outcomeKnown, .traceComplete]),
        (.rejected, false, [.outcomeKnown, .outcomeOK, .traceComplete, .corrected]), (nil, true, []),
    ])
    func anOutcomeCountsAsWhatItIs(word: OutcomeFacts.Word?, hasReason: Bool, counts: [InteractionCount]) {
        var expected = InteractionCounts.zero
        for count in counts { expected[count] = 1 }
        let steps = InteractionTimeline.outcome(Self.facts(word, hasReason: hasReason))
        #expect(steps == (counts.isEmpty ? [] : [.init(day: 10, change: expected)]))
    }

    @Test func theLatestOutcomeThatIsToldLaterCountsFromItsDayOn() {
        let corrected = LateOutcome(at: 12 * Self.day, record: 8, outcome: .init(word: .corrected, hasReason: false))
        let failed = LateOutcome(at: 12 * Self.day, record: 9, outcome: .init(word: .failed, hasReason: false))
        let early = LateOutcome(at: 0, record: 9, outcome: .init(word: .accepted, hasReason: false))
        var undone = InteractionCounts.zero
        undone[.outcomeOK] = -1
        undone[.accepted] = -1
        #expect(
            InteractionTimeline.outcome(Self.facts(.accepted), [failed, corrected]) == [
                .init(day: 10, change: .init(.outcomeOK, .outcomeKnown, .accepted, .traceComplete)), .init(day: 12, change: undone),
            ])
        #expect(
            InteractionTimeline.outcome(Self.facts(), [corrected], override: 11 * Self.day) == [
                .init(day: 12, change: .init(.outcomeOK, .outcomeKnown, .traceComplete, .corrected, .correctedRecorded))
            ])
        #expect(
            InteractionTimeline.outcome(Self.facts(.corrected), override: 13 * Self.day) == [
                .init(day: 10, change: .init(.outcomeOK, .outcomeKnown, .traceComplete, .corrected)),
                .init(day: 13, change: .init(.correctedRecorded)),
            ])
        #expect(
            InteractionTimeline.outcome(Self.facts(.failed), [early]) == [
                .init(day: 10, change: .init(.outcomeOK, .outcomeKnown, .accepted, .traceComplete))
            ])
    }

    @Test func aReleaseIsLiveUntilTheNextOneOrUntilItIsTakenBack() {
        let timeline = ReleaseTimeline([
            .init(record: 5, releasedAt: 200, version: 3, configuration: 4, takenBack: 250),
            .init(record: 1, releasedAt: 100, version: 3, configuration: 4),
            .init(record: 2, releasedAt: 300, version: 3, configuration: 4),
            .init(record: 3, releasedAt: 300, version: 7, configuration: 4),
        ])
        let live = [99, 100, 199, 200, 249, 250, 299, 300].map { timeline.isLive(3, 4, at: $0) }
        #expect(live == [false, true, true, true, true, false, false, false])
        #expect(timeline.isLive(7, 4, at: .max - 1))
        #expect(!timeline.isLive(0, 4, at: 100) && !timeline.isLive(3, 0, at: 100) && !timeline.isLive(3, 5, at: 100))
        #expect(!ReleaseTimeline.empty.isLive(3, 4, at: 100))
    }

    @Test func aVersionIsToldWhenAuthorReasonAndDescentAre() {
        func story(_ records: [PromptVersionStory.Telling], isFirst: Bool = false) -> PromptVersionFacts? {
            PromptVersionStory(version: 3, records: records, isFirst: isFirst)
                .facts(principal: { ["ana": 20][$0] }, stored: { [9: 40, 3: 1][$0] })
        }
        func telling(_ record: Int64, _ since: Int64, _ author: String?, _ hasReason: Bool, _ parent: Int64) -> PromptVersionStory.Telling {
            .init(record: record, since: since, author: author, hasReason: hasReason, parent: parent)
        }
        #expect(story([]) == nil)
        #expect(story([telling(1, 10, "ana", true, 0)], isFirst: true) == .init(since: 10, told: 20))
        #expect(story([telling(1, 10, "ana", true, 0)]) == .init(since: 10, told: nil))
        #expect(story([telling(1, 10, "ana", true, 9)]) == .init(since: 10, told: 40))
        #expect(story([telling(1, 10, "ana", true, 3)]) == .init(since: 10, told: nil))
        #expect(story([telling(1, 10, "bo", true, 9)]) == .init(since: 10, told: nil))
        // What was said first stays; later records fill gaps.
        #expect(story([telling(2, 30, "ana", true, 0), telling(1, 10, nil, false, 9)]) == .init(since: 10, told: 40))
        #expect(story([telling(2, 50, "ana", true, 0), telling(1, 10, "bo", true, 9)]) == .init(since: 10, told: nil))
    }
}
