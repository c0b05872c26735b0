import RungCore
import RungHTTP

/// Which headers are recorded: those on the list and no others.
enum RecordedHeaders {
    private static let asked: Set<String> = [
        "accept", "anthropic-beta", "anthropic-version", "content-type", "mcp-protocol-version", "openai-beta",
    ]
    private static let answered: Set<String> = [
        "content-disposition", "content-language", "content-type", "location", "mcp-protocol-version", "mcp-session-id", "retry-after",
        "retry-after-ms", "x-should-retry",
    ]
    /// Headers of requests whose values are keys and tokens: what they carry must not be found anywhere else either.
    private static let secret: Set<String> = [
        "api-key", "authorization", "cookie", "proxy-authorization", "x-api-key", "x-auth-token", "x-goog-api-key",
    ]

    /// Parameters of signatures that say how it was made.
    private static let openParameters: Set<String> = ["credential", "signedheaders"]

    static func ofRequest(_ headers: [HTTPHeader]) -> [Exchange.Header] { kept(headers, asked) }

    static func ofResponse(_ headers: [HTTPHeader]) -> [Exchange.Header] { kept(headers, answered) }

    /// The keys and tokens that a request carries in headers and in its query.
    static func secretWords(_ headers: [HTTPHeader], query: String?) -> [String] {
        var words: [String] = []
        for header in headers where secret.contains(header.name.lowercased()) {
            words.append(header.value)
            // `Bearer abc`, `name=abc; other=def`: what is secret of a pair is its value.
            for part in header.value.split(whereSeparator: { " ;,".contains($0) }) {
                let pair = part.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else {
                    words.append(String(part))
                    continue
                }
                if !openParameters.contains(pair[0].lowercased()) { words.append(String(pair[1])) }
            }
        }
        for parameter in (query ?? "").split(separator: "&") {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, RequestTarget.secretParameters.contains(parts[0].lowercased()) else { continue }
            words.append(String(parts[1]))
        }
        return words
    }

    private static func kept(_ headers: [HTTPHeader], _ names: Set<String>) -> [Exchange.Header] {
        headers.filter { names.contains($0.name.lowercased()) }.map { Exchange.Header($0.name.lowercased(), $0.value) }
    }
}
