public import RungCore
import RungCrypto
public import RungText

/// What a cassette holds, short enough to be looked at.
public struct CassetteOutline: Sendable {
    private let cassette: Cassette
    private let names: [String]

    public init(_ cassette: Cassette) {
        self.cassette = cassette
        names = cassette.names
    }

    /// For people: where it comes from, then one line for each exchange and tool call.
    public var lines: [String] {
        let provenance = cassette.provenance
        var lines = [
            "scenario \(provenance.scenario), recorded \(provenance.recordedAt?.description ?? "nobody says when") by \(provenance.recorder)",
            "providers \(provenance.providers.joined(separator: ", ")); models \(provenance.models.joined(separator: ", "))",
        ]
        if let version = provenance.promptVersion { lines.append("prompt version \(version)") }
        lines += zip(names, cassette.exchanges).map { name, exchange in
            let (pieces, bytes) = (exchange.response.body.count, exchange.response.body.reduce(0) { $0 + $1.bytes.count })
            let target = RequestURL(exchange.request.url).map { "\($0.host)\($0.path)" } ?? exchange.request.url
            let parts = pieces > 1 ? " in \(pieces) pieces" : ""
            return "\(name)  \(exchange.request.method) \(target)  \(exchange.response.status), \(bytes) bytes\(parts)"
        }
        return lines + cassette.tools.map { "tool \($0.name)\($0.isError ? ", an error" : "")" }
    }

    /// For tools.
    public var json: JSONValue {
        let provenance = cassette.provenance
        return .object([
            "formatVersion": 1, "scenario": .string(provenance.scenario),
            "providers": .array(provenance.providers.map { .string($0) }), "models": .array(provenance.models.map { .string($0) }),
            "promptVersion": provenance.promptVersion.map { .string($0.description) } ?? .null,
            "recordedAt": provenance.recordedAt.map { .string($0.description) } ?? .null, "recorder": .string(provenance.recorder),
            "normalizers": .array(cassette.normalizers.map(\.json)),
            "redactions": .object(cassette.redactions.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) }),
            "exchanges": .array(
                zip(names, cassette.exchanges).map { name, exchange in
                    .object([
                        "name": .string(name), "method": .string(exchange.request.method), "url": .string(exchange.request.url),
                        "status": .int(exchange.response.status), "pieces": .int(exchange.response.body.count),
                        "bytes": .int(exchange.response.body.reduce(0) { $0 + $1.bytes.count }),
                    ])
                }), "tools": .array(cassette.tools.map { .string($0.name) }),
        ])
    }

    /// One exchange in full; bodies as JSON or text where they are.
    public static func json(of exchange: Exchange, named name: String) -> JSONValue {
        .object([
            "name": .string(name), "at": exchange.recordedAt.map { .string($0.description) } ?? .null,
            "request": .object([
                "method": .string(exchange.request.method), "url": .string(exchange.request.url),
                "headers": headers(exchange.request.headers), "body": body(exchange.request.body),
            ]),
            "response": .object([
                "status": .int(exchange.response.status), "headers": headers(exchange.response.headers),
                "body": exchange.response.body.count > 1
                    ? .array(exchange.response.body.map { body($0.bytes) }) : body(exchange.response.bytes),
            ]),
        ])
    }

    private static func headers(_ headers: [Exchange.Header]) -> JSONValue { .array(headers.map { .string("\($0.name): \($0.value)") }) }

    private static func body(_ bytes: [UInt8]) -> JSONValue {
        if bytes.isEmpty { return .null }
        if let node = try? JSONReader.read(bytes) { return node.json }
        return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .string("\(bytes.count) bytes that are no text")
    }
}
