import RungCore
import RungText
import Testing

@testable import RungEvidence

struct PolicyPeriodTests {
    static let people = SmallWorld.people

    static func policy(_ id: String, _ terms: String, at: String, author: String = "ana") -> String {
        #"{"kind":"policy","id":"\#(id)","authorId":"\#(author)",\#(terms),"at":"\#(at)"}"#
    }

    static func approval(
        _ id: String, _ policy: String, by: String, at: String, verdict: String = "approved", digest: String? = nil
    ) -> String {
        let digest = digest.map { #","digest":"\#($0)""# } ?? ""
        return
            #"{"kind":"act","id":"\#(id)","subjectKind":"policy","subjectId":"\#(policy)","step":"approval","principalId":"\#(by)","at":"\#(at)","verdict":"\#(verdict)"\#(digest)}"#
    }

    /// The day on which an idea of 1 August must be decided.
    static func due(_ lines: [String], opened: String = "2026-08-01") throws -> String {
        let fixture = try EvidenceFixture()
        let idea = #"{"kind":"idea","id":"i","openedAt":"\#(opened)","dueAt":"2030-01-01"}"#
        try fixture.importLines(people + [idea] + lines)
        return try fixture.rows("SELECT SUBSTR(due_at, 1, 10) FROM ideas").first?.first ?? "no idea"
    }

    @Test func withoutAPolicyThePeriodsAreThoseOfTheProgram() throws {
        #expect(try Self.due([]) == "2026-08-31")
        #expect(PolicyPeriod.allCases.map(\.days) == [30, 14, 30, 30, 7, 90, 90])
    }

    @Test func theApprovedPolicyRules() throws {
        let policy = Self.policy("p", #""ideaDays":5"#, at: "2026-07-01")
        #expect(try Self.due([policy, Self.approval("a", "p", by: "bo", at: "2026-07-02")]) == "2026-08-06")
        let silent = Self.policy("p", #""caseDays":5"#, at: "2026-07-01")
        #expect(try Self.due([silent, Self.approval("a", "p", by: "bo", at: "2026-07-02")]) == "2026-08-31")
    }

    /// Who approves when, and what they claim to approve.
    static let voids: [(String, String, String?)] = [
        ("ana", "2026-07-02", nil), ("bot", "2026-07-02", nil), ("nobody", "2026-07-02", nil), ("eve", "2026-09-11", nil),
        ("bo", "2026-08-02", nil), ("bo", "2026-06-30", nil), ("bo", "2026-07-02", EvidenceLines.sha),
    ]

    @Test(arguments: voids)
    func aPolicyThatNobodyElseHadApprovedAsItStandsByThenChangesNothing(who: String, when: String, digest: String?) throws {
        let policy = Self.policy("p", #""ideaDays":5"#, at: "2026-07-01")
        let approval = Self.approval("a", "p", by: who, at: when, digest: digest)
        #expect(try Self.due([policy, approval]) == "2026-08-31")
        #expect(try Self.due([policy]) == "2026-08-31")
    }

    @Test func anApprovalByAPersonWhoHadLeftIsNone() throws {
        let policy = Self.policy("p", #""ideaDays":5"#, at: "2026-07-01")
        let lines = [policy, Self.approval("a", "p", by: "eve", at: "2026-09-11")]
        #expect(try Self.due(lines, opened: "2026-09-20") == "2026-10-20")
        let before = [policy, Self.approval("a", "p", by: "eve", at: "2026-09-09")]
        #expect(try Self.due(before, opened: "2026-09-20") == "2026-09-25")
    }

    @Test func theLatestApprovalRulesUntilItIsRejected() throws {
        let lines = [
            Self.policy("p", #""ideaDays":5"#, at: "2026-07-01"), Self.approval("a", "p", by: "bo", at: "2026-07-02"),
            Self.policy("q", #""ideaDays":9"#, at: "2026-07-03"), Self.approval("b", "q", by: "bo", at: "2026-07-04"),
        ]
        #expect(try Self.due(lines) == "2026-08-10")
        let rejected = lines + [Self.approval("c", "q", by: "cy", at: "2026-07-05", verdict: "rejected")]
        #expect(try Self.due(rejected) == "2026-08-06")
        #expect(try Self.due(rejected, opened: "2026-07-04") == "2026-07-13")
    }

    @Test func aPolicyThatIsChangedNeedsANewApproval() throws {
        let lines = [
            Self.policy("p", #""ideaDays":5"#, at: "2026-07-01"), Self.approval("a", "p", by: "bo", at: "2026-07-02"),
            Self.policy("p", #""ideaDays":300"#, at: "2026-07-03"),
        ]
        #expect(try Self.due(lines) == "2026-08-06")
        #expect(try Self.due(lines + [Self.approval("b", "p", by: "bo", at: "2026-07-04")]) == "2027-05-28")
    }

    @Test func anApprovalAfterTheCutOffIsNotKnown() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            Self.people + [
                #"{"kind":"idea","id":"i","openedAt":"2026-08-01"}"#, Self.policy("p", #""ideaDays":5"#, at: "2026-07-01"),
                Self.approval("a", "p", by: "bo", at: "2026-08-01"),
            ])
        func due(_ day: String) throws -> [String] {
            let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(day))
            let sql = "SELECT due_at AS entity, 1 AS value FROM ideas"
            return try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 1)).map(\.entity)
        }
        #expect(try due("2026-08-01").isEmpty)
        #expect(try due("2026-08-02") == ["2026-08-06T00:00:00Z"])
    }

    @Test func limitsComeFromThePolicyAndNamesInTheMomentKeepTheirMeaning() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            Self.people + [
                Self.policy("p", #""marginLimit":0.05,"spanLimit":2.5"#, at: "2026-07-01"),
                Self.approval("a", "p", by: "bo", at: "2026-07-02"),
                #"{"kind":"scan","id":"early","type":"overlap","at":"2026-07-01","records":1}"#,
                #"{"kind":"scan","id":"late","type":"overlap","at":"2026-07-03","records":1}"#,
            ])
        let sql = ViewCatalog.sql(
            View(
                "limits", "", columns: [],
                sql: """
                    SELECT id, \(PolicySQL.marginLimit(at: "at")), \(PolicySQL.spanLimit(at: "at")) FROM scan_records ORDER BY at
                    """), .none)
        #expect(try fixture.rows(sql) == [["early", "-", "-"], ["late", "0.05", "2.5"]])
    }

    @Test func theDigestOfAPolicyIsOfWhatItSays() throws {
        var draft = RecordDraft(.policy)
        draft["id"] = .text("p")
        draft["ideaDays"] = .integer(5)
        let digest = RecordKind.policyDigest(draft)
        draft["authorId"] = .text("ana")
        draft["at"] = .time(Timestamp(seconds: 1))
        #expect(RecordKind.policyDigest(draft) == digest)
        draft["ideaDays"] = .integer(6)
        #expect(RecordKind.policyDigest(draft) != digest)
    }

    @Test func aDutyThatDoesNotExistIsNamed() throws {
        let text = try EvidenceFixture().problems([#"{"kind":"policy","id":"p","authorId":"ana","duties":["registry","realese"]}"#])
        #expect(
            text == """
                evidence.jsonl:1:53: error: there is no duty "realese"
                  did you mean "release"?
                1 problem
                """)
    }
}
