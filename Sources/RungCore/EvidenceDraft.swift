public import RungText

/// A record of evidence as an importer hands it on: what a line of an evidence file would say.
public struct EvidenceDraft: Sendable {
    /// The word for the kind of record, such as `interaction`; docs/evidence.md lists the kinds.
    public var kind: String
    /// Members without `kind`; a member that is null counts as left out.
    public var members: [JSONValue.Member]
    /// Where it stands in the file that is imported, for messages.
    public var position: SourcePosition

    public init(_ kind: String, _ members: [JSONValue.Member], at position: SourcePosition = .start) {
        self.kind = kind
        self.members = members
        self.position = position
    }
}

/// Takes records in, all of one import or none.
public protocol EvidenceSink: AnyObject {
    /// Checks a record and appends it; what is wrong with it is told when the import ends, and nothing is stored then.
    ///
    /// - Throws: what ends the import at once, such as a disk that is full.
    func append(_ draft: EvidenceDraft) throws
}
