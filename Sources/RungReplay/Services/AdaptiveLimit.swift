/// How many requests may be under way to one server: as many as allowed, fewer when the server says that it is too much.
///
/// A rejection halves what is allowed, once for all requests that were under way together, and lets everyone pause; each answer
/// gives a little back. Times come in as values.
struct AdaptiveLimit: Sendable, Equatable {
    typealias Instant = ContinuousClock.Instant

    /// What is allowed at most.
    private(set) var ceiling: Int
    /// What is allowed at present, from 1 up to the ceiling; requests are whole, so it is rounded down.
    private(set) var allowed: Double
    private(set) var underWay = 0
    /// Before this nobody begins.
    private(set) var pausedUntil: Instant?
    private var rejectionsInARow = 0
    private var lastCut: Instant?

    /// The first pause where the server does not name one; it doubles with each rejection in a row.
    static let firstPause = Duration.milliseconds(500)
    /// The longest pause of its own making.
    static let longestPause = Duration.seconds(30)

    init(ceiling: Int) {
        self.ceiling = max(1, ceiling)
        allowed = Double(self.ceiling)
    }

    /// Whether a request may begin.
    enum Admission: Sendable, Equatable {
        case begins
        case full
        case paused(until: Instant)
    }

    /// Lets a request begin if it may.
    mutating func admit(_ now: Instant) -> Admission {
        if let pausedUntil, now < pausedUntil { return .paused(until: pausedUntil) }
        guard underWay < Int(allowed) else { return .full }
        underWay += 1
        return .begins
    }

    /// Places that are free now.
    var free: Int { max(0, Int(allowed) - underWay) }

    /// A request was answered, or broke off.
    mutating func end() {
        underWay -= 1
        rejectionsInARow = 0
        allowed = min(Double(ceiling), allowed + 1 / allowed)
    }

    /// The server said that it was too much.
    ///
    /// - Parameters:
    ///   - begun: when the request began.
    ///   - pause: what the server asks to wait; nil where it does not say.
    ///   - jitter: 0 to 1, so that not everyone comes back at once.
    mutating func reject(begun: Instant, now: Instant, pause: Duration?, jitter: Double) {
        underWay -= 1
        if lastCut.map({ begun >= $0 }) ?? true {
            allowed = max(1, allowed / 2)
            lastCut = now
            rejectionsInARow += 1
        }
        let doublings = min(rejectionsInARow - 1, 10)
        let own = min(Self.longestPause, Self.firstPause * (1 << max(0, doublings))) * (0.5 + jitter / 2)
        let until = now + (pause ?? own)
        pausedUntil = max(pausedUntil ?? until, until)
    }

    /// Allows no more than another user of the same server does.
    mutating func lower(to other: Int) {
        ceiling = min(ceiling, max(1, other))
        allowed = min(allowed, Double(ceiling))
    }
}
