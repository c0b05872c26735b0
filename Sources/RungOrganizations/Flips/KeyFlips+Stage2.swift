import RungText

extension KeyFlips {
    var flipsOfStage2: [String: Variation] {
        [
            // Pilots end without a conclusion.
            "REG-201": .changing("experiment") { $0["conclusion"] = nil },
            // A service answers the ideas of people.
            "REG-202": .changing("ideaDecision") { $0[text: "decidedBy"] = Enterprise.ruler },
            // The gateway counts twice what is logged.
            "OBS-201": .changing("usageCount") { line in
                line["counted"] = line["counted"]?.intValue.map { .int(2 * $0) }
            },
            // What came of it is not logged.
            "OBS-202": .changing("interaction") { $0["outcome"] = nil },
        ]
    }
}
