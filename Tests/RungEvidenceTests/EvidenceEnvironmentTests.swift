import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

@Suite("What the surroundings add to evidence")
struct EvidenceEnvironmentTests {
    @Test("a remark is part of the reason of every entry, whoever makes it")
    func remark() throws {
        let folder = TemporaryFolder()
        let path = folder.write("evidence.jsonl", #"{"kind":"principal","id":"ada","type":"person","team":"t"}"# + "\n")
        let store = try EvidenceStore(
            path: folder.path + "/e.db",
            environment: EvidenceEnvironment(
                now: { Timestamp(seconds: 1_790_000_000) }, randomBytes: { [UInt8](repeating: 7, count: $0) }, remark: "clock fixed"))
        _ = try store.importEvidence(file: path, actor: "ada")
        #expect(try store.recordRegistry(Registry(), actor: "ada"))
        let reasons = try store.read { connection in
            var reasons: [String] = []
            try SQLStatement("SELECT reason FROM ledger_entries ORDER BY sequence", on: connection).forEach {
                reasons.append($0.text(0))
            }
            return reasons
        }
        #expect(reasons == ["import of evidence.jsonl; clock fixed", "registry snapshot; clock fixed"])
        #expect(try store.verify().isIntact)
    }
}
