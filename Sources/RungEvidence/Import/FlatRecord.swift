/// The values of one record as they stand in a line: bytes are not copied and live as long as the line.
///
/// A final class because it owns its memory, which is used for record after record.
final class FlatRecord {
    let kind: RecordKind
    /// In the order of the fields.
    private(set) var columns: UnsafeMutableBufferPointer<Column>
    private let own: UnsafeMutableBufferPointer<Column>

    /// What stands before each value in the canonical bytes: comma, key, colon.
    let prefixes: [UnsafeBufferPointer<UInt8>]

    /// One value.
    struct Column {
        var form: Form
        /// The text of a string without its quotes; the digits of a number that are its canonical form already.
        var text: UnsafeBufferPointer<UInt8>
        /// Whole numbers, flags and seconds.
        var integer: Int64
        var real: Double

        static var absent: Column { Column(form: .absent, text: UnsafeBufferPointer(start: nil, count: 0), integer: 0, real: 0) }
    }

    /// What a value is.
    enum Form: UInt8 {
        case absent, text, integer, real
        /// Its text is the canonical form when there is one.
        case flag, time
    }

    init(_ kind: RecordKind) {
        self.kind = kind
        own = .allocate(capacity: kind.fields.count)
        own.initialize(repeating: .absent)
        columns = own
        prefixes = kind.fields.map { field in
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: field.name.utf8.count + 4)
            _ = bytes.initialize(from: ",\"\(field.name)\":".utf8)
            return UnsafeBufferPointer(bytes)
        }
    }

    deinit {
        own.deallocate()
        for prefix in prefixes { prefix.deallocate() }
    }

    /// Keeps its values elsewhere from now on; the other place must stay while they are used.
    func borrow(_ columns: UnsafeMutableBufferPointer<Column>) { self.columns = columns }

    /// Forgets all values.
    func clear() { columns.update(repeating: .absent) }

    /// Whether a field has a value.
    func has(_ position: Int) -> Bool { columns[position].form != .absent }
}
