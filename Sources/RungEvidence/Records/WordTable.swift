/// Numbers of words by the words' bytes, so that a word that was seen before costs no text and no question to the file.
///
/// Open addressing with linear probing; the words lie one after the other in one piece of memory. A final class because it
/// owns its memory; its state lies behind a pointer, which spares the checks that the properties of classes have.
final class WordTable {
    private let state: UnsafeMutablePointer<State>
    /// Different in every process, so that nobody can prepare words that fall on one place.
    private let seed = UInt64(truncatingIfNeeded: "words".hashValue)

    /// Bytes and words kept at most; a table that is full forgets everything.
    private static let byteLimit = 4 * 1_024 * 1_024
    private static let countLimit = 50_000

    private struct State {
        var slots: UnsafeMutablePointer<Slot>
        var mask: Int
        var count = 0
        var bytes: UnsafeMutablePointer<UInt8>
        var byteCount = 0
        var byteCapacity: Int
    }

    private struct Slot {
        var hash: UInt64
        var code: Int64
        var start: Int32
        var length: Int32

        static var free: Slot { Slot(hash: 0, code: -1, start: 0, length: 0) }
    }

    init() {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 64)
        slots.initialize(repeating: .free, count: 64)
        state = .allocate(capacity: 1)
        state.initialize(to: State(slots: slots, mask: 63, bytes: .allocate(capacity: 1_024), byteCapacity: 1_024))
    }

    deinit {
        state.pointee.slots.deallocate()
        state.pointee.bytes.deallocate()
        state.deallocate()
    }

    var count: Int { state.pointee.count }

    /// The number of a word; nil when it is not known here.
    func code(of word: UnsafeBufferPointer<UInt8>) -> Int64? {
        let hash = hash(word)
        let (slots, mask) = (state.pointee.slots, state.pointee.mask)
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].code >= 0 {
            let slot = slots[index]
            if slot.hash == hash, Int(slot.length) == word.count {
                let known = UnsafeBufferPointer(start: state.pointee.bytes + Int(slot.start), count: word.count)
                if known.hasBytes(of: word) { return slot.code }
            }
            index = (index + 1) & mask
        }
        return nil
    }

    /// Remembers a word that is not known here, with a number that is not negative.
    func insert(_ word: UnsafeBufferPointer<UInt8>, _ code: Int64) {
        guard word.count <= Self.byteLimit else { return }
        if count >= Self.countLimit || state.pointee.byteCount + word.count > Self.byteLimit { removeAll() }
        if count * 2 > state.pointee.mask { growSlots() }
        if state.pointee.byteCount + word.count > state.pointee.byteCapacity { growBytes(word.count) }
        place(Slot(hash: hash(word), code: code, start: Int32(state.pointee.byteCount), length: Int32(word.count)))
        if let start = word.baseAddress {
            (state.pointee.bytes + state.pointee.byteCount).update(from: start, count: word.count)
        }
        state.pointee.byteCount += word.count
        state.pointee.count += 1
    }

    func removeAll() {
        state.pointee.slots.update(repeating: .free, count: state.pointee.mask + 1)
        state.pointee.byteCount = 0
        state.pointee.count = 0
    }

    private func place(_ slot: Slot) {
        let (slots, mask) = (state.pointee.slots, state.pointee.mask)
        var index = Int(truncatingIfNeeded: slot.hash) & mask
        while slots[index].code >= 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private func growSlots() {
        let old = UnsafeMutableBufferPointer(start: state.pointee.slots, count: state.pointee.mask + 1)
        state.pointee.mask = old.count * 2 - 1
        state.pointee.slots = .allocate(capacity: old.count * 2)
        state.pointee.slots.initialize(repeating: .free, count: old.count * 2)
        for slot in old where slot.code >= 0 { place(slot) }
        old.deallocate()
    }

    private func growBytes(_ more: Int) {
        let capacity = max(state.pointee.byteCapacity * 2, state.pointee.byteCount + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: state.pointee.bytes, count: state.pointee.byteCount)
        state.pointee.bytes.deallocate()
        state.pointee.bytes = larger
        state.pointee.byteCapacity = capacity
    }

    /// Eight bytes at a time, multiplied and folded; only for this table.
    private func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(word)
        var hash = seed ^ UInt64(truncatingIfNeeded: raw.count)
        func mix(_ value: UInt64) {
            let product = (hash ^ value).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
        }
        var index = 0
        while index + 8 <= raw.count {
            mix(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        mix(rest)
        return hash
    }
}
