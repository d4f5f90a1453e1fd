// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], excluding excluded: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: excluded,
    swiftSettings: swiftSettings)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let swiftCSV: Target.Dependency = .product(name: "SwiftCSV", package: "SwiftCSV")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

// The order is the architecture: a target depends on targets above it alone.
let package = Package(
  name: "Tradeoff",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "tradeoff", targets: ["tradeoff"]),
    .library(name: "Accounting", targets: ["Accounting"]),
    .library(name: "Training", targets: ["Training"]),
    .library(
      name: "Federation",
      targets: ["Federation", "Accounting", "Datasets", "Mechanisms", "Training"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // What C gives us. GSL is linked by its module map and not through pkg-config, whose flags would
    // put GSL's own slow BLAS before OpenBLAS.
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CFFTW", pkgConfig: "fftw3", providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CKernels"),

    library("Randomness", ["CGSL", "CKernels"]),
    library("LinearAlgebra", ["COpenBLAS", "CKernels"]),
    library("SpecialMath", ["CFFTW", "CGSL"]),

    library("Accounting", ["SpecialMath"]),
    library("Datasets", ["LinearAlgebra", "Randomness", "CZlib", crypto]),
    library("Models", ["LinearAlgebra", "Randomness"]),

    library("Features", ["Datasets", "LinearAlgebra", "Randomness", "SpecialMath", crypto]),

    library("Mechanisms", ["Accounting", "Randomness", "LinearAlgebra"]),
    library("SecureAggregation", ["Randomness", crypto, cryptoExtras]),

    library(
      "Training",
      ["Accounting", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness"]),

    library(
      "Federation",
      ["Accounting", "LinearAlgebra", "Mechanisms", "Models", "Randomness", "Training"]),

    library("Analytics", ["Accounting", "Randomness", "SpecialMath"]),

    library("Statistics", ["Randomness", "SpecialMath"]),

    library("Auditing", ["Accounting", "Randomness", "SpecialMath", "Statistics"]),

    library("Results", ["Accounting", "Auditing", "Statistics", crypto, swiftCSV]),

    library(
      "Experiments",
      ["Accounting", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness", "Results"]
        + ["Analytics", "Auditing", "Features", "Training", yams]),

    library("Exports", ["Accounting", "Results"]),

    library(
      "Reporting", ["Accounting", "Auditing", "Datasets", "Experiments", "Results", "Statistics"]),

    program(
      "tradeoff",
      ["Accounting", "Auditing", "Datasets", "Experiments", "Exports", "LinearAlgebra"]
        + ["Randomness", "Reporting", "Results", "SecureAggregation", "Statistics", argumentParser]),
    program(
      "federate-example",
      ["Accounting", "Datasets", "Federation", "LinearAlgebra", "Mechanisms", "Training"]
        + [argumentParser]),
    program(
      "tradeoff-bench",
      ["Accounting", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness"]
        + ["SecureAggregation", "Training", argumentParser]),

    library("_TestSupport", ["Accounting", "CGSL"]),
    tests("CKernels", ["_TestSupport"]),
    tests("SpecialMath", []),
    tests("Accounting", ["SpecialMath", "_TestSupport"], excluding: ["Reference"]),
    tests("Randomness", ["CGSL", "CKernels", "_TestSupport"]),
    tests(
      "Datasets", ["CZlib", "LinearAlgebra", "Randomness", "_TestSupport", crypto],
      excluding: ["Reference"]),
    tests(
      "Features", ["Datasets", "LinearAlgebra", "SpecialMath", "_TestSupport"],
      excluding: ["Reference"]),
    tests("_TestSupport", ["CGSL"]),
    tests("LinearAlgebra", ["CKernels", "Randomness"]),
    tests(
      "Models", ["CGSL", "LinearAlgebra", "Randomness", "_TestSupport"], excluding: ["Reference"]),
    tests(
      "Mechanisms", ["Accounting", "CGSL", "LinearAlgebra", "Randomness", "_TestSupport"],
      excluding: ["Reference"]),
    tests(
      "SecureAggregation",
      ["Accounting", "LinearAlgebra", "Mechanisms", "Randomness", "_TestSupport", crypto],
      excluding: ["Reference"]),
    tests(
      "Training",
      [
        "Accounting", "CGSL", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness",
        "_TestSupport",
      ],
      excluding: ["Reference"]),
    tests(
      "Federation",
      ["Accounting", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness"]
        + ["Training", "_TestSupport"],
      excluding: ["Reference"]),
    tests(
      "Analytics", ["Accounting", "Randomness", "SpecialMath", "_TestSupport"],
      excluding: ["Reference"]),
    tests("Statistics", [], excluding: ["Reference"]),
    tests(
      "Auditing", ["Accounting", "Randomness", "SpecialMath", "Statistics", "_TestSupport"],
      excluding: ["Reference"]),
    tests("Results", ["Accounting", "Statistics", "_TestSupport"]),
    tests(
      "Experiments",
      ["Accounting", "Datasets", "LinearAlgebra", "Mechanisms", "Models", "Randomness", "Results"]
        + ["Analytics", "Features", "Training", "_TestSupport", yams],
      excluding: ["Reference"]),
    tests("Exports", ["Accounting", "Results", "_TestSupport"]),
    tests(
      "Reporting",
      ["Accounting", "Datasets", "Experiments", "Results", "Statistics", "_TestSupport"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["Reporting", "federate-example", "tradeoff", "_TestSupport"],
      swiftSettings: swiftSettings),
  ]
)

// The parsers behind one door for libFuzzer, by `make fuzz`: it compiles all targets its own way.
if Context.environment["TRADEOFF_FUZZING"] != nil {
  package.products.append(.library(name: "Fuzzing", type: .static, targets: ["Fuzzing"]))
  package.targets.append(
    .target(
      name: "Fuzzing",
      dependencies: [
        "Accounting", "Datasets", "Experiments", "LinearAlgebra", "Results",
        crypto,
      ],
      path: "Tests/Fuzzing", exclude: ["Corpus", "Results", "dictionary"],
      swiftSettings: swiftSettings))
}
