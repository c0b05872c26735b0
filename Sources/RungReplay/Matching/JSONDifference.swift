import RungText

/// Where two JSON values differ.
struct JSONDifference: Sendable, Equatable {
    /// Places that differ, up to the limit of the search.
    var count = 0
    /// JSON pointer of the first one; empty for the whole value.
    var pointer = ""
    /// What stands there on the recorded side; nil where nothing does.
    var recorded: JSONValue?
    /// What stands there on the other side; nil where nothing does.
    var received: JSONValue?

    /// Compares in the order of the recorded value; stops counting at `limit`.
    init(recorded: Node, received: Node, limit: Int) {
        var search = Search(limit: limit)
        search.compare(recorded, received, [])
        count = search.count
        guard let first = search.first else { return }
        pointer = first.path.map { "/" + PointerPattern.escaped($0) }.joined()
        self.recorded = first.recorded?.json
        self.received = first.received?.json
    }

    private struct Search {
        let limit: Int
        var count = 0
        var first: (path: [String], recorded: Node?, received: Node?)?

        mutating func compare(_ a: Node, _ b: Node, _ path: [String]) {
            guard count < limit else { return }
            switch (a.content, b.content) {
            case (.object(let mine), .object(let theirs)):
                for member in mine { pair(member.value, b[member.key], path + [member.key]) }
                for member in theirs where a[member.key] == nil { found(path + [member.key], nil, member.value) }
            case (.array(let mine), .array(let theirs)):
                for index in 0..<max(mine.count, theirs.count) {
                    let (x, y) = (index < mine.count ? mine[index] : nil, index < theirs.count ? theirs[index] : nil)
                    if let x { pair(x, y, path + [String(index)]) } else { found(path + [String(index)], nil, y) }
                }
            default:
                if a.json != b.json { found(path, a, b) }
            }
        }

        private mutating func pair(_ a: Node, _ b: Node?, _ path: [String]) {
            if let b { compare(a, b, path) } else { found(path, a, nil) }
        }

        private mutating func found(_ path: [String], _ recorded: Node?, _ received: Node?) {
            guard count < limit else { return }
            count += 1
            if first == nil { first = (path, recorded, received) }
        }
    }
}
