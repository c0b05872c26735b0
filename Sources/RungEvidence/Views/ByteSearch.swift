#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looks for ASCII words in queries, byte by byte: the general search of strings compares characters and takes a hundred times
/// as long.
enum ByteSearch {
    /// Whether a text holds a word, up to its first zero byte; SQLite reads no farther either.
    static func holds(_ text: String, _ word: String) -> Bool { strstr(text, word) != nil }
}
