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
}
