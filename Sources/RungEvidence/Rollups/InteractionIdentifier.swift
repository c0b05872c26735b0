import RungCrypto

/// What the index of interactions holds in place of an identifier: the first eight bytes of its SHA-256.
///
/// A number takes a fifth of the room of a text. Two identifiers may share one, so whoever finds a record by it compares the
/// text; nobody can choose many that do, as they could with a weaker hash.
enum InteractionIdentifier {
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
        Int64(bitPattern: SHA256Hasher.digest(of: UnsafeRawBufferPointer(bytes)).prefix64)
    }

    static func hash(_ text: String) -> Int64 {
        var text = text
        return text.withUTF8 { hash($0) }
    }
}
