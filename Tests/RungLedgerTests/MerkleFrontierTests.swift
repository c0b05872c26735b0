import RungCrypto
import Testing

@testable import RungLedger

struct MerkleFrontierTests {
    @Test func growsToTheSameRootsAsFullRecomputation() {
        var frontier = MerkleFrontier()
        var leaves: [Digest] = []
        #expect(frontier.root == Merkle.emptyRoot)
        for number in 0..<300 {
            let leaf = Merkle.leaf(Array("leaf \(number)".utf8))
            frontier.append(leaf)
            leaves.append(leaf)
            #expect(frontier.size == number + 1)
            #expect(frontier.root == Merkle.root(of: leaves))
        }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 300])
    func bytesReadBackAndGrowOn(size: Int) throws {
        var frontier = MerkleFrontier()
        for number in 0..<size { frontier.append(Merkle.leaf([UInt8(number & 255)])) }
        var read = try #require(MerkleFrontier(bytes: frontier.bytes))
        #expect(read == frontier)
        #expect(frontier.bytes.count == 8 + 32 * size.nonzeroBitCount)
        frontier.append(Merkle.leaf([1]))
        read.append(Merkle.leaf([1]))
        #expect(read.root == frontier.root)
    }

    @Test(arguments: [[], [UInt8](repeating: 0, count: 7), [0, 0, 0, 0, 0, 0, 0, 1], [UInt8](repeating: 255, count: 8)])
    func bytesThatDoNotFitTheirSizeAreRefused(bytes: [UInt8]) {
        #expect(MerkleFrontier(bytes: bytes) == nil)
    }

    @Test func canBeEmptied() {
        var frontier = MerkleFrontier()
        frontier.append(Merkle.leaf([1]))
        frontier.removeAll()
        #expect(frontier == MerkleFrontier())
    }
}
