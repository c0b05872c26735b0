#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension String {
    /// Equality of code units: JSON does not normalize, so "é" as one scalar and as two are different texts.
    package func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else { return false }
        // Equal text may still be written with other code units; comparing them in one piece is many times faster than
        // one by one.
        let isSame = utf8.withContiguousStorageIfAvailable { mine -> Bool? in
            other.utf8.withContiguousStorageIfAvailable { theirs -> Bool in
                guard let a = mine.baseAddress, let b = theirs.baseAddress else { return mine.isEmpty }
                return memcmp(a, b, mine.count) == 0
            }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
