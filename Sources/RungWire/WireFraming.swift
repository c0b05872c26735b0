/// How the body of an answer is cut into events.
public enum WireFraming: Sendable, Equatable, CaseIterable {
    /// One value, or whatever it is; nothing is cut.
    case plain
    /// `text/event-stream`.
    case serverSentEvents
    /// `application/x-ndjson` and its other names.
    case jsonLines
    /// `application/vnd.amazon.eventstream`.
    case awsEventStream

    /// What the type of the body says, and, since recordings lose headers and servers err, what its first bytes say.
    ///
    /// - Parameter head: the beginning of the body, eight bytes behind white space where it has as many.
    public init(mediaType: String?, head: some Collection<UInt8>) {
        let start = Self.start(of: head)
        switch mediaType {
        case "application/vnd.amazon.eventstream": self = .awsEventStream
        case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines",
            "application/stream+json", "application/json-seq":
            self = .jsonLines
        case "text/event-stream":
            let isValue = start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[")
            self = isValue ? .plain : .serverSentEvents
        default:
            let fields = ["data:", "event:", "id:", "retry:", ": "]
            self = fields.contains { start.starts(with: $0.utf8) } ? .serverSentEvents : .plain
        }
    }

    /// What stands behind white space and a byte order mark.
    static func start<Bytes: Collection<UInt8>>(of head: Bytes) -> Bytes.SubSequence {
        head.drop { $0 <= 0x20 || ServerSentLine.byteOrderMark.contains($0) }
    }

    /// Lines of a body that is cut; a body of nothing but line breaks would be as many pieces.
    private static let mostLines = 1_000_000

    /// Cuts a body into the pieces that a server may have sent one by one; joined they are the body. Bytes that cannot be cut, and
    /// plain bodies, are one piece; an empty body is none.
    public func pieces(of body: [UInt8]) -> [[UInt8]] {
        guard !body.isEmpty else { return [] }
        var parser = WireStreamParser(self)
        do {
            guard self != .plain, body.lazy.filter({ $0 == 10 || $0 == 13 }).prefix(Self.mostLines + 1).count <= Self.mostLines else {
                return [body]
            }
            let blocks = try parser.push(body)
            return try (blocks + [parser.finish()].compactMap { $0 }).map(\.bytes)
        } catch {
            return [body]
        }
    }
}
