// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "rung-benchmarks",
    targets: [
        // Measures finished processes from outside, so that it needs nothing of Rung's own code.
        .executableTarget(
            name: "whole-process",
            path: "Benchmarks/WholeProcess",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
