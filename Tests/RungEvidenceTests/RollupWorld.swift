import RungCore
import RungText

@testable import RungEvidence

/// A small organization made at random, told in any order: every kind of record that roll-ups depend on, in several
/// transactions at different times.
struct RollupWorld {
    private var state: UInt64
    private var lines: [(time: Int64, text: String)] = []

    /// The days of the events, and midnights at which a cut-off may lie.
    static let firstDay: Int64 = 20_600
    static let midnights = (firstDay...firstDay + 13).map { Timestamp(seconds: $0 * 86_400) }

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        principals()
        prompts()
        releases()
        interactions()
        reactions()
        shuffle()
    }

    /// Appends everything, several transactions on several days, no record before its time.
    ///
    /// - Parameter erases: whether records are erased in between, of every kind; the store is verified after each time.
    mutating func tell(to fixture: EvidenceFixture, erasing erases: Bool = false) throws {
        var day = Self.firstDay + 2
        while !lines.isEmpty {
            let now = day * 86_400 + 50_000
            try fixture.clock.set(Timestamp(seconds: now).description)
            let isLast = day >= Self.firstDay + 11
            let wanted = isLast ? lines.count : 5 + Int(draw(25))
            var taken: [String] = []
            var rest: [(time: Int64, text: String)] = []
            for line in lines {
                if taken.count < wanted, line.time <= now { taken.append(line.text) } else { rest.append(line) }
            }
            lines = rest
            if !taken.isEmpty { try fixture.importLines(taken) }
            if erases, draw(3) == 0 { try erase(from: fixture) }
            if draw(2) == 0 { day += 1 }
        }
    }

    private mutating func erase(from fixture: EvidenceFixture) throws {
        let kinds = RecordCatalog.all.filter(\.isRolledUp)
        let stored = kinds.map { "SELECT record FROM \($0.table) WHERE salt <> x''" }.joined(separator: " UNION ALL ")
        let all = try fixture.rows("SELECT record FROM (\(stored)) ORDER BY record").compactMap { Int64($0[0]) }
        guard !all.isEmpty else { return }
        let records = (0...draw(7)).map { _ in all[Int(draw(UInt64(all.count)))] }
        _ = try fixture.store.erase(.records(records), reason: "asked to", actor: "dpo")
        guard let problem = try fixture.store.verify().problem else { return }
        throw WrongFixture("\(problem)")
    }

    // MARK: - Chance

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func draw(_ bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % bound
    }

    private mutating func pick(_ words: [String]) -> String { words[Int(draw(UInt64(words.count)))] }

    /// A member of an object with the comma before it, or nothing.
    private mutating func maybe(_ key: String, _ words: [String]) -> String {
        draw(8) > 0 ? #","\#(key)":"\#(pick(words))""# : ""
    }

    /// Coarse, so that times coincide often.
    private mutating func time() -> Int64 { (Self.firstDay + Int64(draw(10))) * 86_400 + Int64(draw(4)) * 21_600 }

    private mutating func add(_ time: Int64, _ text: String) { lines.append((time, text)) }

    private mutating func shuffle() {
        for index in stride(from: lines.count - 1, to: 0, by: -1) { lines.swapAt(index, Int(draw(UInt64(index + 1)))) }
    }

    private func text(_ time: Int64) -> String { Timestamp(seconds: time).description }

    // MARK: - Records

    private static let agents = ["faq", "router", "shadow"]
    private static let people = ["ana", "bo", "cy"]
    private static let texts = ["one", "two", "three"]
    private static let versions = (texts + ["never stored"]).map { "\(version($0))" }
    private static let configurations = ["\(digest("c1"))", "\(digest("c1"))", "\(digest("c2"))"]
    private static let outcomes = ["accepted", "corrected", "rejected", "failed", "abandoned"]

    private mutating func principals() {
        for person in Self.people {
            for number in 0...draw(2) {
                let time = time()
                let at = draw(3) > 0 ? #","at":"\#(text(time))""# : ""
                add(time, #"{"kind":"principal","id":"\#(person)","type":"person","team":"t\#(number)"\#(at)}"#)
            }
        }
    }

    private mutating func prompts() {
        for _ in 0..<12 {
            let time = time()
            let at = draw(3) > 0 ? #","at":"\#(text(time))""# : ""
            let more = maybe("authorId", Self.people) + maybe("reason", ["why"]) + maybe("parentId", Self.versions)
            add(
                time,
                #"{"kind":"promptVersion","promptId":"\#(pick(["ask", "greet"]))","text":"\#(pick(Self.texts))"\#(at)\#(more)}"#)
        }
    }

    private mutating func releases() {
        for number in 0..<16 {
            let time = time()
            add(
                time,
                #"{"kind":"release","id":"r\#(number)","agentId":"\#(pick(Self.agents))","promptVersionId":"\#(pick(Self.versions))","configDigest":"\#(pick(Self.configurations))","releasedAt":"\#(text(time))"}"#
            )
            guard draw(2) == 0 else { continue }
            let end = self.time()
            add(end, #"{"kind":"releaseEnd","releaseId":"r\#(number)","at":"\#(text(end))"}"#)
        }
    }

    private mutating func interactions() {
        for number in 0..<80 {
            let time = time()
            var more = maybe("promptVersionId", Self.versions) + maybe("configDigest", Self.configurations)
            more += maybe("outcome", Self.outcomes) + maybe("failureReason", ["timeout"])
            more += maybe("modelId", ["m"]) + maybe("principalId", Self.people) + maybe("traceId", ["t"])
            more += maybe("contextVersionId", ["x1", "x2"]) + maybe("memoryRef", ["m"]) + maybe("explanationRef", ["e"])
            if draw(3) > 0 { more += #","cost":0.5,"latencyMs":\#(draw(90))"# }
            if draw(2) == 0 { more += #","feedbackOffered":\#(draw(2) == 0)"# }
            add(
                time,
                #"{"kind":"interaction","id":"i\#(number)","agentId":"\#(Self.agents[number % 3])","at":"\#(text(time))","environment":"\#(pick(["production", "pilot"]))"\#(more)}"#
            )
        }
    }

    private mutating func reactions() {
        for number in 0..<50 {
            let outcome = time()
            add(
                outcome,
                #"{"kind":"outcome","id":"o\#(number)","interactionId":"i\#(draw(82))","at":"\#(text(outcome))","outcome":"\#(pick(Self.outcomes))"\#(maybe("failureReason", ["f"]))}"#
            )
            let override = time()
            let changed = Int(draw(82))
            let agent = draw(5) > 0 ? Self.agents[changed % 3] : pick(Self.agents)
            let more = maybe("reasonCode", ["wrong"]) + maybe("beforeRef", ["x", "y"]) + maybe("afterRef", ["x", "z"])
            add(
                override,
                #"{"kind":"override","id":"v\#(number)","agentId":"\#(agent)","interactionId":"i\#(changed)","at":"\#(text(override))"\#(more)}"#
            )
        }
    }
}
