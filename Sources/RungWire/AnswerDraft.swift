internal import RungText

/// An answer while it is put together.
struct AnswerDraft: Sendable {
    var model: String?
    var usage = ModelUsage()
    var error: ModelAnswerError?
    /// Whether the protocol has said that nothing more comes; plain answers are whole by nature.
    var isComplete = false
    /// By the index of the choice.
    private var outputs: [Int: OutputDraft] = [:]

    /// The choice with an index.
    subscript(_ index: Int) -> OutputDraft {
        get { outputs[index] ?? OutputDraft() }
        _modify { yield &outputs[index, default: OutputDraft()] }
    }

    /// Changes a choice in place.
    mutating func update(_ index: Int, _ body: (inout OutputDraft) -> Void) { body(&outputs[index, default: OutputDraft()]) }

    /// Forgets what was put together so far.
    mutating func removeOutputs() { outputs = [:] }

    var hasOutputs: Bool { !outputs.isEmpty }

    /// The answer as it stands.
    var answer: ModelAnswer {
        ModelAnswer(
            model: model, outputs: outputs.sorted { $0.key < $1.key }.map(\.value.output), usage: usage.isEmpty ? nil : usage, error: error)
    }
}

/// One choice while it is put together.
struct OutputDraft: Sendable {
    var text = ""
    var refusal = ""
    var reasoning = ""
    var finish: String?
    private(set) var calls: [ModelAnswer.ToolCall] = []
    /// Where the call with an index of the protocol stands.
    private var places: [Int: Int] = [:]
    /// The calls of parts without an index, by id.
    private var placesByID: [String: Int] = [:]

    /// Adds a call that is at hand as a whole.
    mutating func add(_ call: ModelAnswer.ToolCall) { calls.append(call) }

    /// The call with an index of the protocol, made where there is none; calls stand in the order in which they came.
    mutating func call(_ index: Int, _ body: (inout ModelAnswer.ToolCall) -> Void) {
        let place = places[index] ?? calls.count
        if place == calls.count {
            calls.append(ModelAnswer.ToolCall(name: "", arguments: ""))
            places[index] = place
        }
        body(&calls[place])
    }

    /// The first call with an id; of very many calls only those that came without an index are known by theirs.
    private func place(of id: String) -> Int? {
        if let place = placesByID[id], calls[place].id == id { return place }
        return calls.count <= 1_000 ? calls.firstIndex { $0.id == id } : nil
    }

    /// The call that a part without an index belongs to: the one with its id, a new one for a new id, else the last one.
    mutating func call(withoutIndex id: String?, _ body: (inout ModelAnswer.ToolCall) -> Void) {
        if let id, !id.isEmpty, let place = place(of: id) {
            body(&calls[place])
        } else if !calls.isEmpty, id?.isEmpty ?? true {
            body(&calls[calls.count - 1])
        } else {
            if let id, !id.isEmpty { placesByID[id] = calls.count }
            calls.append(ModelAnswer.ToolCall(name: "", arguments: ""))
            body(&calls[calls.count - 1])
        }
    }

    var output: ModelAnswer.Output {
        ModelAnswer.Output(
            text: text, refusal: refusal.isEmpty ? nil : refusal, reasoning: reasoning.isEmpty ? nil : reasoning, toolCalls: calls,
            finish: finish)
    }
}

/// Puts the answer of one protocol together; each knows one wire format and nothing else.
protocol AnswerAssembler: Sendable {
    /// What is known so far.
    var draft: AnswerDraft { get set }
    /// Takes an answer that came at once.
    mutating func take(whole: Node)
    /// Takes one event of a stream.
    mutating func take(event: Node, named name: String?)
    /// Ends the answer; for what can only be told now.
    mutating func end()
}

extension AnswerAssembler {
    mutating func end() {}
}

extension Node {
    /// A text that is not empty.
    var filledString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// The member of a member; nil where either is missing.
    subscript(_ outer: String, _ inner: String) -> Node? { self[outer]?[inner] }

    /// An object as JSON text with a space behind each comma and colon, as the clients of most providers write it; a text as it is.
    var argumentText: String { string ?? SpacedJSON.text(of: json) }
}
