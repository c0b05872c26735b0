import RungCore
import RungLedger
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreSourcesTests {
    static let gateway = EvidenceSource(id: "gw", type: .gateway)
    static let usage =
        #"{"kind":"usageCount","agentId":"router","environment":"production","day":"2026-09-20","counted":7,"countedBy":"gateway"}"#

    @Test func aTokenIsHandedOutOnceAndStoredNowhere() throws {
        let fixture = try EvidenceFixture()
        let issued = try fixture.store.addSource(Self.gateway, actor: "ana")
        let token = try #require(issued.token)
        #expect(token.hasPrefix("rung_src_"))
        #expect(token.utf8.count == 9 + 43)
        #expect(issued.source.source == Self.gateway)
        #expect(issued.source.changedBy == "ana")
        #expect(try fixture.store.authenticate(token: token) == Self.gateway)
        #expect(try fixture.store.authenticate(.token(token), as: "gw").source == Self.gateway)
        for name in ["evidence.db", "evidence.db-wal"] {
            let text = try #require(fixture.folder.read(name))
            #expect(!text.contains(token.dropFirst(9)))
            #expect(name == "evidence.db" || text.contains("added"))
        }
        #expect(try fixture.rows("SELECT actor, reason FROM ledger_entries") == [["ana", "source added"]])
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func tokensDifferAndOnlyTheWholeTokenIsTaken() throws {
        let fixture = try EvidenceFixture()
        let first = try #require(try fixture.store.addSource(Self.gateway, actor: "ana").token)
        let second = try #require(try fixture.store.addSource(.init(id: "idp", type: .identityProvider), actor: "ana").token)
        #expect(first != second)
        #expect(try fixture.store.authenticate(token: second)?.id == "idp")
        for wrong in ["", "rung_src_", String(first.dropLast()), first + "A", first.lowercased(), String(first.dropFirst(9))] {
            #expect(try fixture.store.authenticate(token: wrong) == nil, "\(wrong.utf8.count) bytes")
        }
        let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.token(second), as: "gw") }
        #expect(error?.kind == .unauthenticated)
        #expect(error?.message == "the token is not that of the source \"gw\"")
        #expect(error?.description.contains(second) == false)
    }

    @Test func aNewTokenReplacesTheOldOneAndARevokedSourceHasNone() throws {
        let fixture = try EvidenceFixture()
        let old = try #require(try fixture.store.addSource(Self.gateway, actor: "ana").token)
        try fixture.clock.set("2026-10-01T08:00:00Z")
        let new = try #require(try fixture.store.rotateSource("gw", actor: "bo").token)
        #expect(try fixture.store.authenticate(token: old) == nil)
        #expect(try fixture.store.authenticate(token: new) == Self.gateway)
        try fixture.clock.set("2026-10-02T08:00:00Z")
        let revoked = try fixture.store.revokeSource("gw", actor: "cy")
        #expect(!revoked.isActive)
        #expect(try fixture.store.authenticate(token: new) == nil)
        let state = try #require(try fixture.store.sources().first)
        #expect("\(state.addedAt) \(state.renewedAt)" == "2026-09-30T12:00:00Z 2026-10-01T08:00:00Z")
        #expect(state.revokedAt?.description == "2026-10-02T08:00:00Z")
        #expect(state.changedBy == "cy")
        for attempt in [{ _ = try fixture.store.rotateSource("gw", actor: "ana") }, { try fixture.store.revokeSource("gw", actor: "ana") }]
        {
            let error = #expect(throws: EvidenceError.self) { try attempt() }
            #expect(error?.message == "the source \"gw\" was revoked at 2026-10-02T08:00:00Z")
        }
        let again = #expect(throws: EvidenceError.self) { try fixture.store.addSource(Self.gateway, actor: "ana") }
        #expect(again?.message == "there is a source \"gw\" already, revoked")
        #expect(try fixture.store.head().size == 3)
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test(arguments: ["", "-a", "a b", "a/b", String(repeating: "a", count: 65), "ä"])
    func aNameThatIsNoneIsRefused(name: String) throws {
        let fixture = try EvidenceFixture()
        #expect(throws: InvalidInput.self) {
            _ = try fixture.store.addSource(EvidenceSource(id: SourceID(name), type: .tracker), actor: "ana")
        }
        #expect(try fixture.store.head().size == 0)
    }

    @Test func aSourceThatIsNotThereIsNamedWithTheNearestOne() throws {
        let fixture = try EvidenceFixture()
        let token = try #require(try fixture.store.addSource(.init(id: "gateway", type: .gateway), actor: "ana").token)
        let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.token(token), as: "gatway") }
        #expect(error?.description == "there is no source \"gatway\"\n  did you mean \"gateway\"?")
    }

    @Test func aSourceWithAKeyHasNoToken() throws {
        let fixture = try EvidenceFixture()
        let issued = try fixture.store.addSource(Self.gateway, .publicKey(SourceKeys.gateway.verifierKey), actor: "ana")
        #expect(issued.token == nil)
        #expect(issued.source.proof == .key(SourceKeys.gateway.verifierKey))
        let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.token(""), as: "gw") }
        #expect(error?.suggestion == "sign the file and give --signature FILE.sig")
        let token = try #require(try fixture.store.rotateSource("gw", actor: "ana").token)
        #expect(try fixture.store.authenticate(token: token) == Self.gateway)
    }

    @Test func plainInteractionsOfASourceAreBoundWithItsName() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(Self.gateway, actor: "ana")
        try fixture.importLines((1...3).map { SmallWorld.call("i\($0)", "router", "2026-09-20T00:00:00Z", nil, nil) }, source: "gw")
        #expect(try fixture.rows("SELECT COUNT(*), MIN(origin) > 1 FROM interaction_records") == [["3", "1"]])
        #expect(try fixture.store.verify().problem == nil)
    }

    @Test func whatASourceCanVouchForIsItsOwnAndEverythingElseIsReported() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(Self.gateway, actor: "ana")
        let path = fixture.folder.write("e.jsonl", [Self.usage, EvidenceImporterTests.scan].map { $0 + "\n" }.joined())
        let report = try fixture.store.importEvidence(file: path, source: "gw", actor: "ana")
        #expect(report.added == ["scan": 1, "usageCount": 1])
        #expect(report.findings.map(\.message) == ["1 record of scan counts as not authenticated"])
        #expect(
            report.findings.map(\.suggestion) == [
                "a source of type gateway can vouch for: handoff, interaction, spendingLimit, toolCall, usageCount"
            ])
        #expect(try fixture.rows("SELECT origin > 1 FROM usage_count_records") == [["1"]])
        #expect(try fixture.rows("SELECT origin FROM scan_records") == [["1"]])
        #expect(try fixture.rows("SELECT reason FROM ledger_entries WHERE sequence = 1") == [["import of e.jsonl from source gw"]])
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func aRecordThatWasStoredWithoutASourceStaysSo() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(Self.gateway, actor: "ana")
        try fixture.importLines([Self.usage])
        let path = fixture.folder.write("e.jsonl", Self.usage + "\n")
        let report = try fixture.store.importEvidence(file: path, source: "gw", actor: "ana")
        #expect(report.added.isEmpty)
        #expect(
            report.findings.map(\.message) == ["1 record of usageCount was stored before without a source, and stays not authenticated"])
        #expect(try fixture.rows("SELECT origin FROM usage_count_records") == [["1"]])
    }

    @Test func aStateIsToldAnewByTheSourceThatVouchesForIt() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "idp", type: .identityProvider), actor: "ana")
        let person = #"{"kind":"principal","id":"bo","type":"person"}"#
        try fixture.importLines([person])
        let path = fixture.folder.write("p.jsonl", person + "\n")
        #expect(try fixture.store.importEvidence(file: path, source: "idp", actor: "ana").added == ["principal": 1])
        #expect(try fixture.store.importEvidence(file: path, source: "idp", actor: "ana").unchanged == ["principal": 1])
        #expect(try fixture.importLines([person]).unchanged == ["principal": 1])
        #expect(try fixture.rows("SELECT origin > 1 FROM principal_records ORDER BY record") == [["0"], ["1"]])
    }

    @Test func nothingIsTakenInTheNameOfASourceThatIsUnknownOrRevoked() throws {
        let fixture = try EvidenceFixture()
        let path = fixture.folder.write("e.jsonl", Self.usage + "\n")
        let unknown = #expect(throws: EvidenceError.self) { try fixture.store.importEvidence(file: path, source: "gw", actor: "ana") }
        #expect(unknown?.kind == .unauthenticated)
        _ = try fixture.store.addSource(Self.gateway, actor: "ana")
        _ = try fixture.store.importEvidence(file: path, source: "gw", actor: "ana")
        try fixture.store.revokeSource("gw", actor: "ana")
        let head = try fixture.store.head()
        let other = fixture.folder.write("f.jsonl", Self.usage.replacing("\"counted\":7", with: "\"counted\":8") + "\n")
        #expect(throws: EvidenceError.self) { try fixture.store.importEvidence(file: other, source: "gw", actor: "ana") }
        #expect(try fixture.store.head() == head)
        #expect(try fixture.rows("SELECT origin > 1 FROM usage_count_records") == [["1"]])
    }

    @Test(arguments: EvidenceSource.SourceType.allCases)
    func everyWordInTheTableOfWhatSourcesCanSayIsAKindThatFilesMayHold(type: EvidenceSource.SourceType) {
        let kinds = SourceAuthority.kinds(of: type)
        #expect(!kinds.isEmpty && kinds == kinds.sorted())
        #expect(Set(kinds).isSubset(of: RecordCatalog.importable.map(\.name)))
    }
}
