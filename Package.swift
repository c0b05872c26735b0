// swift-tools-version: 6.2
import PackageDescription

/// `make check` sets RUNG_STRICT: every warning of our own targets is then an error.
let strict = Context.environment["RUNG_STRICT"] != nil

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func test(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: settings)
}

let package = Package(
    name: "rung",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rung", targets: ["rung"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // base: each wraps one library or one idea, and knows nothing of Rung
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CRungXML", dependencies: ["CLibXML2"]),
        target("RungCompression", ["CZlib"]),
        target("RungCrypto", [.product(name: "Crypto", package: "swift-crypto")]),
        target(
            "RungHTTP",
            [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
        target("RungOTLP", ["RungText", .product(name: "SwiftProtobuf", package: "swift-protobuf")]),
        target("RungPattern", ["CPCRE2"]),
        target("RungRedaction", ["RungPattern"]),
        target("RungStatistics", []),
        target("RungText", [.product(name: "Yams", package: "Yams")]),
        target("RungWire", ["RungText"]),
        target("RungXML", ["CRungXML"]),

        // layer 0: the vocabulary, and the ledger's mathematics
        target("RungCore", ["RungCrypto", "RungText"]),
        target("RungLedger", ["RungCrypto", "RungText"]),

        // layer 1: formats, transports, graders, store and reports; siblings never import each other
        target(
            "RungEvidence",
            [
                "RungCore", "RungCrypto", "RungLedger", "RungRedaction", "RungStatistics", "RungText",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        target("RungFormats", ["RungCore", "RungCrypto", "RungText"]),
        target("RungGrading", ["RungCore", "RungPattern", "RungText"]),
        target(
            "RungImport", ["RungCompression", "RungCore", "RungCrypto", "RungOTLP", "RungText", "RungWire", "RungXML"]),
        target(
            "RungReplay",
            [
                "RungCore", "RungCrypto", "RungHTTP", "RungRedaction", "RungText", "RungWire",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        target("RungReporting", ["RungCore", "RungCrypto", "RungText", "RungXML"]),

        // layer 2: decisions
        target("RungAssessment", ["RungCore", "RungStatistics", "RungText"]),
        target("RungRunner", ["RungCore", "RungCrypto", "RungStatistics", "RungText"]),

        // tests: organizations that do not exist, and the program that writes them
        target(
            "RungOrganizations",
            ["RungCore", "RungCrypto", "RungEvidence", "RungLedger", "RungStatistics", "RungText"]),
        .executableTarget(
            name: "golden-organization",
            dependencies: ["RungCore", "RungOrganizations", "RungText"],
            path: "fixtures/organizations/generator", swiftSettings: settings),

        // layer 3: the command line
        .executableTarget(
            name: "rung",
            dependencies: [
                "RungAssessment", "RungCore", "RungCrypto", "RungEvidence", "RungFormats", "RungGrading", "RungHTTP",
                "RungImport", "RungLedger", "RungOTLP", "RungPattern", "RungRedaction", "RungReplay", "RungReporting", "RungRunner",
                "RungStatistics",
                "RungText", "RungWire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // tests
        target("RungTestSupport", ["RungCore", "RungCrypto", "RungFormats", "RungText"]),
        test("RungAssessment", ["RungCore", "RungCrypto", "RungText"]),
        test("RungCompression", []),
        test("RungCore", ["RungCrypto", "RungText", "RungTestSupport"]),
        test("RungCrypto", []),
        .testTarget(name: "RungEndToEndTests", swiftSettings: settings),
        test(
            "RungEvidence",
            [
                "RungCore", "RungCrypto", "RungLedger", "RungRedaction", "RungText", "RungTestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        test("RungFormats", ["RungCore", "RungText", "RungTestSupport"]),
        test("RungGrading", ["RungCore", "RungCrypto", "RungText"]),
        test("RungHTTP", []),
        test("RungImport", ["RungCore", "RungOTLP", "RungText", "RungTestSupport", "RungWire"]),
        test("RungLedger", ["RungCrypto", "RungText"]),
        test("RungOrganizations", ["RungAssessment", "RungCore", "RungEvidence", "RungFormats", "RungText", "RungTestSupport"]),
        test("RungOTLP", ["RungText", "RungTestSupport"]),
        test("RungPattern", []),
        test("RungRedaction", ["RungPattern"]),
        test("RungReplay", ["RungCore", "RungCrypto", "RungHTTP", "RungRedaction", "RungText", "RungTestSupport", "RungWire"]),
        test("RungReporting", ["RungCore", "RungCrypto", "RungText", "RungXML"]),
        test("RungRunner", ["RungCore", "RungCrypto", "RungStatistics", "RungText", "RungTestSupport"]),
        test("RungStatistics", []),
        test("RungText", []),
        test("RungWire", ["RungText"]),
        test("RungXML", []),
    ],
    swiftLanguageModes: [.v6]
)

/// The scripts for benchmarks and simulations set RUNG_BENCH: the package then has programs that measure what has no process of its own.
if Context.environment["RUNG_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "rung-bench",
            dependencies: ["RungAssessment", "RungCore", "RungEvidence", "RungFormats", "RungOrganizations", "RungText"],
            path: "Benchmarks/InProcess", swiftSettings: settings))
    package.targets.append(
        .executableTarget(
            name: "rung-bench-statistics", dependencies: ["RungStatistics"], path: "Benchmarks/Statistics", swiftSettings: settings))
    package.targets.append(
        .executableTarget(
            name: "rung-simulate", dependencies: ["RungCore", "RungRunner", "RungStatistics"], path: "Benchmarks/Simulations",
            swiftSettings: settings))
}

/// `scripts/fuzz.sh` sets RUNG_FUZZ: the package then has one more program, which does nothing but read garbage.
if Context.environment["RUNG_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "rung-fuzz",
            dependencies: ["RungCore", "RungEvidence", "RungImport", "RungLedger", "RungOTLP", "RungText", "RungWire"],
            path: "Fuzzing",
            exclude: ["README.md", "seeds"],
            swiftSettings: settings + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}
