/// Recognizes terminal control sequences (ECMA-48) that begin with the escape character.
enum ANSISequence {
    private static let bell: UInt8 = 0x07
    private static let escape: UInt8 = 0x1B

    /// The length in bytes of the sequence at an escape character; 0 when what follows is not a complete sequence.
    ///
    /// Known are CSI (`ESC [`, colours and cursor), OSC (`ESC ]`, titles and links, ended by BEL or `ESC \`) and the choice
    /// of a character set (`ESC (`, `ESC )`), which `tput sgr0` prints.
    static func length(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        guard start + 1 < bytes.count else { return 0 }
        switch bytes[start + 1] {
        case UInt8(ascii: "["): return controlLength(in: bytes, at: start)
        case UInt8(ascii: "]"): return commandLength(in: bytes, at: start)
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            return start + 2 < bytes.count && (0x30...0x7E).contains(bytes[start + 2]) ? 3 : 0
        default: return 0
        }
    }

    /// CSI: parameters, intermediates, one final byte.
    private static func controlLength(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        var index = start + 2
        while index < bytes.count, (0x30...0x3F).contains(bytes[index]) { index += 1 }
        while index < bytes.count, (0x20...0x2F).contains(bytes[index]) { index += 1 }
        guard index < bytes.count, (0x40...0x7E).contains(bytes[index]) else { return 0 }
        return index + 1 - start
    }

    /// OSC: printable text up to BEL or `ESC \`; any other control character means that it is none.
    ///
    /// The text ends at the next escape character at the latest, so a whole output is still read in linear time.
    private static func commandLength(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        var index = start + 2
        while index < bytes.count, bytes[index] >= 0x20 { index += 1 }
        guard index < bytes.count else { return 0 }
        if bytes[index] == bell { return index + 1 - start }
        let isTerminated = bytes[index] == escape && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\\")
        return isTerminated ? index + 2 - start : 0
    }
}
