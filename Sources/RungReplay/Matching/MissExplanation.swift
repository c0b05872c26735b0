import RungCore
public import RungText

/// Why a request has no answer in a cassette: the nearest recording, the first difference, and the way out.
///
/// Texts are redacted and short; they may be shown and stored.
public struct MissExplanation: Sendable, Equatable {
    /// Upper case.
    public var method: String
    /// The normalized path, with the query when it has one.
    public var target: String
    public var reason: Reason

    /// What came nearest.
    public enum Reason: Sendable, Equatable {
        /// The request was recorded, but asked for more often than that.
        case usedUp(name: String, count: Int)
        /// A recording of the same path differs.
        case different(Nearest)
        /// Nothing of this method and path was recorded; a few of the places that were.
        case unknownPlace(known: [String])
    }

    /// The recording that has the fewest differences.
    public struct Nearest: Sendable, Equatable {
        /// The name of the exchange.
        public var name: String
        /// Whether it was used before.
        public var isUsed: Bool
        /// JSON pointer into the body, `query`, or `body` for one that is not JSON.
        public var place: String
        /// What the recording has there, shortened; nil where it has nothing.
        public var recorded: String?
        /// What came, shortened; nil where nothing came.
        public var received: String?
        /// Places that differ.
        public var count: Int
    }

    /// Recordings of the same path that are looked at.
    static let candidateLimit = 64
    /// Bytes of bodies that are looked at.
    static let byteLimit = 8 << 20
    /// Differences that are counted in one recording.
    static let differenceLimit = 100

    /// One sentence for messages and findings.
    public var message: String {
        switch reason {
        case .usedUp(let name, let count):
            let times = count == 1 ? "once" : "\(count) times"
            return "\(method) \(target) was recorded \(times) and is asked for once more (last one \(name))"
        case .different(let nearest):
            let used = nearest.isUsed ? ", which was used before," : ""
            let others = nearest.count > 1 ? ", and \(nearest.count - 1) more places" : ""
            return
                "no recording of this \(method) \(target); the nearest, \(nearest.name)\(used) differs at \(nearest.place): recorded \(nearest.recorded ?? "nothing"), received \(nearest.received ?? "nothing")\(others)"
        case .unknownPlace(let known):
            let others = known.isEmpty ? "the cassette has no exchanges" : "recorded are \(known.joined(separator: ", "))"
            return "no recording of \(method) \(target); \(others)"
        }
    }

    /// As findings and answers carry it.
    public var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("method", .string(method)), .init("target", .string(target)), .init("message", .string(message)),
        ]
        if case .different(let nearest) = reason {
            members.append(
                .init(
                    "nearest",
                    .object([
                        "name": .string(nearest.name), "isUsed": .bool(nearest.isUsed), "place": .string(nearest.place),
                        "recorded": nearest.recorded.map { .string($0) } ?? .null,
                        "received": nearest.received.map { .string($0) } ?? .null, "differences": .int(nearest.count),
                    ])))
        }
        return .object(members)
    }
}

extension CassetteCursor {
    /// Explains why there is no answer. Looks at a bounded number of recordings, only ever after a miss.
    func explain(_ key: MatchKey, _ answer: Answer, body: [UInt8], in index: CassetteIndex) -> MissExplanation {
        let target = index.rules.redacted(text: key.path + (key.query.isEmpty ? "" : "?\(key.query)"))
        func explanation(_ reason: MissExplanation.Reason) -> MissExplanation {
            MissExplanation(method: key.method, target: MissText.shortened(target, limit: 200), reason: reason)
        }
        if case .usedUp(let count) = answer, let queue = index.queue(of: key) {
            return explanation(.usedUp(name: index.names[index.exchange(of: queue, turn: count - 1)], count: count))
        }
        guard let nearest = nearest(to: key, body: index.rules.redacted(body) ?? body, in: index) else {
            return explanation(.unknownPlace(known: index.recordedPlaces.prefix(5).map { "\($0.place) (\($0.count))" }))
        }
        return explanation(.different(nearest))
    }

    private func nearest(to key: MatchKey, body: [UInt8], in index: CassetteIndex) -> MissExplanation.Nearest? {
        let candidates = index.exchanges(key.method, key.path)
        guard !candidates.isEmpty else { return nil }
        let received = index.rules.normalized(body)
        var best: (nearest: MissExplanation.Nearest, score: Int)?
        var bytes = 0
        // Those that are still to come tell more than those that were used.
        let ahead = candidates.lazy.filter { !isUsed(Int($0)) }.prefix(MissExplanation.candidateLimit)
        let behind = candidates.suffix(4_096).filter { isUsed(Int($0)) }.suffix(MissExplanation.candidateLimit / 4)
        for candidate in Array(ahead) + behind where bytes <= MissExplanation.byteLimit {
            let request = index.cassette.exchanges[Int(candidate)].request
            bytes += request.body.count
            var nearest = Self.compared(index, Int(candidate), request, key, received)
            nearest.isUsed = isUsed(Int(candidate))
            let score = nearest.count * 2 + (nearest.isUsed ? 1 : 0)
            if score < best?.score ?? .max { best = (nearest, score) }
        }
        return best?.nearest
    }

    private static func compared(
        _ index: CassetteIndex, _ number: Int, _ request: Exchange.Request, _ key: MatchKey, _ received: Node?
    ) -> MissExplanation.Nearest {
        let name = index.names[number]
        let rules = index.rules
        func nearest(_ place: String, _ recorded: String?, _ received: String?, _ count: Int) -> MissExplanation.Nearest {
            .init(name: name, isUsed: false, place: place, recorded: recorded, received: received, count: count)
        }
        let query = index.targets[number].query
        var (found, extra): (MissExplanation.Nearest?, Int) = (nil, 0)
        if query != key.query {
            let (a, b) = MissText.pair(.string(query), .string(key.query), rules)
            found = nearest("query", a, b, 1)
            extra = 1
        }
        guard let received, let recorded = rules.normalized(request.body) else {
            return found ?? nearest("body", "\(request.body.count) bytes that are no JSON, or none", "another body", 1)
        }
        let difference = JSONDifference(recorded: recorded, received: received, limit: MissExplanation.differenceLimit)
        if var found {
            found.count += difference.count
            return found
        }
        let (a, b) = MissText.pair(difference.recorded, difference.received, rules)
        return nearest(difference.pointer.isEmpty ? "the whole body" : difference.pointer, a, b, difference.count + extra)
    }
}

/// Values as they stand in messages: redacted, short, around the place where they begin to differ.
enum MissText {
    /// Characters of a value in a message.
    static let limit = 80

    /// Both values; of long texts the part where they begin to differ.
    static func pair(_ recorded: JSONValue?, _ received: JSONValue?, _ rules: MatchRules) -> (String?, String?) {
        let texts = [recorded, received].map { value in
            value.map { rules.redacted(text: JSONText.compact($0)) }
        }
        guard let a = texts[0], let b = texts[1] else { return (texts[0].map { shortened($0) }, texts[1].map { shortened($0) }) }
        let same = zip(a.unicodeScalars, b.unicodeScalars).prefix { $0 == $1 }.count
        return (shortened(a, from: same), shortened(b, from: same))
    }

    /// The text around a place, with `…` where something was left out.
    static func shortened(_ text: String, from place: Int = 0, limit: Int = limit) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count > limit else { return text }
        let start = min(max(0, place - limit / 4), scalars.count - limit)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<start + limit])
        return (start > 0 ? "…" : "") + String(view) + (start + limit < scalars.count ? "…" : "")
    }
}
