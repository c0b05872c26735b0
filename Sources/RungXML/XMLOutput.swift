#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Bytes on their way to a file or into memory, collected in a buffer of 64 KiB.
///
/// Appending never throws: the first failure is kept, everything after it is dropped, and the writer reports it.
struct XMLOutput: ~Copyable {
    /// Where full buffers go.
    enum Sink {
        /// All bytes are kept; see `XMLOutput.memory`.
        case memory
        /// An open file, and its name for errors.
        case descriptor(Int32, name: String, closesAtEnd: Bool)

        /// A new file, or an existing one that is emptied.
        static func creating(_ path: String) throws(XMLWriteError) -> Sink {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw XMLWriteError(.create, path) }
            return .descriptor(descriptor, name: path, closesAtEnd: true)
        }
    }

    /// The first failure; nil while all is well.
    private(set) var failure: XMLWriteError?
    /// All bytes so far, when the sink is memory.
    private(set) var memory: [UInt8] = []
    private var flushedCount = 0
    private var sink: Sink
    private var count = 0
    private let buffer: UnsafeMutablePointer<UInt8>

    /// The size of the buffer in bytes.
    static let capacity = 65_536

    /// An empty output; a descriptor that `closesAtEnd` is closed even when `close()` is never called.
    init(_ sink: Sink) {
        self.sink = sink
        buffer = .allocate(capacity: Self.capacity)
    }

    deinit {
        buffer.deallocate()
        if case .descriptor(let descriptor, _, true) = sink { _ = systemClose(descriptor) }
    }

    /// All bytes appended so far.
    var totalCount: Int { flushedCount + count }

    /// Appends one byte as it is.
    mutating func append(_ byte: UInt8) {
        if count == Self.capacity { flush() }
        buffer[count] = byte
        count += 1
    }

    /// Appends text that needs no escaping.
    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends one byte as it is.
    /// Appends bytes as they are, whatever their number.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard var from = bytes.baseAddress else { return }
        var rest = bytes.count
        while rest > Self.capacity - count {
            let part = Self.capacity - count
            (buffer + count).update(from: from, count: part)
            count = Self.capacity
            from += part
            rest -= part
            flush()
        }
        (buffer + count).update(from: from, count: rest)
        count += rest
    }

    /// Decimal digits, with a sign when negative, left-padded with zeros to at least `minimumDigits`.
    mutating func append(decimal value: Int, minimumDigits: Int = 1) {
        if Self.capacity - count < 32 { flush() }
        if value < 0 { append(UInt8(ascii: "-")) }
        var magnitude = value.magnitude
        var length = 1
        var bound = magnitude / 10
        while bound > 0 || length < minimumDigits {
            bound /= 10
            length += 1
        }
        for index in stride(from: count + length - 1, through: count, by: -1) {
            buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        }
        count += length
    }

    /// Sends the buffer on.
    mutating func flush() {
        flushedCount += count
        let bytes = UnsafeBufferPointer(start: buffer, count: count)
        count = 0
        guard failure == nil else { return }
        switch sink {
        case .memory: memory.append(contentsOf: bytes)
        case .descriptor(let descriptor, let name, _): write(bytes, to: descriptor, name)
        }
    }

    /// Sends the rest on, and closes what is to be closed; closing can report a failure of an earlier write.
    mutating func close() {
        flush()
        guard case .descriptor(let descriptor, let name, true) = sink else { return }
        sink = .memory
        if systemClose(descriptor) != 0, failure == nil { failure = XMLWriteError(.close, name) }
    }

    /// Keeps a failure that happened outside, unless there was one before.
    mutating func fail(_ error: XMLWriteError) { failure = failure ?? error }

    private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32, _ name: String) {
        guard var from = bytes.baseAddress else { return }
        var rest = bytes.count
        while rest > 0 {
            let written = systemWrite(descriptor, from, rest)
            if written > 0 {
                from += written
                rest -= written
            } else if written == 0 || errno != EINTR {
                failure = XMLWriteError(.write, name, code: written == 0 ? EIO : errno)
                return
            }
        }
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
