import RungCrypto
import RungText

/// The value of one field of a record, as it goes into the digest and into its column.
enum FieldValue: Equatable {
    case null
    /// Whole numbers, flags (0 and 1) and times (seconds since 1970).
    case integer(Int64)
    case real(Double)
    /// Text, coded words and canonical JSON.
    case text(String)
    case digest(Digest)

    static func text(_ value: String?) -> FieldValue { value.map { .text($0) } ?? .null }
    static func integer(_ value: Int?) -> FieldValue { value.map { .integer(Int64($0)) } ?? .null }
    static func real(_ value: Double?) -> FieldValue { value.map { .real($0) } ?? .null }
    static func flag(_ value: Bool) -> FieldValue { .integer(value ? 1 : 0) }
    static func time(_ value: Timestamp?) -> FieldValue { value.map { .integer($0.seconds) } ?? .null }
    static func digest(_ value: Digest?) -> FieldValue { value.map { .digest($0) } ?? .null }
    /// A digest that many records share, kept as a coded word.
    static func word(_ value: Digest?) -> FieldValue { value.map { .text($0.description) } ?? .null }
    static func json(_ value: JSONValue) -> FieldValue { .text(String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)) }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    var real: Double? { if case .real(let value) = self { value } else { nil } }
    var time: Timestamp? { integer.map { Timestamp(seconds: $0) } }
    var isNull: Bool { self == .null }
}
