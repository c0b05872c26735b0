import RungCrypto
import Testing

@testable import RungReplay

@Suite struct QueueTableTests {
    private static func queue(_ number: Int) -> QueueTable.Queue {
        .init(start: Int32(number), count: 1, first: Int32(number))
    }

    @Test(arguments: [0, 1, 2, 3, 5, 6, 7, 1_000, 10_000]) func `every key has its own queue, and others have none`(count: Int) {
        let keys = (0..<count).map { SHA256Hasher.digest(of: "key \($0)") }
        let table = QueueTable(keys.enumerated().map { ($0.element, Self.queue($0.offset)) })
        for (number, key) in keys.enumerated() { #expect(table.queue(of: key) == Self.queue(number)) }
        for number in 0..<100 { #expect(table.queue(of: SHA256Hasher.digest(of: "other \(number)")) == nil) }
    }

    @Test func `keys that want the same slot are told apart`() {
        // The first byte decides in a small table; all else differs.
        let keys = (0..<6).map { number in
            Digest(bytes: [7] + [UInt8](repeating: 0, count: 7) + [UInt8](repeating: UInt8(number), count: 24))
        }
        let table = QueueTable(keys.enumerated().map { ($0.element, Self.queue($0.offset)) })
        for (number, key) in keys.enumerated() { #expect(table.queue(of: key) == Self.queue(number)) }
        #expect(table.queue(of: Digest(bytes: [7] + [UInt8](repeating: 0, count: 7) + [UInt8](repeating: 9, count: 24))) == nil)
    }
}
