import RungCore
import RungText
import Testing

@testable import RungEvidence

struct CompletenessTests {
    static func count(_ agent: String, _ day: String, _ counted: Int, by: String = "gateway") -> String {
        #"{"kind":"usageCount","agentId":"\#(agent)","environment":"production","day":"\#(day)","counted":\#(counted),"countedBy":"\#(by)"}"#
    }

    /// The days of September 2026.
    static func completeness(_ fixture: EvidenceFixture, days: Int = 30, tolerance: Double = 0) throws -> Completeness {
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        return try snapshot.completeness(in: EvidenceWindow(asOf: snapshot.asOf, days: days), tolerance: tolerance)
    }

    /// Three calls on the 10th and one on the 11th, and these counts from a gateway.
    static func fixture(_ counts: [String]) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "gw", type: .gateway), actor: "ana")
        try fixture.importLines(["a", "b", "c"].map { EvidenceClassTests.call($0, 10) } + [EvidenceClassTests.call("d", 11)])
        if !counts.isEmpty { try EvidenceClassTests.send(counts, "gw", fixture) }
        return fixture
    }

    @Test func countsThatAgreeMakeItComplete() throws {
        let result = try Self.completeness(Self.fixture([Self.count("router", "2026-09-10", 3)]))
        #expect(result.verdict == .complete)
        #expect([result.compared, result.counted, result.logged, result.uncounted] == [1, 3, 3, 1])
        #expect(result.worst.isEmpty)
    }

    @Test func missingCallsAreNamedWithTheirDaysTheWorstFirst() throws {
        let result = try Self.completeness(
            Self.fixture([
                Self.count("router", "2026-09-10", 4), Self.count("router", "2026-09-11", 9), Self.count("shadow", "2026-09-12", 5),
            ]))
        #expect(result.verdict == .incomplete)
        #expect(result.short == 3)
        #expect(
            result.worst.map { "\($0.agent) \($0.day.date) \($0.missing) of \($0.counted)" } == [
                "router 2026-09-11 8 of 9", "shadow 2026-09-12 5 of 5", "router 2026-09-10 1 of 4",
            ])
    }

    @Test func withoutACounterNobodyCanTell() throws {
        let result = try Self.completeness(Self.fixture([]))
        #expect(result.verdict == .unknown("no gateway or invoice has counted calls"))
        #expect(result.uncounted == 2)
        let outside = try Self.completeness(Self.fixture([Self.count("router", "2026-08-01", 3)]))
        #expect(outside.verdict == .unknown("no gateway or invoice has counted calls"))
    }

    @Test func aCountThatNobodyVouchesForProvesOnlyThatCallsAreMissing() throws {
        let agreeing = try Self.fixture([])
        try agreeing.importLines([Self.count("router", "2026-09-10", 3, by: "invoice")])
        #expect(
            try Self.completeness(agreeing).verdict == .unknown("the counts come from files that no registered source has sent"))
        let short = try Self.fixture([])
        try short.importLines([Self.count("router", "2026-09-10", 30, by: "invoice")])
        #expect(try Self.completeness(short).verdict == .incomplete)
    }

    @Test func aToleranceForgivesThatShareOfADay() throws {
        let fixture = try Self.fixture([Self.count("router", "2026-09-10", 4)])
        #expect(try Self.completeness(fixture, tolerance: 0.25).verdict == .complete)
        #expect(try Self.completeness(fixture, tolerance: 0.24).verdict == .incomplete)
    }

    @Test func atMostTenDaysAreNamed() throws {
        let counts = (1...28).map { Self.count("shadow", "2026-09-\($0 < 10 ? "0" : "")\($0)", $0) }
        let result = try Self.completeness(Self.fixture(counts))
        #expect(result.short == 28)
        #expect(result.worst.map(\.missing) == Array((19...28).reversed()))
    }
}
