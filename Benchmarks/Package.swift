// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "rung-benchmarks",
    targets: [
        // Writes a year of evidence of any size, so that imports can be measured.
        .executableTarget(name: "evidence-lines", path: "Benchmarks/EvidenceLines", swiftSettings: settings),
        // Measures finished processes from outside, so that it needs nothing of Rung's own code.
        .executableTarget(name: "whole-process", path: "Benchmarks/WholeProcess", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
