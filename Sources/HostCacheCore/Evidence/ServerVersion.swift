/// Whose server it is; the two differ in every statement this project sends.
package enum Flavour: String, Hashable, Sendable, CaseIterable {
    case mysql
    case mariadb

    /// As people write it.
    package var name: String {
        switch self {
        case .mysql: "MySQL"
        case .mariadb: "MariaDB"
        }
    }
}

/// Flavour and version of a server, from `@@version` and `@@version_comment`.
package struct ServerVersion: Hashable, Sendable {
    package let flavour: Flavour
    package let major: UInt16
    package let minor: UInt16
    package let patch: UInt16

    package init(flavour: Flavour, major: UInt16, minor: UInt16, patch: UInt16) {
        self.flavour = flavour
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `10.11.19-MariaDB-log`, `5.5.5-10.6.1-MariaDB`, `8.0.44-aws`, `9.7.4`; nil when it is none of these.
    ///
    /// Aurora's engine version has a word for the patch, `8.0.mysql_aurora.3.08.0`: that is taken as patch 0,
    /// the version that can do least.
    ///
    /// The number alone does not tell the flavour (MySQL is past 9 and will be past 26), so the word does:
    /// MariaDB says its name in the version or in the comment, and in the handshake puts `5.5.5-` in front
    /// (`sql/sql_connect.cc`, MariaDB 10.11).
    package init?(version: String, comment: String) {
        let words = version.split(separator: "-", omittingEmptySubsequences: false)
        let isPrefixed = words.count > 1 && words[0] == "5.5.5"
        let isMariaDB = isPrefixed || Self.mentionsMariaDB(version) || Self.mentionsMariaDB(comment)
        let parts = (isPrefixed ? words[1] : words.first ?? "")
            .split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let major = Self.number(parts[0]), let minor = Self.number(parts[1]),
            let patch = parts[2] == "mysql_aurora" ? 0 : Self.number(parts[2])
        else {
            return nil
        }
        self.init(flavour: isMariaDB ? .mariadb : .mysql, major: major, minor: minor, patch: patch)
    }

    /// The same by what `version` cannot fake: MariaDB's option `version` makes it say anything.
    ///
    /// - Parameters:
    ///   - version: `@@version`.
    ///   - comment: `@@version_comment`, which may be set as well.
    ///   - signs: What else the server shows.
    package init?(version: String, comment: String, signs: Signs) {
        guard var number = Self(version: version, comment: comment) else { return nil }
        guard let flavour = signs.flavour else {
            self = number
            return
        }
        if flavour == .mariadb, let build = signs.build {
            number = build
        }
        self.init(flavour: flavour, major: number.major, minor: number.minor, patch: number.patch)
    }

    /// What a server shows of its kind besides its version; tried on MariaDB 10.5, 10.11, 11.8 and MySQL 9.7.
    package struct Signs: Hashable, Sendable {
        /// Whether it has a variable that only MariaDB has.
        package var hasMariaDBVariable: Bool
        /// Whether it has `server_uuid`, which every MySQL has, and no MariaDB before 12.
        package var hasServerUUID: Bool
        /// The interface of MariaDB's storage engines, which holds the number it was built with, as in `101119.0`.
        ///
        /// Nil where it was not asked for, or not told.
        package var engineInterface: String?

        package init(hasMariaDBVariable: Bool, hasServerUUID: Bool, engineInterface: String? = nil) {
            self.hasMariaDBVariable = hasMariaDBVariable
            self.hasServerUUID = hasServerUUID
            self.engineInterface = engineInterface
        }

        /// Whether a MariaDB says a number that none has had since 5.5, so that it has to be asked another way.
        package func doubts(_ version: ServerVersion?) -> Bool {
            hasMariaDBVariable && version?.isAtLeast(10, 0, 0) == false
        }

        /// `MYSQL_VERSION_ID`, two digits each for minor and patch (`include/mysql/plugin.h`).
        fileprivate var build: ServerVersion? {
            guard let number = engineInterface?.split(separator: ".").first.flatMap({ UInt32($0) }) else {
                return nil
            }
            let (major, rest) = number.quotientAndRemainder(dividingBy: 10_000)
            guard (10...999).contains(major) else { return nil }
            return ServerVersion(
                flavour: .mariadb,
                major: UInt16(major),
                minor: UInt16(rest / 100),
                patch: UInt16(rest % 100)
            )
        }

        /// Variables of which MariaDB has at least one and MySQL none.
        package static let mariaDBVariables = ["aria_pagecache_buffer_size", "old_mode"]

        /// Nil where nothing tells: then the words in the version do.
        fileprivate var flavour: Flavour? { hasMariaDBVariable ? .mariadb : hasServerUUID ? .mysql : nil }
    }

    private static func number(_ text: Substring) -> UInt16? {
        // `UInt16` alone would read a sign.
        text.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? UInt16(text) : nil
    }

    private static func mentionsMariaDB(_ text: String) -> Bool {
        text.lowercased().split(whereSeparator: { !$0.isLetter }).contains("mariadb")
    }

    /// Whether this is at least that version, the flavour aside.
    package func isAtLeast(_ major: UInt16, _ minor: UInt16, _ patch: UInt16) -> Bool {
        (self.major, self.minor, self.patch) >= (major, minor, patch)
    }
}

extension ServerVersion: CustomStringConvertible {
    package var description: String { "\(flavour.name) \(number)" }

    /// Without the flavour: `10.11.19`.
    package var number: String { "\(major).\(minor).\(patch)" }
}
