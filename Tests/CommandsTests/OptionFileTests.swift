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

    @Test func `a file is read, and one that is not there is an error`() throws {
        let folder = try TemporaryFolder("options")
        try folder.write("[client]\nport=3307\n", to: "my.cnf")
        #expect(try OptionFile.client(folder.file("my.cnf")) == ["port": "3307"])
        #expect(throws: (any Error).self) { try OptionFile.client(folder.file("missing.cnf")) }
    }
}
