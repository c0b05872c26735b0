import RungCrypto
import Testing

@testable import RungLedger

struct LedgerAnchoringTests {
    static let leaves = LedgerSamples.leaves(9)
    static let key = LedgerSamples.key()
    static let origin = LedgerSamples.checkpoint([]).origin

    /// Judges anchors against a ledger that has the first `size` leaves.
    static func judge(_ anchors: [SignedCheckpoint], size: Int = 9, keys: [VerifierKey] = []) -> LedgerAnchoring {
        let roots = Dictionary(uniqueKeysWithValues: (0...size).map { ($0, Merkle.root(of: Array(leaves[..<$0]))) })
        return .judging(anchors, origin: origin, size: size, roots: roots, keys: keys)
    }

    static func anchor(_ size: Int, signedBy key: SignerKey? = nil) -> SignedCheckpoint {
        let checkpoint = LedgerSamples.checkpoint(Array(leaves[..<size]))
        return key.map { SignedCheckpoint(checkpoint, signedBy: $0) } ?? SignedCheckpoint(checkpoint)
    }

    @Test func nothingIsKnownWithoutAnchors() {
        #expect(Self.judge([]).verdict == .unknown)
        #expect(Self.judge([]).size == nil)
    }

    @Test func anchorsOfEverySizeAgreeAndTheLargestCounts() {
        let anchoring = Self.judge((0...9).map { Self.anchor($0) })
        #expect(anchoring.verdict == .ok)
        #expect(anchoring.size == 9)
        #expect(Self.judge([Self.anchor(4), Self.anchor(2)]).size == 4)
    }

    @Test func aLedgerThatWasCutOffIsFound() {
        let anchoring = Self.judge([Self.anchor(5), Self.anchor(9)], size: 8)
        #expect(anchoring.verdict == .failed)
        #expect(anchoring.findings.map(\.outcome) == [.agrees(signers: []), .truncated(present: 8)])
        #expect(anchoring.findings[1].outcome.text == "the ledger was cut off: only 8 entries are left")
    }

    @Test func aLedgerThatWasRewrittenIsFound() {
        var other = Self.leaves
        other[3] = other[3].flipping(0)
        let anchor = SignedCheckpoint(LedgerSamples.checkpoint(Array(other[..<7])))
        let anchoring = Self.judge([anchor, Self.anchor(3)])
        #expect(anchoring.verdict == .failed)
        #expect(anchoring.findings[0].outcome == .rewritten(found: Merkle.root(of: Array(Self.leaves[..<7]))))
        #expect(anchoring.size == 3)
    }

    @Test func anAnchorOfAnotherLogFails() {
        var checkpoint = Self.anchor(4).checkpoint
        checkpoint.origin = "rung/other"
        let anchoring = Self.judge([SignedCheckpoint(checkpoint)])
        #expect(anchoring.findings[0].outcome == .otherLog(expected: Self.origin))
        #expect(anchoring.verdict == .failed)
    }

    @Test func withKeysOnlySignedAnchorsCount() {
        let keys = [Self.key.verifierKey]
        #expect(Self.judge([Self.anchor(4)], keys: keys).verdict == .unknown)
        #expect(Self.judge([Self.anchor(4, signedBy: LedgerSamples.key(8, name: "eve"))], keys: keys).findings[0].outcome == .untrusted)
        let anchoring = Self.judge([Self.anchor(4), Self.anchor(5, signedBy: Self.key)], keys: keys)
        #expect(anchoring.verdict == .ok)
        #expect(anchoring.size == 5)
        #expect(anchoring.findings[1].outcome.text == "agrees, signed by \(Self.key.verifierKey.label)")
        var forged = Self.anchor(5, signedBy: Self.key)
        forged.signatures[0].signature[3] ^= 8
        #expect(Self.judge([forged], keys: keys).findings[0].outcome == .forged(Self.key.verifierKey))
        #expect(Self.judge([forged], keys: keys).verdict == .failed)
    }

    @Test func anAnchorThatAnybodyCouldHaveWrittenBlamesNobody() {
        let longer = SignedCheckpoint(Checkpoint(origin: Self.origin, size: 99, root: Self.leaves[0]))
        #expect(Self.judge([longer], keys: [Self.key.verifierKey]).verdict == .unknown)
        #expect(Self.judge([longer]).verdict == .failed)
    }
}
