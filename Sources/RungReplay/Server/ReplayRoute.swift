import RungHTTP
import RungText

/// Where a request to the replay server wants to go.
enum ReplayRoute: Equatable {
    /// To the world of a trial: its token, the upstream that the path names, and the path and query behind both.
    case trial(token: String, upstream: String?, path: String, query: String?)
    /// Out of this machine, through a proxy variable; the token is that of the proxy's address.
    case outside(token: String?, host: String)
    /// Nowhere that the server knows.
    case unknown

    /// Reads the target of a request.
    ///
    /// - Parameter port: that of the server itself: an absolute address with it stays inside.
    init(_ request: StreamRequest, port: Int) {
        let target = request.target
        if target.utf8.first == UInt8(ascii: "/") {
            let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
            self = Self.inside(target[..<(mark ?? target.endIndex)], mark.map { String(target[target.utf8.index(after: $0)...]) })
        } else if request.method == "CONNECT" {
            self = .outside(token: Self.proxyToken(request), host: Self.shown(target))
        } else if let url = RequestURL(target) {
            let isOwn = url.authority.hasSuffix(":\(port)") && ["127.0.0.1", "localhost", "[::1]"].contains(url.host)
            self =
                isOwn
                ? Self.inside(url.path[...], url.query)
                : .outside(token: Self.proxyToken(request), host: Self.shown(url.authority))
        } else {
            self = .unknown
        }
    }

    /// `/t/<token>/…` or `/t/<token>/~<upstream>/…`
    private static func inside(_ path: Substring, _ query: String?) -> ReplayRoute {
        let bytes = path.utf8
        guard bytes.starts(with: "/t/".utf8) else { return .unknown }
        let start = bytes.index(bytes.startIndex, offsetBy: 3)
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        let token = String(path[start..<end])
        var rest = path[end...]
        var upstream: String?
        if rest.utf8.starts(with: "/~".utf8) {
            let from = rest.utf8.index(rest.startIndex, offsetBy: 2)
            let to = rest.utf8[from...].firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            upstream = String(rest[from..<to])
            rest = rest[to...]
        }
        return .trial(token: token, upstream: upstream, path: rest.isEmpty ? "/" : String(rest), query: query)
    }

    /// The user name of the proxy's address, which is the token of the trial.
    private static func proxyToken(_ request: StreamRequest) -> String? {
        guard let value = request.header("proxy-authorization"), value.lowercased().hasPrefix("basic "),
            let bytes = Base64.bytes(of: Array(value.dropFirst(6).utf8))
        else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }

    /// A host as it stands in findings: short, and nothing but what hosts are made of.
    private static func shown(_ host: String) -> String {
        let scalars = host.unicodeScalars.prefix(120).map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789.-:[]_".unicodeScalars.contains(scalar)) ? scalar : "?"
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
