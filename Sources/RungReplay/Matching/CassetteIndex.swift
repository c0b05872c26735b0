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
    /// The queues by the digests of their keys.
    private let table: QueueTable
    /// The exchanges of all queues, one queue after the other, each in the order of recording.
    private let order: [Int32]
    /// How many exchanges each queue has, at the place where it starts in `order`.
    private let counts: [Int32]
    /// Where the queue of each exchange starts in `order`, and the exchange's turn there, from 0.
    private let turns: [(start: Int32, turn: Int32)]
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
        var numbers: [Digest: Int] = [:]
        numbers.reserveCapacity(cassette.exchanges.count)
        var queues: [(key: Digest, exchanges: [Int32])] = []
        var places: [String: [Int32]] = [:]
        var targets: [RequestTarget] = []
        var names: [String] = []
        for (index, exchange) in cassette.exchanges.enumerated() {
            let key = rules.key(of: exchange.request)
            let digest = key.digest
            let number = numbers[digest, default: queues.count]
            if number == queues.count {
                numbers[digest] = number
                queues.append((digest, []))
            }
            queues[number].exchanges.append(Int32(index))
            names.append("\(digest.short).\(queues[number].exchanges.count)")
            places[Self.place(key.method, key.path), default: []].append(Int32(index))
            targets.append(RequestTarget(url: exchange.request.url) ?? RequestTarget(path: key.path, query: key.query))
        }
        var order: [Int32] = []
        var counts = [Int32](repeating: 0, count: names.count)
        var turns = [(start: Int32, turn: Int32)](repeating: (0, 0), count: names.count)
        table = QueueTable(
            queues.map { key, exchanges in
                let start = Int32(order.count)
                counts[Int(start)] = Int32(exchanges.count)
                for (turn, exchange) in exchanges.enumerated() { turns[Int(exchange)] = (start, Int32(turn)) }
                order += exchanges
                return (key, QueueTable.Queue(start: start, count: Int32(exchanges.count), first: exchanges[0]))
            })
        self.order = order
        self.counts = counts
        self.turns = turns
        self.places = places
        self.targets = targets
        self.names = names
    }

    /// The queue of a key; nil when no such request was recorded.
    func queue(of key: MatchKey) -> QueueTable.Queue? { table.queue(of: key.digest) }

    /// An exchange of a queue by its turn, from 0.
    func exchange(of queue: QueueTable.Queue, turn: Int) -> Int {
        turn == 0 ? Int(queue.first) : Int(order[Int(queue.start) + turn])
    }

    /// Where the queue of an exchange starts, how many it has, and the turn of this one there, from 0.
    func place(of exchange: Int) -> (start: Int, count: Int, turn: Int) {
        let (start, turn) = turns[exchange]
        return (Int(start), Int(counts[Int(start)]), Int(turn))
    }

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
    /// Exchanges that were used, by the place where their queue starts; empty before the first.
    private var used: [UInt32] = []
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
        let turn = count(of: Int(queue.start))
        guard turn < queue.count || repeats else { return .usedUp(count: Int(queue.count)) }
        use(Int(queue.start))
        return .exchange(index.exchange(of: queue, turn: turn % Int(queue.count)))
    }

    /// Takes the first of these exchanges that is the next one of its queue; nil when all were used.
    mutating func take(firstOf exchanges: [Int]) -> Int? {
        for exchange in exchanges {
            let (start, _, turn) = index.place(of: exchange)
            guard turn == count(of: start) else { continue }
            use(start)
            return exchange
        }
        return nil
    }

    /// The exchanges that were used, in their order, with how often each was.
    var answers: [(exchange: Int, times: Int)] {
        guard !used.isEmpty else { return [] }
        return index.cassette.exchanges.indices.compactMap { exchange in
            let (start, count, turn) = index.place(of: exchange)
            let turns = self.count(of: start)
            return turn < turns ? (exchange, turns / count + (turn < turns % count ? 1 : 0)) : nil
        }
    }

    /// Whether the exchange with this number has been used.
    public func isUsed(_ exchange: Int) -> Bool {
        let (start, _, turn) = index.place(of: exchange)
        return turn < count(of: start)
    }

    /// How often exchanges of a queue were used.
    private func count(of start: Int) -> Int { used.isEmpty ? 0 : Int(used[start]) }

    private mutating func use(_ start: Int) {
        if used.isEmpty { used = [UInt32](repeating: 0, count: index.names.count) }
        if used[start] < .max { used[start] += 1 }
    }

    /// The exchanges that nothing asked for, in the order of the cassette.
    public var unused: [Int] { index.cassette.exchanges.indices.filter { !isUsed($0) } }
}
