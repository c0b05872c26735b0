#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Splits a stream of byte chunks into lines with memchr; memory is bounded by the longest line allowed.
public struct LineScanner {
    /// Longest line in bytes before `push` throws.
    public let limit: Int
    private var pending: [UInt8] = []

    public init(limit: Int) { self.limit = limit }

    /// A line was longer than allowed.
    public struct LineTooLong: Error, Sendable {
        public let limit: Int

        public init(limit: Int) { self.limit = limit }
    }

    /// Calls `body` for each complete line, without its line break; a carriage return before it is removed.
    public mutating func push(_ chunk: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let bytes = chunk.bindMemory(to: UInt8.self)
        guard let base = bytes.baseAddress else { return }
        var start = 0
        while start < bytes.count, let hit = memchr(base + start, 10, bytes.count - start) {
            let end = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            if pending.isEmpty {
                try emit(UnsafeBufferPointer(start: base + start, count: end - start), body)
            } else {
                pending.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
                let line = pending
                pending.removeAll(keepingCapacity: true)
                try line.withUnsafeBufferPointer { try emit($0, body) }
            }
            start = end + 1
        }
        pending.append(contentsOf: UnsafeBufferPointer(start: base + start, count: bytes.count - start))
        if pending.count > limit { throw LineTooLong(limit: limit) }
    }

    /// The bytes after the last line break; empty when the stream ended with one.
    public var rest: [UInt8] { pending }

    private func emit(_ line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        guard line.count <= limit else { throw LineTooLong(limit: limit) }
        let end = line.last == 13 ? line.count - 1 : line.count
        try body(UnsafeBufferPointer(rebasing: line[..<end]))
    }
}
