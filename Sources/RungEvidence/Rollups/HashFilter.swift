/// Says of most hashes that are not among those added that they are not; never so of one that is (a Bloom filter whose bits
/// for one hash lie in one word, so that a question is one access to memory).
///
/// A final class because it owns its memory.
final class HashFilter {
    private let words: UnsafeMutablePointer<UInt64>
    private let mask: UInt64
    private(set) var count = 0
    /// Hashes up to which it answers well: about one in twenty-five that were not added is taken for one that was.
    let capacity: Int

    /// - Parameter capacity: rounded up to a power of two, from 1,024 on; each takes one byte.
    init(capacity: Int) {
        var size = 1_024
        while size < capacity { size *= 2 }
        self.capacity = size
        mask = UInt64(size / 8 - 1)
        words = .allocate(capacity: size / 8)
        words.initialize(repeating: 0, count: size / 8)
    }

    deinit { words.deallocate() }

    var isFull: Bool { count >= capacity }

    func insert(_ hash: Int64) {
        let hash = UInt64(bitPattern: hash)
        words[Int(hash & mask)] |= Self.bits(of: hash)
        count += 1
    }

    /// False when it was certainly not added.
    func mayContain(_ hash: Int64) -> Bool {
        let hash = UInt64(bitPattern: hash)
        let bits = Self.bits(of: hash)
        return words[Int(hash & mask)] & bits == bits
    }

    /// Four bits, from the upper end of the hash; the place of the word comes from the lower end.
    private static func bits(of hash: UInt64) -> UInt64 {
        1 << (hash >> 58) | 1 << (hash >> 52 & 63) | 1 << (hash >> 46 & 63) | 1 << (hash >> 40 & 63)
    }
}
