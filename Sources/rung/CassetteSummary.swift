import RungReplay

extension Cassette {
    /// What is in it, in a few words: `2 exchanges and 1 call of tools`.
    var summary: String {
        let exchanges = "\(exchanges.count) \(exchanges.count == 1 ? "exchange" : "exchanges")"
        return tools.isEmpty ? exchanges : "\(exchanges) and \(tools.count) \(tools.count == 1 ? "call" : "calls") of tools"
    }
}
