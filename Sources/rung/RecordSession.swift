import ArgumentParser
import RungCore
import RungCrypto
import RungFormats
import RungReplay
import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One run of `rung record`: what it starts with, and what becomes of what was recorded.
struct RecordSession {
    let recorder: Recorder
    private let file: CassetteFile
    private let shown: String
    /// The cassette that is replaced, if any.
    private let old: Cassette?

    /// - Throws: `InvalidInput` when there is a cassette that may not be replaced, or that cannot be read.
    init(_ options: RecordCommand) throws {
        let path = options.cassette ?? ""
        file = CassetteFile(path)
        shown = FilePath.shown(path)
        guard options.refresh || !file.exists else {
            throw InvalidInput(shown, nil, "there is a cassette already", suggestion: "replace it with --refresh, or name another file")
        }
        old = file.exists ? try file.read() : nil
        let named = Dictionary(options.upstream.compactMap { RecordCommand.upstream($0) }.map { ($0.name, $0.url) }) { _, last in last }
        recorder = Recorder(
            Recorder.Settings(
                scenario: options.scenario.first ?? old?.provenance.scenario ?? FilePath.stem(of: path),
                recorder: "rung \(Version.current)", promptVersion: options.promptVersion.flatMap { Digest($0) },
                normalizers: old?.normalizers ?? Normalizer.standard,
                upstreams: ReplayEnvironment.upstreams(named: named, environment: Self.environment()),
                redactor: try PrivacyReading.redactor(around: path), keys: Array(Self.keys().values),
                now: try Surroundings.clock()),
            proxy: Self.proxy())
    }

    /// Writes the cassette, tells what is in it, and leaves with the command's status.
    ///
    /// - Parameter isInterrupted: whether Rung was asked to stop; a command that then ends with 0 has not done all the same.
    func finish(_ end: RecordedProgram.End, _ report: ReplayReport, isInterrupted: Bool) throws {
        if case .notStarted(let reason) = end {
            Terminal.say("error: \(reason)")
            throw ExitCode(end.status)
        }
        for finding in report.findings { Terminal.say("finding: \(finding.message)") }
        let recording = recorder.cassette
        let partial = file.partial
        if recording.isEmpty {
            Terminal.say("nothing was recorded, and nothing written: does the command read OPENAI_BASE_URL or the like?")
        } else if end.status != 0 || isInterrupted {
            // It may have cost something: it is not thrown away, and takes no cassette's place.
            try partial.write(recording)
            let reason = isInterrupted ? "the command was interrupted" : "the command ended with status \(end.status)"
            let kept = old == nil ? "there is no cassette" : "the cassette was left as it was"
            Terminal.say("\(reason): \(kept); what was recorded is in \(FilePath.shown(partial.path))")
        } else if !report.findings.isEmpty, old != nil {
            Terminal.say("not everything could be recorded: the cassette was left as it was")
        } else {
            let cassette = old?.refreshed(by: recording) ?? recording
            try file.write(cassette)
            partial.remove()
            let redactions = cassette.redactions.values.reduce(0, +)
            Terminal.say("recorded \(cassette.summary) with \(redactions) redactions in \(shown)")
        }
        if end.status != 0 { throw ExitCode(end.status) }
        if recording.isEmpty || isInterrupted || !report.findings.isEmpty { throw LeaveStatus(.inconclusive) }
    }

    // MARK: - Surroundings

    /// The variables that the command would find its providers with.
    static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        for provider in ReplayProvider.all {
            for name in provider.addressVariables { variables[name] = Terminal.environment(name) }
        }
        return variables
    }

    /// The keys of providers that are set, for the agent that is recorded and for nobody else.
    static func keys() -> [String: String] {
        var keys: [String: String] = [:]
        for name in ReplayProvider.all.flatMap(\.keyVariables) { keys[name] = Terminal.environment(name) }
        return keys
    }

    /// The proxy on the way out of this machine, as `HTTPS_PROXY` names it.
    static func proxy() -> (host: String, port: Int)? {
        for name in ["HTTPS_PROXY", "https_proxy"] {
            guard let text = Terminal.environment(name), let url = RequestURL(text) else { continue }
            let port = url.authority.split(separator: ":").last.flatMap { Int($0) }
            return (url.host, port ?? 80)
        }
        return nil
    }
}
