import RungCore
import RungText

@testable import RungEvidence

/// Queries that are asked of the views: those of the project's rubric.
struct ContractQueries {
    /// A measure, or a symptom of a zoo.
    struct Measure {
        var id: String
        var sql: String
        var days: Int
        /// At which value credit is full, and whether more is better; nil for symptoms, which should not be there.
        var goal: Goal?
    }

    /// What a criterion wants.
    struct Goal {
        var full: Double
        var isMoreBetter: Bool
        var isMaximum: Bool
    }

    /// A detector or a predicate: one row with 0 or 1.
    struct Flag {
        var id: String
        var sql: String
        var days: Int
    }

    var measures: [Measure]
    var detectors: [Flag]
    var predicates: [Flag]

    /// Those of the rubric in the repository.
    static func rubric() throws -> ContractQueries {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let rubric = try YAMLReader.read(try ContractFile.text("/\(root)/rubrics/agentops-five-stage.yaml"))
        var queries = ContractQueries(measures: [], detectors: [], predicates: [])
        for criterion in rubric["criteria"]?.array ?? [] {
            guard let id = criterion["id"]?.string, let measure = criterion["measure"], let days = measure["window-days"]?.int else {
                throw WrongFixture("a criterion without a measure")
            }
            queries.add(
                id, sql: measure["sql"]?.string, days: days, full: measure["full"]?.double, better: measure["better"]?.string,
                aggregate: measure["aggregate"]?.string, detector: measure["detector"],
                predicate: measure["applicability"])
        }
        for symptom in rubric["symptoms"]?.array ?? [] {
            queries.add(symptom["id"]?.string ?? "", sql: symptom["sql"]?.string, days: symptom["window-days"]?.int ?? 90)
        }
        return queries
    }

    private mutating func add(
        _ id: String, sql: String?, days: Int, full: Double? = nil, better: String? = nil, aggregate: String? = nil,
        detector: Node? = nil, predicate: Node? = nil
    ) {
        let goal = full.map { Goal(full: $0, isMoreBetter: better == "up", isMaximum: aggregate == "max") }
        measures.append(Measure(id: id, sql: sql ?? "", days: days, goal: goal))
        if let sql = detector?.string { detectors.append(Flag(id: id, sql: sql, days: days)) }
        if let sql = predicate?.string { predicates.append(Flag(id: id, sql: sql, days: days)) }
    }
}
