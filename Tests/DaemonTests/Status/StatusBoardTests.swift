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
