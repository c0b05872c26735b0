import RungCore
import RungLedger
import RungText
import Testing

@testable import RungEvidence

struct CheckpointViewTests {
    private static let key = CheckpointFixture.key()
    private static let columns = "SELECT at, held_outside, consistent, gap_days FROM checkpoints ORDER BY at"

    /// Checkpoints on 1, 3 and 10 October, the first and the last of them cosigned on the same day.
    static func sample() throws -> EvidenceFixture {
        let fixture = try EvidenceFixture(now: "2026-10-01T00:00:00Z")
        for (day, isHeld) in [("2026-10-01T00:00:00Z", true), ("2026-10-03T12:00:00Z", false), ("2026-10-10T00:00:00Z", true)] {
            try fixture.clock.set(day)
            try fixture.appendEntries(3)
            let stored = try fixture.store.checkpoint(signedBy: key)
            guard isHeld else { continue }
            let (signature, witness) = CheckpointFixture.cosignature(of: stored.note)
            try fixture.store.addCosignatures([signature], of: witness)
        }
        return fixture
    }

    /// Values of a column by time, as a measure sees them.
    private static func values(_ column: String, _ fixture: EvidenceFixture, asOf: String, size: Int? = nil) throws -> [String: Double] {
        let snapshot = try fixture.store.snapshot(asOf: try EvidenceFixture.Clock.time(asOf), ledgerSize: size)
        let rows = try snapshot.rows(
            of: "SELECT at AS entity, \(column) AS value FROM checkpoints", in: EvidenceWindow(asOf: snapshot.asOf, days: 90))
        return Dictionary(
            rows.map { row in
                if case .value(let value) = row.amount { (String(row.entity.prefix(10)), value) } else { (row.entity, .nan) }
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func gapsRunToTheNextCheckpointHeldOutsideOrToTheCutOff() throws {
        let fixture = try Self.sample()
        #expect(
            try Self.values("gap_days", fixture, asOf: "2026-10-15T00:00:00Z") == ["2026-10-01": 9, "2026-10-03": 6.5, "2026-10-10": 5])
        #expect(try Self.values("gap_days", fixture, asOf: "2026-10-05T00:00:00Z") == ["2026-10-01": 4, "2026-10-03": 1.5])
        #expect(
            try Self.values("held_outside", fixture, asOf: "2026-10-15T00:00:00Z") == ["2026-10-01": 1, "2026-10-03": 0, "2026-10-10": 1])
        #expect(
            try fixture.rows(Self.columns) == [
                ["2026-10-01T00:00:00Z", "1", "1", "9.0"], ["2026-10-03T12:00:00Z", "0", "1", "6.5"],
                ["2026-10-10T00:00:00Z", "1", "1", "0.0"],
            ])
    }

    @Test func aSmallerLedgerSizeHidesLaterCheckpoints() throws {
        let fixture = try Self.sample()
        #expect(try Self.values("consistent", fixture, asOf: "2026-10-15T00:00:00Z", size: 6) == ["2026-10-01": 1, "2026-10-03": 1])
        #expect(try Self.values("consistent", fixture, asOf: "2026-10-15T00:00:00Z", size: 5) == ["2026-10-01": 1])
    }

    @Test(arguments: [
        ("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 4", [1.0, 0, 0]),
        ("UPDATE ledger_checkpoints SET note = replace(note, 'rung/', 'ring/') WHERE id = 2", [1, 0, 0]),
        ("UPDATE ledger_identity SET origin = 'rung/x'", [0, 0, 0]),
        ("UPDATE ledger_checkpoints SET note = 'x' WHERE id = 3", [0, 0, 0]),
    ])
    func brokenCheckpointsAndAllAfterThemAreInconsistent(sql: String, consistent: [Double]) throws {
        let fixture = try Self.sample()
        try fixture.tamper(sql)
        let values = try Self.values("consistent", fixture, asOf: "2026-10-15T00:00:00Z")
        #expect(values == ["2026-10-01": consistent[0], "2026-10-03": consistent[1], "2026-10-10": consistent[2]])
    }

    @Test func aLedgerThatWasCutOffShowsItsCheckpointsAsInconsistent() throws {
        let fixture = try Self.sample()
        try EvidenceStoreCheckpointsTests.truncate(fixture, to: 8)
        let values = try Self.values("consistent", fixture, asOf: "2026-10-15T00:00:00Z")
        #expect(values == ["2026-10-01": 1, "2026-10-03": 1, "2026-10-10": 0])
    }
}
