import Foundation

/// Small workspaces with one agent, which is a shell script that the test writes.
extension Folder {
    /// What a test wants to be different about the workspace.
    struct Bench {
        /// The agent: a shell script, see `setAgent`.
        var agent = Folder.passing
        /// How many cases; they are called `c01`, `c02` and so on, and want the answer `ok`.
        var cases = 3
        /// More lines of the suite file.
        var suite = ""
        /// `command` of the agent's card.
        var command = "[sh, agent.sh]"
    }

    /// Answers every trial with `ok`.
    static let passing = #"answer ok"#

    /// Makes a workspace with suite `s`, agent `a` and scenarios as `bench` wants them, and hands it to `body`.
    static func withBench<Value>(_ bench: Bench = Bench(), _ body: (Folder) async throws -> Value) async throws -> Value {
        try await with { folder in
            try folder.write("format: 1\norganization: Bench\n", to: "rung.yaml")
            try folder.write(
                "format: 1\nid: a\nstate: pilot\ntransport:\n  kind: command\n  command: \(bench.command)\n", to: "agents/a.yaml")
            // Trials that wait for their test must not time out on a busy machine.
            let timeout = bench.suite.contains("timeout:") ? "" : "timeout: 10m\n"
            try folder.write(
                "format: 1\nid: s\nagents: [a]\nscenarios: [../scenarios/s.jsonl]\n\(timeout)\(bench.suite)\n", to: "suites/s.yaml")
            let lines = (1...max(1, bench.cases)).map { number in
                let parity = number.isMultiple(of: 2) ? "even" : "odd"
                return #"{"id":"\#(Self.name(number))","input":"say ok","intent":"\#(parity)-intent","slices":{"parity":"\#(parity)"},"#
                    + #""graders":[{"kind":"equals","value":"ok"}]}"#
            }
            try folder.write(lines.joined(separator: "\n") + "\n", to: "scenarios/s.jsonl")
            try folder.setAgent(bench.agent)
            return try await body(folder)
        }
    }

    /// `c01` for 1.
    static func name(_ number: Int) -> String { number < 10 ? "c0\(number)" : "c\(number)" }

    /// Lets trials end whose agent calls `end` until there are `count` in `ended.log`; a few more may slip through.
    func allow(_ count: Int) throws {
        if !has("ended.log") { try write("", to: "ended.log") }
        try write("\(count)\n", to: "limit.new")
        rename("\(path)/limit.new", "\(path)/limit")
    }

    /// Writes the agent's script anew, after what every script begins with.
    ///
    /// `$request` is the request, `$trial` its id, `$key` case and index such as `c01#0`; `answer TEXT` ends the trial.
    /// `end` notes the trial in `ended.log`, once `allow` has let so many trials end.
    func setAgent(_ script: String) throws {
        try write(
            #"""
            trial=$RUNG_TRIAL
            read -r request || exit 1
            case=${request#*\"case\":\"}; case=${case%%\"*}
            index=${request#*\"index\":}; index=${index%%[,\}]*}
            key="$case#$index"
            end() {
                while [ "$(wc -l <ended.log)" -ge "$(cat limit)" ]; do sleep 0.02; done
                echo "$key" >>ended.log
            }
            answer() { printf '{"type":"result","trial":"%s","output":"%s"}\n' "$trial" "$1"; }
            \#(script)

            """#, to: "agent.sh")
    }
}
