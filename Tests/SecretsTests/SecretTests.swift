import Secrets
import Testing

@Suite struct SecretTests {
    let secret = Secret("hunter2")

    @Test func `no way of printing shows the value`() {
        var dumped = ""
        dump(secret, to: &dumped)
        let rendered = [
            "\(secret)", String(describing: secret), String(reflecting: secret), dumped,
            "\(["password": secret])", "\(secret as Any)", "\(Optional(secret) as Any)",
        ]
        #expect(rendered.filter { $0.contains("hunter2") } == [])
    }

    @Test func `the one way out gives the value`() {
        #expect(secret.reveal() == "hunter2")
    }

    @Test func `two secrets are equal when their values are`() {
        #expect(secret == Secret("hunter2"))
        #expect(secret != Secret("hunter3"))
    }
}
