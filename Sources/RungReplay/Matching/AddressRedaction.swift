/// Takes what is secret out of addresses: as a whole, and then from each part of the path and each value of the query by itself, because
/// rules for texts take a word between slashes for a part of an address.
enum AddressRedaction {
    /// An absolute address without what is secret in it.
    ///
    /// - Parameter redact: a text without what is secret in it.
    static func url(_ url: String, _ redact: (String) -> String) -> String {
        let text = redact(url)
        guard let parts = RequestURL(text) else { return text }
        let query = parts.query.map { "?" + self.query($0, redact) } ?? ""
        return "\(parts.scheme)://\(parts.authority)\(path(parts.path, redact))\(query)"
    }

    /// The parts of a path, read without their escapes; those that nothing is taken out of stay as they were written.
    static func path(_ path: String, _ redact: (String) -> String) -> String {
        redact(path).split(separator: "/", omittingEmptySubsequences: false).map { part($0, redact) }.joined(separator: "/")
    }

    /// The values of a query, in the same way.
    static func query(_ query: String, _ redact: (String) -> String) -> String {
        redact(query).split(separator: "&", omittingEmptySubsequences: false).map { parameter in
            guard let equals = parameter.firstIndex(of: "=") else { return part(parameter, redact) }
            let value = parameter.index(after: equals)
            return parameter[..<value] + part(parameter[value...], redact)
        }.joined(separator: "&")
    }

    private static func part(_ part: Substring, _ redact: (String) -> String) -> String {
        guard !part.isEmpty else { return "" }
        let text = RequestTarget.decoded(String(part))
        let redacted = redact(text)
        return redacted == text ? String(part) : escaped(redacted)
    }

    /// Only what would end the part is escaped, so that marks of redaction stay readable.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "/": result += "%2F"
            case "?": result += "%3F"
            case "#": result += "%23"
            case "&": result += "%26"
            case " ": result += "%20"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "%3F"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
