import Configuration
import Daemon
import HostCacheCore
import MariaDBClient

/// One server to diagnose, from the configuration or from the command line.
struct DiagnoseTarget: Sendable {
    var name: String
    var address: String
    var user: String
    var policy: Policy
    /// The health-check interval taken as in force.
    var interval: Duration
    var port: ServerPort
    /// Where the daemon keeps its state of this server; nil without a configuration.
    var stateFile: StateFile?

    /// Looks once and judges as the daemon does; changes nothing.
    func diagnose(_ timekeeper: Timekeeper) async -> Diagnosis {
        do {
            let connection = try await port.connect()
            let seen: Observation
            do {
                seen = try await connection.observe()
            } catch {
                await connection.close()
                throw error
            }
            await connection.close()
            return judge(seen, timekeeper)
        } catch {
            let failure =
                error as? ServerFailure
                ?? ServerFailure(
                    .query,
                    code: nil,
                    message: "\(error)",
                    outcomeIsUnknown: false,
                    losesConnection: true
                )
            return Diagnosis(
                name: name,
                address: address,
                failure: failure,
                user: user,
                wantedLimit: policy.wantedLimit
            )
        }
    }

    private func judge(_ seen: Observation, _ timekeeper: Timekeeper) -> Diagnosis {
        let memory = memory(of: seen.identity, timekeeper)
        var controller = Controller(policy: policy, memory: memory, counters: Counters())
        let assessment = controller.look(
            seen,
            interval: interval,
            known: memory.ratesFromOneLook(seen, freshFor: policy.checkInterval * 2, interval: interval)
        )
        return Diagnosis(
            name: name,
            address: address,
            assessment,
            seen,
            policy: policy,
            interval: interval
        )
    }

    /// What the daemon remembers; nothing where its state cannot be read, which is no error here.
    private func memory(of identity: String, _ timekeeper: Timekeeper) -> Memory {
        guard let stateFile, case .document(let document)? = try? stateFile.read(movingAside: nil),
            let process = document.servers[name]?.processes[identity]
        else { return Memory() }
        return process.memory(timekeeper)
    }
}

extension DiagnoseTarget {
    /// A server of the configuration.
    init(_ server: DaemonConfiguration.Server, stateDirectory: String, timekeeper: Timekeeper) {
        self.init(
            name: server.name,
            address: "\(server.address)",
            user: server.user,
            policy: Policy(server),
            interval: server.assumedHealthCheckInterval,
            port: .mariaDB(server, timekeeper: timekeeper),
            stateFile: StateFile(path: stateDirectory + "/state.json")
        )
    }

    /// A server named on the command line: everything else is the default.
    init(_ endpoint: Endpoint, as login: Login, timekeeper: Timekeeper) {
        self.init(
            name: "\(endpoint.address)",
            address: "\(endpoint.address)",
            user: login.user,
            policy: Policy(),
            interval: .seconds(30),
            port: ServerPort {
                try await .open(endpoint, as: login, named: "\(endpoint.address)", timekeeper: timekeeper)
            },
            stateFile: nil
        )
    }
}
