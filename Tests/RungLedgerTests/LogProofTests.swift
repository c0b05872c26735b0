import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct LogProofTests {
    static let leaves = LedgerSamples.leaves(13)
    static let key = LedgerSamples.key()

    static func proof(_ index: Int, extra: [UInt8]? = nil) -> LogProof {
        LogProof(
            extra: extra, inclusion: LedgerSamples.inclusion(index, leaves),
            checkpoint: SignedCheckpoint(LedgerSamples.checkpoint(leaves), signedBy: key))
    }

    static func growth(_ from: Int) -> GrowthProof {
        GrowthProof(
            consistency: LedgerSamples.consistency(from, leaves),
            checkpoint: SignedCheckpoint(LedgerSamples.checkpoint(leaves), signedBy: key))
    }

    @Test(arguments: [nil, [], Array("extra".utf8)])
    func aProofComesBackByteForByte(extra: [UInt8]?) throws {
        for index in Self.leaves.indices {
            let proof = Self.proof(index, extra: extra)
            let read = try LogProof(parsing: Array(proof.description.utf8))
            #expect(read == proof)
            #expect(read.description == proof.description)
            #expect(read.proves(Self.leaves[index]))
            #expect(!read.proves(Self.leaves[(index + 1) % 13]))
        }
    }

    @Test func theTextIsThatOfTheFormat() {
        let lines = Self.proof(12, extra: [1, 2, 3]).description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "c2sp.org/tlog-proof@v1")
        #expect(lines[1] == "extra AQID")
        #expect(lines[2] == "index 12")
        #expect(lines[3...4].allSatisfy { $0.count == 44 && $0.hasSuffix("=") })
        #expect(lines[5].isEmpty)
        #expect(lines[6...7] == ["rung/0123456789abcdef", "13"])
        #expect(lines[10].hasPrefix("— rung.test/key "))
    }

    @Test(arguments: 0...13)
    func aProofOfGrowthComesBackByteForByte(from: Int) throws {
        let proof = Self.growth(from)
        let read = try GrowthProof(parsing: Array(proof.description.utf8))
        #expect(read == proof)
        #expect(read.description == proof.description)
        var earlier = LedgerSamples.checkpoint(Array(Self.leaves[..<from]))
        #expect(read.proves(growthFrom: earlier))
        earlier.origin = "rung/another"
        #expect(!read.proves(growthFrom: earlier))
        earlier.origin = "rung/0123456789abcdef"
        earlier.root = Self.leaves[0]
        #expect(from == 1 || !read.proves(growthFrom: earlier))
    }

    /// Each line of a good proof, replaced.
    static let broken: [(line: Int, text: String, message: String)] = [
        (1, "c2sp.org/tlog-proof@v2", "1:1: expected c2sp.org/tlog-proof@v1"),
        (2, "extra AQ", "2:7: the extra data must be in base64"),
        (2, "extras AQID", "2:1: expected \"index \" and the entry's place"),
        (3, "index 012", "3:7: the index must be a whole number without leading zeros"),
        (3, "index 13", "3:7: the log of the checkpoint has 13 entries, so none at 13"),
        (4, "AQID", "4:1: a hash of the proof must be 32 bytes in base64"),
        (6, "AQID", "6:1: a hash of the proof must be 32 bytes in base64"),
        (8, "x", "8:1: the size of the log must be a whole number without leading zeros"),
        (9, "x", "9:1: the root of the log must be 32 bytes in base64"),
        (11, "x", "11:1: expected a signature line that begins with \"— \""),
    ]

    @Test(arguments: broken)
    func aBrokenProofIsRefusedWithItsPlace(line: Int, text: String, message: String) {
        var lines = Self.proof(12, extra: [1, 2, 3]).description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines[line - 1] = text
        let error = #expect(throws: LedgerSyntaxError.self) { try LogProof(parsing: Array(lines.joined(separator: "\n").utf8)) }
        #expect(error?.description == message)
    }

    @Test func aProofCutOffAnywhereIsRefused() {
        for text in [Self.proof(5, extra: [9]).description, Self.growth(5).description] {
            let bytes = Array(text.utf8)
            let note = text.split(separator: "\n— ", maxSplits: 1)[0].utf8.count
            // Cut at the end of the checkpoint's text it is a proof under a checkpoint that nobody has signed.
            for end in 0..<bytes.count where end != note {
                #expect(throws: LedgerSyntaxError.self, "cut at \(end)") { try LogProof(parsing: Array(bytes[..<end])) }
                #expect(throws: LedgerSyntaxError.self, "cut at \(end)") { try GrowthProof(parsing: Array(bytes[..<end])) }
            }
        }
    }

    @Test func moreHashesThanAnyTreeNeedsAreRefused() {
        let hash = Self.leaves[0].base64
        let text = "old 3\n" + String(repeating: hash + "\n", count: 64) + "\n" + LedgerSamples.checkpoint(Self.leaves).text
        let error = #expect(throws: LedgerSyntaxError.self) { try GrowthProof(parsing: Array(text.utf8)) }
        #expect(error?.description == "65:1: more than 63 hashes")
    }

    @Test func whateverBytesAreReadWithoutHarm() {
        var random = SeededBytes(seed: 20)
        let samples = [
            Self.proof(5, extra: [9]).description, Self.growth(5).description, NoteVectors.fooNote, NoteVectors.peter,
            NoteVectors.peterSecret, LedgerReceiptTests.batch(3).envelope.text,
        ].map { Array($0.utf8) }
        for round in 0..<3_000 {
            var bytes = samples[round % samples.count]
            for _ in 0...random.next(below: 4) {
                let place = random.next(below: bytes.count)
                switch random.next(below: 4) {
                case 0: bytes[place] = UInt8(random.next(below: 256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(random.next(below: 256)), at: place)
                default: bytes = Array(bytes[..<place]) + bytes[random.next(below: bytes.count)...]
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            if let proof = try? LogProof(parsing: bytes) { #expect(Array(proof.description.utf8) == bytes) }
            if let proof = try? GrowthProof(parsing: bytes) { #expect(Array(proof.description.utf8) == bytes) }
            if let note = try? SignedNote(parsing: bytes) { #expect(Array(note.description.utf8) == bytes) }
            if let checkpoint = try? SignedCheckpoint(parsing: bytes) { #expect(Array(checkpoint.description.utf8) == bytes) }
            if let key = try? VerifierKey(parsing: bytes) { #expect(key.description == NoteVectors.peter) }
            _ = try? SignedEnvelope(parsing: bytes)
            _ = try? LedgerReceipt(parsing: bytes)
            _ = try? LedgerEntry(canonicalBytes: bytes)
            _ = try? SignerKey(parsing: bytes)
            _ = try? NoteSignature.lines(parsing: bytes)
        }
    }
}

/// Numbers that repeat (SplitMix64).
struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
    }
}
