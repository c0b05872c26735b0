internal import RungCore
public import RungText

/// An agent as its own card tells of it: `agent-card.json` of the Agent2Agent protocol, in versions 0.3 and 1.0.
public struct AgentCard: Sendable, Equatable {
    public var name: String
    public var description: String
    public var version: String?
    /// Where it is spoken to, and in which version of the protocol.
    public var url: String
    public var protocolVersion: String
    public var skills: [Skill]
    /// What it wants to be shown by whoever asks, in the words of the card; empty where it says nothing.
    public var securitySchemes: [String]

    /// Something that it can do.
    public struct Skill: Sendable, Equatable {
        public var id: String
        public var name: String
    }

    /// Reads a card.
    ///
    /// - Parameters:
    ///   - file: what messages call the card.
    /// - Throws: `InvalidInput` for what is no card, and for agents that do not speak JSON-RPC.
    public static func read(_ bytes: [UInt8], file: String) throws(InvalidInput) -> AgentCard {
        let node: Node
        do {
            node = try JSONReader.read(bytes)
        } catch {
            throw InvalidInput(file, error.position, "not valid JSON: \(error.message)")
        }
        guard node.members != nil, let name = node["name"]?.string, !name.isEmpty else {
            throw InvalidInput(
                file, node.position, "no agent card: it has no name",
                suggestion: "a card lies at /.well-known/agent-card.json of the agent's host")
        }
        let place = try place(of: node, file: file)
        let skills = (node["skills"]?.array ?? []).compactMap { skill in
            skill["id"]?.string.map { Skill(id: $0, name: skill["name"]?.string ?? $0) }
        }
        return AgentCard(
            name: name, description: node["description"]?.string ?? "", version: node["version"]?.string, url: place.url,
            protocolVersion: place.version, skills: skills, securitySchemes: (node["securitySchemes"]?.members ?? []).map(\.key))
    }

    /// The first interface that is spoken here: the newest version that the card names.
    private static func place(of card: Node, file: String) throws(InvalidInput) -> (url: String, version: String) {
        var found: [(url: String, version: String)] = []
        var bindings: [String] = []
        func add(_ url: String?, _ binding: String, _ version: String) {
            guard let url else { return }
            bindings.append(binding)
            guard binding == "JSONRPC", let version = known(version) else { return }
            found.append((url, version))
        }
        for interface in card["supportedInterfaces"]?.array ?? [] {
            add(interface["url"]?.string, interface["protocolBinding"]?.string ?? "", interface["protocolVersion"]?.string ?? "1.0")
        }
        let version = card["protocolVersion"]?.string ?? "0.3"
        add(card["url"]?.string, card["preferredTransport"]?.string ?? "JSONRPC", version)
        for interface in card["additionalInterfaces"]?.array ?? [] {
            add(interface["url"]?.string, interface["transport"]?.string ?? "", version)
        }
        if let best = found.first(where: { $0.version == "1.0" }) ?? found.first { return best }
        if bindings.isEmpty { throw InvalidInput(file, card.position, "the card names no address of the agent") }
        throw InvalidInput(
            file, card.position,
            "the agent does not speak JSON-RPC of a version that is known here; its card names \(bindings.joined(separator: ", "))",
            suggestion: "a2a agents are asked over JSON-RPC in version 0.3 or 1.0")
    }

    private static func known(_ version: String) -> String? {
        if version.hasPrefix("1.") || version == "1" { return "1.0" }
        return version.hasPrefix("0.") ? "0.3" : nil
    }

    // MARK: - The agent's file

    /// An id made of the name: lower case, with hyphens.
    public var suggestedID: String {
        var id = ""
        for scalar in name.lowercased().unicodeScalars.prefix(100) {
            if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                id.unicodeScalars.append(scalar)
            } else if !id.isEmpty, !id.hasSuffix("-") {
                id.append("-")
            }
        }
        while id.hasSuffix("-") { id.removeLast() }
        return id.isEmpty ? "agent" : id
    }

    /// `agents/ID.yaml`: what the card says, in state `design`, because nobody here has answered for it yet.
    public func yaml(id: String) -> String {
        func quoted(_ text: String) -> String { JSONText.compact(.string(text)) }
        var lines = ["format: 1", "id: \(quoted(id))", "state: design"]
        if !description.isEmpty { lines.append("purpose: \(quoted(description))") }
        let intents = skills.map(\.id).filter(Self.isIdentifier)
        if !intents.isEmpty {
            lines.append("intents:")
            for intent in intents { lines.append("  - \(quoted(intent))") }
        }
        if let version { lines.append("configuration:\n  version: \(quoted(version))") }
        lines += ["transport:", "  kind: a2a", "  url: \(quoted(url))", "  version: \(quoted(protocolVersion))"]
        if !securitySchemes.isEmpty {
            lines += [
                "  # The card asks for: \(securitySchemes.map { $0.filter { $0.isASCII && !$0.isNewline } }.joined(separator: ", ")). A key comes in from a variable:",
                "  # headers: { authorization: \"Bearer ${TOKEN}\" }",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 200 else { return false }
        func isAlphanumeric(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) }
        return isAlphanumeric(first) && text.utf8.allSatisfy { isAlphanumeric($0) || "._-/:".utf8.contains($0) }
    }
}
