public import RungCore
public import RungText

/// How the graders of a file are read; the catalog of graders fills it in, so that formats know no grader by name.
public struct GraderReading: Sendable {
    /// The shape of one entry under `graders`.
    public var shape: Shape
    /// Makes bindings from checked nodes; the names already taken in the suite are given.
    public var bindings: @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) -> [GraderBinding]

    public init(
        shape: Shape,
        bindings:
            @escaping @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) ->
            [GraderBinding]
    ) {
        self.shape = shape
        self.bindings = bindings
    }
}
