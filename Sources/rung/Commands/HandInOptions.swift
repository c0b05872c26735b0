import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungText

/// What every command shares that records one thing by hand.
struct HandInOptions: ParsableArguments {
    @OptionGroup var writing: EvidenceWriting
    @OptionGroup var sender: SenderOptions

    @Option(help: ArgumentHelp("Its id; made when left out. The same id with the same content twice adds nothing.", valueName: "id"))
    var id: String?

    @Option(help: ArgumentHelp("When it was, in UTC; default now.", valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("Who it was; default the user (RUNG_ACTOR, else USER).", valueName: "principal"))
    var by: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at must be a UTC time such as 2026-09-30T12:00:00Z, or a date")
        }
    }

    /// Who it was.
    var person: JSONValue { .string(by ?? Surroundings.actor) }

    /// Appends a record and says what became of it: the id goes to standard output, everything else to standard error.
    ///
    /// - Parameters:
    ///   - command: what messages call the way in, such as `rung feedback add`.
    ///   - time: the key that `--at` and the present moment fill.
    ///   - members: of the record; those without a value are left out.
    func add(
        _ kind: String, from command: String, time: String = "at", members: (HandInContext) throws -> [JSONValue.Member]
    ) throws {
        var isSigned = false
        let now = try Surroundings.clock()()
        let made = Surroundings.newID(kind, at: now)
        let record = try writing.perform { store, dryRun in
            let sender = try sender.sender(store)
            isSigned = sender != nil
            var members = try members(HandInContext(store: store, isRehearsal: dryRun))
            if let id { members.insert(.init("id", .string(id)), at: 0) }
            members.append(.init(time, .string(at ?? now.description)))
            return try store.addRecord(
                kind, members, from: command, source: sender?.source.id, actor: PrincipalID(Surroundings.actor), dryRun: dryRun
            ) { made }
        }
        switch format {
        case .json: Terminal.print(JSONText.pretty(record.json))
        case .text:
            Terminal.print(record.id)
            Terminal.say(Self.sentence(record, isSigned: isSigned))
            for finding in record.findings { Terminal.say("note: \(finding.message)") }
        }
    }

    private static func sentence(_ record: AddedRecord, isSigned: Bool) -> String {
        guard record.isNew else { return "\(record.kind) \(record.id) is stored already" }
        let how = record.evidenceClass == .b ? "authenticated" : "not authenticated"
        let way = isSigned || record.evidenceClass == .b ? "" : "; a registered source makes it class B: rung source add"
        return "\(record.kind) \(record.id) added, class \(record.evidenceClass.rawValue) (\(how)\(way))"
    }
}

/// What a record that is handed in can be held against.
struct HandInContext {
    let store: EvidenceStore
    let isRehearsal: Bool

    /// Says so when the record names one of another kind that is not stored: it counts once the other one has come.
    func note(missing id: String?, _ kind: String) throws {
        guard let id, !isRehearsal, try store.latestRecord(kind, id: id) == nil else { return }
        Terminal.say("note: there is no \(kind) \"\(id)\" yet; this counts once it is stored")
    }

    /// The latest state of a record that must be there.
    func existing(_ kind: String, _ id: String, for command: String) throws -> [JSONValue.Member] {
        if let known = try store.latestRecord(kind, id: id) { return known }
        throw InvalidInput(
            command, nil, "there is no \(kind) \"\(id)\"",
            suggestion: NearestWord.suggestion(for: id, among: try store.recordIDs(kind)))
    }
}

extension [JSONValue.Member] {
    /// Members of options, those that were given.
    static func given(_ pairs: KeyValuePairs<String, String?>) -> Self {
        pairs.compactMap { key, value in value.map { .init(key, .string($0)) } }
    }
}
