import RungCore
import RungHTTP
import RungText
import Testing

@testable import RungReplay

@Suite struct AdaptiveLimitTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .milliseconds(Int(seconds * 1_000)) }

    @Test func `as many begin as are allowed`() {
        var limit = AdaptiveLimit(ceiling: 2)
        #expect(limit.admit(start) == .begins)
        #expect(limit.admit(start) == .begins)
        #expect(limit.admit(start) == .full)
        limit.end()
        #expect(limit.admit(start) == .begins)
    }

    @Test func `a rejection halves what is allowed, once for all that were under way together`() {
        var limit = AdaptiveLimit(ceiling: 8)
        for _ in 0..<8 { #expect(limit.admit(start) == .begins) }
        for _ in 0..<3 { limit.reject(begun: start, now: at(1), pause: nil, jitter: 1) }
        #expect(limit.allowed == 4)
        #expect(limit.pausedUntil == at(1.5))
        for _ in 0..<5 { limit.end() }
        #expect(limit.admit(at(1.4)) == .paused(until: at(1.5)))
        #expect(limit.admit(at(1.5)) == .begins)
        limit.reject(begun: at(1.5), now: at(2), pause: nil, jitter: 1)
        #expect(limit.allowed < 4)
    }

    @Test func `pauses double with rejections in a row and never pass half a minute; jitter halves them at most`() {
        var limit = AdaptiveLimit(ceiling: 1)
        var now = start
        var pauses: [Double] = []
        for _ in 0..<9 {
            #expect(limit.admit(now) == .begins)
            limit.reject(begun: now, now: now, pause: nil, jitter: 1)
            guard let until = limit.pausedUntil else { break }
            pauses.append((until - now) / .seconds(1))
            now = until
        }
        #expect(pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30])
        var early = AdaptiveLimit(ceiling: 1)
        _ = early.admit(start)
        early.reject(begun: start, now: start, pause: nil, jitter: 0)
        #expect(early.pausedUntil == at(0.25))
    }

    @Test func `what the server asks for counts, and a longer pause is not cut by a shorter one`() {
        var limit = AdaptiveLimit(ceiling: 4)
        for _ in 0..<2 { _ = limit.admit(start) }
        limit.reject(begun: start, now: start, pause: .seconds(20), jitter: 0)
        limit.reject(begun: start, now: start, pause: .seconds(1), jitter: 0)
        #expect(limit.pausedUntil == at(20))
    }

    @Test func `answers give back what was taken, up to the ceiling and no further`() {
        var limit = AdaptiveLimit(ceiling: 4)
        _ = limit.admit(start)
        limit.reject(begun: start, now: start, pause: .zero, jitter: 0)
        #expect(limit.allowed == 2)
        for _ in 0..<100 {
            #expect(limit.admit(at(1)) == .begins)
            limit.end()
        }
        #expect(limit.allowed == 4)
        #expect(limit.underWay == 0)
    }

    @Test func `it never falls below one, and another user of the server may lower it`() {
        var limit = AdaptiveLimit(ceiling: 0)
        #expect(limit.ceiling == 1)
        for second in 0..<5 {
            _ = limit.admit(at(Double(second) * 60))
            limit.reject(begun: at(Double(second) * 60), now: at(Double(second) * 60), pause: .zero, jitter: 0)
        }
        #expect(limit.allowed == 1)
        var other = AdaptiveLimit(ceiling: 9)
        other.lower(to: 3)
        other.lower(to: 7)
        #expect(other.ceiling == 3 && other.allowed == 3)
    }
}

@Suite struct ServiceGateTests {
    @Test func `never more than the ceiling are in, and everybody gets in`() async throws {
        let gate = ServiceGate(ceiling: 3)
        let end = ContinuousClock.now + .seconds(600)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await gate.enter(by: end)
                    let inside = gate.limit.underWay
                    await Task.yield()
                    gate.leave()
                    return inside
                }
            }
            var most = 0
            for try await inside in group { most = max(most, inside) }
            #expect((1...3).contains(most))
        }
        #expect(gate.limit.underWay == 0)
    }

    @Test func `who waits too long is told, and takes no place with him`() async throws {
        let gate = ServiceGate(ceiling: 1)
        try await gate.enter(by: .now + .seconds(600))
        await #expect(throws: Deadline.Passed.self) { try await gate.enter(by: .now + .milliseconds(20)) }
        gate.leave()
        try await gate.enter(by: .now + .seconds(600))
        #expect(gate.limit.underWay == 1)
    }

    @Test func `who is cancelled makes room for the next`() async throws {
        let gate = ServiceGate(ceiling: 1)
        try await gate.enter(by: .now + .seconds(600))
        let waiting = Task { try await gate.enter(by: .now + .seconds(600)) }
        let next = Task { try await gate.enter(by: .now + .seconds(600)) }
        waiting.cancel()
        await #expect(throws: (any Error).self) { try await waiting.value }
        gate.leave()
        try await next.value
        #expect(gate.limit.underWay == 1)
    }

    @Test func `agents that ask one server share its gate, at the lower of their limits`() throws {
        let gates = ServiceGates()
        let first = gates.gate(to: try #require(RequestURL("https://a.example/v1/x")), ceiling: 8)
        let second = gates.gate(to: try #require(RequestURL("https://A.example/v2/y")), ceiling: 2)
        #expect(first === second)
        #expect(first.limit.ceiling == 2)
        #expect(gates.gate(to: try #require(RequestURL("https://a.example:8443/")), ceiling: 8) !== first)
    }
}

@Suite struct RetryAfterTests {
    private func pause(_ headers: (String, String)...) -> Duration? {
        RetryAfter.pause(ServiceClient.Answer(status: 429, headers: headers.map { .init($0.0, $0.1) }, body: []))
    }

    @Test func `seconds, milliseconds and dates are understood`() {
        #expect(pause(("Retry-After", "7")) == .seconds(7))
        #expect(pause(("retry-after", "0.25")) == .milliseconds(250))
        #expect(pause(("retry-after", "7"), ("retry-after-ms", "120")) == .milliseconds(120))
        #expect(
            pause(("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")) == .seconds(10))
        #expect(pause(("retry-after", "-3")) == .zero)
    }

    @Test func `what says nothing is no pause`() {
        #expect(pause() == nil)
        #expect(pause(("retry-after", "soon")) == nil)
        #expect(pause(("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")) == nil)
        #expect(pause(("retry-after", "nan"), ("retry-after-ms", "inf")) == nil)
    }

    /// The example of RFC 9110, section 5.6.7.
    @Test func `dates of HTTP`() {
        #expect(HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        for text in [
            "", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
            "06 Nov 1994 08:49:37 GMT", "Sun, 41 Nov 1994 08:49:37 GMT",
        ] {
            #expect(HTTPDate.seconds(text) == nil)
        }
    }
}
