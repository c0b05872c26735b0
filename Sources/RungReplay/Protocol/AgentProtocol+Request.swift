import RungCore
import RungText

extension AgentProtocol {
    /// 2^53 − 1: the largest whole number that every JSON reader keeps exactly.
    static let largestSeed = 9_007_199_254_740_991

    /// The seed as an agent gets it: the upper 53 bits of the trial's seed.
    static func seed(_ seed: UInt64) -> Int { Int(seed >> 11) }

    /// The `trial` line with its line break.
    static func trialLine(_ request: TrialRequest) -> [UInt8] {
        let scenario = request.scenario
        var line = JSONText(reserving: 1_024)
        line.beginObject()
        line.key("type")
        line.string("trial")
        line.key("protocol")
        line.int(version)
        line.key("trial")
        line.string(request.trialID)
        line.key("agent")
        line.string(request.agent.rawValue)
        line.key("case")
        line.string(scenario.id.rawValue)
        line.key("index")
        line.int(request.index)
        line.key("seed")
        line.int(seed(request.seed))
        line.key("timeoutMs")
        line.int(request.timeoutMs)
        line.key("input")
        line.value(scenario.input)
        line.key("messages")
        write(scenario.messages, into: &line)
        line.key("prompts")
        write(request.prompts, into: &line)
        if let variables = scenario.variables {
            line.key("variables")
            line.value(variables)
        }
        if let context = scenario.context {
            line.key("context")
            line.value(context)
        }
        if request.answerTool != nil {
            line.key("toolsReplayed")
            line.bool(true)
        }
        if !request.environment.isEmpty {
            line.key("environment")
            line.beginObject()
            for (name, value) in request.environment.sorted(by: { $0.key < $1.key }) {
                line.key(name)
                line.string(value)
            }
            line.endObject()
        }
        line.endObject()
        return line.bytes + [UInt8(ascii: "\n")]
    }

    /// The `tool-result` line with its line break.
    static func toolResultLine(trial: String, _ call: ToolCall, _ answer: ToolAnswer) -> [UInt8] {
        var line = JSONText(reserving: 256)
        line.beginObject()
        line.key("type")
        line.string("tool-result")
        line.key("trial")
        line.string(trial)
        if let id = call.id {
            line.key("id")
            line.string(id)
        }
        line.key("content")
        line.value(answer.content)
        if answer.isError {
            line.key("error")
            line.bool(true)
        }
        line.endObject()
        return line.bytes + [UInt8(ascii: "\n")]
    }

    /// The `cancel` line with its line break.
    static func cancelLine(trial: String) -> [UInt8] {
        var line = JSONText(reserving: 128)
        line.beginObject()
        line.key("type")
        line.string("cancel")
        line.key("trial")
        line.string(trial)
        line.endObject()
        return line.bytes + [UInt8(ascii: "\n")]
    }

    private static func write(_ messages: [Message], into line: inout JSONText) {
        line.beginArray()
        for message in messages {
            line.beginObject()
            line.key("role")
            line.string(message.role.rawValue)
            line.key("content")
            line.string(message.content)
            line.endObject()
        }
        line.endArray()
    }

    private static func write(_ prompts: [PromptVersion], into line: inout JSONText) {
        line.beginArray()
        for prompt in prompts {
            line.beginObject()
            line.key("id")
            line.string(prompt.id.rawValue)
            line.key("label")
            line.string(prompt.label)
            line.key("version")
            line.string("\(prompt.version)")
            line.key("text")
            line.string(prompt.text)
            line.key("variables")
            line.beginArray()
            for variable in prompt.variables { line.string(variable) }
            line.endArray()
            line.endObject()
        }
        line.endArray()
    }
}
