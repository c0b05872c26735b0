/// One thing that a rubric says otherwise than another one.
public struct RubricChange: Sendable, Equatable {
    /// Whom it is about.
    public var subject: Subject
    /// The title of the criterion or symptom, or the name of the stage; empty where there is none.
    public var title: String
    public var what: What
    /// As it was, in the words of the file; nil where there was nothing.
    public var from: String?
    /// As it is now; nil where there is nothing.
    public var to: String?
    /// What it does to an organization that is assessed.
    public var effect: Effect
    /// Why, in the words of those who changed it; nil where nobody had to say.
    public var reason: String?

    public init(
        _ subject: Subject, title: String = "", _ what: What, from: String? = nil, to: String? = nil, effect: Effect = .none,
        reason: String? = nil
    ) {
        self.subject = subject
        self.title = title
        self.what = what
        self.from = from
        self.to = to
        self.effect = effect
        self.reason = reason
    }

    /// A part of a rubric.
    public enum Subject: Sendable, Equatable, Hashable {
        case criterion(CriterionID)
        case symptom(String)
        /// By its number.
        case stage(Int)
        /// By its code.
        case dimension(String)
        case framework(String)
        /// A line of the model.
        case statement(String)
        case rubric

        /// The word for tools: `criterion`, `symptom`, `stage`, `dimension`, `framework`, `statement`, `rubric`.
        public var kind: String {
            switch self {
            case .criterion: "criterion"
            case .symptom: "symptom"
            case .stage: "stage"
            case .dimension: "dimension"
            case .framework: "framework"
            case .statement: "statement"
            case .rubric: "rubric"
            }
        }

        /// Its id; empty for the rubric itself.
        public var id: String {
            switch self {
            case .criterion(let id): id.rawValue
            case .symptom(let id), .dimension(let id), .framework(let id), .statement(let id): id
            case .stage(let number): String(number)
            case .rubric: ""
            }
        }
    }

    /// What differs; the raw value is the key of the file where there is one.
    public enum What: String, Sendable, CaseIterable {
        case added, removed
        case full, partial, zero
        case window = "window-days"
        case minimum = "minimum-population"
        case query = "sql"
        case detector, applicability, better, aggregate, population
        case denominator = "independent-denominator"
        case key, attested, stage, dimension, prerequisites
        case complete
        case lines, crosswalk, entries
        case levelUp = "level-up"
        case title, question, meaning, why
        case measureText = "text"
        case unit, remediation, effort, command
        case name, summary, statement, source
        case keyRisk = "key-risk"
        case keyShift = "key-shift"
        case order
        /// The same in other words, such as a member that stands empty.
        case notation

        /// Whether only words differ, and nothing that is counted or asked for.
        public var isWording: Bool {
            switch self {
            case .title, .question, .meaning, .why, .measureText, .unit, .remediation, .name, .summary, .source, .statement, .keyRisk,
                .keyShift:
                true
            default: false
            }
        }
    }

    /// What a change does to an organization that is assessed.
    public enum Effect: String, Sendable, CaseIterable {
        /// The same evidence can only give the same or more.
        case easier
        /// The same evidence can only give the same or less.
        case harder
        /// The same evidence may give more or less.
        case either
        /// The same evidence gives the same stage and scores.
        case none
    }

    /// The step of the version that the change asks for, from 1.0.0 on.
    ///
    /// Major when the same evidence may give another stage or score; minor when a report says something else beside them; patch
    /// when only words differ.
    public var step: RubricVersion.Step {
        if effect != .none { return .major }
        switch what {
        case .added, .removed, .lines, .crosswalk, .entries, .levelUp, .query, .window: return .minor
        default: return what.isWording || [.effort, .command, .order, .notation].contains(what) ? .patch : .minor
        }
    }
}
