/// An organization with a few hundred agents, told day by day: who is who, what goes live, what is called, and what people
/// say about it a day later. Nine agents in ten are registered; calls follow Zipf's law over agents and the working week.
struct YearOfEvidence {
    private let options: Options
    private var chance: Chance
    private var agents: [BusyAgent] = []
    /// Cumulated weights of agents and of days, for drawing by halving.
    private var agentWeights: [Double] = []
    private var remarks: [Remark] = []
    private var number = 0

    /// The last day: 29 September 2026, as days since 1970.
    private static let lastDay = 20_725
    private static let people = 400

    /// An agent with what is live.
    private struct BusyAgent {
        var name: String
        var isRegistered: Bool
        var version = 0
        var versionID = ""
        var configuration = ""
        /// Agents of a gateway that counts.
        var isCounted: Bool
        var callsToday = 0
    }

    /// What somebody says about a call on the next day.
    private struct Remark {
        var id: String
        var agent: Int
        var isOverride: Bool
    }

    init(_ options: Options) {
        self.options = options
        chance = Chance(seed: options.seed)
        var total = 0.0
        for index in 0..<options.agents {
            agents.append(
                BusyAgent(name: "agent-\(index + 1)", isRegistered: index % 10 != 9, isCounted: index % 3 != 2))
            total += 1 / Double(index + 3)
            agentWeights.append(total)
        }
        agentWeights = agentWeights.map { $0 / total }
    }

    // MARK: - The year

    /// Writes everything, in the order of time.
    mutating func write(to output: LineOutput) throws {
        let first = Self.lastDay - options.days + 1
        try introduce(on: first - 30, output)
        for day in first...Self.lastDay {
            try releaseSome(on: day, isFirst: day == first, output)
            try tellRemarks(on: day, output)
            let share = Double(day - first + 1) / Double(options.days)
            let calls = Int(Double(options.interactions) * share) - number
            for place in 0..<calls { try call(on: day, second: place * 86_400 / calls, output) }
            try count(on: day, output)
        }
    }

    private mutating func introduce(on day: Int, _ output: LineOutput) throws {
        let date = Self.date(day)
        for person in 0..<Self.people {
            output.put(
                #"{"kind":"principal","id":"p\#(person)","type":"person","team":"t\#(person % 20)","canBuild":\#(person % 4 == 0),"at":"\#(date)"}"#
            )
            try output.endLine()
        }
        for index in agents.indices where agents[index].isRegistered {
            output.put(
                #"{"kind":"agent","id":"\#(agents[index].name)","state":"active","ownerId":"p\#(index % Self.people)","deputyId":"p\#((index + 7) % Self.people)","team":"t\#(index % 20)","department":"d\#(index % 8)","purpose":"purpose","audience":"audience","limits":"limits","successMetric":"metric","baseline":0.5,"riskTier":"medium","autonomy":"approve","oversightRate":0.05,"at":"\#(date)"}"#
            )
            try output.endLine()
            output.put(
                #"{"kind":"act","id":"card-\#(index)","subjectKind":"card","subjectId":"\#(agents[index].name)","step":"approval","principalId":"p\#((index + 11) % Self.people)","at":"\#(date)","verdict":"approved"}"#
            )
            try output.endLine()
        }
    }

    /// On the first day every agent gets its prompt; later one in sixty changes it on a day.
    private mutating func releaseSome(on day: Int, isFirst: Bool, _ output: LineOutput) throws {
        for index in agents.indices where isFirst || chance.below(60) == 0 {
            agents[index].version += 1
            let (name, version) = (agents[index].name, agents[index].version)
            let text = "You are \(name). This is version \(version)."
            let parent = version > 1 ? #","parentId":"\#(agents[index].versionID)""# : ""
            agents[index].versionID = PromptDigest.version(of: text)
            agents[index].configuration = PromptDigest.configuration(name, version)
            output.put(
                #"{"kind":"promptVersion","promptId":"\#(name)","text":"\#(text)","authorId":"p\#(index % Self.people)","reason":"change \#(version)"\#(parent),"at":"\#(Self.date(day))"}"#
            )
            try output.endLine()
            guard agents[index].isRegistered else { continue }
            output.put(
                #"{"kind":"release","id":"\#(name)-\#(version)","agentId":"\#(name)","promptVersionId":"\#(agents[index].versionID)","configDigest":"\#(agents[index].configuration)","releasedAt":"\#(Self.date(day))","requestedBy":"p\#((index + 3) % Self.people)"}"#
            )
            try output.endLine()
        }
    }

    /// Overrides and late outcomes of the day before.
    private mutating func tellRemarks(on day: Int, _ output: LineOutput) throws {
        for (place, remark) in remarks.enumerated() {
            let at = "\(Self.date(day))T09:\(place % 60 < 10 ? "0" : "")\(place % 60):00Z"
            if remark.isOverride {
                output.put(
                    #"{"kind":"override","id":"o-\#(day)-\#(place)","agentId":"\#(agents[remark.agent].name)","interactionId":"\#(remark.id)","at":"\#(at)","principalId":"p\#(chance.below(Self.people))","reasonCode":"wrong","beforeRef":"b\#(place)","afterRef":"a\#(place)"}"#
                )
            } else {
                output.put(
                    #"{"kind":"outcome","id":"u-\#(day)-\#(place)","interactionId":"\#(remark.id)","at":"\#(at)","outcome":"accepted"}"#)
            }
            try output.endLine()
        }
        remarks.removeAll(keepingCapacity: true)
    }

    /// What the gateway counted: some more calls than were logged.
    private mutating func count(on day: Int, _ output: LineOutput) throws {
        for index in agents.indices {
            let calls = agents[index].callsToday
            agents[index].callsToday = 0
            guard agents[index].isCounted, calls > 0 else { continue }
            output.put(
                #"{"kind":"usageCount","agentId":"\#(agents[index].name)","environment":"production","day":"\#(Self.date(day))","counted":\#(calls + calls / 50),"countedBy":"gateway","attempts":\#(calls + calls / 20),"admissionChecked":\#(calls)}"#
            )
            try output.endLine()
        }
    }

    // MARK: - Calls

    private static let outcomes = [
        "accepted", "accepted", "accepted", "accepted", "accepted", "accepted", "corrected", "rejected", "failed", "abandoned",
    ]
    private static let models = ["small-3", "medium-2", "large-4"]

    private mutating func call(on day: Int, second: Int, _ output: LineOutput) throws {
        number += 1
        let index = drawAgent()
        let agent = agents[index]
        let isProduction = !chance.happens(80)
        if isProduction { agents[index].callsToday += 1 }
        output.put(#"{"kind":"interaction","id":""#)
        let id = putIdentifier(output)
        output.put(#"","agentId":""#)
        output.put(agent.name)
        output.put(#"","at":""#)
        output.put(Self.date(day))
        output.put("T")
        output.putTwo(second / 3_600)
        output.put(":")
        output.putTwo(second / 60 % 60)
        output.put(":")
        output.putTwo(second % 60)
        output.put(isProduction ? #"Z","environment":"production""# : #"Z","environment":"pilot""#)
        try putDetails(agent, index, id, output)
    }

    private mutating func putDetails(_ agent: BusyAgent, _ index: Int, _ id: (UInt64, UInt64), _ output: LineOutput) throws {
        if !chance.happens(30) {
            output.put(#","promptVersionId":""#)
            output.put(agent.versionID)
            output.put(#"","configDigest":""#)
            output.put(agent.configuration)
            output.put("\"")
        }
        output.put(#","modelId":""#)
        output.put(Self.models[index % Self.models.count])
        output.put(#"","principalId":"p"#)
        output.put(chance.below(Self.people))
        output.put("\"")
        let outcome = Self.outcomes[chance.below(Self.outcomes.count)]
        let isOpen = chance.happens(40)
        if !isOpen {
            output.put(#","outcome":""#)
            output.put(outcome)
            output.put("\"")
            if outcome == "failed" { output.put(#","failureReason":"timeout""#) }
        }
        let cost = chance.below(90_000) + 1
        output.put(#","cost":0."#)
        let digits = String(cost)
        output.put(String(repeating: "0", count: 6 - digits.utf8.count))
        output.put(digits)
        output.put(#","latencyMs":"#)
        output.put(200 + chance.below(9_000))
        output.put(#","traceId":""#)
        output.putHex(chance.next(), 16)
        output.putHex(chance.next(), 16)
        output.put("\"")
        if index % 4 == 0 { output.put(#","contextVersionId":"context-\#(index % 12)""#) }
        if chance.happens(300) { output.put(#","feedbackOffered":true"#) }
        output.put("}")
        try output.endLine()
        let isCorrected = !isOpen && (outcome == "corrected" || outcome == "rejected")
        if isCorrected ? chance.happens(100) : isOpen && chance.happens(100) {
            remarks.append(Remark(id: Self.text(id, options.ids), agent: index, isOverride: isCorrected))
        }
    }

    private mutating func drawAgent() -> Int {
        let share = Double(chance.next() >> 11) / 9_007_199_254_740_992
        var (low, high) = (0, agentWeights.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if agentWeights[middle] < share { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: - Words

    /// Writes the identifier of a call: 128 random bits as a UUID, or a number.
    private mutating func putIdentifier(_ output: LineOutput) -> (UInt64, UInt64) {
        let id = options.ids == .random ? (chance.next(), chance.next()) : (0, UInt64(number))
        output.put(Self.text(id, options.ids))
        return id
    }

    private static func text(_ id: (UInt64, UInt64), _ order: Options.Identifiers) -> String {
        func hex(_ value: UInt64, _ digits: Int) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        switch order {
        case .ordered: return "i-" + String(repeating: "0", count: 10 - String(id.1).utf8.count) + String(id.1)
        case .random:
            return hex(id.0 >> 32, 8) + "-" + hex(id.0 >> 16 & 0xFFFF, 4) + "-" + hex(id.0 & 0xFFFF, 4) + "-" + hex(id.1 >> 48, 4) + "-"
                + hex(id.1 & 0xFFFF_FFFF_FFFF, 12)
        }
    }

    /// `YYYY-MM-DD` of a day since 1970 (H. Hinnant, "chrono-compatible low-level date algorithms").
    private static func date(_ day: Int) -> String {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month < 10 ? month + 3 : month - 9))-\(two(dayOfYear - (153 * month + 2) / 5 + 1))"
    }
}
