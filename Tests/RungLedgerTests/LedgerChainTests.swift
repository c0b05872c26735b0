import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct LedgerChainTests {
    static func chain(of count: Int) throws -> (LedgerChain, [(entry: LedgerEntry, leaf: Digest)]) {
        var chain = LedgerChain()
        let entries = try (0..<count).map { number in
            try chain.append(
                kind: "act", at: Timestamp(seconds: Int64(number)), actor: "ana", reason: nil,
                content: .record(commitment: SHA256Hasher.digest(of: "\(number)")))
        }
        return (chain, entries)
    }

    @Test func eachEntryNamesTheLeafBeforeIt() throws {
        let (chain, entries) = try Self.chain(of: 3)
        #expect(entries.map(\.entry.sequence) == [0, 1, 2])
        #expect(entries.map(\.entry.previous) == [nil, entries[0].leaf, entries[1].leaf])
        #expect(chain.root == Merkle.root(of: entries.map(\.leaf)))
        #expect(chain.last == entries[2].leaf)
    }

    @Test func whatWasWrittenIsAccepted() throws {
        let (written, entries) = try Self.chain(of: 20)
        var read = LedgerChain()
        for (entry, leaf) in entries { #expect(read.accept(entry, leaf: leaf) == nil) }
        #expect(read == written)
    }

    @Test func aChainGoesOnFromItsFrontier() throws {
        let (written, entries) = try Self.chain(of: 5)
        var resumed = LedgerChain(frontier: written.frontier, last: written.last)
        #expect(resumed.accept(entries[0].entry, leaf: entries[0].leaf) == .sequence(expected: 5, found: 0))
        let next = try resumed.append(kind: "idea", at: Timestamp(seconds: 9), actor: "bo", reason: nil, content: entries[0].entry.content)
        #expect(next.entry.sequence == 5)
        #expect(next.entry.previous == entries[4].leaf)
    }

    @Test func aGapIsNamed() throws {
        let (_, entries) = try Self.chain(of: 3)
        var read = LedgerChain()
        #expect(read.accept(entries[0].entry, leaf: entries[0].leaf) == nil)
        let found = read.accept(entries[2].entry, leaf: entries[2].leaf)
        #expect(found?.description == "entry 1 is missing; found entry 2 in its place")
        #expect(read.size == 1)
    }

    @Test func aForeignLinkAndAChangedEntryAreNamed() throws {
        let (_, entries) = try Self.chain(of: 2)
        var read = LedgerChain()
        var changed = entries[0].entry
        changed.actor = "bo"
        #expect(read.accept(changed, leaf: entries[0].leaf)?.description == "its bytes do not give its leaf hash")
        changed = entries[0].entry
        changed.previous = entries[1].leaf
        #expect(read.accept(changed, leaf: entries[0].leaf)?.description == "it does not name the entry before it")
    }
}
