// swift-tools-version: 6.2

import PackageDescription

/// Settings every Swift target shares.
let swiftSettings: [SwiftSetting] = [
    // Every use of an unsafe construct is spelled `unsafe`, so a reviewer can search for it.
    .strictMemorySafety(),
    // A warning is a defect that nobody has met yet.
    .treatAllWarnings(as: .error),
    // `any P` shows where dynamic dispatch is paid for.
    .enableUpcomingFeature("ExistentialAny"),
    // A file sees the members of the modules it imports itself, and no others.
    .enableUpcomingFeature("MemberImportVisibility"),
    // What a module imports stays its own affair unless it says otherwise.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Types that own memory give out spans that cannot outlive them.
    .enableExperimentalFeature("Lifetimes"),
]

/// A module of the product: one step of the way that data walks, importing only what stands before it.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests of one module, in the folder of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + [.target(name: "TestSupport")], exclude: exclude,
        swiftSettings: swiftSettings)
}

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "recsys-pipelines",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "recsys-pipelines", targets: ["recsys-pipelines"]),
        .executable(name: "recsys-dump", targets: ["recsys-dump"]),
        .executable(name: "recsys-generate", targets: ["recsys-generate"]),
        .library(name: "RecsysArtifacts", targets: ["Artifacts"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(
            name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"]), .brew(["libcsv"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CProcessor"),
        .target(name: "CMapping"),
        .target(
            name: "CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson")]),

        module(
            "Platform",
            ["CZstd", "CXXHash", "CLibCSV", "CZlib", "CLinux", "CProcessor", "CMapping", system, crypto]),
        module("Events", ["Platform"]),
        module("Columns", ["Events", "Platform", system]),
        module("Partitions", ["Columns", "Events", "Platform", system]),
        module("Ingest", ["Partitions", "Columns", "Events", "Platform", "CSimdjson", system]),
        module("Scan", ["Partitions", "Columns", "Events", "Platform", system]),
        module("Builders", ["Scan", "Columns", "Events", "Platform", "CSimdjson", system]),
        module("Artifacts", ["Builders", "Scan", "Columns", "Events", "Platform", system]),
        module("Publishing", ["Artifacts", "Builders", "Partitions", "Events", "Platform", system]),
        module(
            "Pipeline",
            [
                "Publishing", "Artifacts", "Builders", "Scan", "Ingest", "Partitions", "Columns", "Events", "Platform",
                system, logging,
            ]),
        module(
            "Commands",
            [
                "Pipeline", "Publishing", "Artifacts", "Builders", "Ingest", "Columns", "Events", "Platform", system,
                arguments, logging,
            ]),
        .executableTarget(
            name: "recsys-pipelines", dependencies: ["Commands", "Platform"], swiftSettings: swiftSettings),
        .target(
            name: "DumpCommands",
            dependencies: [
                "Commands", "Pipeline", "Publishing", "Artifacts", "Builders", "Ingest", "Columns", "Events",
                "Platform", system, arguments,
            ],
            path: "Tools/recsys-dump/Commands", swiftSettings: swiftSettings),
        .executableTarget(
            name: "recsys-dump", dependencies: ["DumpCommands", "Commands", "Platform"],
            path: "Tools/recsys-dump/Program", swiftSettings: swiftSettings),
        .target(
            name: "Generation", dependencies: ["Events", "Platform"], path: "Tools/recsys-generate/Generation",
            swiftSettings: swiftSettings),
        .target(
            name: "GenerateCommands",
            dependencies: ["Generation", "Commands", "Events", "Platform", system, arguments],
            path: "Tools/recsys-generate/Commands", swiftSettings: swiftSettings),
        .executableTarget(
            name: "recsys-generate", dependencies: ["GenerateCommands", "Commands", "Platform"],
            path: "Tools/recsys-generate/Program", swiftSettings: swiftSettings),

        .target(
            name: "FuzzTargets",
            dependencies: [
                "Pipeline", "Publishing", "Artifacts", "Builders", "Scan", "Ingest", "Partitions", "Columns",
                "Events", "Platform", "TestSupport", system,
            ],
            path: "Tools/fuzz/Targets", swiftSettings: swiftSettings),

        .target(
            name: "TestSupport",
            dependencies: [
                "Artifacts", "Builders", "Partitions", "Columns", "Events", "Platform", "CLinux", "CZstd", system,
            ],
            path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests("Platform", ["Platform", system]),
        tests("Events", ["Events", "Platform"]),
        tests("Columns", ["Columns", "Events", "Platform", system]),
        tests("Partitions", ["Partitions", "Columns", "Events", "Platform", system]),
        tests("Ingest", ["Ingest", "Partitions", "Columns", "Events", "Platform", "CSimdjson", system]),
        tests("Scan", ["Scan", "Partitions", "Columns", "Events", "Platform", system]),
        tests("Builders", ["Builders", "Scan", "Partitions", "Columns", "Events", "Platform", system]),
        tests("Artifacts", ["Artifacts", "Builders", "Scan", "Columns", "Events", "Platform", system]),
        tests("Publishing", ["Publishing", "Artifacts", "Builders", "Columns", "Events", "Platform", system]),
        tests(
            "Pipeline",
            [
                "Pipeline", "Publishing", "Artifacts", "Builders", "Scan", "Ingest", "Partitions", "Columns", "Events",
                "Platform", system,
            ]),
        tests(
            "Commands",
            [
                "recsys-pipelines", "recsys-dump", "recsys-generate", "Commands", "DumpCommands", "Artifacts",
                "Builders", "Columns", "Events", "Platform", system, arguments, logging,
            ],
            exclude: ["Snapshots"]),
        tests("Generation", ["Generation", "Ingest", "Partitions", "Columns", "Events", "Platform", system]),
        tests("Fuzz", ["FuzzTargets", "Builders", "Columns", "Events", "Platform", system]),
        .testTarget(name: "StyleTests", swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// The benchmarks of the kernels need a package that nothing else does. Only who measures fetches it: `make bench`.
if Context.environment["RECSYS_BENCHMARKS"] == "1" {
    let benchmark = "benchmark"
    // Without traits, for those interpose functions of the C library.
    package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
    package.targets.append(
        .executableTarget(
            name: "KernelBenchmarks",
            dependencies: [
                "Ingest", "Builders", "Scan", "Columns", "Events", "Platform", "Generation", "TestSupport",
                .product(name: "Benchmark", package: benchmark),
            ],
            path: "Benchmarks/Kernels", swiftSettings: swiftSettings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: benchmark)]))
}

// The documentation of the library. Only who makes it fetches what that needs: `make api-docs`.
if Context.environment["RECSYS_DOCUMENTATION"] == "1" {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

// The program that feeds readers with inputs that nobody would think of. It is built with sanitizers: `make fuzz`.
if Context.environment["RECSYS_FUZZING"] == "1" {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tools/fuzz/CLibFuzzer"),
        .executableTarget(
            name: "recsys-fuzz", dependencies: ["FuzzTargets", "CLibFuzzer"], path: "Tools/fuzz/Program",
            swiftSettings: swiftSettings),
    ]
}
