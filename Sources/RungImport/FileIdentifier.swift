/// Identifiers that come from file names.
enum FileIdentifier {
    /// The file name without its extensions, as an identifier: `gpt-4o-airline` for `gpt-4o-airline.public.jsonl`.
    ///
    /// An extension is a last part of letters alone, so that the version in `gpt-4.1-airline.json` stays. Characters that
    /// identifiers do not have become `-`; `recording` when nothing is left. At most 100 characters.
    static func of(_ fileName: String) -> String {
        var parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        while parts.count > 1, let last = parts.last, last.utf8.allSatisfy(isLetterOrDigit), last.utf8.first.map(isLetter) ?? true {
            parts.removeLast()
        }
        var name = ""
        for character in parts.joined(separator: ".").prefix(100) {
            let isKnown = character.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
            if isKnown { name.append(character) } else if !name.hasSuffix("-") { name += "-" }
        }
        while let first = name.utf8.first, !isLetterOrDigit(first) { name.removeFirst() }
        while name.hasSuffix("-") || name.hasSuffix(".") { name.removeLast() }
        return name.isEmpty ? "recording" : name
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) && byte < 0x80 }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || isLetter(byte) }
}
