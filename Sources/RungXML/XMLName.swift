/// The names of elements and attributes; those we write are ASCII and known at compile time.
enum XMLName {
    /// True for a letter or `_`, followed by letters, digits, `_`, `-`, `.` and `:`.
    static func isValid(_ name: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.dropFirst().allSatisfy { isLetter($0) || (0x2D...0x2E).contains($0) || (0x30...0x3A).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
