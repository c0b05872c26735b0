import RungCrypto
import Testing

@testable import RungLedger

struct LedgerTileTests {
    /// The example of C2SP tlog-tiles, and the edges around it.
    @Test(arguments: [
        (0, 256, "tile/0/000"), (999, 256, "tile/0/999"), (1_000, 256, "tile/0/x001/000"), (1_234_067, 256, "tile/0/x001/x234/067"),
        (67, 17, "tile/0/067.p/17"), (1_234_067, 1, "tile/0/x001/x234/067.p/1"),
    ])
    func pathsAreThoseOfTheFormat(index: Int, width: Int, path: String) {
        #expect(LedgerTile(level: 0, index: index, hashes: LedgerSamples.leaves(width)).path == path)
        #expect(LedgerTile.entriesPath(index: index, width: width) == path.replacing("/0/", with: "/entries/", maxReplacements: 1))
    }

    /// The examples of C2SP tlog-tiles: 70,000 and 256 entries.
    @Test func aTreeIsCutAsTheFormatSays() {
        var tiler = LedgerTiler()
        var full = [Int](repeating: 0, count: 3)
        let leaf = LedgerSamples.leaves(1)[0]
        for number in 1...70_000 {
            for tile in tiler.append(leaf) { full[tile.level] += 1 }
            if number == 256 { #expect(tiler.partial.map { [$0.level, $0.hashes.count] } == [[1, 1]]) }
        }
        #expect(full == [273, 1, 0])
        #expect(tiler.partial.map { [$0.level, $0.index, $0.hashes.count] } == [[0, 273, 112], [1, 1, 17], [2, 0, 1]])
    }

    @Test(arguments: [1, 255, 256, 257, 700, 1_024])
    func tilesHoldTheHashesOfTheTree(size: Int) {
        let leaves = LedgerSamples.leaves(size)
        var tiler = LedgerTiler()
        var tiles: [LedgerTile] = []
        for leaf in leaves { tiles += tiler.append(leaf) }
        tiles += tiler.partial
        #expect(tiles.filter { $0.level == 0 }.flatMap(\.hashes) == leaves)
        for tile in tiles where tile.level == 1 {
            for (offset, hash) in tile.hashes.enumerated() {
                let start = (tile.index * 256 + offset) * 256
                #expect(hash == Merkle.root(of: Array(leaves[start..<start + 256])))
            }
        }
        #expect(tiles.allSatisfy { $0.bytes.count == $0.hashes.count * 32 && (1...256).contains($0.hashes.count) })
    }

    @Test func aBundleHoldsEntriesAfterTheirLengths() {
        var bundle = EntryBundle(index: 2)
        bundle.append([7])
        bundle.append([UInt8](repeating: 1, count: 258))
        #expect(Array(bundle.bytes.prefix(5)) == [0, 1, 7, 1, 2])
        #expect(bundle.bytes.count == 3 + 2 + 258)
        #expect(bundle.path == "tile/entries/002.p/2")
        for _ in 2..<256 { bundle.append([]) }
        #expect(bundle.isFull)
        #expect(bundle.path == "tile/entries/002")
    }
}
