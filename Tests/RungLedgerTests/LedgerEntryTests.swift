import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct LedgerEntryTests {
    static let digest = SHA256Hasher.digest(of: "abc")
    static let entry = LedgerEntry(
        sequence: 7, kind: "act", at: Timestamp(seconds: 0), actor: "ana", reason: "quarterly \"review\"",
        content: .record(commitment: digest), previous: nil)

    @Test func theBytesOfARecordEntryAreCanonical() throws {
        let text = String(decoding: try Self.entry.canonicalBytes(), as: UTF8.self)
        #expect(
            text == #"{"actor":"ana","at":"1970-01-01T00:00:00Z","commitment":"sha256:"#
                + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                + #"","kind":"act","previous":null,"reason":"quarterly \"review\"","sequence":7}"#)
    }

    @Test func theBytesOfABatchEntryHoldCountKindsAndRoot() throws {
        var entry = Self.entry
        entry.reason = nil
        entry.previous = Self.digest
        entry.content = .batch(.init(kinds: ["trial": 2, "case": 1], root: Self.digest))
        let text = String(decoding: try entry.canonicalBytes(), as: UTF8.self)
        #expect(
            text
                == #"{"actor":"ana","at":"1970-01-01T00:00:00Z","batch":{"count":3,"kinds":{"case":1,"trial":2},"root":"\#(Self.digest)"},"#
                + #""kind":"act","previous":"\#(Self.digest)","sequence":7}"#)
        #expect(entry.count == 3)
    }

    @Test(arguments: ["plain", "", "quote \" and \\", "tab\t, bell\u{7}", "münchen 🦉", "\u{2028}</script>"])
    func textsOfAllKindsAreWrittenAsTheCanonicalWriterDoes(text: String) throws {
        for content: LedgerEntry.Content in [
            .record(commitment: Self.digest), .batch(.init(kinds: [text + "b": 1, "a": 65_536, "€": 3, "😀": 4], root: Self.digest)),
        ] {
            for previous in [nil, Self.digest] {
                let entry = LedgerEntry(
                    sequence: 9_007_199_254, kind: text, at: Timestamp(seconds: 1_795_393_929), actor: text, reason: text, content: content,
                    previous: previous)
                let bytes = try entry.canonicalBytes()
                let value = try JSONReader.read(String(decoding: bytes, as: UTF8.self)).json
                #expect(CanonicalJSON.bytes(of: value) == bytes)
                #expect(try LedgerEntry(canonicalBytes: bytes) == entry)
            }
        }
    }

    @Test func everyMemberChangesTheLeaf() throws {
        let changes: [(inout LedgerEntry) -> Void] = [
            { $0.sequence = 8 }, { $0.kind = "idea" }, { $0.actor = "bo" }, { $0.at = Timestamp(seconds: 1) },
            { $0.reason = nil }, { $0.previous = Self.digest },
            { $0.content = .record(commitment: Merkle.emptyRoot) },
            { $0.content = .batch(.init(kinds: ["act": 1], root: Self.digest)) },
        ]
        for change in changes {
            var other = Self.entry
            change(&other)
            #expect(try other.leaf() != Self.entry.leaf())
        }
    }

    @Test func anEntryOfTheLimitIsRefusedAndOneByteLessIsNot() throws {
        var entry = Self.entry
        entry.reason = ""
        let empty = try entry.canonicalBytes().count
        entry.reason = String(repeating: "r", count: LedgerEntry.byteLimit - 1 - empty)
        #expect(try entry.canonicalBytes().count == 65_534)
        entry.reason?.append("r")
        let error = #expect(throws: LedgerEntryTooLarge.self) { try entry.canonicalBytes() }
        #expect(error?.description == "ledger entry 7 has 65535 bytes; entries must stay below 65535")
    }
}
