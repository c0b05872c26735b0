import Foundation

/// A results file as far as these tests look into it.
struct Results: Decodable {
    var formatVersion: Int
    var run: Run
    var gate: Gate
    var cases: [Case]

    /// The run as a whole.
    struct Run: Decodable {
        var id: String
        var suite: String
        var seed: UInt64
        var status: String
        var cases: Int
        var trials: Int
        var plannedCases: Int
        var resumedTrials: Int
        var verdicts: [String: Int]
        var passAtK: [Double]
        var passHatK: [Double]
    }

    /// The decision.
    struct Gate: Decodable {
        var decision: String
        var reasons: [String]
        var newlyFailing: [Key]
    }

    /// What identifies a case across runs.
    struct Key: Decodable, Equatable {
        var suite: String
        var id: String
        var agent: String
    }

    /// One case.
    struct Case: Decodable {
        var id: String
        var agent: String
        var verdict: String
        var trials: [Trial]
    }

    /// One attempt.
    struct Trial: Decodable {
        var index: Int
        var verdict: String
        var grades: [Grade]
        var error: Fault?
        var seed: String
        var resumed: Bool
        var retried: [Fault]
    }

    /// One judgement.
    struct Grade: Decodable, Equatable {
        var name: String
        var kind: String
        var version: String
        var role: String
        var verdict: String?
        var reason: String
        var expected: String?
        var actual: String?
    }

    /// Why a trial errored.
    struct Fault: Decodable, Equatable {
        var kind: String
        var reason: String
    }

    /// Ids of the cases in order.
    var ids: [String] { cases.map(\.id) }

    /// Parses the text of a results file.
    static func parse(_ text: String) throws -> Results { try JSONDecoder().decode(Results.self, from: Data(text.utf8)) }
}

extension Folder {
    /// Reads a results file.
    func results(_ name: String = "results.json") throws -> Results { try Results.parse(try read(name)) }
}

/// The text of a results file without what may differ between two equal runs: run ids, times, durations.
enum Masked {
    /// Members whose values are replaced, by name; `id` only where it is a run's.
    static let members = ["startedAt", "finishedAt", "durationMs", "latencyMs"]

    /// Masks times and run ids, and leaves every other byte as it is.
    static func text(_ text: String) -> String {
        var text = text
        for member in members {
            text = text.replacingOccurrences(
                of: #""\#(member)":("[^"]*"|[-0-9.eE+]+|null)"#, with: #""\#(member)":0"#, options: .regularExpression)
        }
        return text.replacingOccurrences(of: #"r-\d{8}-\d{6}-[0-9a-f]{8}"#, with: "RUN", options: .regularExpression)
    }
}
