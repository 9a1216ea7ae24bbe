import Glibc

/// A plugin of the distribution's MariaDB that does not come with the server itself.
package enum ServerPlugin {
    /// The login method ed25519, as `INSTALL SONAME` names it.
    package static let ed25519 = "auth_ed25519"

    /// The folder, for `--plugin-dir`, that has it; nil where `.ci/mariadb-plugins` has not put it there.
    package static let folder: String? = [
        "\(PackageFolder.servers)/mariadb-plugins", "/usr/lib/mysql/plugin",
    ]
    .first { access("\($0)/\(ed25519).so", R_OK) == 0 }
}
