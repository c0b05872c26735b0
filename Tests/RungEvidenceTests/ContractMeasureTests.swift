import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Every query that is asked of the views, on an organization where all is well, on one where nothing is, and on none.
struct ContractMeasureTests {
    /// What a query gave, added up.
    struct Answer {
        var satisfied = 0
        var total = 0
        var values: [Double] = []
        /// Entities that are not satisfied, with how many of their units are not; of values, all with their value.
        var shortfalls: [String: Double] = [:]
        /// Entities that are not satisfied.
        var failing: [String] { shortfalls.keys.sorted() }

        init(_ rows: [MeasureRow]) {
            for row in rows {
                switch row.amount {
                case .share(let satisfied, let total):
                    self.satisfied += satisfied
                    self.total += total
                    if satisfied < total { shortfalls[row.entity] = Double(total - satisfied) }
                case .value(let value):
                    values.append(value)
                    shortfalls[row.entity] = value
                }
            }
        }

        /// Median or maximum of values; nil without any.
        func value(isMaximum: Bool) -> Double? {
            isMaximum ? values.max() : values.isEmpty ? nil : values.sorted()[values.count / 2]
        }
    }

    /// A world at its end, to be asked.
    struct Asked {
        private let fixture: EvidenceFixture
        private let snapshot: EvidenceSnapshot

        init(_ world: World, leavingOut kind: String? = nil) throws {
            fixture = try world.fixture(leavingOut: kind)
            snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(World.end))
        }

        func answer(_ measure: ContractQueries.Measure) throws -> Answer {
            Answer(try snapshot.rows(of: measure.sql, in: EvidenceWindow(asOf: snapshot.asOf, days: measure.days)))
        }

        func flag(_ flag: ContractQueries.Flag) throws -> Bool {
            try snapshot.flag(of: flag.sql, in: EvidenceWindow(asOf: snapshot.asOf, days: flag.days))
        }
    }

    @Test func everyShareIsFullWhereAllIsWell() throws {
        let queries = try ContractQueries.rubric()
        let world = try Asked(GoodWorld.world)
        for measure in queries.measures {
            let answer = try world.answer(measure)
            guard let goal = measure.goal else {
                #expect(answer.total > 0 || measure.id == "ZOO-4", "\(measure.id)")
                #expect(answer.satisfied == (measure.id == "ZOO-1" ? answer.total : 0), "\(measure.id)")
                continue
            }
            if goal.isMoreBetter {
                #expect(answer.total > 0 && answer.failing.isEmpty, "\(measure.id) fails for \(answer.failing)")
            } else {
                let value = try #require(answer.value(isMaximum: goal.isMaximum), "\(measure.id)")
                #expect(value <= goal.full, "\(measure.id)")
            }
        }
        for detector in queries.detectors { #expect(try world.flag(detector), "\(detector.id)") }
        for predicate in queries.predicates { #expect(try world.flag(predicate), "\(predicate.id)") }
        #expect(queries.measures.count == 87 && queries.detectors.count == 24 && queries.predicates.count == 8)
    }

    /// What no evidence can spoil: the store keeps nothing that is not on its ledger.
    static let unspoilt: Set<String> = ["GOV-403", "ZOO-6"]

    @Test func noShareIsFullWhereNothingIsAsItShouldBe() throws {
        let queries = try ContractQueries.rubric()
        let world = try Asked(BadWorld.world)
        for measure in queries.measures where !Self.unspoilt.contains(measure.id) {
            let answer = try world.answer(measure)
            guard let goal = measure.goal else {
                #expect(answer.satisfied > 0, "\(measure.id)")
                continue
            }
            if goal.isMoreBetter {
                #expect(answer.total > 0 && answer.satisfied < answer.total, "\(measure.id): \(answer.satisfied) of \(answer.total)")
            } else {
                let value = try #require(answer.value(isMaximum: goal.isMaximum), "\(measure.id)")
                #expect(value > goal.full, "\(measure.id)")
            }
        }
        for flag in queries.detectors + queries.predicates { _ = try world.flag(flag) }
    }

    @Test func nothingPassesWhereNobodyHasToldAnything() throws {
        let queries = try ContractQueries.rubric()
        let world = try Asked(.empty)
        for measure in queries.measures {
            let answer = try world.answer(measure)
            #expect(answer.satisfied == 0 && answer.values.isEmpty, "\(measure.id)")
        }
        for detector in queries.detectors { #expect(try !world.flag(detector), "\(detector.id)") }
        for predicate in queries.predicates { #expect(try !world.flag(predicate), "\(predicate.id)") }
    }
}
