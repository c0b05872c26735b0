internal import RungCore
internal import RungText

/// Tells which way a change of one member pushes: what makes a stage easier must never go unsaid.
enum RubricEffect {
    /// - Parameters:
    ///   - what: the member that differs.
    ///   - subject: whose member it is; symptoms, dimensions and the like have no effect on stage and scores.
    ///   - old: the criterion or stage as it was.
    ///   - new: the same as it is now.
    static func of(_ what: RubricChange.What, _ subject: RubricChange.Subject, _ old: Node, _ new: Node) -> RubricChange.Effect {
        switch subject {
        case .criterion: ofCriterion(what, old, new)
        case .stage where what == .complete: new["complete"]?.bool == true ? .easier : .harder
        default: .none
        }
    }

    private static func ofCriterion(_ what: RubricChange.What, _ old: Node, _ new: Node) -> RubricChange.Effect {
        switch what {
        case .full, .partial, .zero:
            guard let from = number(what, old), let to = number(what, new), from != to,
                old["measure"]?["better"]?.string == new["measure"]?["better"]?.string
            else { return .either }
            let isMoreBetter = new["measure"]?["better"]?.string == Criterion.Direction.up.rawValue
            return (to < from) == isMoreBetter ? .easier : .harder
        // Too few units leave a criterion unknown, which is never full.
        case .minimum: return (number(what, new) ?? 0) < (number(what, old) ?? 0) ? .easier : .harder
        case .population: return new["measure"]?["population"]?.string == Criterion.Population.sample.rawValue ? .harder : .easier
        case .key: return new["key"]?.bool == true ? .harder : .easier
        case .attested: return new["attested"]?.bool == true ? .easier : .harder
        case .prerequisites:
            let (from, to) = (Set(old["prerequisites"]?.strings ?? []), Set(new["prerequisites"]?.strings ?? []))
            return to.isSubset(of: from) ? .easier : from.isSubset(of: to) ? .harder : .either
        case .window, .better, .aggregate, .query, .detector, .applicability, .denominator, .stage, .dimension: return .either
        default: return .none
        }
    }

    private static func number(_ what: RubricChange.What, _ criterion: Node) -> Double? {
        criterion["measure"]?[what.rawValue]?.double
    }
}
