import RungText

/// The texts of a stream that belong together: the deltas of one message, of one tool call's arguments, and so on.
///
/// Events name what they go on with by where a text stands and by the indexes around it; this holds for every provider, so that
/// no provider's form has to be known. What is always the same, such as a model's name, goes on with nothing.
struct TextChannels {
    /// The texts of one event, in the order of the document, each with its channel.
    typealias Leaves = [(channel: String, text: String)]

    /// Members whose values tell one channel from another.
    private static let markers: Set<String> = ["content_index", "index", "item_id", "output_index", "summary_index", "type"]
    /// Members that name things and are never a part of a message.
    private static let names: Set<String> = ["call_id", "event_id", "id", "item_id", "model", "name", "object", "role", "status", "type"]

    /// All texts of an event.
    ///
    /// - Parameter event: the event's name in its framing.
    static func leaves(of node: Node, event: String?) -> Leaves {
        var leaves: Leaves = []
        collect(node, event ?? "", nil, &leaves)
        return leaves
    }

    /// The value with other texts, in the same order.
    static func replacing(_ node: Node, with texts: [String]) -> JSONValue {
        var next = texts.makeIterator()
        return replaced(node, &next)
    }

    /// Whether the texts of a channel are parts of something longer.
    static func goesOn(_ channel: String, _ texts: [String]) -> Bool {
        guard texts.count > 1, let first = texts.first else { return false }
        let name = channel.split(separator: "/").last.map(String.init) ?? ""
        return !names.contains(name) && texts.contains { $0 != first }
    }

    private static func collect(_ node: Node, _ place: String, _ key: String?, _ leaves: inout Leaves) {
        switch node.content {
        case .string(let text): leaves.append((place, text))
        case .array(let items): for item in items { collect(item, place + "/*", key, &leaves) }
        case .object(let members):
            let marks = members.filter { markers.contains($0.key) }.compactMap { member in
                member.value.string ?? member.value.number?.text
            }
            let place = marks.isEmpty ? place : "\(place){\(marks.joined(separator: ","))}"
            for member in members { collect(member.value, "\(place)/\(PointerPattern.escaped(member.key))", member.key, &leaves) }
        default: break
        }
    }

    private static func replaced(_ node: Node, _ next: inout IndexingIterator<[String]>) -> JSONValue {
        switch node.content {
        case .string(let text): .string(next.next() ?? text)
        case .array(let items): .array(items.map { replaced($0, &next) })
        case .object(let members): .object(members.map { JSONValue.Member($0.key, replaced($0.value, &next)) })
        default: node.json
        }
    }
}

/// Cuts a changed text where the unchanged one was cut, so that a stream keeps its pace.
enum Rechunking {
    /// The parts of `redacted` that take the places of `parts`; joined they are `redacted`.
    ///
    /// What stands before the first change and behind the last stays in its part; what was changed goes into the part where the
    /// change begins.
    static func parts(of redacted: String, like parts: [String]) -> [String] {
        let old = Array(parts.joined().unicodeScalars)
        let new = Array(redacted.unicodeScalars)
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let most = min(old.count, new.count) - prefix
        let suffix = min(most, zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count)
        func moved(_ offset: Int) -> Int {
            if offset <= prefix { return offset }
            return offset >= old.count - suffix ? offset - old.count + new.count : new.count - suffix
        }
        var result: [String] = []
        var (offset, start) = (0, 0)
        for part in parts {
            offset += part.unicodeScalars.count
            let end = moved(offset)
            var view = String.UnicodeScalarView()
            view.append(contentsOf: new[start..<max(start, end)])
            result.append(String(view))
            start = max(start, end)
        }
        return result
    }
}
