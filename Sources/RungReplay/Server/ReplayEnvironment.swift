public import RungCore

/// The variables with which an agent reaches its recorded world and nothing else, without a change to the agent.
public enum ReplayEnvironment {
    /// What SDKs get in place of a key: they do not start without one.
    public static let dummyKey = "rung-replay"

    /// The variables of a replayed trial, sorted by name: addresses of all providers, keys that open nothing, and proxies that refuse.
    public static func replaying(_ address: ReplayAddress) -> [(name: String, value: String)] {
        var variables = addresses(address)
        for provider in ReplayProvider.all { for key in provider.keys { variables.append((key, dummyKey)) } }
        for name in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"] {
            // curl reads http_proxy in lower case alone; others read only the upper case.
            variables.append((name, address.proxyURL))
            variables.append((name.lowercased(), address.proxyURL))
        }
        for name in ["NO_PROXY", "no_proxy"] { variables.append((name, "127.0.0.1,localhost,::1")) }
        return (variables + tools(address)).sorted { $0.name < $1.name }
    }

    /// The variables of a trial in which a part of the world is replayed; what is live keeps its own.
    static func variables(of address: ReplayAddress, replaying boundary: Suite.Boundary) -> [(name: String, value: String)] {
        switch boundary {
        case .live, .transcript: []
        case .both: replaying(address)
        // Tools are real, and may need the network.
        case .model:
            replaying(address).filter {
                !$0.name.lowercased().hasSuffix("_proxy") && !["RUNG_MCP_URL", "RUNG_TOOLS_URL"].contains($0.name)
            }
        case .tools: [("RUNG_REPLAY_URL", address.url)] + tools(address)
        }
    }

    /// Where recorded tools answer: as an MCP server, and as plain HTTP.
    static func tools(_ address: ReplayAddress) -> [(name: String, value: String)] {
        [("RUNG_MCP_URL", address.url + "/mcp"), ("RUNG_TOOLS_URL", address.url + "/tools")]
    }

    /// The variables of a recording, sorted by name: addresses of all providers that are known; keys stay the agent's own.
    public static func recording(_ address: ReplayAddress, upstreams: [String: String]) -> [(name: String, value: String)] {
        var variables = addresses(address, only: Set(upstreams.keys))
        if upstreams["mcp"] != nil { variables.append(("RUNG_MCP_URL", address.url(of: "mcp") + "/mcp")) }
        return variables.sorted { $0.name < $1.name }
    }

    /// Where the providers of an agent live, as its own settings say.
    public static func addresses(of transport: Agent.Transport) -> [String: String] {
        switch transport {
        case .command(let settings): settings.environment
        case .model(let settings): settings.url.map { [settings.dialect.dialect.addressVariable: $0] } ?? [:]
        case .a2a, .http, .mcp, .transcript: [:]
        }
    }

    /// Where the providers live: what `named` says, else what the agent's own variables say, else the public address.
    ///
    /// - Parameters:
    ///   - named: address by name, without a slash at its end; names may be new ones.
    ///   - environment: the variables that the agent would have had.
    public static func upstreams(named: [String: String], environment: [String: String]) -> [String: String] {
        var upstreams: [String: String] = [:]
        for provider in ReplayProvider.all {
            upstreams[provider.name] = provider.url
            for (variable, suffix) in provider.addresses {
                guard var url = environment[variable], !url.isEmpty, RequestURL(url) != nil else { continue }
                while url.hasSuffix("/") { url.removeLast() }
                if !suffix.isEmpty, url.hasSuffix(suffix) { url.removeLast(suffix.count) }
                upstreams[provider.name] = url
                break
            }
        }
        return upstreams.merging(named) { _, own in own }
    }

    private static func addresses(_ address: ReplayAddress, only names: Set<String>? = nil) -> [(name: String, value: String)] {
        var variables = [(name: "RUNG_REPLAY_URL", value: address.url)]
        for provider in ReplayProvider.all where names?.contains(provider.name) ?? true {
            for (variable, suffix) in provider.addresses { variables.append((variable, address.url(of: provider.name) + suffix)) }
        }
        return variables
    }
}

extension Agent {
    /// Where the agent's real tools answer over MCP, as its card tells its program; nil where it says nothing.
    public var toolServer: String? {
        guard case .command(let settings) = transport else { return nil }
        return settings.environment["RUNG_MCP_URL"]
    }
}
