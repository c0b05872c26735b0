import RungCore
import RungTestSupport
import Testing

@testable import RungEvidence

struct AttestationTests {
    static let registry = Registry(principals: ["ana", "bo", "cy", "eve"].map { RegistryFixture.principal($0) })

    static func attestation(
        _ id: String, _ first: String, _ second: String, kind: String = "scan", subject: String = "s1", at: String = "2026-10-01"
    ) -> String {
        #"{"kind":"attestation","id":"\#(id)","subjectKind":"\#(kind)","subjectId":"\#(subject)","#
            + #""artifactDigest":"\#(EvidenceLines.sha)","principalId":"\#(first)","secondId":"\#(second)","at":"\#(at)"}"#
    }

    /// Two scans of class D, known people, and the attestations; the classes of the scans.
    static func classes(_ attestations: [String], _ people: [String] = []) throws -> String {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(registry, actor: "ana")
        try fixture.clock.set("2026-10-02T00:00:00Z")
        let scans = [EvidenceImporterTests.scan, EvidenceImporterTests.scan.replacing("\"s1\"", with: "\"s2\"")]
        try fixture.importLines(scans + attestations + people)
        return try EvidenceClassTests.classes("scan", "SELECT scan_id AS entity FROM scans", fixture, days: 60)
    }

    @Test func twoKnownPeopleLiftARecordToClassC() throws {
        #expect(try Self.classes([]) == "D 2")
        #expect(try Self.classes([Self.attestation("a", "bo", "cy")]) == "C 1, D 1")
        #expect(try Self.classes([Self.attestation("a", "bo", "cy"), Self.attestation("b", "cy", "bo")]) == "C 1, D 1")
    }

    @Test(arguments: [
        (attestation("a", "bo", "ghost"), nil as String?), (attestation("a", "ghost", "bo"), nil),
        (attestation("a", "bo", "cy", subject: "s3"), nil), (attestation("a", "bo", "cy", kind: "run"), nil),
        (attestation("a", "bo", "ghost"), #"{"kind":"principal","id":"ghost","type":"person"}"#),
        (
            attestation("a", "bo", "cy"),
            #"{"kind":"principal","id":"cy","type":"person","leftAt":"2026-09-30","at":"2026-10-01T01:00:00Z"}"#
        ),
        (attestation("a", "bo", "cy", at: "2026-10-02"), nil),
    ])
    func anAttestationThatIsNoneLiftsNothing(line: String, person: String?) throws {
        #expect(try Self.classes([line], [person].compactMap(\.self)) == "D 2")
    }

    @Test func onePersonTwiceIsRefusedAndSoIsAnUnknownKind() throws {
        let fixture = try EvidenceFixture(now: "2026-10-02T00:00:00Z")
        let text = try fixture.problems([Self.attestation("a", "bo", "bo"), Self.attestation("b", "bo", "cy", kind: "scam")])
        #expect(text.contains("evidence.jsonl:1:191: error: the second person must be another one"))
        #expect(text.contains("error: unknown kind \"scam\"\n  did you mean \"scan\"?"))
    }

    @Test func aRecordWithSeveralValuesOfIdentityIsNamedByAllOfThem() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(Self.registry, actor: "ana")
        try fixture.clock.set("2026-10-02T00:00:00Z")
        try fixture.importLines([
            EvidenceStoreSourcesTests.usage,
            Self.attestation("a", "bo", "cy", kind: "usageCount", subject: "router/production/2026-09-20/gateway"),
        ])
        let sql = "SELECT agent_id AS entity FROM usage_days"
        #expect(try EvidenceClassTests.classes("usageCount", sql, fixture) == "C 1")
    }
}
