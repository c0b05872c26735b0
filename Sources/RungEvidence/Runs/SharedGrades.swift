import RungCore
import RungText

/// Notices when trials have the same grades word for word, and stores those once.
///
/// The first trial keeps its grades; from the second on they are a record of their own that trials name. Only a few lists
/// are remembered, so grades that differ from trial to trial cost next to nothing.
struct SharedGrades {
    private var recent: [Entry] = []
    private static let limit = 8

    private struct Entry {
        /// Tells most lists apart without looking at their texts.
        var fingerprint: Int
        var grades: [Grade]
        var record: Int64?
    }

    /// How the grades of the next trial are to be stored.
    mutating func place(
        _ grades: [Grade], _ buffer: inout JSONText, _ origin: RecordOrigin, _ appender: RecordAppender
    ) throws -> TrialCoding.Grades {
        if grades.isEmpty { return .none }
        let fingerprint = Self.fingerprint(of: grades)
        guard let index = recent.indices.last(where: { recent[$0].fingerprint == fingerprint && recent[$0].grades == grades }) else {
            if recent.count == Self.limit { recent.removeFirst() }
            recent.append(Entry(fingerprint: fingerprint, grades: grades, record: nil))
            return .text(GradeCoding.encode(grades, into: &buffer))
        }
        if let record = recent[index].record { return .shared(record) }
        let record = try appender.append(.gradeList, [.text(GradeCoding.encode(grades, into: &buffer))], origin)
        recent[index].record = record
        return .shared(record)
    }

    private static func fingerprint(of grades: [Grade]) -> Int {
        var hasher = Hasher()
        for index in grades.indices {
            hasher.combine(grades[index].name)
            hasher.combine(grades[index].judgement.reason)
        }
        return hasher.finalize()
    }
}
