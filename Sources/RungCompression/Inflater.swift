internal import CZlib

/// Unpacks gzip or deflate from chunks cut anywhere, and never more than allowed: a small file that unpacks to gigabytes is refused.
public struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private let format: CompressionFormat
    private let limit: Int
    private var produced = 0
    /// Bytes of `deflate` that came before it was known whether they have a header.
    private var head: [UInt8] = []
    private var isOpen = false
    private var hasEnded = false
    private var failure: CompressionProblem?

    /// How many bytes come out at once.
    private static let chunk = 64 << 10

    /// - Parameter limit: most bytes that may come out in all.
    public init(_ format: CompressionFormat, limit: Int) {
        self.format = format
        self.limit = limit
        // The library keeps the address of the stream, so that it must stay where it is.
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if isOpen { inflateEnd(stream) }
        stream.deallocate()
    }

    /// Takes a chunk and gives what it unpacks to.
    ///
    /// - Throws: `CompressionProblem` for bytes that are not packed this way, and beyond the limit; every later call throws the same.
    public mutating func push(_ chunk: [UInt8]) throws(CompressionProblem) -> [UInt8] {
        if let failure { throw failure }
        var input = chunk
        if !isOpen {
            head += chunk
            guard format == .gzip || head.count >= 2 else { return [] }
            input = head
            head = []
            try open(windowBits: windowBits(input))
        }
        do {
            return try inflate(input)
        } catch {
            failure = error
            throw error
        }
    }

    /// Ends the packed bytes.
    ///
    /// - Throws: `CompressionProblem` when they were cut off.
    public mutating func finish() throws(CompressionProblem) {
        if let failure { throw failure }
        guard hasEnded else { throw CompressionProblem("the \(format.rawValue) data end too early") }
    }

    /// Unpacks bytes that are at hand as a whole.
    public static func unpack(_ bytes: [UInt8], _ format: CompressionFormat, limit: Int) throws(CompressionProblem) -> [UInt8] {
        var inflater = Inflater(format, limit: limit)
        let result = try inflater.push(bytes)
        try inflater.finish()
        return result
    }

    // MARK: - zlib

    /// 15 is the largest window; 16 more mean gzip, and less than 0 no header at all.
    private func windowBits(_ start: [UInt8]) -> Int32 {
        guard format == .deflate else { return 15 + 16 }
        let isZlib = start[0] & 15 == 8 && (Int(start[0]) << 8 | Int(start[1])) % 31 == 0
        return isZlib ? 15 : -15
    }

    private mutating func open(windowBits: Int32) throws(CompressionProblem) {
        guard rung_inflate_init(stream, windowBits) == Z_OK else { throw CompressionProblem("no memory to unpack \(format.rawValue)") }
        isOpen = true
    }

    private mutating func inflate(_ input: [UInt8]) throws(CompressionProblem) -> [UInt8] {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        var consumed = 0
        var isFull = false
        // A full buffer may have more behind it although no input is left.
        while consumed < input.count || isFull {
            if hasEnded {
                guard consumed < input.count else { break }
                try startNextMember(input[consumed...])
            }
            let (status, used, made) = step(input, from: consumed, into: &buffer)
            consumed += used
            produced += made
            isFull = made == buffer.count
            guard produced <= limit else {
                throw CompressionProblem("the \(format.rawValue) data unpack to more than \(limit) bytes")
            }
            output += buffer[..<made]
            switch status {
            case Z_STREAM_END: hasEnded = true
            // Nothing more comes out without more input.
            case Z_OK, Z_BUF_ERROR: break
            default: throw CompressionProblem("not readable as \(format.rawValue)")
            }
        }
        return output
    }

    private mutating func startNextMember(_ rest: ArraySlice<UInt8>) throws(CompressionProblem) {
        guard format == .gzip, rest.first == 0x1F, inflateReset(stream) == Z_OK else {
            throw CompressionProblem("there is more behind the end of the \(format.rawValue) data")
        }
        hasEnded = false
    }

    private func step(_ input: [UInt8], from start: Int, into buffer: inout [UInt8]) -> (status: Int32, used: Int, made: Int) {
        input.withUnsafeBufferPointer { bytes in
            buffer.withUnsafeMutableBufferPointer { room in
                let available = min(bytes.count - start, Int(UInt32.max))
                // The library does not write to its input; the cast is what its interface asks for.
                stream.pointee.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0 + start) }
                stream.pointee.avail_in = UInt32(available)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                return (status, available - Int(stream.pointee.avail_in), room.count - Int(stream.pointee.avail_out))
            }
        }
    }
}
