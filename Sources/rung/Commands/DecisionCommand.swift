import ArgumentParser
import RungEvidence
import RungText

/// `rung decision`: what was decided.
struct DecisionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision", abstract: "Record decisions made by agents, or by people with agents.",
        subcommands: [DecisionAddCommand.self])
}

/// `rung decision add`.
struct DecisionAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record one decision.",
        discussion: """
            Whether it was consequential, which release made it and whether it kept to its business rule is worked out from the \
            registry, the releases and the rule, and is never taken from here.
            """)

    @Option(help: "operational, strategic or planning.")
    var scope: String

    @Option(help: "What started it: conversation, report, schedule or event.")
    var startedBy: String

    @Option(help: ArgumentHelp("The agent; left out when none took part.", valueName: "id"))
    var agent: String?

    @Option(help: "What the agent did: execute, escalate, explain, simulate, justify or learn.")
    var verb: String?

    @Option(help: "What the person asked for: decision, simulation, recommendation or data.")
    var askedFor: String?

    @Option(help: ArgumentHelp("How sure the agent said it was, 0 to 1.", valueName: "share"))
    var confidence: Double?

    @Option(name: .customLong("input"), help: ArgumentHelp("An input, as name=value; once for each.", valueName: "name=value"))
    var inputs: [String] = []

    @Option(help: ArgumentHelp("Where all of its inputs are kept.", valueName: "ref"))
    var inputsRef: String?

    @Option(help: ArgumentHelp("What it rests on.", valueName: "ref"))
    var evidenceRef: String?

    @Option(help: ArgumentHelp("Business rule applied, with its version.", valueName: "id@version"))
    var rule: String?

    @Option(help: ArgumentHelp("Digest of the prompt version.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(help: ArgumentHelp("Digest of model configuration and tools.", valueName: "sha256:…"))
    var configDigest: String?

    @Option(help: ArgumentHelp("Trace that it belongs to.", valueName: "id"))
    var trace: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        for input in inputs where input.firstIndex(of: "=").map({ $0 == input.startIndex }) ?? true {
            throw ValidationError("--input must be name=value, found \"\(input)\"")
        }
        if let rule, Self.parts(of: rule) == nil { throw ValidationError("--rule must be id@version, found \"\(rule)\"") }
    }

    func run() throws {
        try options.add("decision", from: "rung decision add") { _ in
            let rule = rule.flatMap(Self.parts)
            return [.init("principalId", options.person), .init("confidence", confidence.map { .double($0) } ?? .null)]
                + [.init("inputs", inputs.isEmpty ? .null : .object(inputs.map(Self.input)))]
                + .given([
                    "scope": scope, "startedBy": startedBy, "agentId": agent, "verb": verb, "askedFor": askedFor,
                    "inputsRef": inputsRef, "evidenceRef": evidenceRef, "ruleId": rule?.id, "ruleVersion": rule?.version,
                    "promptVersionId": promptVersion, "configDigest": configDigest, "traceId": trace,
                ])
        }
    }

    private static func parts(of rule: String) -> (id: String, version: String)? {
        guard let at = rule.lastIndex(of: "@"), at > rule.startIndex, rule.index(after: at) < rule.endIndex else { return nil }
        return (String(rule[..<at]), String(rule[rule.index(after: at)...]))
    }

    /// Numbers, true and false are taken as such, everything else as text.
    private static func input(_ text: String) -> JSONValue.Member {
        let name = text.prefix { $0 != "=" }
        let value = String(text[name.endIndex...].dropFirst())
        guard let json = (try? JSONReader.read(value))?.json else { return .init(String(name), .string(value)) }
        switch json {
        case .bool, .number: return .init(String(name), json)
        default: return .init(String(name), .string(value))
        }
    }
}
