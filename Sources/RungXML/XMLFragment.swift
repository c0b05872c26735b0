/// A sequence of elements without a root, made by `XMLDocumentWriter.finishFragment()`, to be inserted into a document.
///
/// Only a writer makes fragments, so that what is inserted is always well-formed.
public struct XMLFragment: Sendable {
    /// Where the elements are.
    enum Storage: Sendable {
        /// In a spool file.
        case file(path: String)
        /// Here.
        case memory([UInt8])
    }

    /// Where the elements are.
    let storage: Storage
    /// The size in bytes.
    public let byteCount: Int

    /// The spool file, which the caller removes after the last use; nil when the fragment is in memory.
    public var path: String? {
        guard case .file(let path) = storage else { return nil }
        return path
    }
}
