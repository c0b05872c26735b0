import RungText

/// Where requests to models carry what tools answered, in the forms of all model interfaces that are known.
///
/// Chat completions and what speaks like them, responses, Anthropic messages, Bedrock converse, and Google.
enum ToolResultPlaces {
    /// What a tool answered, as a request tells it to the model.
    struct Result {
        /// The tool's name; nil where the request does not say.
        var tool: String?
        /// JSON pointer into the request.
        var place: String
        var content: Node
    }

    /// The request with the same answer for all tools, so that requests that differ in nothing else are the same.
    static func masked(_ body: Node) -> Node {
        var body = body
        visit(&body) { $1.content = .string("*") }
        return body
    }

    /// All answers of tools in the order of the request.
    static func results(in body: Node) -> [Result] {
        let names = names(in: body)
        var results: [Result] = []
        var body = body
        visit(&body) { call, content in
            results.append(Result(tool: call.tool ?? call.id.flatMap { names[$0] }, place: call.place, content: content))
        }
        return results
    }

    // MARK: - Places

    private typealias Call = (id: String?, tool: String?, place: String)

    private static func visit(_ body: inout Node, _ change: (Call, inout Node) -> Void) {
        update(&body, "messages") { message, place in
            if let role = message["role"]?.string, role == "tool" || role == "function" {
                let id = message["tool_call_id"]?.string
                let name = message["name"]?.string ?? message["tool_name"]?.string
                update(&message, keys: ["content"]) { key, content in change((id, name, "\(place)/\(key)"), &content) }
                return
            }
            update(&message, "content") { block, inner in
                if block["type"]?.string == "tool_result" {
                    let id = block["tool_use_id"]?.string
                    update(&block, keys: ["content", "is_error"]) { key, content in change((id, nil, "\(place)\(inner)/\(key)"), &content) }
                }
                let id = block["toolResult"]?["toolUseId"]?.string
                update(&block, keys: ["toolResult"]) { _, result in
                    update(&result, keys: ["content", "status"]) { key, content in
                        change((id, nil, "\(place)\(inner)/toolResult/\(key)"), &content)
                    }
                }
            }
        }
        update(&body, "input") { item, place in
            guard item["type"]?.string?.hasSuffix("_output") == true else { return }
            let id = item["call_id"]?.string
            update(&item, keys: ["output"]) { key, content in change((id, nil, "\(place)/\(key)"), &content) }
        }
        update(&body, "contents") { content, place in
            update(&content, "parts") { part, inner in
                let name = part["functionResponse"]?["name"]?.string
                update(&part, keys: ["functionResponse"]) { _, result in
                    update(&result, keys: ["response"]) { key, content in
                        change((nil, name, "\(place)\(inner)/functionResponse/\(key)"), &content)
                    }
                }
            }
        }
    }

    /// The names of the tools that were called, by the ids of the calls; of an id that was used again, the last one.
    private static func names(in body: Node) -> [String: String] {
        var names: [String: String] = [:]
        for message in body["messages"]?.array ?? [] {
            for call in message["tool_calls"]?.array ?? [] { names[call["id"]?.string ?? ""] = call["function"]?["name"]?.string }
            for block in message["content"]?.array ?? [] {
                if block["type"]?.string == "tool_use" { names[block["id"]?.string ?? ""] = block["name"]?.string }
                if let call = block["toolUse"] { names[call["toolUseId"]?.string ?? ""] = call["name"]?.string }
            }
        }
        for item in body["input"]?.array ?? [] where item["type"]?.string?.hasSuffix("_call") == true {
            names[item["call_id"]?.string ?? ""] = item["name"]?.string
        }
        return names
    }

    // MARK: - Changing in place

    /// Hands each element of a list to `body`, with its pointer.
    private static func update(_ node: inout Node, _ key: String, _ body: (inout Node, String) -> Void) {
        update(&node, keys: [key]) { key, list in
            guard case .array(var items) = list.content else { return }
            list.content = .null
            for index in items.indices { body(&items[index], "/\(key)/\(index)") }
            list.content = .array(items)
        }
    }

    /// Hands the members with these names to `body`.
    private static func update(_ node: inout Node, keys: [String], _ body: (String, inout Node) -> Void) {
        guard case .object(var members) = node.content else { return }
        node.content = .null
        for index in members.indices where keys.contains(members[index].key) { body(members[index].key, &members[index].value) }
        node.content = .object(members)
    }
}
