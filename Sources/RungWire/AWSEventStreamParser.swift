/// Reads Amazon's binary event streams, from chunks cut anywhere; both checks of every message are recomputed.
///
/// A message is its length, the length of its headers, a check of both, headers, payload, and a check of everything before. The
/// messages joined are the stream, byte for byte. Memory is bounded by the longest message allowed: a length beyond it is refused
/// before anything is kept. See https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html
public struct AWSEventStreamParser: Sendable {
    /// Longest message in bytes before `push` throws.
    public let limit: Int
    private var pending: [UInt8] = []
    private var offset = 0
    /// How many bytes were taken and looked at, up to the end of the last message; after `finish` all of them.
    var endOffset: Int { offset }
    private var failure: WireProblem?

    /// Two lengths and their check.
    static let preludeLength = 12

    public init(limit: Int = WireLimits.eventBytes) { self.limit = limit }

    /// Takes a chunk and gives the messages that it completed.
    ///
    /// - Throws: `WireProblem` for bytes that are no message, once the messages before them were given; every later call throws the
    ///   same.
    public mutating func push(_ chunk: some Collection<UInt8>) throws(WireProblem) -> [AWSEventMessage] {
        if let failure { throw failure }
        pending.append(contentsOf: chunk)
        var messages: [AWSEventMessage] = []
        var start = 0
        do {
            while let message = try message(at: start) {
                messages.append(message)
                start += message.bytes.count
            }
        } catch {
            failure = error
            pending = []
            guard !messages.isEmpty else { throw error }
            return messages
        }
        pending.removeFirst(start)
        offset += start
        return messages
    }

    /// Ends the stream and gives the bytes of a message that the end cut off; empty where there is none.
    public mutating func finish() throws(WireProblem) -> [UInt8] {
        if let failure { throw failure }
        let rest = pending
        offset += rest.count
        pending = []
        return rest
    }

    // MARK: - Messages

    private func message(at start: Int) throws(WireProblem) -> AWSEventMessage? {
        guard pending.count - start >= Self.preludeLength else { return nil }
        let place = offset + start
        let (total, headerLength) = (Int(word(at: start)), Int(word(at: start + 4)))
        guard CRC32.of(pending[start..<start + 8]) == word(at: start + 8) else {
            throw WireProblem("the lengths of a message do not match their check", at: place)
        }
        guard total <= limit else { throw WireProblem("a message of the stream is longer than \(limit) bytes", at: place) }
        guard total >= Self.preludeLength + 4, headerLength <= total - Self.preludeLength - 4 else {
            throw WireProblem("the headers of a message are longer than the message", at: place)
        }
        guard pending.count - start >= total else { return nil }
        let end = start + total - 4
        guard CRC32.of(pending[start..<end]) == word(at: end) else { throw WireProblem("a message does not match its check", at: place) }
        let payload = start + Self.preludeLength + headerLength
        let headers = try headers(start + Self.preludeLength..<payload)
        return AWSEventMessage(
            bytes: Array(pending[start..<start + total]), offset: place, headers: headers, payload: Array(pending[payload..<end]))
    }

    private func word(at index: Int) -> UInt32 {
        pending[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func headers(_ range: Range<Int>) throws(WireProblem) -> [AWSEventMessage.Header] {
        var headers: [AWSEventMessage.Header] = []
        var index = range.lowerBound
        func take(_ count: Int) throws(WireProblem) -> Range<Int> {
            guard count <= range.upperBound - index else { throw WireProblem("a header reaches beyond its message", at: offset + index) }
            defer { index += count }
            return index..<index + count
        }
        func text(_ range: Range<Int>) throws(WireProblem) -> String {
            guard let text = String(validating: pending[range], as: UTF8.self) else {
                throw WireProblem("a header is not UTF-8", at: offset + range.lowerBound)
            }
            return text
        }
        while index < range.upperBound {
            let name = try text(try take(Int(pending[try take(1).lowerBound])))
            let type = pending[try take(1).lowerBound]
            switch type {
            case 0, 1: break
            case 2: _ = try take(1)
            case 3: _ = try take(2)
            case 4: _ = try take(4)
            case 5, 8: _ = try take(8)
            case 9: _ = try take(16)
            case 6, 7:
                let length = pending[try take(2)].reduce(0) { $0 << 8 | Int($1) }
                let value = try take(length)
                if type == 7 { headers.append(AWSEventMessage.Header(name, try text(value))) }
            default: throw WireProblem("a header has the unknown type \(type)", at: offset + index - 1)
            }
        }
        return headers
    }
}
