import RungCore
import RungCrypto
import RungLedger
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

/// Keys of sources, made from fixed seeds.
enum SourceKeys {
    static let gateway = key("gw", 1)
    static let stranger = key("gw", 2)

    private static func key(_ name: String, _ byte: UInt8) -> SignerKey {
        guard let key = Ed25519PrivateKey(seed: [UInt8](repeating: byte, count: 32)) else { preconditionFailure("a seed has 32 bytes") }
        return SignerKey(name: name, key: key)
    }
}

struct FileSealTests {
    /// A store with the source `gw`, which has a key, and a file of one record.
    static func fixture() throws -> (EvidenceFixture, path: String) {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(
            EvidenceStoreSourcesTests.gateway, .publicKey(SourceKeys.gateway.verifierKey), actor: "ana")
        return (fixture, fixture.folder.write("e.jsonl", EvidenceStoreSourcesTests.usage + "\n"))
    }

    static func seal(_ text: String) throws -> FileSeal { try FileSeal(parsing: Array(text.utf8), path: "e.jsonl.sig") }

    @Test func aSignedFileIsTakenInInTheNameOfItsSource() throws {
        let (fixture, path) = try Self.fixture()
        let signature = try FileSeal(of: path).signed(by: SourceKeys.gateway)
        #expect(signature.hasPrefix("rung.dev/evidence-file/v1\n\(EvidenceStoreSourcesTests.usage.utf8.count + 1)\nsha256:"))
        let sender = try fixture.store.authenticate(.signature(Self.seal(signature)), as: "gw")
        #expect(sender.source == EvidenceStoreSourcesTests.gateway)
        let report = try fixture.store.importEvidence(file: path, source: "gw", digest: sender.fileDigest, actor: "ana")
        #expect(report.added == ["usageCount": 1])
        #expect(try fixture.rows("SELECT origin > 1 FROM usage_count_records") == [["1"]])
    }

    @Test func anotherFileThanTheSignedOneIsRefusedAndNothingIsStored() throws {
        let (fixture, path) = try Self.fixture()
        let sender = try fixture.store.authenticate(
            .signature(Self.seal(FileSeal(of: path).signed(by: SourceKeys.gateway))), as: "gw")
        let head = try fixture.store.head()
        for text in [EvidenceStoreSourcesTests.usage, EvidenceStoreSourcesTests.usage + "\n\n", EvidenceImporterTests.scan + "\n", ""] {
            let other = fixture.folder.write("other.jsonl", text)
            let error = #expect(throws: EvidenceError.self) {
                try fixture.store.importEvidence(file: other, source: "gw", digest: sender.fileDigest, actor: "ana")
            }
            #expect(error?.kind == .unauthenticated)
            #expect(error?.message.hasSuffix("other.jsonl is not the file that was signed") == true)
        }
        #expect(try fixture.store.head() == head)
    }

    @Test func theSignatureOfSomebodyElseIsRefused() throws {
        let (fixture, path) = try Self.fixture()
        let seal = try FileSeal(of: path)
        let right = seal.signed(by: SourceKeys.gateway)
        let forged = right.replacing(EvidenceStoreSourcesTests.usage.utf8.count.advanced(by: 1).description, with: "7")
        for text in [seal.signed(by: SourceKeys.stranger), forged] {
            let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.signature(Self.seal(text)), as: "gw") }
            #expect(error?.message == "the file is not signed with the key of the source \"gw\"")
            #expect(error?.suggestion == "its key is \(SourceKeys.gateway.verifierKey.label)")
        }
        let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.signature(seal), as: "gw") }
        #expect(error?.kind == .unauthenticated)
    }

    @Test func aSourceWithATokenSignsNothing() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(EvidenceStoreSourcesTests.gateway, actor: "ana")
        let path = fixture.folder.write("e.jsonl", "x")
        let seal = try Self.seal(FileSeal(of: path).signed(by: SourceKeys.gateway))
        let error = #expect(throws: EvidenceError.self) { try fixture.store.authenticate(.signature(seal), as: "gw") }
        #expect(error?.message == "the source \"gw\" has a token and no key")
    }

    @Test(arguments: [
        ("", "e.jsonl.sig:1:1: error: "), ("garbage\n", "e.jsonl.sig:1:1: error: no empty line before the signatures"),
        ("rung.dev/evidence-file/v1\n1\n", "e.jsonl.sig:1:1: error: "),
        ("hello\n\n— gw AAAAAAA=\n", "e.jsonl.sig:1:1: error: not the signature of an evidence file"),
        (
            "rung.dev/evidence-file/v1\n+1\n\(EvidenceLines.sha)\n\n— gw AAAAAAA=\n",
            "e.jsonl.sig:1:1: error: the signed text is written oddly"
        ),
    ])
    func whatIsNoSignatureIsNamedByItsPlace(text: String, start: String) throws {
        let error = #expect(throws: InvalidInput.self) { try Self.seal(text) }
        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("make it with: rung source sign FILE --key KEYFILE") == true)
    }
}
