import RungText
import Testing

@testable import RungEvidence

/// What acts say about the things acted on.
struct ActsViewTests {
    static let sha = EvidenceLines.sha
    static let other = EvidenceLines.configuration

    /// Author, verdict and digest of each act, by id.
    static func acts(_ lines: [String]) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(lines)
        return try fixture.rows("SELECT act_id, author_id, verdict, digest FROM acts ORDER BY 1")
    }

    static func act(
        _ id: String, _ kind: String, _ subject: String, _ step: String, at: String = "2026-08-01T12:00:00Z", more: String = ""
    ) -> String {
        #"{"kind":"act","id":"\#(id)","subjectKind":"\#(kind)","subjectId":"\#(subject)","step":"\#(step)","principalId":"cy","at":"\#(at)","authorId":"nobody"\#(more)}"#
    }

    static let approved = #","verdict":"approved""#

    static func digest(_ digest: String) -> String { #","digest":"\#(digest)""# }

    @Test func contextAndAssessmentHaveTheAuthorAndDigestOfTheirRecords() throws {
        let found = try Self.acts([
            #"{"kind":"contextVersion","id":"c","authorId":"ana","contentDigest":"\#(Self.sha)"}"#,
            #"{"kind":"assessment","id":"s","authorId":"bo","digest":"\#(Self.sha)","at":"2026-07-31"}"#,
            Self.act("a", "context", "c", "approval", more: Self.approved),
            Self.act("b", "context", "c", "approval", more: Self.approved + Self.digest(Self.sha)),
            Self.act("c", "context", "c", "approval", more: Self.approved + Self.digest(Self.other)),
            Self.act("d", "assessment", "s", "approval", more: Self.approved),
            Self.act("e", "assessment", "none", "approval", more: Self.approved + Self.digest(Self.sha)),
        ])
        #expect(
            found == [
                ["a", "ana", "approved", Self.sha], ["b", "ana", "approved", Self.sha], ["c", "ana", "approved", "-"],
                ["d", "bo", "approved", Self.sha], ["e", "-", "approved", "-"],
            ])
    }

    @Test func aTemplateHasTheDigestOfItsTextWhenItWasGiven() throws {
        let found = try Self.acts([
            #"{"kind":"template","id":"full","authorId":"ana","text":"Be kind."}"#, #"{"kind":"template","id":"bare","authorId":"bo"}"#,
            #"{"kind":"promptVersion","promptId":"base","label":"v1","text":"one","authorId":"cy"}"#,
            Self.act("a", "template", "full", "approval", more: Self.approved),
            Self.act("b", "template", "bare", "approval", more: Self.approved),
            Self.act("c", "template", "base@v1", "approval", more: Self.approved),
        ])
        #expect(
            found == [
                ["a", "ana", "approved", "\(RungEvidenceTests.digest("Be kind."))"], ["b", "bo", "approved", "-"],
                ["c", "cy", "approved", "\(version("one"))"],
            ])
    }

    @Test func anApprovalIsOfThePolicyAsItStoodThen() throws {
        let policies = [
            PolicyPeriodTests.policy("p", #""ideaDays":5"#, at: "2026-07-01", author: "ana"),
            PolicyPeriodTests.policy("p", #""ideaDays":9"#, at: "2026-09-01", author: "bo"),
        ]
        func terms(_ days: Int) -> String {
            var draft = RecordDraft(.policy)
            draft["id"] = .text("p")
            draft["ideaDays"] = .integer(days)
            return "\(RecordKind.policyDigest(draft))"
        }
        let found = try Self.acts(
            policies + [
                Self.act("a", "policy", "p", "approval", more: Self.approved),
                Self.act("b", "policy", "p", "approval", at: "2026-09-02", more: Self.approved),
                Self.act("c", "policy", "p", "approval", more: Self.approved + Self.digest(terms(9))),
                Self.act("d", "policy", "p", "approval", at: "2026-06-30", more: Self.approved),
            ])
        #expect(
            found == [
                ["a", "ana", "approved", terms(5)], ["b", "bo", "approved", terms(9)], ["c", "ana", "approved", "-"],
                ["d", "-", "approved", "-"],
            ])
    }

    /// How far the data reached, and whether the dashboard was fresh.
    static let data: [(String, String)] = [
        (#","dataAt":"2026-08-01T11:00:00Z""#, "fresh"), (#","dataAt":"2026-08-01T10:59:59Z""#, "stale"),
        (#","dataAt":"2026-08-01T12:00:00Z""#, "fresh"), (#","dataAt":"2026-08-01T12:00:01Z""#, "stale"),
        (#","verdict":"fresh""#, "-"), (#","verdict":"fresh","dataAt":"2026-07-01""#, "stale"),
    ]

    @Test(arguments: data)
    func aDashboardIsFreshByTheAgeOfItsDataNotByWhatIsSaid(more: String, verdict: String) throws {
        let dashboard = #"{"kind":"dashboard","agentId":"router","authorId":"ana","freshMinutes":60,"at":"2026-07-01"}"#
        let later = #"{"kind":"dashboard","agentId":"router","authorId":"ana","freshMinutes":10080,"at":"2026-08-02"}"#
        let open = Self.act("a", "dashboard", "router", "open", more: more)
        #expect(try Self.acts([dashboard, later, open]) == [["a", "ana", verdict, "-"]])
        #expect(try Self.acts([open]) == [["a", "-", "-", "-"]])
    }

    @Test func aDashboardCannotCallWeekOldDataFresh() throws {
        let text = try EvidenceFixture().problems([#"{"kind":"dashboard","agentId":"router","freshMinutes":10081}"#])
        #expect(text.contains("\"freshMinutes\" must be a whole number from 1 to 10080, found number 10081"))
    }

    @Test func aRecomputationIsEqualWhenItsDigestIsThatOfTheAssessment() throws {
        let found = try Self.acts([
            #"{"kind":"assessment","id":"s","digest":"\#(Self.sha)","at":"2026-07-31"}"#,
            Self.act("a", "assessment", "s", "recompute", more: Self.digest(Self.sha)),
            Self.act("b", "assessment", "s", "recompute", more: Self.digest(Self.other) + #","verdict":"equal""#),
            Self.act("c", "assessment", "s", "recompute", more: #","verdict":"equal""#),
            Self.act("d", "assessment", "none", "recompute", more: Self.digest(Self.sha)),
            Self.act("e", "context", "s", "recompute", more: Self.digest(Self.sha)),
        ])
        #expect(
            found == [
                ["a", "-", "equal", Self.sha], ["b", "-", "different", "-"], ["c", "-", "-", "-"], ["d", "-", "-", "-"],
                ["e", "-", "-", "-"],
            ])
    }
}
