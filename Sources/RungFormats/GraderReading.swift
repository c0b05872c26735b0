public import RungCore
public import RungText

/// How the graders of a file are read; the catalog of graders fills it in, so that formats know no grader by name.
public struct GraderReading: Sendable {
    /// The shape of one entry under `graders`.
    public var shape: Shape
    /// Makes bindings from checked nodes; the names already taken in the suite are given.
    public var bindings: @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) -> [GraderBinding]

    /// Reports what `bindings` would report; may do so without making anything.
    public var check: @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) -> Void

    public init(
        shape: Shape,
        check: @escaping @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) -> Void,
        bindings:
            @escaping @Sendable (_ nodes: [Node], _ file: String, _ takenNames: [String]) throws(InvalidInput) ->
            [GraderBinding]
    ) {
        self.shape = shape
        self.check = check
        self.bindings = bindings
    }
}
