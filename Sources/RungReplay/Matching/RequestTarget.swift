/// Path and query of a request in the one form in which they are compared.
///
/// Percent escapes of unreserved characters are undone, the others are in upper case; slashes that follow each other count as
/// one; parameters of the query are sorted, and those that carry keys are left out.
public struct RequestTarget: Sendable, Equatable {
    /// Starts with a slash.
    public var path: String
    /// Without the question mark; empty without parameters.
    public var query: String

    /// Reads a path and what follows its question mark, if anything.
    public init(path: String, query: String?) {
        self.path = Self.normalized(path: path)
        self.query = query.map(Self.normalized(query:)) ?? ""
    }

    /// Reads an absolute address; nil for anything but http and https with a host.
    public init?(url: String) {
        guard let parts = RequestURL(url) else { return nil }
        self.init(path: parts.path, query: parts.query)
    }

    /// Parameters of queries that carry secrets; they are neither compared nor recorded.
    static let secretParameters: Set<String> = ["access_token", "api-key", "api_key", "apikey", "key", "sig", "signature", "token"]

    private static func normalized(path: String) -> String {
        guard !isNormal(path) else { return path }
        var parts: [String] = []
        let pieces = path.split(separator: "/", omittingEmptySubsequences: true)
        for piece in pieces {
            let part = unescaped(piece)
            if part == ".." { parts = parts.dropLast() } else if part != "." { parts.append(part) }
        }
        let hasSlash = path.utf8.last == UInt8(ascii: "/") && !parts.isEmpty
        return "/" + parts.joined(separator: "/") + (hasSlash ? "/" : "")
    }

    /// Whether a path starts with a slash and has no escapes, dots behind a slash, or slashes in a row: what nearly all have.
    private static func isNormal(_ path: String) -> Bool {
        var last: UInt8 = 0
        for byte in path.utf8 {
            if byte == UInt8(ascii: "%") || (last == UInt8(ascii: "/") && (byte == last || byte == UInt8(ascii: "."))) { return false }
            last = byte
        }
        return path.utf8.first == UInt8(ascii: "/")
    }

    private static func normalized(query: String) -> String {
        let parameters = query.split(separator: "&", omittingEmptySubsequences: true).map { unescaped($0) }
        return parameters.filter { parameter in
            let name = parameter.prefix { $0 != "=" }.lowercased()
            return !secretParameters.contains(name)
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "&")
    }

    /// Without escapes of letters, digits, `-`, `.`, `_` and `~`; other escapes with upper-case digits.
    private static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let byte = high << 4 | low
            result += isUnreserved(byte) ? [byte] : [UInt8(ascii: "%"), upper(bytes[index + 1]), upper(bytes[index + 2])]
            index += 3
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A part of a path without any escapes, as the text that it stands for.
    static func decoded(_ part: String) -> String {
        let bytes = Array(part.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}

/// An absolute http or https address in its parts.
public struct RequestURL: Sendable, Equatable {
    /// `http` or `https`.
    public var scheme: String
    /// Host and port as they are written, in lower case; without user and password.
    public var authority: String
    /// Starts with a slash; percent-encoded.
    public var path: String
    /// What follows the question mark; nil without one.
    public var query: String?

    /// Reads an address; nil for other schemes and without a host. A fragment is left out.
    public init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8[colon...].starts(with: "://".utf8) else { return nil }
        let start = text.utf8.index(colon, offsetBy: 3)
        scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        var rest = text[start...]
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var place = rest[..<end]
        if let at = place.lastIndex(of: "@") { place = place[place.index(after: at)...] }
        guard !place.isEmpty, place.first != ":" else { return nil }
        authority = place.lowercased()
        rest = rest[end...]
        if let question = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: question)...])
            rest = rest[..<question]
        }
        path = rest.isEmpty ? "/" : String(rest)
    }

    /// The host without its port.
    public var host: String {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return authority }
        return String(authority[..<colon])
    }

    /// The address without the parameters of the query that carry keys.
    public var text: String {
        let kept = (query ?? "").split(separator: "&").filter { parameter in
            !RequestTarget.secretParameters.contains(parameter.prefix { $0 != "=" }.lowercased())
        }.joined(separator: "&")
        return "\(scheme)://\(authority)\(path)" + (kept.isEmpty ? "" : "?\(kept)")
    }
}
