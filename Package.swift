// swift-tools-version: 6.2

import PackageDescription

/// Applied to every Swift target: one dialect, no exceptions per target.
let dialect: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // SE-0335: write `any` in front of a protocol used as a type.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0481: a weak reference that is never assigned again is a `let`.
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    // SE-0470: conformances of isolated types are isolated.
    .enableUpcomingFeature("InferIsolatedConformances"),
    // SE-0409: an import is internal unless it says more.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0444: members are visible only through a module that the file imports.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0461: a nonisolated async function runs where its caller runs.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Warnings are errors where we build, and stop nobody else: the next compiler or library may deprecate what this one
/// does not.
let strictness: [SwiftSetting] =
    Context.environment["HOSTCACHED_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : []

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpServer: [Target.Dependency] = [
    .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
]

let package = Package(
    name: "hostcached",
    products: [.executable(name: "hostcached", targets: ["hostcached"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        // Tests and demo only.
        .package(url: "https://github.com/swhitty/FlyingFox.git", exact: "0.27.1"),
    ],
    targets: [
        // Pure: standard library only.
        .target(name: "HostCacheCore"),
        .target(name: "PrometheusText"),
        .target(name: "Replies"),
        .target(name: "Secrets"),

        // Edges: one outside thing each. They never import each other.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .target(
            name: "MariaDBClient",
            dependencies: ["CCrypto", "CMariaDB", "Replies", "Secrets"],
            swiftSettings: [.strictMemorySafety()]
        ),
        .target(name: "CTOML"),
        .target(name: "Configuration", dependencies: ["CTOML", "Secrets"]),
        .target(
            name: "SigV4",
            dependencies: ["CCrypto", "Secrets"],
            swiftSettings: [.strictMemorySafety()]
        ),
        .target(name: "SystemdSupport", dependencies: [logging]),
        // AWSClient signs with SigV4, which is pure.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .target(
            name: "AWSClient",
            dependencies: ["CCurl", "CExpat", "Replies", "Secrets", "SigV4"],
            swiftSettings: [.strictMemorySafety()]
        ),

        // Knows every edge.
        .systemLibrary(name: "CMalloc"),
        .target(
            name: "Daemon",
            dependencies: [
                "AWSClient", "CMalloc", "Configuration", "HostCacheCore", "MariaDBClient", "PrometheusText",
                "Replies", "Secrets", "SystemdSupport",
                lifecycle, logging,
            ]
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Configuration", "Daemon", "HostCacheCore", "MariaDBClient", "Secrets", "SystemdSupport",
                argumentParser, lifecycle, logging,
            ]
        ),
        .executableTarget(name: "hostcached", dependencies: ["Commands"]),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["Secrets", "SigV4"] + httpServer,
            path: "Tests/TestSupport"
        ),
        // Apart, because the Testing library has no static form for the demo's release build.
        .target(name: "TestTraits", dependencies: ["TestSupport"], path: "Tests/TestTraits"),
        .target(
            name: "TestSamples",
            dependencies: ["Configuration", "HostCacheCore"],
            path: "Tests/TestSamples"
        ),
        .executableTarget(
            name: "Demo",
            dependencies: ["MariaDBClient", "Secrets", "SigV4", "TestSupport", "hostcached"],
            path: "Tests/Demo"
        ),
        .executableTarget(
            name: "Bench",
            dependencies: ["Daemon", "HostCacheCore", "MariaDBClient", "Secrets", "TestSupport"],
            path: "Tests/Bench"
        ),
        .executableTarget(
            name: "Sweep",
            dependencies: [
                "Commands", "Daemon", "HostCacheCore", "MariaDBClient", "Secrets", "TestSupport",
            ],
            path: "Tests/Sweep"
        ),
        .testTarget(
            name: "TestSupportTests",
            dependencies: ["Secrets", "SigV4", "TestSupport", "TestTraits"]
        ),
        .testTarget(
            name: "HostCacheCoreTests",
            dependencies: ["HostCacheCore", "TestSamples", "TestSupport"]
        ),
        .testTarget(name: "PrometheusTextTests", dependencies: ["PrometheusText", "TestSupport"]),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets"]),
        .testTarget(
            name: "MariaDBClientTests",
            dependencies: ["MariaDBClient", "Secrets", "TestSupport", "TestTraits"]
        ),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Configuration", "Secrets", "TestSamples", "TestSupport"]
        ),
        .testTarget(
            name: "AWSClientTests",
            dependencies: ["AWSClient", "Secrets", "SigV4", "TestSupport", "TestTraits"]
        ),
        .testTarget(name: "SigV4Tests", dependencies: ["Secrets", "SigV4", "TestSupport", "TestTraits"]),
        .testTarget(name: "SystemdSupportTests", dependencies: ["SystemdSupport", "TestSupport", logging]),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Configuration", "Daemon", "HostCacheCore", "MariaDBClient", "PrometheusText", "Secrets",
                "SigV4", "SystemdSupport", "TestSamples", "TestSupport", "TestTraits",
                logging,
            ],
            // Read by their path, so that a diff shows them as the files they stand for.
            exclude: ["Metrics/Golden"]
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Configuration", "Daemon", "HostCacheCore", "MariaDBClient", "Secrets",
                "TestSamples", "TestSupport",
                argumentParser,
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "MatrixTests",
            dependencies: [
                "Daemon", "HostCacheCore", "MariaDBClient", "Secrets", "TestSupport", "TestTraits",
                // Run as a program.
                "hostcached",
            ]
        ),
        .testTarget(
            name: "hostcachedTests",
            dependencies: ["MariaDBClient", "Secrets", "SigV4", "TestSupport", "TestTraits", "hostcached"]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system && target.name != "CTOML" {
    target.swiftSettings = (target.swiftSettings ?? []) + dialect + strictness
}
