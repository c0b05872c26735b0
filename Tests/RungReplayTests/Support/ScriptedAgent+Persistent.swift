import RungCore
@testable import RungReplay

extension ScriptedAgent {
    /// Python that says hello, then runs `body` for each request line in `request`; `say` writes a line.
    private static func script(concurrency: Int, _ body: String, atEnd: String = "") -> String {
        let indented = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return """
            import json, os, sys, time
            def say(**line):
                print(json.dumps(line), flush=True)
            def life():
                with open("lives", "a") as file:
                    file.write("x")
                return os.path.getsize("lives")
            life = life()
            say(type="hello", protocol=1, concurrency=\(concurrency))
            pending = []
            for text in sys.stdin:
                request = json.loads(text)
                trial = request["trial"]
            \(indented)
            \(atEnd)
            """
    }

    static func persistent(
        concurrency: Int = 1, _ body: String, atEnd: String = "", adjust: (inout AgentLimits) -> Void = { _ in }
    ) throws -> ScriptedAgent {
        try ScriptedAgent(.python, script(concurrency: concurrency, body, atEnd: atEnd), mode: .persistent, adjust: adjust)
    }
}
