import RungText
import Testing

@testable import RungEvidence

/// Which answers and overrides count.
struct FeedbackViewTests {
    static let p1 = SmallWorld.p1

    static func answer(
        _ id: String, by who: String? = "bo", scale: String = "thumbs", _ answer: Int = 0, to interaction: String? = "i",
        at: String = "2026-09-02T08:00:00Z", agent: String = "router", prompt: String? = p1, more: String = ""
    ) -> String {
        let source = who.map { #","principalId":"\#($0)""# } ?? ""
        let target = interaction.map { #","interactionId":"\#($0)""# } ?? ""
        let version = prompt.map { #","promptVersionId":"\#($0)""# } ?? ""
        return
            #"{"kind":"feedback","id":"\#(id)","agentId":"\#(agent)","at":"\#(at)","scale":"\#(scale)","answer":\#(answer)\#(source)\#(target)\#(version)\#(more)}"#
    }

    static let call = SmallWorld.call("i", "router", "2026-09-01", p1, "accepted", more: #","feedbackOffered":true"#)

    func column(_ name: String, _ lines: [String]) throws -> [String] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + [Self.call] + lines)
        return try fixture.rows("SELECT \(name) FROM feedback ORDER BY feedback_id").map { $0[0] }
    }

    /// Scale, answer, and whether it is negative.
    static let answers: [(String, Int, String)] = [
        ("thumbs", 0, "1"), ("thumbs", 1, "0"), ("stars", 1, "1"), ("stars", 2, "1"), ("stars", 3, "0"), ("nps", 0, "1"), ("nps", 6, "1"),
        ("nps", 7, "0"),
    ]

    @Test(arguments: answers)
    func anAnswerIsNegativeByItsScaleNotByWhatIsSaid(scale: String, answer: Int, negative: String) throws {
        let line = Self.answer("f", scale: scale, answer, more: #","negative":0,"screened":1,"linked":1,"dueAt":"2030-01-01""#)
        #expect(try column("negative", [line]) == [negative])
    }

    @Test func anAnswerOutsideItsScaleIsAnError() throws {
        let text = try EvidenceFixture().problems([Self.answer("f", scale: "stars", 0), Self.answer("g", scale: "thumbs", 2)])
        #expect(text.contains("an answer in stars is from 1 to 5, found 0"))
        #expect(text.contains("an answer in thumbs is from 0 to 1, found 2"))
    }

    @Test func whatASenderSaysAboutItsOwnAnswerIsReported() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines([Self.answer("f", more: #","negative":0,"screened":1,"linked":1,"triagedAt":"2026-09-02""#)])
        #expect(report.findings.map(\.message).allSatisfy { $0.contains("is computed here") })
        #expect(report.findings.count == 4)
    }

    @Test func anAnswerIsLinkedToAnEarlierInteractionOfTheSameAgentAndPrompt() throws {
        let found = try column(
            "linked",
            [
                Self.answer("a"), Self.answer("b", to: "none"), Self.answer("c", agent: "faq"), Self.answer("d", prompt: SmallWorld.p2),
                Self.answer("e", prompt: nil), Self.answer("f", to: nil), Self.answer("g", at: "2026-08-31"),
            ])
        #expect(found == ["1", "0", "0", "0", "0", "0", "0"])
    }

    /// Who answers about which agent, and whether it counts.
    static let sources: [(String, String, String)] = [
        ("bo", "router", "1"), ("ana", "router", "0"), ("ana", "faq", "1"), ("bot", "router", "0"), ("router", "router", "0"),
        ("nobody", "router", "0"), ("eve", "router", "1"), ("eve", "faq", "0"),
    ]

    @Test(arguments: sources)
    func anAnswerCountsFromAPersonWhoNeverOwnedTheAgent(who: String, agent: String, screened: String) throws {
        #expect(try column("screened", [Self.answer("f", by: who, agent: agent)]) == [screened])
    }

    @Test func whoHasLeftOrOwnedTheAgentBeforeDoesNotCount() throws {
        let handedOver = #"{"kind":"agent","id":"router","state":"active","ownerId":"cy","at":"2026-08-01"}"#
        let found = try column("screened", [handedOver, Self.answer("a", by: "ana"), Self.answer("b", by: "eve", at: "2026-09-10")])
        #expect(found == ["0", "0"])
    }

    @Test func aSessionCountsOnceForAnInteractionWhereAnAnswerWasOffered() throws {
        func session(_ id: String, _ name: String, to interaction: String?, agent: String = "router") -> String {
            Self.answer(id, by: nil, to: interaction, agent: agent, more: #","sessionId":"\#(name)""#)
        }
        let found = try column(
            "screened",
            [
                SmallWorld.call("mute", "router", "2026-09-01", Self.p1, "accepted"), session("a", "s1", to: "i"),
                session("b", "s2", to: "i"), session("c", "s3", to: "mute"), session("d", "s4", to: nil),
                session("e", "s5", to: "i", agent: "faq"), Self.answer("f", by: nil),
            ])
        #expect(found == ["1", "0", "0", "0", "0", "0"])
        #expect(try column("screened", [session("a", "bot", to: "i")]) == ["0"])
        #expect(try column("screened", [Self.answer("a", by: "bot", more: #","sessionId":"s""#)]) == ["0"])
    }

    @Test func answersBeyondTheLimitOfADayDoNotCount() throws {
        let policy = PolicyPeriodTests.policy("p", #""feedbackLimit":2"#, at: "2026-07-01")
        let approval = PolicyPeriodTests.approval("ok", "p", by: "bo", at: "2026-07-02")
        let answers = [
            Self.answer("a", scale: "stars", 1, at: "2026-09-02T01:00:00Z"),
            Self.answer("b", scale: "stars", 2, at: "2026-09-02T02:00:00Z"),
            Self.answer("c", scale: "stars", 3, at: "2026-09-02T03:00:00Z"), Self.answer("d", scale: "stars", 3, at: "2026-09-03"),
        ]
        #expect(try column("screened", answers) == ["1", "1", "1", "1"])
        #expect(try column("screened", answers + [policy]) == ["1", "1", "1", "1"])
        #expect(try column("screened", answers + [policy, approval]) == ["1", "1", "0", "1"])
    }

    @Test func theSameAnswerFiftyTimesADayIsUsualAndOnceMoreIsNot() throws {
        func day(_ count: Int) -> [String] { (0..<count).map { Self.answer("f\($0)") } }
        #expect(Set(try column("screened", day(Screening.alikeLimit))) == ["1"])
        #expect(Set(try column("screened", day(Screening.alikeLimit + 1))) == ["0"])
    }

    @Test func feedbackIsTriagedByAPersonNotBeforeItCame() throws {
        func triage(_ id: String, _ who: String, _ at: String, of feedback: String = "f") -> String {
            #"{"kind":"triage","id":"\#(id)","feedbackId":"\#(feedback)","at":"\#(at)","principalId":"\#(who)"}"#
        }
        let voids = [
            triage("a", "bo", "2026-09-02T07:59:59Z"), triage("b", "bot", "2026-09-03"), triage("c", "eve", "2026-09-11"),
            triage("d", "bo", "2026-09-03", of: "other"),
        ]
        #expect(try column("triaged_at", [Self.answer("f")] + voids) == ["-"])
        let good = [triage("e", "cy", "2026-09-06"), triage("f", "ana", "2026-09-05")]
        #expect(try column("triaged_at", [Self.answer("f")] + voids + good) == ["2026-09-05T00:00:00Z"])
        #expect(try column("due_at", [Self.answer("f")]) == ["2026-09-09T08:00:00Z"])
    }

    // MARK: - Overrides

    func overrides(_ lines: [String]) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + lines)
        return try fixture.rows("SELECT override_id, screened, matched FROM overrides ORDER BY override_id")
    }

    static func override(_ id: String, at: String = "2026-09-02", by who: String = "bo", after: String = "y") -> String {
        #"{"kind":"override","id":"\#(id)","agentId":"router","at":"\#(at)","interactionId":"i","principalId":"\#(who)","reasonCode":"wrong","beforeRef":"x","afterRef":"\#(after)"}"#
    }

    @Test func anOverrideMatchesWhatCameOfTheInteractionInTheEnd() throws {
        let accepted = SmallWorld.call("i", "router", "2026-09-01", nil, "accepted")
        func outcome(_ id: String, _ word: String, _ at: String) -> String {
            #"{"kind":"outcome","id":"\#(id)","interactionId":"i","at":"\#(at)","outcome":"\#(word)"}"#
        }
        #expect(try overrides([accepted, Self.override("o")]) == [["o", "1", "0"]])
        let corrected = [accepted, outcome("a", "corrected", "2026-09-02"), Self.override("o")]
        #expect(try overrides(corrected) == [["o", "1", "1"]])
        #expect(try overrides(corrected + [outcome("b", "accepted", "2026-09-03")]) == [["o", "1", "0"]])
        #expect(try overrides(corrected + [Self.override("early", at: "2026-08-31")])[0] == ["early", "1", "0"])
    }

    @Test func aFloodOfOverridesByOnePersonIsNotScreened() throws {
        let same = (0...Screening.alikeLimit).map { Self.override("s\($0)") }
        #expect(Set(try overrides(same).map { $0[1] }) == ["0"])
        let different = (0...200).map { Self.override("d\($0)", at: "2026-09-02T\($0 < 100 ? "08" : "09"):00:00Z", after: "y\($0)") }
        #expect(try overrides(different).filter { $0[1] == "1" }.count == 200)
        #expect(try overrides([Self.override("late", at: "2026-09-10", by: "eve")]) == [["late", "0", "0"]])
    }
}
