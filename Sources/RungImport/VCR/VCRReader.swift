internal import RungCore
internal import RungText

/// Reads recordings of HTTP in the dialects of vcrpy, pydantic-ai and go-vcr, from YAML or JSON.
///
/// Bodies come unpacked: base64 (`!!binary`, `base64_string`) and `content-encoding` (gzip, deflate) are taken off, and with them the
/// headers that only told of the connection: `content-encoding`, `content-length`, `transfer-encoding`, `connection`. A `parsed_body`
/// is written as JSON again, as its recorder does on replay. Streams are cut into a piece for each event; recordings of these tools
/// hold no time between them.
///
/// Refused with their names: messages of WebSockets and gRPC, which are no exchanges of HTTP, and recordings of other tools. Members
/// that say nothing about an exchange are passed over.
public struct VCRReader {
    private let path: String
    private var diagnostics = Diagnostics()
    private var bodies: VCRBodies

    private init(_ path: String, binaries: Set<SourcePosition>, limits: VCRLimits) {
        self.path = path
        bodies = VCRBodies(binaries: binaries, limit: limits.bodyBytes)
    }

    /// Reads a whole file.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong with it.
    public static func read(_ path: String, limits: VCRLimits = VCRLimits()) throws -> VCRFile {
        try read(SourceFile.contents(of: path, limit: limits.fileBytes), name: path, limits: limits)
    }

    /// Reads a recording in memory; `name` stands for the file in messages.
    public static func read(_ bytes: [UInt8], name: String, limits: VCRLimits = VCRLimits()) throws -> VCRFile {
        let (document, binaries) = try document(bytes, name)
        var reader = VCRReader(name, binaries: binaries, limits: limits)
        let exchanges = reader.exchanges(document)
        try reader.diagnostics.throwIfAny()
        return VCRFile(path: name, exchanges: exchanges)
    }

    private static func document(_ bytes: [UInt8], _ name: String) throws -> (Node, Set<SourcePosition>) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw InvalidInput(name, nil, "the file is not UTF-8") }
        do {
            // Recordings in JSON hold escapes that YAML does not know.
            if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), let node = try? JSONReader.read(bytes) { return (node, []) }
            return try YAMLReader.readWithBinaries(text)
        } catch {
            throw InvalidInput(name, error.position, "not readable as YAML: \(error.plainMessage)")
        }
    }

    // MARK: - Interactions

    private mutating func exchanges(_ document: Node) -> [VCRExchange] {
        if let refusal = VCRRefusal.of(document) {
            diagnostics.append(Diagnostic(path, refusal.position, refusal.message, suggestion: refusal.suggestion))
            return []
        }
        if let version = document["version"], version.int.map({ !(1...2).contains($0) }) ?? true {
            report(version.position, "expected version 1 or 2, found \(VCRReader.shown(version))")
        }
        guard let interactions = document["interactions"] else { return [] }
        guard let items = interactions.array ?? (interactions.isNull ? [] : nil) else {
            report(interactions.position, "expected an array of interactions, found \(interactions.kindName)")
            return []
        }
        return items.compactMap { exchange($0) }
    }

    private mutating func exchange(_ node: Node) -> VCRExchange? {
        let count = diagnostics.all.count
        guard let requestNode = object("request", of: node), let responseNode = object("response", of: node) else { return nil }
        let request = request(requestNode)
        let response = response(responseNode, method: request?.method ?? "")
        guard let request, let response, diagnostics.all.count == count else { return nil }
        let date = Exchange.Response(status: 200, headers: self.headers(responseNode)).header("date")
        let exchange = Exchange(request: request, response: response, recordedAt: date.flatMap(HTTPDate.timestamp))
        return VCRExchange(exchange: exchange, position: node.position, dialect: Self.dialect(requestNode, responseNode))
    }

    private static func dialect(_ request: Node, _ response: Node) -> VCRDialect {
        if request["url"] != nil { return .goVCR }
        return request["parsed_body"] != nil || response["parsed_body"] != nil ? .parsedBody : .vcrpy
    }

    private mutating func request(_ node: Node) -> Exchange.Request? {
        let method = text("method", of: node, in: "request")
        let urlKey = node["url"] == nil ? "uri" : "url"
        let url = text(urlKey, of: node, in: "request")
        if let url, !url.contains("://") {
            report(node[urlKey]?.position ?? node.position, "expected an absolute URL, found one without scheme and host")
        }
        let headers = headers(node)
        let body = body(of: node, headers)
        guard let method, let url, let body else { return nil }
        return Exchange.Request(method: method.uppercased(), url: url, headers: Self.kept(headers), body: body)
    }

    private mutating func response(_ node: Node, method: String) -> Exchange.Response? {
        let status = status(node)
        let headers = headers(node)
        let body = body(of: node, headers)
        guard let status, let body else { return nil }
        return Exchange.Response(
            status: status, headers: Self.kept(headers), body: VCRPieces.pieces(of: body, headers, after: node["duration"]))
    }

    private mutating func status(_ node: Node) -> Int? {
        guard let found = node["code"] ?? node["status"]?["code"] ?? node["status"] else {
            report(node.position, "the response has no status")
            return nil
        }
        guard let status = found.int, (100...599).contains(status) else {
            report(found.position, "expected a status of 100 to 599, found \(Self.shown(found))")
            return nil
        }
        return status
    }

    // MARK: - Members

    private mutating func object(_ key: String, of node: Node) -> Node? {
        guard node.members != nil else {
            if key == "request" { report(node.position, "expected an interaction, found \(node.kindName)") }
            return nil
        }
        guard let member = node[key] else {
            report(node.position, "the interaction has no \(key)")
            return nil
        }
        guard member.members != nil else {
            report(member.position, "expected an object, found \(member.kindName)")
            return nil
        }
        return member
    }

    private mutating func text(_ key: String, of node: Node, in parent: String) -> String? {
        guard let member = node[key] else {
            report(node.position, "the \(parent) has no \(key)")
            return nil
        }
        guard let text = member.string, !text.isEmpty else {
            report(member.position, "expected text, found \(member.kindName == "string" ? "none" : member.kindName)")
            return nil
        }
        return text
    }

    private mutating func headers(_ node: Node) -> [Exchange.Header] {
        guard let member = node["headers"], !member.isNull else { return [] }
        guard let members = member.members else {
            report(member.position, "expected headers, found \(member.kindName)")
            return []
        }
        return members.flatMap { header in
            (header.value.array ?? [header.value]).map { value in
                Exchange.Header(header.key, bodies.text(of: value))
            }
        }
    }

    private mutating func body(of node: Node, _ headers: [Exchange.Header]) -> [UInt8]? {
        do {
            return try bodies.body(of: node, encoding: Exchange.Response(status: 200, headers: headers).header("content-encoding"))
        } catch {
            report(error.position, error.message)
            return nil
        }
    }

    /// What told of the connection and not of the message, or is not true any more.
    private static let dropped: Set<String> = ["connection", "content-encoding", "content-length", "transfer-encoding"]

    private static func kept(_ headers: [Exchange.Header]) -> [Exchange.Header] {
        headers.filter { !dropped.contains($0.name.lowercased()) }
    }

    /// A short value as it stands; recordings hold prompts, which are never shown.
    private static func shown(_ node: Node) -> String { node.number?.text ?? node.kindName }

    private mutating func report(_ position: SourcePosition, _ message: String) {
        diagnostics.append(Diagnostic(path, position, message))
    }
}
