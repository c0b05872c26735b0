import RungCore
import RungRedaction
import RungText

/// The calls of tools that an agent told of in its transcript, as they are recorded.
struct RecordedCalls {
    let secrets: SecretTexts

    /// Each call with the answer that the agent told of, without secrets; calls without an answer are left out.
    func calls(of transcript: Transcript) -> [ToolExchange] {
        var counts: [String: Int] = [:]
        let calls = transcript.toolCalls
        return transcript.events.compactMap { event in
            guard case .toolResult(let result) = event, let index = result.call, calls.indices.contains(index) else { return nil }
            return ToolExchange(
                name: secrets.redacted(calls[index].name, &counts) ?? calls[index].name,
                arguments: redacted(calls[index].arguments, &counts),
                result: redacted(result.content, &counts), isError: result.isError)
        }
    }

    private func redacted(_ value: JSONValue, _ counts: inout [String: Int]) -> JSONValue {
        // A text alone is no JSON body; in an array it is one.
        guard let text = secrets.redactedJSON(JSONText.compact(.array([value])), &counts),
            let first = try? JSONReader.read(Array(text.utf8)).array?.first
        else { return value }
        return first.json
    }
}
