import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct AgentLaunchTests {
    @Test func `only listed variables are inherited and the agent's own win`() {
        let settings = CommandTransportSettings(command: ["x"], environment: ["LANG": "C", "KEY": "own"])
        let launch = AgentLaunch(
            settings, workspace: "/w",
            inherited: ["PATH": "/bin", "LANG": "de", "AWS_SECRET_ACCESS_KEY": "s", "RUNG_TRIAL": "old"], trialID: "t1")
        #expect(launch.environment == ["PATH": "/bin", "LANG": "C", "KEY": "own", "RUNG_TRIAL": "t1"])
    }

    @Test func `a persistent agent has no trial in its environment`() {
        let launch = AgentLaunch(CommandTransportSettings(command: ["x"]), workspace: "/w", inherited: [:], trialID: nil)
        #expect(launch.environment == [:])
    }

    @Test(arguments: [
        ("python3", "python3"), ("agents/run.sh", "/w/agents/run.sh"), ("./run.sh", "/w/./run.sh"), ("/bin/sh", "/bin/sh"),
    ])
    func `a path starts at the workspace and a name is looked up`(program: String, expected: String) {
        let launch = AgentLaunch(
            CommandTransportSettings(command: [program, "a/b"]), workspace: "/w", inherited: [:], trialID: nil)
        #expect(launch.command == [expected, "a/b"])
    }

    @Test(arguments: [(nil, "/w"), ("sub", "/w/sub"), ("/abs", "/abs")] as [(String?, String)])
    func `the program starts in its folder`(directory: String?, expected: String) {
        let launch = AgentLaunch(
            CommandTransportSettings(command: ["x"], directory: directory), workspace: "/w", inherited: [:], trialID: nil)
        #expect(launch.directory == expected)
    }
}
