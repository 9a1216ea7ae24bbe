extension SectionReader {
    /// A string that is not empty and has no control characters, which would break lines and C strings.
    mutating func string(_ key: String) -> String? {
        guard let setting = setting(key) else { return nil }
        guard case .string(let text) = setting.value else {
            report(key, "must be a string, not \(setting.value.kind)")
            return nil
        }
        guard let mistake = Self.mistake(in: text) else { return text }
        report(key, mistake)
        return nil
    }

    /// A path that begins with `/`.
    mutating func absolutePath(_ key: String) -> String? {
        guard let path = string(key) else { return nil }
        guard path.hasPrefix("/") else {
            report(key, "\"\(path)\" is not an absolute path")
            return nil
        }
        return path
    }

    /// True or false.
    mutating func boolean(_ key: String) -> Bool? {
        guard let setting = setting(key) else { return nil }
        guard case .boolean(let value) = setting.value else {
            report(key, "must be true or false, not \(setting.value.kind)")
            return nil
        }
        return value
    }

    /// An integer in `range`.
    mutating func integer(_ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let setting = setting(key) else { return nil }
        guard case .integer(let number) = setting.value else {
            report(key, "must be an integer, not \(setting.value.kind)")
            return nil
        }
        guard range.contains(number) else {
            report(key, "\(number) is out of range (\(range.lowerBound) to \(range.upperBound))")
            return nil
        }
        return number
    }

    /// A duration such as `"30s"` in `range`.
    mutating func duration(_ key: String, in range: DurationRange) -> Duration? {
        guard let setting = setting(key) else { return nil }
        guard case .string(let text) = setting.value else {
            report(key, "must be a duration in quotes such as \"30s\", not \(setting.value.kind)")
            return nil
        }
        guard let duration = DurationText.parse(text) else {
            report(key, "\(text.debugDescription) is not a duration (examples: 250ms, 5s, 10m, 1h)")
            return nil
        }
        guard range.bounds.contains(duration) else {
            report(key, "\"\(text)\" is out of range (\(range.text))")
            return nil
        }
        return duration
    }

    /// A number from 0.05 to 0.9 in whole thousandths.
    mutating func fraction(_ key: String) -> Fraction? {
        guard let setting = setting(key) else { return nil }
        let number: Double
        switch setting.value {
        case .float(let value): number = value
        case .integer(let value): number = Double(value)
        default:
            report(key, "must be a number, not \(setting.value.kind)")
            return nil
        }
        guard (0.05...0.9).contains(number) else {
            report(key, "\(number) is out of range (0.05 to 0.9)")
            return nil
        }
        guard let fraction = Fraction(number) else {
            report(key, "\(number) has more than three decimals")
            return nil
        }
        return fraction
    }

    /// One word of an enumeration.
    ///
    /// `later` are words of a later version.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        of type: Choice.Type,
        later: [String] = []
    ) -> Choice? {
        string(key).flatMap { choice($0, key, later: later) }
    }

    /// An array of different words of an enumeration.
    mutating func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ key: String,
        of type: Choice.Type
    ) -> Set<Choice>? {
        guard let words = strings(key) else { return nil }
        let choices: [Choice] = words.compactMap { choice($0, key, later: []) }
        return choices.count == words.count ? Set(choices) : nil
    }

    /// An array of different strings.
    mutating func strings(_ key: String) -> [String]? {
        guard let setting = setting(key) else { return nil }
        guard case .array(let nodes) = setting.value else {
            report(key, "must be an array of strings, not \(setting.value.kind)")
            return nil
        }
        var strings: [String] = []
        for node in nodes {
            guard case .string(let text) = node.value else {
                report(key, "must be an array of strings, but has \(node.value.kind) in it")
                return nil
            }
            if let mistake = Self.mistake(in: text) {
                report(key, mistake)
                return nil
            }
            if strings.contains(text) {
                report(key, "\"\(text)\" is listed twice")
                return nil
            }
            strings.append(text)
        }
        return strings
    }

    /// A table inside this one.
    mutating func table(_ key: String, such example: String) -> Section? {
        guard let setting = setting(key) else { return nil }
        guard case .table(let entries) = setting.value else {
            report(key, "must be a table such as \(example), not \(setting.value.kind)")
            return nil
        }
        return Section(prefix: "\(section.prefix)\(key).", place: setting.place, entries: entries)
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ word: String,
        _ key: String,
        later: [String]
    ) -> Choice? {
        if let choice = Choice(rawValue: word) {
            return choice
        }
        if later.contains(word) {
            report(key, "\"\(word)\" is not available in this version")
        } else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(key, "\"\(word)\" is not one of \(words)")
        }
        return nil
    }

    private static func mistake(in text: String) -> String? {
        if text.isEmpty {
            return "must not be empty"
        }
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        return text.unicodeScalars.contains(where: isControl)
            ? "\(text.debugDescription) has a control character in it" : nil
    }
}
