import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungGrading
import RungRedaction
import RungReplay
import RungReporting
import RungRunner
import RungText

/// Wires the parts together: the one place that knows all of them.
enum Composition {
    /// How the graders of files are read.
    static let graders = GraderReading(
        shape: GraderCatalog.shape,
        check: { (nodes, file, taken) throws(InvalidInput) in
            try GraderCatalog.check(nodes, file: file, existingNames: taken)
        },
        bindings: { (nodes, file, taken) throws(InvalidInput) in
            try GraderCatalog.bindings(from: nodes, file: file, existingNames: taken)
        })

    /// The store of a workspace, with the machine's clock and randomness; what is appended is signed when the command ends.
    ///
    /// - Parameter redactor: takes out what is not stored; nil for that of the workspace around the file or this folder.
    static func store(at path: String, redactor: Redactor? = nil) throws -> EvidenceStore {
        var environment = try evidenceEnvironment()
        environment.redactor = try redactor ?? PrivacyReading.redactor(around: path)
        try NewFile.makeFolder(FilePath.folder(of: path))
        if let reason = Surroundings.clockReason { Terminal.say("note: \(reason)") }
        let key = try SigningKey.load()
        let store = try EvidenceStore(path: path, environment: environment)
        try LedgerSeal.note(store, key: key)
        return store
    }

    /// The store of a workspace for reading; an error when nothing has been recorded yet.
    static func existingStore(at path: String) throws -> EvidenceStore {
        try EvidenceStore(reading: path, environment: try evidenceEnvironment())
    }

    /// The store for an assessment: without any evidence yet, an empty one that leaves no file behind.
    static func storeToAssess(at path: String) throws -> EvidenceStore {
        if FileBytes.exists(path) { return try existingStore(at: path) }
        Terminal.say("note: no evidence at \(FilePath.shown(path)) yet; assessing nothing")
        return try emptyStore()
    }

    /// A store that vanishes with the process.
    static func emptyStore() throws -> EvidenceStore {
        var environment = try evidenceEnvironment()
        environment.redactor = try PrivacyReading.redactor(around: Workspace.fileName)
        return try EvidenceStore(path: ":memory:", environment: environment)
    }

    private static func evidenceEnvironment() throws -> EvidenceEnvironment {
        EvidenceEnvironment(now: try Surroundings.clock(), randomBytes: Surroundings.randomBytes, remark: Surroundings.clockReason)
    }

    /// What carries the trials of an agent; `log` gets what agents write to their standard error.
    ///
    /// Where a suite replays a part of the world, the agent runs against its cassettes, on one server for all of them.
    static func transport(
        registry: Registry, surroundings: TransportSurroundings, redactor: Redactor
    ) -> @Sendable (AgentID, Suite) -> any AgentTransport {
        let house = ReplayHouse(randomBytes: Surroundings.randomBytes)
        return { id, suite in
            let agent = registry.agent(id) ?? Agent(id: id, transport: .transcript, location: suite.location)
            let transport = TransportCatalog.make(agent: agent, boundary: suite.boundary, surroundings: surroundings)
            guard suite.boundary.needsCassettes else { return transport }
            let shelf = CassetteShelf(
                folder: CassetteShelf.folder(of: suite, workspace: surroundings.workspace),
                toolResults: suite.drift == nil ? .asRecorded : .drifting,
                redactor: redactor)
            return ReplayTransport(transport, suite: suite, shelf: shelf, house: house, toolServer: agent.toolServer, log: surroundings.log)
        }
    }

    /// What transports find around them.
    static func surroundings(of workspace: Workspace, prices: PriceTable) -> TransportSurroundings {
        TransportSurroundings(
            workspace: workspace.root, variable: Terminal.environment, prices: prices, proxy: RecordSession.proxy(),
            randomBytes: Surroundings.randomBytes, log: AgentLog.sink)
    }

    /// What models cost: the built-in table, with the prices of the workspace in front.
    static func prices(of workspace: Workspace, into diagnostics: inout Diagnostics) throws(InvalidInput) -> PriceTable {
        try PriceFile.read(text: EmbeddedPrices.text, path: "built-in prices").overridden(by: workspace.prices(into: &diagnostics))
    }

    /// The reporters of a run, in the order in which they are told; evidence comes first.
    static func observers(_ options: ReportOptions, store: EvidenceStore) -> [any RunObserver] {
        [RunRecorder(store: store, actor: PrincipalID(Surroundings.actor))] + reporters(options)
    }

    /// The reports of a run.
    static func reporters(_ options: ReportOptions) -> [any RunObserver] {
        var observers: [any RunObserver] = [options.console]
        if let path = options.json { observers.append(JSONReporter(path: path)) }
        if let path = options.junit { observers.append(JUnitReporter(path: path, hostname: Surroundings.hostName)) }
        if let path = options.markdown { observers.append(MarkdownReporter(path: path)) }
        return observers
    }

    /// The built-in rubric, and what rubric files may refer to.
    static func rubrics() throws(InvalidInput) -> RubricLibrary {
        RubricLibrary(
            builtIn: EmbeddedRubric.text,
            crosswalk: try RubricCrosswalk.read(text: EmbeddedCrosswalk.text, path: "built-in crosswalk"),
            publications: try RubricPublications.read(text: EmbeddedPublications.text, path: "built-in list of publications"))
    }

    /// The rubric at `path`, or the built-in one; problems go to `diagnostics`.
    static func rubric(at path: String?, into diagnostics: inout Diagnostics) -> Rubric? {
        do throws(InvalidInput) {
            guard let path else { return try rubrics().builtInDocument().rubric }
            return try rubrics().document(at: path).rubric
        } catch {
            for diagnostic in error.diagnostics { diagnostics.append(diagnostic) }
            return nil
        }
    }
}

/// Where the reports of a run go.
struct ReportOptions {
    var junit: String?
    var json: String?
    var markdown: String?
    var console: ConsoleReporter
}
