import RungCore
public import RungText

/// What one recording has otherwise than another: requests that came or went, and answers that changed.
public struct CassetteDiff: Sendable, Equatable {
    /// Names of the first cassette whose request the second does not have.
    public var removed: [Entry] = []
    /// Names of the second cassette whose request the first does not have.
    public var added: [Entry] = []
    public var changed: [Change] = []
    /// Exchanges that are the same in both.
    public var same = 0

    /// An exchange that only one of the cassettes has.
    public struct Entry: Sendable, Equatable {
        public var name: String
        public var method: String
        public var path: String
    }

    /// The same request, answered otherwise.
    public struct Change: Sendable, Equatable {
        public var name: String
        public var method: String
        public var path: String
        /// `status`, `body`, or a JSON pointer into the answer.
        public var place: String
        public var old: String?
        public var new: String?
    }

    /// Compares by the names of exchanges, which are made of their requests.
    public init(from old: Cassette, to new: Cassette) {
        let answers = Dictionary(zip(new.names, new.exchanges)) { first, _ in first }
        let names = old.names
        for (name, exchange) in zip(names, old.exchanges) {
            guard let other = answers[name] else {
                removed.append(Self.entry(name, exchange))
                continue
            }
            if let change = Self.change(name, exchange, other) { changed.append(change) } else { same += 1 }
        }
        let known = Set(names)
        added = zip(new.names, new.exchanges).filter { !known.contains($0.0) }.map { Self.entry($0, $1) }
    }

    /// Whether both cassettes would answer alike.
    public var isEmpty: Bool { removed.isEmpty && added.isEmpty && changed.isEmpty }

    /// For people: one line each.
    public var lines: [String] {
        var lines = removed.map { "- \($0.name) \($0.method) \($0.path)" } + added.map { "+ \($0.name) \($0.method) \($0.path)" }
        lines += changed.map { change in
            "~ \(change.name) \(change.method) \(change.path): \(change.place) was \(change.old ?? "nothing"), is \(change.new ?? "nothing")"
        }
        return lines + ["\(removed.count) removed, \(added.count) added, \(changed.count) changed, \(same) the same"]
    }

    /// For tools.
    public var json: JSONValue {
        func list(_ entries: [Entry]) -> JSONValue {
            .array(entries.map { .object(["name": .string($0.name), "method": .string($0.method), "path": .string($0.path)]) })
        }
        return .object([
            "formatVersion": 1, "removed": list(removed), "added": list(added),
            "changed": .array(
                changed.map { change in
                    .object([
                        "name": .string(change.name), "method": .string(change.method), "path": .string(change.path),
                        "place": .string(change.place), "old": change.old.map { .string($0) } ?? .null,
                        "new": change.new.map { .string($0) } ?? .null,
                    ])
                }), "same": .int(same),
        ])
    }

    private static func entry(_ name: String, _ exchange: Exchange) -> Entry {
        Entry(name: name, method: exchange.request.method, path: RequestTarget(url: exchange.request.url)?.path ?? "")
    }

    private static func change(_ name: String, _ old: Exchange, _ new: Exchange) -> Change? {
        let (a, b) = (old.response, new.response)
        let entry = entry(name, new)
        func change(_ place: String, _ old: String?, _ new: String?) -> Change {
            Change(name: name, method: entry.method, path: entry.path, place: place, old: old, new: new)
        }
        if a.status != b.status { return change("status", "\(a.status)", "\(b.status)") }
        let (mine, theirs) = (a.bytes, b.bytes)
        if mine == theirs { return nil }
        guard let x = try? JSONReader.read(mine), let y = try? JSONReader.read(theirs) else {
            return change("body", "\(mine.count) bytes", "\(theirs.count) bytes")
        }
        let difference = JSONDifference(recorded: x, received: y, limit: 2)
        guard difference.count > 0 else { return nil }
        let (first, second) = MissText.pair(difference.recorded, difference.received, MatchRules([]))
        return change(difference.pointer.isEmpty ? "body" : difference.pointer, first, second)
    }
}
