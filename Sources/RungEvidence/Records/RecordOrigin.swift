/// Where a record comes from, and with that, how far it can be believed.
enum RecordOrigin: Hashable, Sendable {
    /// The program saw it itself.
    case recorded
    /// Somebody handed it in without proving who they are.
    case imported
    /// A registered source handed it in and proved it with its key or token.
    case source(String)

    /// What the column `origin` holds: 0 recorded, 1 imported, from 2 on the code of the source's name plus 2.
    func column(_ codes: CodeBook) throws -> Int64 {
        switch self {
        case .recorded: 0
        case .imported: 1
        case .source(let name): 2 + (try codes.code(of: name))
        }
    }

    /// Reads the column; nil for a value that the store does not write.
    init?(column: Int64, _ codes: CodeBook) throws {
        switch column {
        case 0: self = .recorded
        case 1: self = .imported
        case 3...:
            guard let name = try codes.word(of: column - 2) else { return nil }
            self = .source(name)
        default: return nil
        }
    }
}
