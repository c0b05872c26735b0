import RungCrypto

/// Tells scenarios apart by what they say.
enum ScenarioText {
    /// The digest of the normal form: letters in lower case, everything else between them as one space.
    ///
    /// Scenarios that differ in numbers, dates, punctuation, case or spaces alone share it. A text without letters is taken
    /// as it is.
    static func digest(of text: String) -> Digest {
        var normal = ""
        var isBetween = false
        for scalar in text.unicodeScalars {
            guard scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark else {
                isBetween = true
                continue
            }
            if isBetween, !normal.isEmpty { normal += " " }
            isBetween = false
            normal += scalar.properties.lowercaseMapping
        }
        return SHA256Hasher.digest(of: normal.isEmpty ? text : normal)
    }
}
