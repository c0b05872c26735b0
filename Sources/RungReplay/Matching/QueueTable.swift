import RungCrypto

/// Finds the queue of a key with one access to memory, however many recordings there are: an open-addressed table whose slots hold
/// everything that the first answer of a queue needs.
///
/// Keys are told apart by the first 128 bits of their SHA-256 digests.
struct QueueTable: Sendable {
    /// The exchanges with one key, as the table keeps them.
    struct Queue: Sendable, Equatable {
        /// Where its exchanges start in the order of queues; the queue's number too.
        var start: Int32
        /// How many exchanges it has.
        var count: Int32
        /// The number of its first exchange in the cassette.
        var first: Int32
    }

    private struct Slot {
        var prefix: (UInt64, UInt64) = (0, 0)
        /// A queue of no exchanges is a free slot.
        var queue = Queue(start: 0, count: 0, first: 0)
    }

    private let slots: [Slot]
    private let mask: Int

    /// - Parameter queues: each key once, with its queue.
    init(_ queues: [(key: Digest, queue: Queue)]) {
        // At most two thirds are taken, so that a search is short.
        var size = 4
        while size * 2 < queues.count * 3 { size *= 2 }
        var slots = [Slot](repeating: Slot(), count: size)
        mask = size - 1
        for (key, queue) in queues {
            let prefix = Self.prefix(of: key)
            var place = Int(truncatingIfNeeded: prefix.0) & mask
            while slots[place].queue.count > 0 { place = (place + 1) & mask }
            slots[place] = Slot(prefix: prefix, queue: queue)
        }
        self.slots = slots
    }

    /// The queue of a key; nil where nothing was recorded under it.
    func queue(of key: Digest) -> Queue? {
        let prefix = Self.prefix(of: key)
        return slots.withUnsafeBufferPointer { slots in
            var place = Int(truncatingIfNeeded: prefix.0) & mask
            while slots[place].queue.count > 0 {
                if slots[place].prefix == prefix { return slots[place].queue }
                place = (place + 1) & mask
            }
            return nil
        }
    }

    private static func prefix(of key: Digest) -> (UInt64, UInt64) {
        key.withBytes { ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
    }
}
