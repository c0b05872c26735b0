internal import RungXML

/// What the attributes of a suite claim about its cases, and what its cases say.
struct JUnitClaims {
    /// The element, `testsuites` or `testsuite`.
    let element: String
    /// The line of the start tag.
    let line: Int
    /// Cases directly inside.
    var ownCounts = JUnitCounts()
    /// Cases of the suites inside.
    var nestedCounts = JUnitCounts()
    private var claims: [(name: String, value: Int)] = []

    private static let names = ["tests", "failures", "errors", "skipped", "skip", "skips", "ignored", "disabled"]

    init(_ element: String, _ attributes: [XMLAttribute], line: Int) {
        self.element = element
        self.line = line
        for name in Self.names {
            if let value = attributes[name].flatMap({ Int($0) }) { claims.append((name, value)) }
        }
    }

    /// Everything inside.
    var allCounts: JUnitCounts {
        var counts = ownCounts
        counts.add(nestedCounts)
        return counts
    }

    /// Claims that neither the suite's own cases nor all cases inside it bear out, with what the cases say.
    var contradictions: [(name: String, claimed: Int, counted: Int)] {
        let all = allCounts
        return claims.compactMap { claim in
            let counted = Self.count(claim.name, all)
            if claim.value == counted || claim.value == Self.count(claim.name, ownCounts) || isCoveredByOthers(claim, all) { return nil }
            return (claim.name, claim.value, counted)
        }
    }

    /// Some writers know no errors and count them as failures, and some split what was skipped over several attributes.
    private func isCoveredByOthers(_ claim: (name: String, value: Int), _ counts: JUnitCounts) -> Bool {
        switch claim.name {
        case "failures": claim.value == counts.failed + counts.errored && !claims.contains { $0.name == "errors" }
        case "tests", "errors": false
        default: sumOfSkipped == counts.skipped || sumOfSkipped == ownCounts.skipped
        }
    }

    private var sumOfSkipped: Int {
        claims.filter { !["tests", "failures", "errors"].contains($0.name) }.reduce(0) { $0 &+ $1.value }
    }

    private static func count(_ name: String, _ counts: JUnitCounts) -> Int {
        switch name {
        case "tests": counts.cases
        case "failures": counts.failed
        case "errors": counts.errored
        default: counts.skipped
        }
    }
}
