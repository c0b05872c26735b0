internal import RungText

/// Headers of HTTP by lower-case name; of several with one name the first.
public struct WireHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    private var values: [String: String] = [:]

    /// Takes names and values in the order in which they came.
    public init(_ headers: some Sequence<(String, String)>) {
        for (name, value) in headers where values[name.lowercased()] == nil { values[name.lowercased()] = value }
    }

    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// The value of a header, whatever the case of its name; nil where there is none.
    public subscript(_ name: String) -> String? { values[name.lowercased()] }

    /// The type of the body in lower case and without its parameters, such as `text/event-stream`; nil where nobody says.
    public var mediaType: String? {
        self["content-type"].map { value in
            let type = value.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}

/// What was asked of a server, as far as it tells how to read the answer.
public struct WireRequest: Sendable, Equatable {
    /// Upper case.
    public var method: String
    /// Absolute or only a path; percent-encoded as it was sent.
    public var url: String
    public var headers: WireHeaders
    /// Unpacked.
    public var body: [UInt8]

    public init(method: String, url: String, headers: WireHeaders = [:], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// The model that is asked, as the body names it or else the path; nil where neither does.
    public var model: String? {
        if let model = (try? JSONReader.read(body))?["model"]?.filledString { return model }
        let part = ["models", "model", "deployments"].lazy.compactMap { pathPart(after: $0) }.first
        guard let part, let colon = part.lastIndex(of: ":"), pathPart(after: "model") == nil else { return part }
        return String(part[..<colon])
    }

    /// Host without port, in lower case; empty where the URL has none.
    var host: String {
        guard let scheme = url.firstRange(of: "://") else { return "" }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        if place.first == "[" { return place.prefix { $0 != "]" }.dropFirst().lowercased() }
        return place.prefix { $0 != ":" }.lowercased()
    }

    /// The parts of the path, percent-encoded, without empty ones.
    var path: [Substring] {
        var rest = url[...]
        if let scheme = url.firstRange(of: "://") {
            rest = url[scheme.upperBound...]
            rest = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" }.map { rest[$0...] } ?? ""
        }
        return rest.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    }

    /// The part of the path behind another, decoded, such as the model behind `model`; nil where there is none.
    func pathPart(after name: String) -> String? {
        let path = path
        guard let index = path.lastIndex(where: { $0 == name }), index + 1 < path.count else { return nil }
        return Self.decoded(path[index + 1])
    }

    private static func decoded(_ part: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(part.utf8)[...]
        while let first = rest.popFirst() {
            if first == UInt8(ascii: "%"), rest.count >= 2, let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
