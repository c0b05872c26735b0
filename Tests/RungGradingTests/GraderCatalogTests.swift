import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct GraderCatalogTests {
    /// The smallest example of each kind. A grader that is registered needs an entry here.
    static let examples: [String: String] = [
        "budget": #"{"kind":"budget","max-cost":1}"#,
        "contains": #"{"kind":"contains","value":"a"}"#,
        "equals": #"{"kind":"equals","value":"a"}"#,
        "json": #"{"kind":"json"}"#,
        "matches": #"{"kind":"matches","pattern":"^(a+)+$"}"#,
        "outcome": #"{"kind":"outcome"}"#,
        "tool-calls": #"{"kind":"tool-calls","expected":[{"name":"t","patterns":{"x":"^(a+)+$"}}]}"#,
    ]

    /// Subjects on which graders hold, do not hold, abstain and break.
    static let subjects: [GradingSubject] = [
        subject(nil), subject(""), subject("a"), subject("b"), subject(#"{"a":1}"#), subject(String(repeating: "a", count: 40) + "!"),
        subject(Transcript(output: "a", usage: Usage(cost: 2), outcome: RecordedOutcome(reward: 1))),
        subject(Transcript(output: "a", usage: Usage(cost: 1), outcome: RecordedOutcome(reward: 0))),
        subject(Transcript(events: [.toolCall(ToolCall(id: nil, name: "t", arguments: ["x": "aa"]))])),
        subject(
            Transcript(events: [.toolCall(ToolCall(id: nil, name: "t", arguments: ["x": .string(String(repeating: "a", count: 40) + "!")]))]
            )),
    ]

    @Test func `kinds are unique and in alphabetical order`() {
        let kinds = GraderCatalog.all.map(\.kind)
        #expect(kinds == Set(kinds).sorted())
        #expect(kinds == Self.examples.keys.sorted())
    }

    @Test(arguments: GraderCatalog.all.map(\.kind))
    func `every descriptor is found by its kind and is complete`(_ kind: String) throws {
        let descriptor = try #require(GraderCatalog.descriptor(kind: kind))
        #expect(descriptor.kind == kind)
        #expect(descriptor.shape.name == kind)
        #expect(!descriptor.version.isEmpty)
        check(descriptor.shape)
        #expect(Set(descriptor.shape.keys).isDisjoint(with: ["kind"] + GraderCatalog.commonFields.map(\.key)))
        #expect(Set(descriptor.shape.keys).count == descriptor.shape.keys.count)
    }

    @Test func `common fields have summaries`() { check(ObjectShape("Common", "Fields of all.", GraderCatalog.commonFields)) }

    @Test(arguments: GraderCatalog.all.map(\.kind))
    func `every example makes a grader`(_ kind: String) throws {
        let example = try #require(Self.examples[kind])
        let binding = try #require(try bindings(example).first)
        #expect((binding.kind, binding.name, binding.role, binding.isNegated) == (kind, kind, .verdict, false))
        #expect(binding.version == GraderCatalog.descriptor(kind: kind)?.version)
    }

    @Test(arguments: GraderCatalog.all.map(\.kind))
    func `negation turns holding around and nothing else`(_ kind: String) throws {
        let example = try #require(Self.examples[kind])
        let plain = try #require(try bindings(example).first)
        let negated = try #require(try bindings(example.dropLast() + #","not":true}"#).first)
        var seen = Set<Bool>()
        for subject in Self.subjects {
            let (before, after) = (plain.grade(subject).judgement, negated.grade(subject).judgement)
            if case .holds(let holds) = before.value {
                #expect(after.value == .holds(!holds))
                seen.insert(holds)
            } else {
                #expect(after == before)
            }
        }
        #expect(seen == [true, false], "the subjects of this test must make \(kind) hold and not hold")
    }

    @Test(arguments: GraderCatalog.all.map(\.kind))
    func `the same subject gives the same judgement`(_ kind: String) throws {
        let example = try #require(Self.examples[kind])
        for subject in Self.subjects {
            let first = try judge(example, subject)
            #expect(try judge(example, subject) == first)
            if first.value == .holds(true) { #expect((first.expected, first.actual, first.diff) == (nil, nil, nil)) }
            #expect(!first.reason.isEmpty)
        }
    }

    @Test func `some subject breaks and some makes graders abstain`() throws {
        let values = try Self.examples.values.flatMap { example in try Self.subjects.map { try judge(example, $0).value } }
        #expect(values.contains(.broken))
        #expect(values.contains(.abstained))
    }

    @Test func `names default to the kind, with numbers from the second on`() throws {
        let contains = #"{"kind":"contains","value":"a"}"#
        let named = #"{"kind":"contains","value":"a","name":"contains-2","role":"report"}"#
        let made = try bindings(contains, contains, named, contains, #"{"kind":"json"}"#, existing: ["contains", "json"])
        #expect(made.map(\.name) == ["contains-3", "contains-4", "contains-2", "contains-5", "json-2"])
        #expect(made.map(\.role) == [.verdict, .verdict, .report, .verdict, .verdict])
    }

    @Test func `all problems of all graders are reported at once`() throws {
        let text = """
            [{"kind":"contains","name":"x"},
             {"kind":"matches","name":"x","pattern":"("},
             {"kind":"json","name":"taken"},
             {"kind":"budget"}]
            """
        let nodes = try JSONReader.read(text).array ?? []
        #expect { try GraderCatalog.bindings(from: nodes, file: "s.yaml", existingNames: ["taken"]) } throws: {
            ($0 as? InvalidInput)?.description == """
                s.yaml:1:3: error: contains needs exactly one of value, any and all, found none
                s.yaml:2:27: error: another grader of the case is named "x" already
                  give each grader of a case a name of its own
                s.yaml:2:41: error: "(" is not a pattern: missing closing parenthesis at character 1 of the pattern
                s.yaml:3:24: error: another grader of the case is named "taken" already
                  give each grader of a case a name of its own
                s.yaml:4:3: error: budget needs at least one limit
                  known here: max-total-tokens, max-input-tokens, max-output-tokens, max-cost, max-latency
                5 problems
                """
        }
    }

    @Test func `an unknown kind is an error even without the shape`() throws {
        let node = try JSONReader.read(#"{"kind":"contain"}"#)
        #expect { try GraderCatalog.bindings(from: [node], file: "s.yaml", existingNames: []) } throws: {
            ($0 as? InvalidInput)?.diagnostics.map(\.text) == ["s.yaml:1:9: error: unknown kind \"contain\"\n  did you mean \"contains\"?"]
        }
    }

    @Test func `the shape knows every kind with the common fields`() throws {
        #expect(
            try problems(#"{"kind":"json","nam":"x"}"#) == ["suite.yaml:1:16: error: unknown key \"nam\" in json\n  did you mean \"name\"?"]
        )
        #expect(try problems(#"{"kind":"jsn"}"#) == ["suite.yaml:1:9: error: unknown kind \"jsn\"\n  did you mean \"json\"?"])
        for example in Self.examples.values {
            #expect(try problems(example.dropLast() + #","name":"n","role":"report","not":false}"#) == [])
        }
    }

    @Test func `the schema for editors holds every kind and every nested object under a name of its own`() {
        let file = ObjectShape("File", "A file.", [.required("graders", .array(GraderCatalog.shape, atLeast: 0), "Graders.")])
        let definitions = file.jsonSchema(identifier: "x")["$defs"]?.members ?? []
        #expect(definitions.map(\.key) == (GraderCatalog.all.map(\.kind) + ["ExpectedCall", "JSONCheck"]).sorted())
        #expect(definitions.allSatisfy { $0.value["additionalProperties"]?.boolValue == false })
    }

    /// Every field, nested ones too, says in sentences what it is.
    private func check(_ object: ObjectShape) {
        #expect(object.summary.hasSuffix("."))
        for field in object.fields {
            #expect(field.summary.hasSuffix(".") && field.summary.first?.isUppercase == true, "\(object.name).\(field.key)")
            #expect(field.key == field.key.lowercased())
            check(field.shape)
        }
    }

    private func check(_ shape: Shape) {
        switch shape {
        case .object(let object): check(object)
        case .array(let element, _): check(element)
        case .map(let element): check(element)
        case .either(let shapes): shapes.forEach(check)
        case .tagged(_, let objects): objects.forEach(check)
        case .any, .bool, .string, .integer, .number: break
        }
    }
}

@Suite("Checking graders without making them")
struct GraderCheckTests {
    @Test(
        "what the check lets pass can be made, and what cannot be made does not pass",
        arguments: [
            (#"[{"kind":"contains","value":"x"}]"#, true), (#"[{"kind":"contains","any":["x"]}]"#, true),
            (#"[{"kind":"contains","value":null}]"#, false), (#"[{"kind":"contains","value":null,"all":["x"]}]"#, true),
            (#"[{"kind":"contains","value":"x","any":["y"]}]"#, false), (#"[{"kind":"contains"}]"#, false),
            (#"[{"kind":"matches","pattern":"("}]"#, false), (#"[{"kind":"matches","pattern":"a"}]"#, true),
            (#"[{"kind":"contains","name":"a","value":"x"},{"kind":"contains","name":"a","value":"y"}]"#, false),
            ("[]", true),
        ])
    func agreesWithMaking(_ text: String, _ isValid: Bool) throws {
        let nodes = try JSONReader.read(text).array ?? []
        var problems: [Bool] = []
        do { try GraderCatalog.check(nodes, file: "f", existingNames: []) } catch { problems.append(true) }
        #expect(problems.isEmpty == isValid)
        problems = []
        do { _ = try GraderCatalog.bindings(from: nodes, file: "f", existingNames: []) } catch { problems.append(true) }
        #expect(problems.isEmpty == isValid)
    }
}
