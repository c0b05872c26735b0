import RungCore
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreRunsTests {
    static func store(_ ids: String...) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        for id in ids {
            try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header(RunID(id))))
        }
        return fixture
    }

    @Test func runsAreListedNewestFirst() throws {
        let fixture = try Self.store("run-a", "run-b")
        try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header("run-c"))])
        let runs = try fixture.store.runs()
        #expect(runs.map(\.header.id) == ["run-c", "run-b", "run-a"])
        #expect(runs.map(\.status) == ["unfinished", "complete", "complete"])
        #expect(try fixture.store.runs(limit: 1).map(\.header.id) == ["run-c"])
    }

    @Test(arguments: [("run-a1", "run-a1"), ("run-b", "run-b2"), ("latest", "run-b2"), ("run-a", "run-a")])
    func aRunIsFoundByIDUniquePrefixOrLatest(name: String, id: String) throws {
        let fixture = try Self.store("run-a", "run-a1", "run-b2")
        #expect(try fixture.store.runHeader(of: RunID(name)).id == RunID(id))
    }

    @Test func anUnknownRunAndAnAmbiguousOneAreNamed() throws {
        let fixture = try Self.store("run-a", "run-b")
        let unknown = #expect(throws: EvidenceError.self) { try fixture.store.run("x") }
        #expect(unknown?.kind == .unknownRun)
        #expect(unknown?.message == "there is no run \"x\"")
        let ambiguous = #expect(throws: EvidenceError.self) { try fixture.store.run("run") }
        #expect(ambiguous?.description == "2 runs begin with \"run\"\n  they are run-a, run-b")
        #expect(throws: EvidenceError.self) { try fixture.store.run("") }
        let empty = try EvidenceFixture()
        let latest = #expect(throws: EvidenceError.self) { try empty.store.run("latest") }
        #expect(latest?.message == "there is no run \"latest\"")
    }

    @Test func theLatestIncompleteRunOfAPlanIsFound() throws {
        let fixture = try Self.store("run-done")
        #expect(try fixture.store.latestIncompleteRun(planDigest: digest("plan")) == nil)
        for id in ["run-1", "run-2"] {
            try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header(RunID(id)))])
        }
        try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header("run-3", plan: "other"))])
        #expect(try fixture.store.latestIncompleteRun(planDigest: digest("plan")) == "run-2")
        let header = try RunFixture.header("run-2")
        try RunRecorder(store: fixture.store, actor: "ci").handle([
            .started(header), .finished(try RunFixture.summary(header, status: .incomplete("time-out"))),
        ])
        #expect(try fixture.store.latestIncompleteRun(planDigest: digest("plan")) == "run-2")
    }

    @Test func casesComeInTheOrderOfThePlanWithEverythingStored() throws {
        let fixture = try Self.store("run-1")
        var cases: [RecordedCase] = []
        try fixture.store.forEachCase(of: "run-1") { cases.append($0) }
        #expect(cases.map(\.index) == [0, 1, 2])
        #expect(cases.map(\.key.description) == ["orders/a@router", "orders/b@router", "orders/a@faq"])
        #expect(cases.map(\.verdict) == [.passed, .failed, .passed])
        #expect(cases.map(\.note) == [nil, "known", nil])
        #expect(cases.map(\.intent) == ["route", nil, "ask"])
        #expect(cases.map(\.isCritical) == [true, false, false])
        #expect(cases.map(\.isUnstable) == [false, true, false])
        #expect(cases.map(\.trials) == [1, 2, 1])
        #expect(cases.map(\.digest) == [digest("case a"), digest("case b"), digest("case a")])
        #expect(cases.map(\.promptVersion) == [digest("p1"), digest("p1"), digest("p2")])
        #expect(cases.map(\.configuration) == [digest("c1"), digest("c1"), nil])
        var failed: [Int] = []
        try fixture.store.forEachCase(of: "run-1", verdicts: [.failed]) { failed.append($0.index) }
        #expect(failed == [1])
    }

    @Test func aBaselineHoldsEveryVerdict() throws {
        let fixture = try Self.store("run-1")
        let baseline = try fixture.store.baseline(of: "latest")
        #expect(baseline.name == "latest")
        #expect(
            baseline.verdicts == [
                CaseKey(suite: "orders", id: "a", agent: "router"): .passed,
                CaseKey(suite: "orders", id: "b", agent: "router"): .failed,
                CaseKey(suite: "orders", id: "a", agent: "faq"): .passed,
            ])
    }

    @Test func unsuccessfulCasesAreThoseThatNeitherPassedNorWereSkipped() throws {
        let fixture = try EvidenceFixture()
        let results = Verdict.allCases.enumerated().map { index, verdict in
            RunEvent.caseFinished(RunFixture.result(index, CaseID(verdict.rawValue), RunFixture.router, verdict, trials: []))
        }
        try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header())] + results)
        let keys = try fixture.store.unsuccessfulCases(of: "run-1").map(\.id.rawValue).sorted()
        #expect(keys == ["errored", "failed", "quarantined", "unscored"])
    }
}
