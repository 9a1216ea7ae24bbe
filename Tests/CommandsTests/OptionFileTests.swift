import Commands
import TestSupport
import Testing

struct OptionFileTests {
    /// Every row as `my_print_defaults --defaults-file=FILE client` of MariaDB 10.11 prints it.
    @Test(
        arguments: [
            ("user=watch", "watch"), ("  user  =  watch  ", "watch"), ("user=", ""),
            ("user=watch   # the account", "watch"), ("user=ab#c", "ab"), (#"user="ab#c""#, "ab#c"),
            ("user='a b'", "a b"), (#"user="x\"y#z""#, #"x"y#z"#), ("user=it's # not", "it's # not"),
            (#"user='a\sb\tc'"#, "a b\tc"), (#"user=x\sy\\z\q"#, #"x y\z\q"#), (##"user=p\#q"##, #"p\"#),
            (#"user="un"#, #""un"#), ("user='", "'"), (#"user="a" "b""#, #"a" "b"#), (#"user=x\"y"#, #"x"y"#),
            (#"user=abc"d#e"f#g"#, #"abc"d#e"f"#), ("user=a=b", "a=b"),
        ] as [(String, String)]
    )
    func `values are read as the servers' own programs read them`(line: String, value: String) {
        #expect(OptionFile.options("[client]\n\(line)\n") == ["user": value])
    }

    @Test func `only the client's section counts, every time it comes`() {
        let text = """
            user=nobody
            [mysqld]
            user=mysql
            [client]
            # comment = 1
            ; comment = 2
            user=watch\r
            password
            ssl-ca=/a

            [client-mariadb]
            user=other
              [client] # again
            host = db
            user = last
            """
        #expect(OptionFile.options(text) == ["user": "last", "ssl_ca": "/a", "host": "db"])
    }

    /// As mariadb(1) of MariaDB 10.11 takes them: `my_print_defaults` for the groups, its errors for the names.
    @Test(
        arguments: [
            ("[CLIENT]", true), ("[Client]", true), ("[client ]", true), ("[client\t]", true),
            ("[client]junk", true), ("  [client]", true), ("[ client]", false), ("[clientx]", false),
            ("[client", false), ("[]", false), ("[ ]", false), ("[client-mariadb]", false),
        ]
    )
    func `a group counts without regard to case and to blanks behind its name`(
        _ group: String,
        _ counts: Bool
    ) {
        #expect(OptionFile.options("\(group)\nuser=watch\n") == (counts ? ["user": "watch"] : [:]))
    }

    @Test(
        arguments: [
            ("pass", "password"), ("pas", "password"), ("passwor", "password"), ("PASS", "password"),
            ("loose-pass", "password"), ("us", "user"), ("User", "user"), ("ho", "host"), ("po", "port"),
            ("so", "socket"), ("sock", "socket"), ("loose_user", "user"),
            // The clients call these ambiguous or unknown.
            ("pa", "pa"), ("p", "p"), ("u", "u"), ("h", "h"), ("s", "s"), ("password1", "password1"),
            ("users", "users"), ("ssl-ca", "ssl_ca"),
        ]
    )
    func `a prefix that only one option has is that option`(_ written: String, _ name: String) {
        #expect(OptionFile.options("[client]\n\(written)=x\n") == [name: "x"])
    }

    @Test func `the last of an option's spellings counts`() {
        #expect(OptionFile.options("[client]\npassword=a\npass=b\n") == ["password": "b"])
        #expect(OptionFile.options("[client]\npass=b\npassword=a\n") == ["password": "a"])
    }

    @Test func `a file is read, and one that is not there is an error`() throws {
        let folder = try TemporaryFolder("options")
        try folder.write("[client]\nport=3307\n", to: "my.cnf")
        #expect(try OptionFile.client(folder.file("my.cnf")) == ["port": "3307"])
        #expect(throws: (any Error).self) { try OptionFile.client(folder.file("missing.cnf")) }
    }
}
