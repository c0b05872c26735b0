import RungCore
public import RungCrypto
import RungText

extension Cassette {
    /// A cassette as bytes: the same cassette always gives the same ones.
    public struct Bytes: Sendable, Equatable {
        /// The file itself: JSON Lines.
        public var file: [UInt8]
        /// The bodies that are too large for it, by digest.
        public var bodies: [Digest: [UInt8]]

        /// The digest of the file, and through the digests in it of the bodies too.
        public var digest: Digest { SHA256Hasher.digest(of: file) }
    }

    /// The cassette as it is written: one line each, members in a fixed order, nothing that depends on the time of writing.
    public var bytes: Bytes {
        var line = JSONText(reserving: 1 << 16)
        var file: [UInt8] = []
        var bodies: [Digest: [UInt8]] = [:]
        func end() {
            file += line.bytes
            file.append(UInt8(ascii: "\n"))
            line.removeAll()
        }
        writeHeader(into: &line)
        end()
        for (name, exchange) in zip(names, exchanges) {
            Self.write(exchange, name, into: &line, &bodies)
            end()
        }
        for tool in toolset {
            Self.write(tool, into: &line)
            end()
        }
        for tool in tools {
            Self.write(tool, into: &line)
            end()
        }
        return Bytes(file: file, bodies: bodies)
    }

    private func writeHeader(into line: inout JSONText) {
        line.beginObject()
        line.key("kind")
        line.string("cassette")
        line.key("format")
        line.int(Self.formatVersion)
        line.key("scenario")
        line.string(provenance.scenario)
        line.key("providers")
        line.value(.array(provenance.providers.map { .string($0) }))
        line.key("models")
        line.value(.array(provenance.models.map { .string($0) }))
        if let version = provenance.promptVersion {
            line.key("promptVersion")
            line.string(version.description)
        }
        if let time = provenance.recordedAt {
            line.key("recordedAt")
            line.string(time.description)
        }
        line.key("recorder")
        line.string(provenance.recorder)
        line.key("normalizers")
        line.value(.array(normalizers.map(\.json)))
        line.key("redactions")
        line.value(.object(redactions.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) }))
        line.endObject()
    }

    private static func write(_ exchange: Exchange, _ name: String, into line: inout JSONText, _ files: inout [Digest: [UInt8]]) {
        line.beginObject()
        line.key("kind")
        line.string("exchange")
        line.key("name")
        line.string(name)
        if let time = exchange.recordedAt {
            line.key("at")
            line.string(time.description)
        }
        line.key("request")
        line.beginObject()
        line.key("method")
        line.string(exchange.request.method)
        line.key("url")
        line.string(exchange.request.url)
        write(exchange.request.headers, into: &line)
        if !exchange.request.body.isEmpty {
            line.key("body")
            line.beginObject()
            CassetteBody.form(of: exchange.request.body, isWhole: true, files: &files).write(into: &line)
            line.endObject()
        }
        line.endObject()
        line.key("response")
        line.beginObject()
        line.key("status")
        line.int(exchange.response.status)
        write(exchange.response.headers, into: &line)
        if !exchange.response.body.isEmpty { write(exchange.response.body, into: &line, &files) }
        line.endObject()
        line.endObject()
    }

    private static func write(_ pieces: [Exchange.Piece], into line: inout JSONText, _ files: inout [Digest: [UInt8]]) {
        line.key("body")
        line.beginArray()
        for piece in pieces {
            line.beginObject()
            CassetteBody.form(of: piece.bytes, isWhole: pieces.count == 1, files: &files).write(into: &line)
            if let after = piece.afterMs {
                line.key("after")
                line.double((after * 1_000).rounded() / 1_000)
            }
            line.endObject()
        }
        line.endArray()
    }

    private static func write(_ headers: [Exchange.Header], into line: inout JSONText) {
        guard !headers.isEmpty else { return }
        line.key("headers")
        line.value(.array(headers.map { .string("\($0.name): \($0.value)") }))
    }

    private static func write(_ tool: ToolDefinition, into line: inout JSONText) {
        line.beginObject()
        line.key("kind")
        line.string("toolset")
        line.key("name")
        line.string(tool.name)
        if let description = tool.description {
            line.key("description")
            line.string(description)
        }
        line.key("inputSchema")
        line.value(tool.inputSchema)
        line.endObject()
    }

    private static func write(_ tool: ToolExchange, into line: inout JSONText) {
        line.beginObject()
        line.key("kind")
        line.string("tool")
        line.key("name")
        line.string(tool.name)
        line.key("arguments")
        line.value(tool.arguments)
        line.key("result")
        line.value(tool.result)
        if tool.isError {
            line.key("isError")
            line.bool(true)
        }
        line.endObject()
    }
}
