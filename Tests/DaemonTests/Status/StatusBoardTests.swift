import Daemon
import Testing

struct StatusBoardTests {
    @Test func `a change counts, the same again and an unknown name do not`() {
        let board = StatusBoard([.untried("orders"), .untried("billing")])
        #expect(board.current.revision == 0)
        board.update("billing") { $0.checks = 1 }
        board.update("billing") { $0.checks = 1 }
        board.update("shipping") { $0.checks = 1 }
        var billing = ServerStatus.untried("billing")
        billing.checks = 1
        #expect(board.current.statuses == [.untried("orders"), billing])
        #expect(board.current.revision == 1)
    }

    @Test func `addresses in ranges are shown behind the others, and stay while they have a row`() {
        var status = ServerStatus.untried("orders")
        status.loadBalancers = ["10.0.2.45", "10.0.1.23"]
        status.know(["10.0.1.23", "10.0.2.45"], rows: ["10.1.0.2", "10.0.1.23"])
        #expect(status.loadBalancers == ["10.0.2.45", "10.0.1.23", "10.1.0.2"])
        status.know(["10.0.1.23", "10.0.2.45"], rows: ["10.1.0.1", "10.1.0.2"])
        #expect(status.loadBalancers == ["10.0.2.45", "10.0.1.23", "10.1.0.2", "10.1.0.1"])
        status.know(["10.0.1.23"], rows: (1...40).map { "10.1.0.\($0)" })
        #expect(status.loadBalancers.count == 32)
        #expect(status.loadBalancers.prefix(3) == ["10.0.1.23", "10.1.0.2", "10.1.0.1"])
        status.know(["10.0.1.23"], rows: [])
        #expect(status.loadBalancers == ["10.0.1.23"])
    }

    @Test func `requests are counted by operation, failures among them`() {
        let board = StatusBoard([])
        board.count(request: "DescribeTags", failed: false)
        board.count(request: "DescribeTags", failed: true)
        board.count(request: "ModifyTargetGroup", failed: false)
        var tags = RequestCounts()
        tags.made = 2
        tags.failed = 1
        var modify = RequestCounts()
        modify.made = 1
        #expect(board.requests == ["DescribeTags": tags, "ModifyTargetGroup": modify])
        #expect(board.current.revision == 3)
    }
}
