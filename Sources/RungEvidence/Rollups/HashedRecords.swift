/// Record numbers by the hash of an identifier, in memory, with room for a fixed number of them.
///
/// Open addressing with linear probing over hashes that are random already: one access to memory for most questions. A
/// final class because it owns its memory.
final class HashedRecords {
    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int
    private(set) var count = 0
    /// How many it holds at most; half of the slots, so that probing stays short.
    let capacity: Int

    /// A hash with a record; the record is negative in free slots.
    struct Slot {
        var hash: Int64
        var record: Int64
    }

    /// - Precondition: `capacity` is a power of two.
    init(capacity: Int) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "the capacity must be a power of two")
        self.capacity = capacity
        mask = capacity * 2 - 1
        slots = .allocate(capacity: capacity * 2)
        slots.initialize(repeating: Slot(hash: 0, record: -1), count: capacity * 2)
    }

    deinit { slots.deallocate() }

    var isFull: Bool { count == capacity }

    /// Adds a record; several may share a hash.
    ///
    /// - Precondition: there is room, and the record is not negative.
    func insert(_ hash: Int64, _ record: Int64) {
        precondition(!isFull && record >= 0, "there is no room for another record")
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].record >= 0 { index = (index + 1) & mask }
        slots[index] = Slot(hash: hash, record: record)
        count += 1
    }

    /// The same with room for twice as many.
    func doubled() -> HashedRecords {
        let larger = HashedRecords(capacity: capacity * 2)
        for index in 0...mask where slots[index].record >= 0 { larger.insert(slots[index].hash, slots[index].record) }
        return larger
    }

    /// Calls `body` with each record of a hash until it returns true; whether it did.
    func contains(_ hash: Int64, where body: (Int64) throws -> Bool) rethrows -> Bool {
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].record >= 0 {
            if slots[index].hash == hash, try body(slots[index].record) { return true }
            index = (index + 1) & mask
        }
        return false
    }

    /// Hands out everything in the order of hash and record, and forgets it.
    func drain(_ body: (Slot) throws -> Void) rethrows {
        var all: [Slot] = []
        all.reserveCapacity(count)
        for index in 0...mask where slots[index].record >= 0 { all.append(slots[index]) }
        removeAll()
        all.sort { ($0.hash, $0.record) < ($1.hash, $1.record) }
        for slot in all { try body(slot) }
    }

    func removeAll() {
        guard count > 0 else { return }
        slots.update(repeating: Slot(hash: 0, record: -1), count: mask + 1)
        count = 0
    }
}
