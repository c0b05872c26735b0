/// An address of this machine and a port, as written after `--listen`.
struct ListenAddress: Equatable {
    var host: String
    var port: Int

    /// Reads `127.0.0.1:4318`, `[::1]:4318` or `localhost:0`; nil for anything else.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = host
        self.port = port
    }

    /// Whether only programs of this machine can reach it.
    var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || (isIPv4 && parts[0] == "127")
    }

    /// The host as it stands in a URL.
    var shownHost: String { host.contains(":") ? "[\(host)]" : host }
}
