import Foundation
import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct CommandTransportTests {
    private func transport(_ settings: CommandTransportSettings, workspace: String) -> CommandTransport {
        let agent = Agent(id: "a", transport: .command(settings), location: SourceLocation(file: "a.yaml", line: 1))
        return CommandTransport(agent: agent, settings: settings, workspace: workspace, log: { _ in })
    }

    private func fault(_ settings: CommandTransportSettings, workspace: String) async -> String? {
        do {
            _ = try await transport(settings, workspace: workspace).perform(.sample())
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a program gets the listed variables, its own and no others`() async throws {
        setenv("RUNG_TEST_SECRET", "secret", 1)
        let agent = try ScriptedAgent(
            """
            names=$(env | cut -d= -f1 | sort | tr '\\n' ' ')
            printf '{"type":"result","trial":"%s","output":"%s"}\\n' "$RUNG_TRIAL" "$names"
            """, environment: ["OWN": "1"])
        let output = try #require(await agent.outcome(.sample("t")).output?.stringValue)
        // The shell itself adds these.
        let names = Set(output.split(separator: " ").map(String.init)).subtracting(["PWD", "OLDPWD", "SHLVL", "_"])
        #expect(names.isSuperset(of: ["PATH", "OWN", "RUNG_TRIAL"]))
        #expect(names.isSubset(of: AgentLaunch.inheritedNames.union(["OWN", "RUNG_TRIAL"])))
    }

    @Test func `a program leads a process group of its own and starts with default signals`() async throws {
        let agent = try ScriptedAgent(
            """
            group=$(cut -d' ' -f5 /proc/$$/stat)
            ignored=$(grep SigIgn /proc/self/status | cut -f2)
            printf '{"type":"result","trial":"t","output":["%s","%s","%s"]}\\n' "$$" "$group" "$ignored"
            """)
        let output = try #require(await agent.outcome(.sample()).output?.arrayValue)
        #expect(output[0] == output[1])
        let ignored = try #require(UInt64(output[2].stringValue ?? "", radix: 16))
        // Bits 0…30 are signals 1…31; the two above belong to the C library.
        #expect(ignored & 0x7FFF_FFFF == 0)
    }

    @Test func `a relative program and folder start at the workspace`() async throws {
        let folder = try AgentFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: true)
        try folder.write(
            "run.sh", "#!/bin/sh\nprintf '{\"type\":\"result\",\"trial\":\"t\",\"output\":\"%s\"}\\n' \"$(basename \"$PWD\")\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/run.sh")
        let settings = CommandTransportSettings(command: ["./run.sh"], directory: "sub")
        #expect(try await transport(settings, workspace: folder.path).perform(.sample()).output == "sub")
    }

    @Test(arguments: CommandTransportSettings.Mode.allCases)
    func `a program that cannot be started is unavailable`(mode: CommandTransportSettings.Mode) async throws {
        let folder = try AgentFolder()
        try folder.write("plain", "no program")
        func text(_ command: [String], directory: String? = nil) async -> String? {
            await fault(
                CommandTransportSettings(command: command, mode: mode, directory: directory, environment: ["KEY": "secret"]),
                workspace: folder.path)
        }
        #expect(await text(["no-such-program"]) == "unavailable: cannot start \"no-such-program\": not found or not executable")
        for name in ["missing", "plain"] {
            #expect(
                await text(["./" + name])
                    == "unavailable: cannot start \"\(folder.path)/./\(name)\": not found or not executable")
        }
        #expect(await text([]) == "unavailable: the agent has no command")
        #expect(
            await text(["/bin/sh"], directory: "nowhere")
                == "unavailable: cannot start in \"\(folder.path)/nowhere\" (No such file or directory)")
    }

    @Test func `a task that is cancelled before its trial starts nothing`() async throws {
        let agent = try ScriptedAgent("echo $$ > pid; sleep 1000")
        let running = Task {
            try? await Task.sleep(for: .seconds(600))
            return await agent.outcome(.sample())
        }
        running.cancel()
        #expect(await running.value.fault?.kind == .cancelled)
        #expect(agent.folder.read("pid") == nil)
    }

    @Test func `the tail of standard error is that of the trial with the latest fault`() async throws {
        let agent = try ScriptedAgent("echo \"about $RUNG_TRIAL\" >&2; exit 1")
        for id in ["one", "two"] {
            #expect(await agent.outcome(.sample(id)).fault?.kind == .crashed)
            #expect(agent.transport.standardErrorTail == "about \(id)\n")
        }
    }
}
