/// Where a record comes from, and with that, how far it can be believed.
enum RecordOrigin: Hashable, Sendable {
    /// The program saw it itself.
    case recorded
    /// Somebody handed it in without proving who they are.
    case imported
    /// A registered source handed it in and proved it with its key or token.
    case source(String)

    /// What the column `origin` holds: 0 recorded, 1 imported, from 2 on the code of the source's name plus 2. A negative one
    /// is −1 less the same, for records of another store that nobody vouches for; such records count as imported.
    func column(_ codes: CodeBook) throws -> Int64 {
        switch self {
        case .recorded: 0
        case .imported: 1
        case .source(let name): 2 + (try codes.code(of: name))
        }
    }

    /// What the column holds for a record of another store.
    ///
    /// - Parameter isVouchedFor: whether that store's ledger is signed by a key that is trusted here.
    func column(isVouchedFor: Bool, _ codes: CodeBook) throws -> Int64 {
        let column = try column(codes)
        return isVouchedFor || self == .imported ? column : -1 - column
    }

    /// Reads the column; nil for a value that the store does not write.
    init?(column: Int64, _ codes: CodeBook) throws {
        switch column < 0 ? -1 - column : column {
        case 0: self = .recorded
        case 1: self = .imported
        case let column where column >= 3:
            guard let name = try codes.word(of: column - 2) else { return nil }
            self = .source(name)
        default: return nil
        }
    }
}
