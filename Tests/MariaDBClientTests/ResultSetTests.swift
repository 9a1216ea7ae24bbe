import MariaDBClient
import Testing

@Suite struct ResultSetTests {
    let result = ResultSet(
        columns: ["IP", "HOST", "ip"],
        values: [["10.0.1.23", nil, "second"], ["", "name", "x"]],
        warningCount: 0
    )

    @Test func `NULL is nil and an empty value is empty`() throws {
        #expect(try result.rows.map { try $0["HOST"] } == [nil, "name"])
        #expect(try result.rows.map { try $0["IP"] } == ["10.0.1.23", ""])
        #expect(result.rows.map(\.values) == [["10.0.1.23", nil, "second"], ["", "name", "x"]])
    }

    @Test func `names are compared exactly unless asked otherwise`() throws {
        let row = try #require(result.rows.first)
        #expect(try row["ip"] == "second")
        #expect(try row["ip", ignoringCase: true] == "10.0.1.23")
        #expect(try row["host", ignoringCase: true] == nil)
        #expect(throws: MariaDBError.self) { try row["host", ignoringCase: false] }
    }

    @Test(arguments: [true, false])
    func `a missing column is named`(_ ignoringCase: Bool) throws {
        let row = try #require(result.rows.first)
        let error = #expect(throws: MariaDBError.self) { try row["HOSTS", ignoringCase: ignoringCase] }
        #expect(
            error?.description
                == "reading the result failed: the result has no column HOSTS, only: IP, HOST, ip"
        )
        #expect(error?.operation == .read)
    }
}
