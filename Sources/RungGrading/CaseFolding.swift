/// Unicode's simple case folding: one scalar for one scalar, so that `Straße` and `STRASSE` stay different words.
enum CaseFolding {
    /// The folded form of a scalar; scalars without case are their own.
    ///
    /// The standard library has full mappings only. Lowering the raised form gives the simple folding wherever both steps
    /// are one scalar long; the dotless i is the one letter for which it would not. Cherokee folds to lower case here,
    /// to upper case in Unicode's table: which letters are the same is the same.
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x80 { return Unicode.Scalar(fold(UInt8(scalar.value))) }
        switch scalar.value {
        case 0x131: return scalar
        case 0x1FD3: return "\u{390}"
        case 0x1FE3: return "\u{3B0}"
        case 0xFB05: return "\u{FB06}"
        default:
            let raised = single(scalar.properties.uppercaseMapping) ?? scalar
            return single(raised.properties.lowercaseMapping) ?? raised
        }
    }

    /// The lower-case form of an ASCII byte; every other byte is its own.
    @inline(__always)
    static func fold(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// A text with every scalar folded.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { folded.append(fold(scalar)) }
        return String(folded)
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        guard let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex else { return nil }
        return first
    }
}

/// Whether upper and lower case are told apart.
enum LetterCase: String, Sendable, CaseIterable {
    case sensitive
    case insensitive
}
