import ArgumentParser

/// `rung replay`: answers agents from recorded traffic.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Answer agents from recorded traffic.",

        subcommands: [ReplayMCPCommand.self, ReplayServeCommand.self])
}
