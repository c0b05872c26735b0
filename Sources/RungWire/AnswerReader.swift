internal import RungText

/// Reads the answer to a request from its chunks, whatever the provider, the framing and the cuts, and tells what the model said.
///
/// Nothing throws: what cannot be read, what the provider refused, and what was cut off stands in the answer's `error`, beside
/// whatever was understood before. Memory is bounded by the answer itself and the longest event allowed.
public struct AnswerReader: Sendable {
    /// The protocol that the request speaks.
    public let kind: WireKind
    private let status: Int
    private let mediaType: String?
    private let limit: Int
    /// Google's streams come as one array where nobody asks for events.
    private let isGoogleStream: Bool
    private var assembler: (any AnswerAssembler)?
    /// Bytes that came before the framing was known.
    private var head: [UInt8] = []
    private var framing: WireFraming?
    private var parser: WireStreamParser
    private var events = 0
    private var problem: ModelAnswerError?
    private var hasEnded = false

    /// - Parameters:
    ///   - request: what was asked.
    ///   - status: the status of HTTP.
    ///   - headers: the headers of the answer.
    ///   - limit: longest event of a stream, and longest plain body, in bytes.
    public init(_ request: WireRequest, status: Int, headers: WireHeaders, limit: Int = 64 << 20) {
        kind = WireKind(of: request)
        self.status = status
        self.limit = limit
        mediaType = headers.mediaType
        assembler = Self.assembler(for: kind, request, headers)
        parser = WireStreamParser(.plain, limit: limit)
        isGoogleStream = kind == .googleGenerate && request.path.last?.hasSuffix(":streamGenerateContent") == true
        if !isSuccess { problem = ModelAnswerError(.refused(status: status), codes: Self.amazonCodes(headers)) }
    }

    /// Whether the status promises an answer; of HTTP that asks no model, whether it is no error.
    private var isSuccess: Bool { kind == .other ? status < 400 : (200...299).contains(status) }

    /// Whether the answer came in parts; known once some of it was taken.
    public var isStreamed: Bool {
        guard let framing else { return false }
        return framing != .plain || (isGoogleStream && isSuccess)
    }

    /// All of an answer at once.
    public static func read(
        _ request: WireRequest, status: Int, headers: WireHeaders, body: [UInt8]
    ) -> (kind: WireKind, isStreamed: Bool, answer: ModelAnswer) {
        var reader = AnswerReader(request, status: status, headers: headers)
        reader.push(body)
        let answer = reader.finish()
        return (reader.kind, reader.isStreamed, answer)
    }

    /// Takes the next chunk.
    public mutating func push(_ chunk: [UInt8]) {
        guard framing == nil else { return parse(chunk) }
        head += chunk
        // Eight bytes behind any white space tell a stream from a value.
        if WireFraming.start(of: head).count >= 8 || head.count > 1 << 16 { decide() }
    }

    /// Ends the answer.
    public mutating func finish() -> ModelAnswer {
        if framing == nil { decide() }
        do {
            if let last = try parser.finish() { take(last) }
        } catch {
            note(.unreadable(error.description))
        }
        assembler?.end()
        var answer = assembler?.draft.answer ?? ModelAnswer()
        let isWhole = hasEnded || assembler?.draft.isComplete ?? true || framing == .plain
        if isSuccess, answer.error == nil, problem == nil, !isWhole { problem = ModelAnswerError(.cutOff) }
        answer.error = answer.error ?? problem
        return answer
    }

    // MARK: - Blocks

    private mutating func decide() {
        let framing = WireFraming(mediaType: mediaType, head: head)
        self.framing = framing
        parser = WireStreamParser(framing, limit: limit)
        let bytes = head
        head = []
        parse(bytes)
    }

    private mutating func parse(_ chunk: [UInt8]) {
        do {
            for block in try parser.push(chunk) { take(block) }
        } catch {
            note(.unreadable(error.description))
        }
    }

    private mutating func take(_ block: WireBlock) {
        guard let event = block.event else { return }
        events += 1
        if framing == .serverSentEvents, event.data.elementsEqual("[DONE]".utf8) {
            hasEnded = true
            return
        }
        let node = try? JSONReader.read(event.data)
        if event.isFailure || !isSuccess || node?.reportsError == true {
            let codes = [ModelAnswerError.code(event.isFailure ? event.name : nil)].compactMap { $0 } + (node?.errorCodes ?? [])
            return report(codes)
        }
        guard assembler != nil else { return }
        guard let node = node.flatMap({ event.name == "chunk" ? $0.unpackedChunk : $0 }) else {
            if event.data.allSatisfy({ $0 <= 0x20 }) { return }
            return note(.unreadable(framing == .plain ? "the answer is not JSON" : "event \(events) of the stream is not JSON"))
        }
        if node.reportsError { return report(node.errorCodes) }
        if framing == .plain { assembler?.take(whole: node) } else { assembler?.take(event: node, named: event.name) }
    }

    /// What the provider says of itself counts for more than what could not be read.
    private mutating func report(_ codes: [String]) {
        if case .refused? = problem?.reason {
            for code in codes where code != "\(status)" && problem?.codes.contains(code) == false { problem?.codes.append(code) }
        } else if problem?.reason != .reported {
            problem = ModelAnswerError(.reported, codes: codes)
        }
    }

    private mutating func note(_ reason: ModelAnswerError.Reason) {
        if problem == nil { problem = ModelAnswerError(reason) }
    }

    // MARK: - Protocols

    private static func assembler(for kind: WireKind, _ request: WireRequest, _ headers: WireHeaders) -> (any AnswerAssembler)? {
        switch kind {
        case .anthropicMessages: AnthropicAnswer()
        case .bedrockConverse: BedrockConverseAnswer(model: request.pathPart(after: "model"))
        case .bedrockInvoke: BedrockInvokeAnswer(model: request.pathPart(after: "model"), headers: headers)
        case .cohereChat: CohereAnswer(model: request.model)
        case .googleGenerate: GoogleAnswer(model: request.model)
        case .ollamaChat, .ollamaGenerate: OllamaAnswer()
        case .openAIChat: OpenAIChatAnswer()
        case .openAICompletions: OpenAICompletionsAnswer()
        case .openAIEmbeddings: OpenAIEmbeddingsAnswer()
        case .openAIResponses: OpenAIResponsesAnswer()
        case .other: nil
        }
    }

    private static func amazonCodes(_ headers: WireHeaders) -> [String] {
        [ModelAnswerError.code(headers["x-amzn-errortype"])].compactMap { $0 }
    }
}

extension Node {
    /// Whether it is an error where an answer should be. A response of OpenAI's says `"error": null`, and so do others.
    fileprivate var reportsError: Bool {
        if self["type"]?.string == "error" { return true }
        guard let error = self["error"] ?? array?.first?["error"], self["output"] == nil else { return false }
        return !error.isNull && error.string?.isEmpty != true && error.members?.isEmpty != true
    }

    /// The codes of an error in any of the shapes that providers give it.
    fileprivate var errorCodes: [String] {
        let node = array?.first ?? self
        guard let error = node["error"], error.members != nil else {
            let codes = ModelAnswerError.codes(in: node)
            return codes.first == "error" ? Array(codes.dropFirst()) : codes
        }
        return ModelAnswerError.codes(in: error)
    }

    /// What Bedrock packs into a chunk; the node itself where nothing is packed, nil where it cannot be unpacked.
    fileprivate var unpackedChunk: Node? {
        guard let packed = self["bytes"]?.string else { return self }
        return Base64.bytes(of: Array(packed.utf8)).flatMap { try? JSONReader.read($0) }
    }
}
