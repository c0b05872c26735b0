public import RungCrypto

/// A piece of the tree as a file: up to 256 hashes of one height (C2SP tlog-tiles).
public struct LedgerTile: Sendable, Equatable {
    /// 0 for leaf hashes; above, each hash is the root of a full tile below.
    public var level: Int
    /// From the left, from 0.
    public var index: Int
    /// 1 to 256.
    public var hashes: [Digest]

    /// Hashes of a full tile, and entries of a full bundle.
    public static let width = 256

    public init(level: Int, index: Int, hashes: [Digest]) {
        self.level = level
        self.index = index
        self.hashes = hashes
    }

    /// The content of the file: the hashes one after another.
    public var bytes: [UInt8] { hashes.flatMap(\.bytes) }

    /// Path below the log's folder, such as `tile/0/x001/x234/067` or `tile/1/000.p/17`.
    public var path: String { Self.path(String(level), index: index, width: hashes.count) }

    /// Path of the bundle with the entries from `index` × 256 on.
    public static func entriesPath(index: Int, width: Int) -> String { path("entries", index: index, width: width) }

    private static func path(_ folder: String, index: Int, width: Int) -> String {
        var parts = [group(index % 1_000)]
        var rest = index / 1_000
        while rest > 0 {
            parts.insert("x" + group(rest % 1_000), at: 0)
            rest /= 1_000
        }
        return "tile/\(folder)/" + parts.joined(separator: "/") + (width < self.width ? ".p/\(width)" : "")
    }

    private static func group(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

/// Cuts a tree into tiles while its leaves pass by; keeps one unfinished tile for each level.
public struct LedgerTiler: Sendable {
    private var open: [LedgerTile] = []
    /// Leaves so far.
    public private(set) var size = 0

    public init() {}

    /// Takes the next leaf; returns the tiles that are full now, lowest level first.
    public mutating func append(_ leaf: Digest) -> [LedgerTile] {
        size += 1
        var full: [LedgerTile] = []
        var hash = leaf
        for level in 0... {
            if level == open.count { open.append(LedgerTile(level: level, index: 0, hashes: [])) }
            open[level].hashes.append(hash)
            guard open[level].hashes.count == LedgerTile.width else { break }
            hash = Merkle.root(of: open[level].hashes)
            full.append(open[level])
            open[level] = LedgerTile(level: level, index: open[level].index + 1, hashes: [])
        }
        return full
    }

    /// The tiles at the right edge that are not full, lowest level first.
    public var partial: [LedgerTile] { open.filter { !$0.hashes.isEmpty } }
}

/// A file with up to 256 entries, each after its length as two bytes, most significant first.
public struct EntryBundle: Sendable, Equatable {
    /// From the left, from 0.
    public var index = 0
    /// Entries in the bundle, at most 256.
    public private(set) var count = 0
    /// The content of the file.
    public private(set) var bytes: [UInt8] = []

    /// An empty bundle.
    public init(index: Int = 0) {
        self.index = index
    }

    /// Path below the log's folder.
    public var path: String { LedgerTile.entriesPath(index: index, width: count) }
    public var isFull: Bool { count == LedgerTile.width }

    /// - Precondition: the bundle is not full, and the entry is shorter than `LedgerEntry.byteLimit`.
    public mutating func append(_ entry: [UInt8]) {
        precondition(!isFull && entry.count < LedgerEntry.byteLimit, "a bundle holds 256 entries, their lengths fit into 16 bits")
        bytes.append(UInt8(entry.count >> 8))
        bytes.append(UInt8(entry.count & 255))
        bytes.append(contentsOf: entry)
        count += 1
    }
}
