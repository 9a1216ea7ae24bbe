import TestSupport

/// The servers of one kind, one of each setup, and whose turn it is.
actor Stand {
    private let kind: ThrowawayServer.Kind
    private var subjects: [Matrix.Setup: Subject] = [:]
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ kind: ThrowawayServer.Kind) {
        self.kind = kind
    }

    /// Waits until no other case uses the servers of this kind.
    func takeTurn() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Lets the next case have them.
    func endTurn() {
        guard !waiting.isEmpty else {
            isTaken = false
            return
        }
        waiting.removeFirst().resume()
    }

    /// The server with this setup, started at its first use and each time as good as new.
    ///
    /// Only for the case whose turn it is.
    func subject(_ setup: Matrix.Setup) async throws -> Subject {
        if let subject = subjects[setup] {
            try await subject.reset()
            return subject
        }
        let sidePort = freePort()
        let server = try await ThrowawayServer.start(
            kind,
            options: setup.options(kind, sidePort: sidePort),
            names: setup == .namesUnreachable ? .unreachable : .ofMachine
        )
        let subject = try await Subject(server: server, sidePort: sidePort)
        subjects[setup] = subject
        return subject
    }

    /// What the servers are, as the project reads it; nil when none was started.
    var version: String? { subjects.values.first.map { "\($0.version)" } }

    /// Ends every server.
    func stop() async {
        for subject in subjects.values { await subject.server.stop() }
        subjects = [:]
    }
}

extension Matrix.Setup {
    fileprivate func options(_ kind: ThrowawayServer.Kind, sidePort: UInt16) -> [String] {
        switch (self, kind.flavour) {
        case (.usual, .mariadb): ["--log-bin=binlog", "--server-id=1", "--extra-port=\(sidePort)"]
        case (.usual, .mysql):
            [
                "--log-bin=binlog", "--server-id=1", "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
                "--admin-address=127.0.0.1", "--admin-port=\(sidePort)",
            ]
        case (.performanceSchemaOff, _): ["--performance-schema=OFF"]
        case (.skipNameResolve, _): ["--skip-name-resolve"]
        case (.otherVersion, .mariadb): ["--version=8.0.36"]
        case (.otherVersion, .mysql), (.namesUnreachable, _): []
        }
    }
}
