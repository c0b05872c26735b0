internal import RungText

extension ValuePath {
    /// What messages call the place.
    var name: String { source.isEmpty ? "the top" : BoundedText.quoted(source) }
}

extension GraderParameters {
    /// Reads a path that stands as a value; notes the problem when it is none.
    mutating func path(at node: Node) -> ValuePath? { path(node.string ?? "", at: node) }

    /// Reads a path that stands as a key, with the node to name in the problem.
    mutating func path(_ text: String, at node: Node) -> ValuePath? {
        do {
            return try ValuePath(text)
        } catch {
            report(at: node, "\(BoundedText.quoted(text)) is not a path: \(error.reason)")
            return nil
        }
    }
}
