/// The names and addresses that are taken, and where.
struct Roster {
    private var names: [String: Place] = [:]
    private var addresses: [DaemonConfiguration.Server.Address: Place] = [:]

    /// Enters a server, or reports in `reader` what is taken already.
    ///
    /// Nil `address`: it is wrong itself.
    mutating func enter(_ reader: inout SectionReader, address: DaemonConfiguration.Server.Address?) {
        if let setting = reader.section.settings["name"], case .string(let name) = setting.value {
            if let first = names[name] {
                reader.report(
                    "name",
                    "\(name.debugDescription) is already the name of the server at \(first)"
                )
            } else {
                names[name] = setting.place
            }
        }
        guard let address else { return }
        let key = reader.has("socket") ? "socket" : "host"
        if let first = addresses[address.canonical] {
            reader.report(key, "\(address) is already watched by the server at \(first); list it once")
        } else {
            addresses[address.canonical] = reader.section.settings[key]?.place
        }
    }
}
