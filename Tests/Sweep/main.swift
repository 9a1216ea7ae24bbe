import FoundationEssentials
import Glibc
import TestSupport

// usage: Sweep [KIND…]    all servers of the matrix without one
//
// environment: SWEEP_VARIABLES=NAME,NAME… sets only these.
let arguments = CommandLine.arguments.dropFirst()
let kinds = arguments.isEmpty ? ThrowawayServer.Kind.matrix : arguments.compactMap(ThrowawayServer.Kind.init)
let only = ProcessInfo.processInfo.environment["SWEEP_VARIABLES"]?.split(separator: ",").map(String.init)
guard kinds.count == max(arguments.count, 1) || arguments.isEmpty else {
    print("usage: Sweep [\(ThrowawayServer.Kind.matrix.map(\.rawValue).joined(separator: "|"))]…")
    exit(64)
}
exit(try await Sweep.run(kinds, only: only) ? 0 : 1)
