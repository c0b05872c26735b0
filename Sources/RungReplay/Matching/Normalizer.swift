public import RungText

/// What of a JSON body does not count when a request is compared with the recorded ones, by place and never by pattern of text.
public enum Normalizer: Sendable, Equatable {
    /// One that Rung knows by name.
    case named(Named)
    /// Leaves out what stands there.
    case drop(PointerPattern)
    /// Takes whatever stands there for the same.
    case replace(PointerPattern)
    /// Counts the different texts that stand there in the order of their first appearance; pairs stay pairs.
    case number([PointerPattern])

    /// The normalizers that Rung knows by name. What a name means never changes: cassettes are compared by it.
    public enum Named: String, Sendable, CaseIterable {
        /// Names of prompt caches, which frameworks make up for each run; they say where a request is served, not what is answered.
        case cacheKeys = "cache-keys"
        /// Ids of the items of a conversation that a provider has given and a client sends back beside their contents.
        case itemIDs = "item-ids"
        /// Ids of the request itself, which clients make up for their logs.
        case requestIDs = "request-ids"
        /// Times that clients put beside messages.
        case timestamps
        /// Ids that pair calls of tools with their results.
        case toolCallIDs = "tool-call-ids"
    }

    /// Those of a new cassette.
    public static let standard: [Normalizer] = Named.allCases.map { .named($0) }

    /// How one stands in a file.
    static let shape = Shape.either([
        .oneOf(Named.allCases.map(\.rawValue)),
        .object(
            ObjectShape(
                "Normalizer", "What of a JSON body does not count; exactly one of its members.",
                [
                    .optional("drop", .text, "JSON pointer of what is left out; * stands for every member or element."),
                    .optional("replace", .text, "JSON pointer of what is taken for the same, whatever it is."),
                    .optional("number", .array(.text, atLeast: 1), "JSON pointers of ids that are counted as they appear."),
                ])),
    ])

    /// The steps that it comes to.
    var steps: [(PointerPattern, Step)] {
        switch self {
        case .named(let name): name.steps
        case .drop(let pattern): [(pattern, .drop)]
        case .replace(let pattern): [(pattern, .replace)]
        case .number(let patterns): patterns.map { ($0, .number(group: patterns.map(\.description).joined(separator: " "))) }
        }
    }

    /// What is done at a place.
    enum Step: Sendable, Equatable {
        case drop
        case replace
        /// Counts texts together with all places of the same group.
        case number(group: String)
    }

    /// As it stands in a file.
    public var json: JSONValue {
        switch self {
        case .named(let name): .string(name.rawValue)
        case .drop(let pattern): .object(["drop": .string(pattern.description)])
        case .replace(let pattern): .object(["replace": .string(pattern.description)])
        case .number(let patterns): .object(["number": .array(patterns.map { .string($0.description) })])
        }
    }

    /// Reads one that fits the shape; nil after a problem was added.
    static func read(_ node: Node, file: String, into diagnostics: inout Diagnostics) -> Normalizer? {
        if let name = node.string { return Named(rawValue: name).map { .named($0) } }
        let members = (node.members ?? []).filter { !$0.value.isNull }
        guard let member = members.first, members.count == 1 else {
            diagnostics.append(
                Diagnostic(
                    file, node.position, "a normalizer has exactly one member, found \(members.count)",
                    suggestion: "keep one of drop, replace, number"))
            return nil
        }
        var patterns: [PointerPattern] = []
        for item in member.value.array ?? [member.value] {
            guard let pattern = PointerPattern(item.string ?? "") else {
                diagnostics.append(
                    Diagnostic(
                        file, item.position, "\"\(item.string ?? "")\" is not a JSON pointer",
                        suggestion: "write it like /messages/*/id; ~1 stands for a slash in a name, ~0 for a tilde"))
                return nil
            }
            patterns.append(pattern)
        }
        guard let first = patterns.first else { return nil }
        switch member.key {
        case "drop": return .drop(first)
        case "replace": return .replace(first)
        default: return .number(patterns)
        }
    }
}

extension Normalizer.Named {
    fileprivate var steps: [(PointerPattern, Normalizer.Step)] {
        let (texts, step): ([String], Normalizer.Step) =
            switch self {
            case .cacheKeys: (["/prompt_cache_key"], .drop)
            // OpenAI responses; pairs of calls and results have ids of their own.
            case .itemIDs: (["/input/*/id"], .number(group: rawValue))
            case .requestIDs:
                (
                    [
                        "/client_request_id", "/idempotency_key", "/metadata/request_id", "/metadata/span_id", "/metadata/trace_id",
                        "/request_id", "/requestId",
                    ], .drop
                )
            case .timestamps:
                (
                    [
                        "/created", "/created_at", "/input/*/created_at", "/input/*/timestamp", "/messages/*/created_at",
                        "/messages/*/createdAt", "/messages/*/timestamp", "/metadata/created_at", "/metadata/timestamp", "/timestamp",
                    ], .drop
                )
            case .toolCallIDs:
                (
                    [
                        // OpenAI chat completions and what speaks like it
                        "/messages/*/tool_calls/*/id", "/messages/*/tool_call_id",
                        // OpenAI responses
                        "/input/*/call_id",
                        // Anthropic messages, Bedrock converse
                        "/messages/*/content/*/id", "/messages/*/content/*/tool_use_id",
                        "/messages/*/content/*/toolUse/toolUseId", "/messages/*/content/*/toolResult/toolUseId",
                        // Google
                        "/contents/*/parts/*/functionCall/id", "/contents/*/parts/*/functionResponse/id",
                    ], .number(group: rawValue)
                )
            }
        return texts.compactMap { text in PointerPattern(text).map { ($0, step) } }
    }
}
