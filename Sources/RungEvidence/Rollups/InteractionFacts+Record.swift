extension InteractionFacts {
    private static let positions = Positions()

    /// Where the identifier stands among the fields.
    static var idPosition: Int { positions.id }

    /// Where the fields stand that are counted.
    private struct Positions: Sendable {
        let id = RecordKind.interaction.position(of: "id")
        let agent = RecordKind.interaction.position(of: "agentId")
        let environment = RecordKind.interaction.position(of: "environment")
        let at = RecordKind.interaction.position(of: "at")
        let version = RecordKind.interaction.position(of: "promptVersionId")
        let configuration = RecordKind.interaction.position(of: "configDigest")
        let context = RecordKind.interaction.position(of: "contextVersionId")
        let outcome = RecordKind.interaction.position(of: "outcome")
        let reason = RecordKind.interaction.position(of: "failureReason")
        let explanation = RecordKind.interaction.position(of: "explanationRef")
        let feedback = RecordKind.interaction.position(of: "feedbackOffered")
        let memory = RecordKind.interaction.position(of: "memoryRef")
        /// What a complete trace needs, the outcome apart.
        let trace = ["promptVersionId", "configDigest", "modelId", "principalId", "cost", "latencyMs", "traceId"].map {
            RecordKind.interaction.position(of: $0)
        }
    }

    /// Reads the facts from a record of the kind `interaction` whose words have their numbers.
    init(_ flat: FlatRecord) {
        let positions = Self.positions
        let columns = flat.columns
        func code(_ position: Int) -> Int64 { flat.has(position) ? columns[position].integer : 0 }
        self.init(agent: code(positions.agent), environment: code(positions.environment), at: columns[positions.at].integer)
        version = code(positions.version)
        configuration = code(positions.configuration)
        context = code(positions.context)
        outcome = OutcomeFacts(
            word: flat.has(positions.outcome) ? OutcomeFacts.Word(bytes: columns[positions.outcome].text) : nil,
            hasReason: flat.has(positions.reason))
        isTraceable = positions.trace.allSatisfy { flat.has($0) }
        isExplained = flat.has(positions.explanation)
        isFeedbackOffered = code(positions.feedback) == 1
        hasMemory = flat.has(positions.memory)
    }

    /// Reads the facts from the stored interaction at hand.
    init(_ reader: RecordReader) throws {
        let positions = Self.positions
        self.init(agent: reader.code(positions.agent), environment: reader.code(positions.environment), at: reader.code(positions.at))
        version = reader.code(positions.version)
        configuration = reader.code(positions.configuration)
        context = reader.code(positions.context)
        outcome = OutcomeFacts(
            word: try reader.word(positions.outcome).flatMap(OutcomeFacts.Word.init), hasReason: reader.has(positions.reason))
        isTraceable = positions.trace.allSatisfy { reader.has($0) }
        isExplained = reader.has(positions.explanation)
        isFeedbackOffered = reader.code(positions.feedback) == 1
        hasMemory = reader.has(positions.memory)
        isReceived = try reader.origin() != .imported
    }

    /// Reads the facts from the values of a record of the kind `interaction`; whether it was received is for the caller to say.
    init(_ values: [FieldValue], _ codes: CodeBook) throws {
        let positions = Self.positions
        func code(_ position: Int) throws -> Int64 { try values[position].text.map { try codes.code(of: $0) } ?? 0 }
        self.init(
            agent: try code(positions.agent), environment: try code(positions.environment),
            at: values[positions.at].integer ?? 0)
        version = try code(positions.version)
        configuration = try code(positions.configuration)
        context = try code(positions.context)
        outcome = OutcomeFacts(
            word: values[positions.outcome].text.flatMap(OutcomeFacts.Word.init), hasReason: !values[positions.reason].isNull)
        isTraceable = positions.trace.allSatisfy { !values[$0].isNull }
        isExplained = !values[positions.explanation].isNull
        isFeedbackOffered = values[positions.feedback].integer == 1
        hasMemory = !values[positions.memory].isNull
    }
}

extension OutcomeFacts.Word {
    /// Reads a word in UTF-8.
    fileprivate init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard let word = Self.allCases.first(where: { bytes.elementsEqual($0.rawValue.utf8) }) else { return nil }
        self = word
    }
}
