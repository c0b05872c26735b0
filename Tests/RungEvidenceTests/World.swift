import RungCore
import RungTestSupport
import RungText

@testable import RungEvidence

/// An organization that tells what happens in it over months: in the evening of some days, what has happened since the last.
///
/// Nothing is told late, so that the evidence of an evening is all that there is to know by then.
struct World {
    /// A line of evidence and the day on which it can be told first.
    struct Line {
        var day: String
        var text: String

        init(_ day: String, _ text: String) {
            self.day = day
            self.text = text
        }

        /// The kind of the record.
        var kind: String { String(text.dropFirst(#"{"kind":""#.count).prefix { $0 != "\"" }) }
    }

    var lines: [Line]
    /// Draws of audits whose results are told on the last evening.
    var draws: [String] = []
    /// Evenings on which the head of the ledger is signed, by somebody else too.
    var signed: Set<String> = []

    /// Days in whose evening everything is told that happened up to then.
    static let evenings = [
        "2026-03-01", "2026-05-10", "2026-05-31", "2026-07-31", "2026-08-14", "2026-08-21", "2026-08-31", "2026-09-06", "2026-09-13",
        "2026-09-20", "2026-09-27", "2026-09-30",
    ]
    /// The midnight after the last evening: what assessments are made as of.
    static let end = "2026-10-01"

    /// When things are told on a day.
    static func hour(_ day: String) -> String { "\(day)T23:30:00Z" }

    // MARK: - Telling

    /// A store to which everything was told, but for the records of a kind; `source` leaves all senders unregistered.
    func fixture(leavingOut kind: String? = nil) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture(now: "2026-03-01T08:00:00Z")
        let told = Dictionary(grouping: lines.filter { $0.kind != kind }) { Self.evening(of: $0.day) }
        if kind != "source" { try register(fixture) }
        for evening in Self.evenings {
            try fixture.clock.set(Self.hour(evening))
            let lines = told[evening] ?? []
            try tell(lines, isSigned: kind != "source", to: fixture)
            if evening == Self.evenings.last, kind != "auditResult" { try answerDraws(fixture) }
            if signed.contains(evening) { try Self.sign(fixture) }
        }
        try fixture.clock.set("\(Self.end)T12:00:00Z")
        return fixture
    }

    private static func evening(of day: String) -> String { evenings.first { $0 >= day } ?? "\(day) comes too late" }

    private func register(_ fixture: EvidenceFixture) throws {
        guard !lines.isEmpty else { return }
        for type in EvidenceSource.SourceType.allCases {
            _ = try fixture.store.addSource(EvidenceSource(id: SourceID(type.rawValue), type: type), actor: "ana")
        }
    }

    /// Each record by the source that can vouch for it; people first, so that the others know them.
    private func tell(_ lines: [Line], isSigned: Bool, to fixture: EvidenceFixture) throws {
        func sender(of line: Line) -> String {
            EvidenceSource.SourceType.allCases.first { SourceAuthority.covers(line.kind, $0) }?.rawValue ?? ""
        }
        let bySender = Dictionary(grouping: lines, by: sender)
        for name in ["identityProvider", "", "tracker", "gateway", "receiver"] {
            guard let lines = bySender[name], !lines.isEmpty else { continue }
            let source = isSigned && !name.isEmpty ? SourceID(name) : nil
            let path = fixture.folder.write("world.jsonl", lines.map { $0.text + "\n" }.joined())
            let report = try fixture.store.importEvidence(file: path, source: source, actor: "ana")
            guard report.findings.isEmpty else { throw WrongFixture("findings: \(report.findings)") }
        }
    }

    /// Looks at what the draws demand.
    private func answerDraws(_ fixture: EvidenceFixture) throws {
        for draw in draws {
            let results = try fixture.drawnRecords(draw).enumerated().map { position, record in
                #"{"kind":"auditResult","drawId":"\#(draw)","position":\#(position),"drawnRecord":\#(record),"at":"2026-09-30T15:00:00Z","leakFree":true,"rebuilt":true,"faithful":true,"principalId":"eve"}"#
            }
            if !results.isEmpty { try fixture.importLines(results) }
        }
    }

    /// Signs the head and has somebody else sign it too.
    private static func sign(_ fixture: EvidenceFixture) throws {
        let stored = try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        let (signature, witness) = CheckpointFixture.cosignature(of: stored.note)
        try fixture.store.addCosignatures([signature], of: witness)
    }
}

extension World {
    /// Nobody has told anything.
    static let empty = World(lines: [])
}

/// A line of evidence that is told on the day of its moment.
func told(_ at: String, _ kind: String, _ members: String) -> World.Line {
    World.Line(String(at.prefix(10)), #"{"kind":"\#(kind)","at":"\#(at)",\#(members)}"#)
}

/// An act that is told on the day on which it was done.
func toldAct(
    _ id: String, _ kind: String, _ subject: String, _ step: String, _ by: String, _ at: String, _ verdict: String? = "approved",
    more: String = ""
) -> World.Line {
    let result = verdict.map { #","verdict":"\#($0)""# } ?? ""
    return told(
        at, "act",
        #""id":"\#(id)","subjectKind":"\#(kind)","subjectId":"\#(subject)","step":"\#(step)","principalId":"\#(by)"\#(result)\#(more)"#)
}
