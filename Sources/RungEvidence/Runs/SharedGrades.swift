import RungCore
import RungText

/// Notices when trials have the same grades word for word, and stores those once.
///
/// The first trial keeps its grades; from the second on they are a record of their own that trials name. Only a few lists
/// are remembered, so grades that differ from trial to trial cost next to nothing.
struct SharedGrades {
    private var recent: [(grades: [Grade], record: Int64?)] = []
    private static let limit = 8

    /// How the grades of the next trial are to be stored.
    mutating func place(_ grades: [Grade], _ buffer: inout JSONText, _ appender: RecordAppender) throws -> TrialCoding.Grades {
        if grades.isEmpty { return .none }
        guard let index = recent.lastIndex(where: { $0.grades == grades }) else {
            if recent.count == Self.limit { recent.removeFirst() }
            recent.append((grades, nil))
            return .text(GradeCoding.encode(grades, into: &buffer))
        }
        if let record = recent[index].record { return .shared(record) }
        let record = try appender.append(.gradeList, [.text(GradeCoding.encode(grades, into: &buffer))], .recorded)
        recent[index].record = record
        return .shared(record)
    }
}
