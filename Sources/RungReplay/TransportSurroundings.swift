public import RungCore

/// What transports get from the program around them.
public struct TransportSurroundings: Sendable {
    /// Folder where relative paths of agents' settings start.
    public var workspace: String
    /// The variables of this process, for keys that agent files name.
    public var variable: @Sendable (String) -> String?
    /// What models cost.
    public var prices: PriceTable
    /// The way out of this machine; nil for a direct one.
    public var proxy: (host: String, port: Int)?
    /// Randomness, for names that no other run may have.
    public var randomBytes: @Sendable (Int) -> [UInt8]
    /// Gets what agents say outside their transcripts.
    public var log: AgentLogSink
    /// The doors to servers, for all agents together.
    public var gates = ServiceGates()

    public init(
        workspace: String, variable: @escaping @Sendable (String) -> String? = { _ in nil }, prices: PriceTable = PriceTable(),
        proxy: (host: String, port: Int)? = nil,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], log: @escaping AgentLogSink
    ) {
        self.workspace = workspace
        self.variable = variable
        self.prices = prices
        self.proxy = proxy
        self.randomBytes = randomBytes
        self.log = log
    }

    /// A client of services for one agent.
    func client() -> ServiceClient { ServiceClient(gates: gates, proxy: proxy) }

    /// What tools need.
    func tools(_ client: ServiceClient) -> ToolBox.Surroundings {
        ToolBox.Surroundings(
            workspace: workspace, inherited: AgentLaunch.currentEnvironment(), variable: variable, client: client, limits: AgentLimits(),
            log: log)
    }
}
