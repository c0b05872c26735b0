extension String {
    /// Equality of code units: JSON does not normalize, so "é" as one scalar and as two are different texts.
    package func isExactly(_ other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }
}
