import RungCore
import RungCrypto
public import RungRedaction
import RungText

/// How requests become keys: the normalizers of a cassette, and what is taken out before anything is recorded.
public struct MatchRules: Sendable {
    private let tree: NormalizerTree
    /// The one that recordings are redacted with.
    let redactor: Redactor
    /// Whether what tools answered does not count.
    private var ignoresToolResults = false

    /// - Parameter redactor: the one that recordings are redacted with.
    public init(_ normalizers: [Normalizer], redactor: Redactor = .standard) {
        tree = NormalizerTree(normalizers)
        self.redactor = redactor
    }

    /// The same redaction with other normalizers.
    func with(_ normalizers: [Normalizer]) -> MatchRules { MatchRules(normalizers, redactor: redactor) }

    /// The same rules for requests in which what tools answered does not count.
    var leavingOutToolResults: MatchRules {
        var rules = self
        rules.ignoresToolResults = true
        return rules
    }

    /// The key of a recorded request.
    func key(of request: Exchange.Request) -> MatchKey {
        let target = RequestTarget(url: request.url) ?? RequestTarget(path: request.url, query: nil)
        return key(method: request.method, target: target, contentType: request.header("content-type"), body: request.body)
    }

    /// The key of a request as it came.
    func key(method: String, target: RequestTarget, contentType: String?, body: [UInt8]) -> MatchKey {
        MatchKey(method: method, path: target.path, query: target.query, body: digest(of: body, contentType))
    }

    /// The key that a request would have after redaction; nil when nothing of it is redacted.
    func redactedKey(method: String, target: RequestTarget, contentType: String?, body: [UInt8]) -> MatchKey? {
        let (place, redacted) = (redacted(target), redacted(body))
        guard redacted != nil || place != target else { return nil }
        return MatchKey(method: method, path: place.path, query: place.query, body: digest(of: redacted ?? body, contentType))
    }

    /// A path and a query as they would be recorded.
    func redacted(_ target: RequestTarget) -> RequestTarget {
        var place = target
        // What is taken out may hold characters of its own; the recording went through the same two steps.
        let path = AddressRedaction.path(target.path) { redactor.redact($0).text }
        if path != target.path { place = RequestTarget(path: path, query: nil) }
        place.query = AddressRedaction.query(target.query) { redactor.redact($0).text }
        return place
    }

    /// A body as it would be recorded; nil when nothing of it is redacted.
    func redacted(_ body: [UInt8]) -> [UInt8]? {
        guard !body.isEmpty, let text = String(validating: body, as: UTF8.self) else { return nil }
        var counts: [String: Int] = [:]
        let redacted = JSONBody.isJSON(body) ? redactor.redactJSON(text, .prose, &counts) : redactor.redact(text, .prose, &counts)
        return redacted.map { Array($0.utf8) }
    }

    /// A text of a message without secrets.
    func redacted(text: String) -> String { redactor.redact(text).text }

    /// A JSON body without what does not count; nil for any other body.
    func normalized(_ body: [UInt8]) -> Node? {
        guard JSONBody.mayBeJSON(body), let node = try? JSONReader.read(body) else { return nil }
        return tree.normalized(ignoresToolResults ? ToolResultPlaces.masked(node) : node)
    }

    /// A value without what does not count.
    func normalized(_ node: Node) -> Node { tree.normalized(node) }

    // MARK: - Bodies

    private func digest(of body: [UInt8], _ contentType: String?) -> Digest {
        var hasher = SHA256Hasher()
        if let node = normalized(body) {
            hasher.update("json")
            hasher.update(CanonicalJSON.bytes(of: node))
        } else {
            hasher.update("bytes")
            hasher.update(MultipartBoundary.neutralized(body, contentType))
        }
        return hasher.finalize()
    }
}

/// Whether a body is a JSON object or array.
enum JSONBody {
    static func isJSON(_ body: [UInt8]) -> Bool { mayBeJSON(body) && (try? JSONReader.read(body)) != nil }

    /// Told by its first byte.
    static func mayBeJSON(_ body: [UInt8]) -> Bool {
        guard let first = body.first(where: { $0 > 0x20 }) else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}

/// The boundary of a multipart body, which every request makes up anew.
enum MultipartBoundary {
    /// The body with the same boundary for all; the body itself when it is not multipart.
    static func neutralized(_ body: [UInt8], _ contentType: String?) -> [UInt8] {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/"), let boundary = boundary(contentType) else { return body }
        let mark = Array("--\(boundary)".utf8)
        var result: [UInt8] = []
        var index = 0
        while index < body.count {
            if body[index] == UInt8(ascii: "-"), body[index...].starts(with: mark) {
                result += "--boundary".utf8
                index += mark.count
            } else {
                result.append(body[index])
                index += 1
            }
        }
        return result
    }

    private static func boundary(_ contentType: String) -> String? {
        guard let place = contentType.lowercased().firstRange(of: "boundary=") else { return nil }
        let offset = contentType.lowercased().distance(from: contentType.lowercased().startIndex, to: place.upperBound)
        let rest = contentType.dropFirst(offset)
        let value = rest.first == "\"" ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != ";" && $0 != " " }
        return value.isEmpty ? nil : String(value)
    }
}
