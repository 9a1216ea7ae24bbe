import Glibc

do {
    try await Demo.run()
} catch {
    print("demo failed: \(error)")
    exit(1)
}
