import RungCore
import RungCrypto
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreAssessmentsTests {
    private static func kept(_ name: String, asOf: String, _ fixture: EvidenceFixture, stage: Int = 2) throws -> RecordedAssessment {
        RecordedAssessment(
            id: name, at: fixture.clock.now, asOf: try EvidenceFixture.Clock.time(asOf), author: "ana",
            digest: SHA256Hasher.digest(of: name), ledger: try fixture.store.head(), rubricDigest: SHA256Hasher.digest(of: "rubric"),
            stage: stage, scores: ["OBS": 2.5, "PRM": 1])
    }

    @Test func anAssessmentIsKeptOnceAndReadBack() throws {
        let fixture = try EvidenceFixture()
        #expect(try fixture.store.lastAssessment(asOf: fixture.clock.now) == nil)
        let first = try Self.kept("one", asOf: "2026-07-01", fixture)
        #expect(try fixture.store.recordAssessment(first))
        #expect(try !fixture.store.recordAssessment(first))
        let second = try Self.kept("two", asOf: "2026-09-01", fixture, stage: 3)
        #expect(try fixture.store.recordAssessment(second))
        #expect(try fixture.store.lastAssessment(asOf: fixture.clock.now) == second)
        #expect(try fixture.store.lastAssessment(asOf: EvidenceFixture.Clock.time("2026-08-01")) == first)
        #expect(try fixture.store.head().size == 2)
    }

    @Test func anAssessmentThatSomebodyHandsInIsNotTakenForOneThatWasMade() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            #"{"kind":"assessment","id":"boast","at":"2026-09-01","asOf":"2026-09-01","digest":"\#(EvidenceLines.sha)","ledgerRoot":"\#(EvidenceLines.sha)","ledgerSize":9,"rubricDigest":"\#(EvidenceLines.sha)","stage":5}"#
        ])
        #expect(try fixture.store.lastAssessment(asOf: fixture.clock.now) == nil)
    }

    @Test func assessmentsDoNotKeepEvidenceYoung() throws {
        let fixture = try EvidenceFixture()
        let now = fixture.clock.now
        #expect(try fixture.store.newestDay(asOf: now, entries: 9) == nil)
        try fixture.importLines([EvidenceClassTests.call("a", 10), EvidenceClassTests.call("b", 12)])
        try fixture.store.recordAssessment(Self.kept("one", asOf: "2026-09-20", fixture))
        #expect(try fixture.store.newestDay(asOf: now, entries: 9) == Timestamp("2026-09-12"))
        #expect(try fixture.store.newestDay(asOf: EvidenceFixture.Clock.time("2026-09-11"), entries: 9) == Timestamp("2026-09-10"))
        #expect(try fixture.store.newestDay(asOf: now, entries: 0) == nil)
    }

    // MARK: - Exceptions

    private static func waiver(_ id: String, by approver: String = "bo", until end: String = "2026-12-01", asked: String = "ana") -> String
    {
        #"{"kind":"waiver","id":"\#(id)","scope":"REG-304","reason":"r","requestedBy":"\#(asked)","approverId":"\#(approver)","grantedAt":"2026-09-01","expiresAt":"\#(end)"}"#
    }

    private static func note(_ id: String, by approver: String = "bo", until end: String = "2026-12-01", asked: String = "ana") -> String {
        #"{"kind":"applicabilityNote","id":"\#(id)","criterion":"REG-304","reason":"r","requestedBy":"\#(asked)","approverId":"\#(approver)","grantedAt":"2026-09-01","expiresAt":"\#(end)"}"#
    }

    @Test func onlyExceptionsInForceCountThatAnotherPersonApproved() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "jira", type: .tracker), actor: "ana")
        try fixture.importLines(SmallWorld.people)
        for make in [Self.waiver, Self.note] {
            let lines = [
                make("good", "bo", "2026-12-01", "ana"), make("over", "bo", "2026-09-20", "ana"), make("own", "ana", "2026-12-01", "ana"),
                make("unknown", "nobody", "2026-12-01", "ana"),
            ]
            try EvidenceClassTests.send(lines, "jira", fixture)
        }
        try fixture.importLines([#"{"kind":"waiverEnd","waiverId":"closed","at":"2026-09-10"}"#, Self.waiver("closed")])
        try fixture.importLines([Self.note("unsigned")])
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        let found = try snapshot.exceptions(asOf: snapshot.asOf)
        #expect(found.waivers.map(\.id) == ["good"])
        #expect(found.notes.map(\.id) == ["good"])
        #expect(found.notes.first?.criterion == "REG-304" && found.notes.first?.expiresAt == Timestamp("2026-12-01"))
        let later = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-12-01"))
        #expect(try later.exceptions(asOf: later.asOf) == CriterionExceptions())
    }

    @Test func aStatementOfApplicabilityEndsWithinAYear() throws {
        let fixture = try EvidenceFixture()
        let text = try fixture.problems([Self.note("long", until: "2028-01-01"), Self.note("back", until: "2026-08-01")])
        #expect(text.contains("a statement holds for 366 days at most, this one until 2028-01-01T00:00:00Z"))
        #expect(text.contains("before the statement was granted"))
    }
}
