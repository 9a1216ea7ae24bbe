switch CommandLine.arguments.dropFirst().first {
case "look":
    try await LookProcess.run(Array(CommandLine.arguments.dropFirst(2)))
default:
    try await HostCacheBench.run()
}
