// swift-tools-version:6.0
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// The folder of the built library: `VOICEROLL_LIBRARY_DIR`, or `target/release` of this repository.
let library = Context.environment["VOICEROLL_LIBRARY_DIR"] ?? Context.packageDirectory + "/../../target/release"

let package = Package(
    name: "Voiceroll",
    platforms: [.macOS(.v12), .iOS(.v15)],
    products: [
        .library(name: "Voiceroll", targets: ["Voiceroll"])
    ],
    targets: [
        .systemLibrary(name: "VoicerollFFI"),
        .target(
            name: "Voiceroll",
            dependencies: ["VoicerollFFI"],
            linkerSettings: [.unsafeFlags(["-L", library, "-Xlinker", "-rpath", "-Xlinker", library])]
        ),
        .testTarget(name: "VoicerollTests", dependencies: ["Voiceroll"]),
    ],
    // The generated code is not written for the strict checks of the language mode 6.
    swiftLanguageModes: [.v5]
)
