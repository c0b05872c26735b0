import RungCore
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreByHandTests {
    static let idea: [JSONValue.Member] = [.init("problem", "orders wait"), .init("proposerId", "bo")]

    @Test func anIdAndATimeThatAreLeftOutAreFilledIn() throws {
        let fixture = try EvidenceFixture()
        let record = try fixture.store.addRecord("idea", Self.idea, from: "by hand", actor: "bo") { "made" }
        #expect(record.id == "made")
        #expect(record.isNew)
        #expect(record.evidenceClass == .d)
        #expect(
            try fixture.rows("SELECT id, opened_at, proposer_id FROM idea_records JOIN ledger_entries") == [["made", "1790769600", "bo"]])
        #expect(try fixture.rows("SELECT actor, reason FROM ledger_entries") == [["bo", "import of by hand"]])
        let known = try #require(try fixture.store.latestRecord("idea", id: "made"))
        #expect(
            JSONText.compact(.object(known))
                == #"{"id":"made","openedAt":"2026-09-30T12:00:00Z","problem":"orders wait","proposerId":"bo"}"#)
        #expect(try fixture.store.latestRecord("idea", id: "other") == nil)
        #expect(try fixture.store.recordIDs("idea") == ["made"])
    }

    @Test func theSameRecordTwiceAddsNothing() throws {
        let fixture = try EvidenceFixture()
        let members = Self.idea + [.init("id", "i1"), .init("openedAt", "2026-09-01")]
        let first = try fixture.store.addRecord("idea", members, from: "by hand", actor: "bo") { "made" }
        #expect(first.isNew)
        let again = try fixture.store.addRecord("idea", members, from: "by hand", actor: "bo") { "made" }
        #expect(!again.isNew)
        #expect(again.id == "i1")
        #expect(try fixture.store.head().size == 1)
    }

    @Test func aSourceMakesItClassBWhereItCanVouchForTheKind() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "jira", type: .tracker), actor: "ana")
        let idea = try fixture.store.addRecord("idea", Self.idea, from: "by hand", source: "jira", actor: "jira") { "made" }
        #expect(idea.evidenceClass == .b)
        let members: [JSONValue.Member] = [.init("records", 5), .init("type", "overlap")]
        let scan = try fixture.store.addRecord("scan", members, from: "by hand", source: "jira", actor: "jira") { "s1" }
        #expect(scan.evidenceClass == .d)
        #expect(scan.findings.map(\.message) == ["1 record of scan counts as not authenticated"])
    }

    @Test func whatIsWrongIsToldAndNothingIsStored() throws {
        let fixture = try EvidenceFixture()
        let unknown = #expect(throws: InvalidInput.self) {
            try fixture.store.addRecord("ideas", Self.idea, from: "by hand", actor: "bo") { "made" }
        }
        #expect(unknown?.description.hasPrefix("by hand: error: unknown kind of record \"ideas\"\n  did you mean \"idea\"?") == true)
        let own = #expect(throws: InvalidInput.self) {
            try fixture.store.addRecord("source", [], from: "by hand", actor: "bo") { "made" }
        }
        #expect(own?.description.contains("unknown kind of record \"source\"") == true)
        let wrong = #expect(throws: InvalidInput.self) {
            try fixture.store.addRecord("idea", Self.idea + [.init("benefit", "x")], from: "by hand", actor: "bo") { "made" }
        }
        #expect(wrong?.description.contains("by hand:1:1: error: unknown key \"benefit\" in idea") == true)
        let late = #expect(throws: InvalidInput.self) {
            try fixture.store.addRecord("idea", Self.idea + [.init("openedAt", "2027-01-01")], from: "by hand", actor: "bo") { "made" }
        }
        #expect(late?.description.contains("later than now") == true)
        #expect(try fixture.store.head().size == 0)
    }

    @Test func aRehearsalStoresNothing() throws {
        let fixture = try EvidenceFixture()
        let record = try fixture.store.addRecord("idea", Self.idea, from: "by hand", actor: "bo", dryRun: true) { "made" }
        #expect(record.isNew)
        #expect(try fixture.store.head().size == 0)
    }

    @Test func theLatestStateOfAnExperimentIsTheOneThatCounts() throws {
        let fixture = try EvidenceFixture()
        for hypothesis in ["first", "second"] {
            _ = try fixture.store.addRecord(
                "experiment",
                [.init("id", "x"), .init("team", "ops"), .init("hypothesis", .string(hypothesis)), .init("startedAt", "2026-09-01")],
                from: "by hand", actor: "bo"
            ) { "made" }
        }
        let known = try #require(try fixture.store.latestRecord("experiment", id: "x"))
        #expect(JSONValue.object(known)["hypothesis"] == "second")
    }
}
