public import RungText

/// What a grader looks at.
public struct GradingSubject: Sendable {
    public let scenario: Scenario
    public let transcript: Transcript

    public init(scenario: Scenario, transcript: Transcript) {
        self.scenario = scenario
        self.transcript = transcript
    }
}

/// A grader's finding, with what a person needs to understand it.
public struct Judgement: Sendable, Equatable {
    public var value: Value
    /// One sentence.
    public var reason: String
    public var expected: String?
    public var actual: String?
    public var diff: String?

    /// What was found.
    public enum Value: Sendable, Equatable {
        case holds(Bool)
        /// A number on the grader's own scale; never decides alone.
        case score(Double)
        case label(String)
        /// The grader has nothing to say about this trial.
        case abstained
        /// The grader could not do its work; never negated, never a pass.
        case broken
    }

    public init(_ value: Value, _ reason: String, expected: String? = nil, actual: String? = nil, diff: String? = nil) {
        self.value = value
        self.reason = reason
        self.expected = expected
        self.actual = actual
        self.diff = diff
    }
}

/// Judges one trial. Pure: the same subject gives the same judgement.
public protocol Grader: Sendable {
    func judge(_ subject: GradingSubject) -> Judgement
}

/// Whether a grade decides or only informs.
public enum GradeRole: String, Sendable, CaseIterable { case verdict, report }

/// A grader as it stands in a suite or scenario: with its name, role and negation.
public struct GraderBinding: Sendable {
    /// Unique within a case; `contains`, or `contains-2` for the second of its kind.
    public var name: String
    public var kind: String
    public var version: String
    public var role: GradeRole
    public var isNegated: Bool
    public var grader: any Grader

    public init(name: String, kind: String, version: String, role: GradeRole, isNegated: Bool, grader: any Grader) {
        self.name = name
        self.kind = kind
        self.version = version
        self.role = role
        self.isNegated = isNegated
        self.grader = grader
    }

    /// Asks the grader and applies the negation, in this one place. Only an assertion can be negated.
    public func grade(_ subject: GradingSubject) -> Grade {
        var judgement = grader.judge(subject)
        if isNegated, case .holds(let holds) = judgement.value {
            judgement.value = .holds(!holds)
            judgement.reason = "not: " + judgement.reason
        }
        return Grade(name: name, kind: kind, version: version, role: role, judgement: judgement)
    }
}

/// A judgement together with who made it.
public struct Grade: Sendable, Equatable {
    public var name: String
    public var kind: String
    public var version: String
    public var role: GradeRole
    public var judgement: Judgement

    public init(name: String, kind: String, version: String, role: GradeRole, judgement: Judgement) {
        self.name = name
        self.kind = kind
        self.version = version
        self.role = role
        self.judgement = judgement
    }

    /// What this grade alone says; nil when it says nothing that could decide.
    public var verdict: Verdict? {
        switch judgement.value {
        case .holds(let holds): holds ? .passed : .failed
        case .broken: .errored
        case .score, .label, .abstained: nil
        }
    }

    /// A trial's verdict: failed when any deciding grade failed, else errored when any broke, else passed when at least
    /// one held; unscored when none decided.
    public static func verdict(of grades: [Grade]) -> Verdict {
        var result = Verdict.unscored
        for grade in grades where grade.role == .verdict {
            switch grade.verdict {
            case .failed: return .failed
            case .errored: result = .errored
            case .passed where result == .unscored: result = .passed
            default: break
            }
        }
        return result
    }
}

/// A kind of grader: what its parameters look like and how it is made. The catalog of graders is a list of these.
public struct GraderDescriptor: Sendable {
    public var kind: String
    public var version: String
    /// Parameters, without those that every grader has (`name`, `role`, `not`). Its name is the kind.
    public var shape: ObjectShape
    /// Makes the grader from a node that has passed the shape; throws for what a shape cannot say.
    public var make: @Sendable (_ node: Node, _ file: String) throws(InvalidInput) -> any Grader
    /// Whether `make` is sure to succeed for a node that has passed the shape; a cheap test that may say no too often.
    public var isSurelyValid: @Sendable (_ node: Node) -> Bool

    public init(
        kind: String, version: String, shape: ObjectShape, isSurelyValid: @escaping @Sendable (_ node: Node) -> Bool = { _ in false },
        make: @escaping @Sendable (_ node: Node, _ file: String) throws(InvalidInput) -> any Grader
    ) {
        self.kind = kind
        self.version = version
        self.shape = shape
        self.isSurelyValid = isSurelyValid
        self.make = make
    }
}
