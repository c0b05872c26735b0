import RungCore
import RungCrypto
public import RungRedaction

/// A cassette made ready for answering: one look-up for a request, however many recordings there are.
///
/// Built once and shared by all trials; what a trial has used up is in its own `CassetteCursor`.
public struct CassetteIndex: Sendable {
    public let cassette: Cassette
    /// The path as it is shown in messages.
    public let file: String
    /// How requests become keys.
    let rules: MatchRules
    /// The names of the exchanges, in their order.
    let names: [String]
    /// By the digest of a key the number of its queue.
    private let queues: [Digest: Int32]
    /// The exchanges of all queues, one queue after the other, each in the order of recording.
    private let order: [Int32]
    /// Where each queue starts in `order`; one more than there are queues.
    private let starts: [Int32]
    /// The queue of each exchange and its turn there, from 0.
    private let turns: [(queue: Int32, turn: Int32)]
    /// The exchanges of each method and path, for the search of the nearest.
    private let places: [String: [Int32]]
    /// Path and query of each exchange.
    let targets: [RequestTarget]

    /// - Parameters:
    ///   - file: where the cassette lies, for messages.
    ///   - redactor: the one that it was recorded with, and that texts of messages go through.
    public init(_ cassette: Cassette, file: String, redactor: Redactor = .standard) {
        self.cassette = cassette
        self.file = file
        rules = MatchRules(cassette.normalizers, redactor: redactor)
        var queues: [Digest: Int32] = [:]
        queues.reserveCapacity(cassette.exchanges.count)
        var turns: [(queue: Int32, turn: Int32)] = []
        var counts: [Int32] = []
        var places: [String: [Int32]] = [:]
        var targets: [RequestTarget] = []
        var names: [String] = []
        for (index, exchange) in cassette.exchanges.enumerated() {
            let key = rules.key(of: exchange.request)
            let digest = key.digest
            let queue = queues[digest] ?? Int32(counts.count)
            if Int(queue) == counts.count {
                queues[digest] = queue
                counts.append(0)
            }
            turns.append((queue, counts[Int(queue)]))
            counts[Int(queue)] += 1
            names.append("\(digest.short).\(counts[Int(queue)])")
            places[Self.place(key.method, key.path), default: []].append(Int32(index))
            targets.append(RequestTarget(url: exchange.request.url) ?? RequestTarget(path: key.path, query: key.query))
        }
        var starts: [Int32] = [0]
        for count in counts { starts.append((starts.last ?? 0) + count) }
        var order = [Int32](repeating: 0, count: turns.count)
        for (index, (queue, turn)) in turns.enumerated() { order[Int(starts[Int(queue)] + turn)] = Int32(index) }
        self.queues = queues
        self.order = order
        self.starts = starts
        self.turns = turns
        self.places = places
        self.targets = targets
        self.names = names
    }

    /// The queue of a key; nil when no such request was recorded.
    func queue(of key: MatchKey) -> Int32? { queues[key.digest] }

    /// How many exchanges a queue has.
    func count(of queue: Int32) -> Int { Int(starts[Int(queue) + 1] - starts[Int(queue)]) }

    /// An exchange of a queue by its turn, from 0.
    func exchange(of queue: Int32, turn: Int) -> Int { Int(order[Int(starts[Int(queue)]) + turn]) }

    /// The queue of an exchange and its turn there, from 0.
    func turn(of exchange: Int) -> (queue: Int32, turn: Int) { (turns[exchange].queue, Int(turns[exchange].turn)) }

    /// The exchanges with this method and path.
    func exchanges(_ method: String, _ path: String) -> [Int32] { places[Self.place(method, path)] ?? [] }

    /// Methods and paths of the cassette with their number of exchanges, sorted.
    var recordedPlaces: [(place: String, count: Int)] {
        places.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
    }

    private static func place(_ method: String, _ path: String) -> String { "\(method) \(path)" }
}

/// How far one trial has come in a cassette: each recording answers once.
public struct CassetteCursor: Sendable {
    private let index: CassetteIndex
    /// Exchanges that were used, by queue; a queue that is not in here has not been touched.
    private var used: [Int32: Int] = [:]
    /// Whether a queue that is used up starts over.
    private let repeats: Bool

    /// - Parameter repeats: starts a queue over when it is used up; for servers that run beside a developer.
    public init(_ index: CassetteIndex, repeats: Bool = false) {
        self.index = index
        self.repeats = repeats
    }

    /// What a cassette has for a request.
    public enum Answer: Sendable, Equatable {
        /// The exchange with this number in the cassette.
        case exchange(Int)
        /// All recordings of this request were used before.
        case usedUp(count: Int)
        case unknown
    }

    /// Takes the next recording of a request.
    mutating func next(_ key: MatchKey) -> Answer {
        guard let queue = index.queue(of: key) else { return .unknown }
        let count = index.count(of: queue)
        let turn = used[queue, default: 0]
        guard turn < count || repeats else { return .usedUp(count: count) }
        used[queue] = turn + 1
        return .exchange(index.exchange(of: queue, turn: turn % count))
    }

    /// Takes the first of these exchanges that is the next one of its queue; nil when all were used.
    mutating func take(firstOf exchanges: [Int]) -> Int? {
        for exchange in exchanges {
            let (queue, turn) = index.turn(of: exchange)
            guard turn == used[queue, default: 0] else { continue }
            used[queue] = turn + 1
            return exchange
        }
        return nil
    }

    /// The exchanges that were used, in their order, with how often each was.
    var answers: [(exchange: Int, times: Int)] {
        used.flatMap { queue, turns in
            let count = index.count(of: queue)
            return (0..<min(turns, count)).map { turn in
                (index.exchange(of: queue, turn: turn), turns / count + (turn < turns % count ? 1 : 0))
            }
        }.sorted { $0.0 < $1.0 }
    }

    /// Whether the exchange with this number has been used.
    public func isUsed(_ exchange: Int) -> Bool {
        let (queue, turn) = index.turn(of: exchange)
        return turn < used[queue, default: 0]
    }

    /// The exchanges that nothing asked for, in the order of the cassette.
    public var unused: [Int] { index.cassette.exchanges.indices.filter { !isUsed($0) } }
}
