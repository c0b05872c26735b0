import RungCore
import RungCrypto
import RungText

/// Reads the lines of a cassette one by one and collects everything that is wrong with them.
struct CassetteReading {
    /// The path as it is shown in problems.
    let file: String
    /// Gives the bytes of a body that lies in a file of its own, or says why it cannot be had.
    let body: (Digest) -> Result<[UInt8], CassetteBodyProblem>
    private(set) var diagnostics = Diagnostics()
    private var cassette: Cassette?
    private var hasHeader = false
    private var namesAt: [String: Int] = [:]

    init(file: String, body: @escaping (Digest) -> Result<[UInt8], CassetteBodyProblem>) {
        self.file = file
        self.body = body
    }

    /// Takes the next line; blank ones are passed over.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>, number: Int) {
        guard line.contains(where: { $0 > 0x20 }) else { return }
        let node: Node
        do throws(JSONSyntaxError) {
            node = try JSONReader.read(line, line: number)
        } catch {
            hasHeader = true
            return report(error.position, error.plainMessage, Self.conflictHint(line))
        }
        let isFirst = !hasHeader
        hasHeader = true
        if isFirst, node["kind"]?.string != "cassette" {
            return report(node.position, "the first line is not the header of a cassette", "begin with a line of kind \"cassette\"")
        }
        var found = Diagnostics()
        CassetteLine.shape.check(node, file: file, name: "the line", into: &found)
        guard found.isEmpty else { return diagnostics.append(contentsOf: found) }
        switch node["kind"]?.string {
        case "cassette":
            isFirst ? header(node) : report(node.position, "a second header", "remove it; a cassette has one, on its first line")
        case "exchange": exchange(node, number)
        case "toolset": toolset(node)
        default: tool(node)
        }
    }

    /// The cassette, or everything that is wrong with it.
    mutating func finish() throws -> Cassette {
        if !hasHeader {
            report(.start, "the cassette is empty", "record it with: rung record --cassette \(file) -- COMMAND")
        }
        try diagnostics.throwIfAny()
        guard let cassette else { throw InvalidInput(file, .start, "the cassette has no header") }
        return cassette
    }

    // MARK: - Lines

    private mutating func header(_ node: Node) {
        if let format = node["format"], let number = format.int, !Cassette.readableFormats.contains(number) {
            return report(
                format.position, "format \(number) is newer than this version of rung reads", "use a newer rung, or record it anew")
        }
        var normalizers: [Normalizer] = []
        for item in node["normalizers"]?.array ?? [] {
            if let normalizer = Normalizer.read(item, file: file, into: &diagnostics) { normalizers.append(normalizer) }
        }
        let redactions = (node["redactions"]?.members ?? []).map { ($0.key, $0.value.int ?? 0) }
        cassette = Cassette(
            provenance: Cassette.Provenance(
                scenario: node["scenario"]?.string ?? "", providers: node["providers"]?.strings ?? [],
                models: node["models"]?.strings ?? [], promptVersion: node["promptVersion"]?.string.flatMap { Digest($0) },
                recordedAt: node["recordedAt"]?.string.flatMap { Timestamp($0) }, recorder: node["recorder"]?.string ?? ""),
            normalizers: normalizers, redactions: Dictionary(redactions) { first, _ in first })
    }

    private mutating func exchange(_ node: Node, _ number: Int) {
        guard let asked = node["request"], let answered = node["response"], let name = node["name"] else { return }
        if let earlier = namesAt.updateValue(number, forKey: name.string ?? "") {
            report(
                name.position, "line \(earlier) has the same name \"\(name.string ?? "")\"",
                "a merge may have kept both: remove one line, or change its name when both are meant")
        }
        let request = request(asked)
        let response = response(answered)
        guard let request, let response else { return }
        cassette?.exchanges.append(
            Exchange(request: request, response: response, recordedAt: node["at"]?.string.flatMap { Timestamp($0) }))
    }

    private mutating func request(_ node: Node) -> Exchange.Request? {
        guard let method = node["method"], let url = node["url"] else { return nil }
        let name = method.string ?? ""
        if !name.utf8.allSatisfy({ (65...90).contains($0) || $0 == UInt8(ascii: "-") }) {
            report(method.position, "method is \"\(name)\"", "write it in upper case, such as POST")
        }
        if RequestTarget(url: url.string ?? "") == nil {
            report(
                url.position, "url is not an absolute http or https address",
                "write it with scheme and host, such as https://api.example.com/")
        }
        let headers = headers(node["headers"])
        var bytes: [UInt8] = []
        if let body = node["body"], !body.isNull {
            guard let content = content(body) else { return nil }
            bytes = content
        }
        return Exchange.Request(method: name, url: url.string ?? "", headers: headers, body: bytes)
    }

    private mutating func response(_ node: Node) -> Exchange.Response? {
        let headers = headers(node["headers"])
        var pieces: [Exchange.Piece] = []
        var isWhole = true
        for piece in node["body"]?.array ?? [] {
            guard let bytes = content(piece) else {
                isWhole = false
                continue
            }
            if bytes.isEmpty { report(piece.position, "a piece of a body is empty", "remove it") }
            pieces.append(Exchange.Piece(bytes, afterMs: piece["after"]?.double))
        }
        guard isWhole, let status = node["status"]?.int else { return nil }
        return Exchange.Response(status: status, headers: headers, body: pieces)
    }

    private mutating func tool(_ node: Node) {
        cassette?.tools.append(
            ToolExchange(
                name: node["name"]?.string ?? "", arguments: node["arguments"]?.json ?? .null, result: node["result"]?.json ?? .null,
                isError: node["isError"]?.bool ?? false))
    }

    private mutating func toolset(_ node: Node) {
        cassette?.toolset.append(
            ToolDefinition(
                name: node["name"]?.string ?? "", description: node["description"]?.string,
                inputSchema: node["inputSchema"]?.json ?? .object([])))
    }

    // MARK: - Parts

    private mutating func content(_ node: Node) -> [UInt8]? {
        guard let form = CassetteBody.read(node, file: file, into: &diagnostics) else { return nil }
        switch form {
        case .json(let value): return Array(JSONText.compact(value).utf8)
        case .text(let text): return Array(text.utf8)
        case .base64(let bytes): return bytes
        case .file(let digest):
            switch body(digest) {
            case .success(let bytes): return bytes
            case .failure(let problem):
                report(node["file"]?.position ?? node.position, problem.message, problem.suggestion)
                return nil
            }
        }
    }

    private mutating func headers(_ node: Node?) -> [Exchange.Header] {
        (node?.array ?? []).compactMap { item in
            let text = item.string ?? ""
            guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex,
                text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }), !text[..<colon].utf8.contains(0x20)
            else {
                report(item.position, "a header is not name: value on one line")
                return nil
            }
            let value = text[text.index(after: colon)...]
            return Exchange.Header(String(text[..<colon]), String(value.drop { $0 == " " }))
        }
    }

    private mutating func report(_ position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        diagnostics.append(Diagnostic(file, position, message, suggestion: suggestion))
    }

    /// What git leaves in a file when a merge failed.
    private static func conflictHint(_ line: UnsafeBufferPointer<UInt8>) -> String? {
        ["<<<<<<<", "=======", ">>>>>>>"].contains { line.starts(with: $0.utf8) }
            ? "a merge was not finished here: keep the lines of both sides and remove the marks" : nil
    }
}

/// Why a body that lies in a file of its own cannot be had.
struct CassetteBodyProblem: Error {
    /// A lower-case fragment.
    var message: String
    /// The way out.
    var suggestion: String?
}
