internal import RungCompression
internal import RungText
internal import RungWire

/// Turns the bodies of a recording into the bytes that they stand for.
struct VCRBodies {
    /// Where the parser saw bytes.
    let binaries: Set<SourcePosition>
    /// Most bytes of all bodies together.
    private let limit: Int
    /// How many of them are left.
    private var budget: Int

    init(binaries: Set<SourcePosition>, limit: Int) {
        self.binaries = binaries
        self.limit = limit
        budget = limit
    }

    /// Why a body cannot be read, and where it stands.
    struct Problem: Error {
        let position: SourcePosition
        let message: String
    }

    /// The body of a request or a response; empty where it has none.
    ///
    /// A body is text, bytes, nothing, an object with `string` or `base64_string`, or, under any other members, a value that was sent
    /// as JSON.
    mutating func body(of node: Node, encoding: String?) throws(Problem) -> [UInt8] {
        if let parsed = node["parsed_body"] { return try bytes(ofValue: parsed) }
        guard let body = node["body"] else { return [] }
        return try bytes(of: body, encoding)
    }

    /// A value as JSON. Aliases let a small file stand for a large value, so that its size is known before it is written.
    private mutating func bytes(ofValue node: Node) throws(Problem) -> [UInt8] {
        try spend(node.leastSize, node.position)
        return Array(SpacedJSON.text(of: node.json).utf8)
    }

    private mutating func spend(_ count: Int, _ position: SourcePosition) throws(Problem) {
        guard count <= budget else { throw Problem(position: position, message: "the bodies come to more than \(limit) bytes") }
        budget -= count
    }

    private mutating func bytes(of body: Node, _ encoding: String?) throws(Problem) -> [UInt8] {
        switch body.content {
        case .null: return []
        case .string(let text):
            try spend(text.utf8.count, body.position)
            guard binaries.contains(body.position) else { return try unpacked(Array(text.utf8), encoding, body.position) }
            return try unpacked(Self.bytes(base64: text, body.position), encoding, body.position)
        case .object(let members):
            let isWrapper = members.allSatisfy { ["string", "base64_string", "encoding"].contains($0.key) }
            guard isWrapper else { return try bytes(ofValue: body) }
            if let packed = body["base64_string"], let text = packed.string {
                try spend(text.utf8.count, packed.position)
                return try unpacked(Self.bytes(base64: text, packed.position), encoding, packed.position)
            }
            guard let inner = body["string"] else { return [] }
            return try bytes(of: inner, encoding)
        case .array, .bool, .number: return try bytes(ofValue: body)
        }
    }

    /// The text of a header; bytes are read as UTF-8.
    func text(of value: Node) -> String {
        guard let text = value.string, binaries.contains(value.position) else { return value.json.plainText }
        return (try? Self.bytes(base64: text, value.position)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    private static func bytes(base64 text: String, _ position: SourcePosition) throws(Problem) -> [UInt8] {
        guard let bytes = Base64.bytes(of: text.utf8.filter { $0 > 0x20 }) else {
            throw Problem(position: position, message: "not readable as base64")
        }
        return bytes
    }

    // MARK: - Content encoding

    /// Takes off what the header names, in reverse order. Recorders unpack and often leave the header: bytes that are text are kept.
    private mutating func unpacked(
        _ bytes: [UInt8], _ encoding: String?, _ position: SourcePosition
    ) throws(Problem) -> [UInt8] {
        guard let encoding, !bytes.isEmpty else { return bytes }
        var bytes = bytes
        for name in encoding.lowercased().split(separator: ",").reversed() {
            switch name.filter({ !$0.isWhitespace }) {
            case "identity", "": continue
            case "gzip", "x-gzip": if bytes.starts(with: [0x1F, 0x8B]) { bytes = try inflated(bytes, .gzip, position) }
            case "deflate": if !Self.isText(bytes) { bytes = try inflated(bytes, .deflate, position) }
            case let other:
                guard Self.isText(bytes) else {
                    let name = ["br", "compress", "zstd"].contains(other) ? other : "an unknown encoding"
                    throw Problem(position: position, message: "the body is packed with \(name), which is not supported")
                }
            }
        }
        return bytes
    }

    private mutating func inflated(
        _ bytes: [UInt8], _ format: CompressionFormat, _ position: SourcePosition
    ) throws(Problem) -> [UInt8] {
        do {
            let result = try Inflater.unpack(bytes, format, limit: budget)
            budget -= result.count
            return result
        } catch {
            throw Problem(position: position, message: "the body cannot be unpacked: \(error)")
        }
    }

    private static func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}

extension Node {
    /// How many bytes its JSON text has at least.
    fileprivate var leastSize: Int {
        switch content {
        case .null, .bool: 4
        case .number(let number): number.text.utf8.count
        case .string(let text): text.utf8.count + 2
        case .array(let items): items.reduce(2) { $0 + $1.leastSize + 2 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + $1.value.leastSize + 6 }
        }
    }
}
