/// The text form of a host name.
enum HostName {
    /// A host name in lower case and without a closing dot; nil when it is none.
    ///
    /// What ends in a number is meant as an address (RFC 3696, section 2: a top-level domain is no number).
    static func canonical(_ text: String) -> String? {
        let name = (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isFitting = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy { scalar in
                    scalar.isASCII
                        && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
                }
        }
        return isFitting && !endsInNumber(name) && name.utf8.count <= 253 ? name : nil
    }

    /// Whether a text is meant as an IPv4 address, right or wrong: its last part is a number.
    ///
    /// getaddrinfo(3) takes `10.1` as 10.0.0.1 and `010.0.0.1` as 8.0.0.1, which nobody means.
    static func endsInNumber(_ text: String) -> Bool {
        let name = text.hasSuffix(".") ? text.dropLast() : text[...]
        let label = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        return label.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether it names a load balancer of AWS and so leads to any of its targets.
    ///
    /// `NAME-ID.elb.REGION.amazonaws.com` is a network load balancer, `NAME-ID.REGION.elb.amazonaws.com` another
    /// kind; in China they end in `.com.cn`. Source: the guides of Elastic Load Balancing, "DNS name".
    static func isLoadBalancer(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        let labels = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        // The first label is the user's own.
        return (labels.suffix(2) == ["amazonaws", "com"] || labels.suffix(3) == ["amazonaws", "com", "cn"])
            && labels.dropFirst().contains("elb")
    }
}
