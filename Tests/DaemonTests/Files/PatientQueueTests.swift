import Daemon
import Dispatch
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PatientQueueTests {
    private let gate = DispatchSemaphore(value: 0)
    private let done = Done()

    private final class Done: Sendable {
        private let numbers = Mutex<[Int]>([])
        var all: [Int] { numbers.withLock(\.self) }
        func add(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test func `what ends in time is returned, in order`() async {
        let queue = PatientQueue(label: "test", patience: .seconds(60))
        for number in 1...3 {
            let returned = await add(number, to: queue)
            #expect(returned == number)
        }
        #expect(done.all == [1, 2, 3])
        #expect(!queue.isHanging)
    }

    @Test func `while a piece is late nobody waits, and all of them are done in the end`() async throws {
        let queue = PatientQueue(label: "test", patience: .milliseconds(1))
        let first: Int? = await queue.run(
            late: { [done] in done.add($0) },
            { [gate] in
                gate.wait()
                return 1
            }
        )
        #expect(first == nil)
        #expect(queue.isHanging)
        for number in 2...3 {
            let returned = await add(number, to: queue)
            #expect(returned == nil)
        }
        #expect(done.all == [])
        gate.signal()
        try await waitUntil("the queue has caught up") { !queue.isHanging }
        #expect(done.all == [1, 2, 3])
        let last = await add(4, to: queue)
        #expect(last == 4)
    }

    @Test func `at the end what nobody waits for is waited for, and no longer than that`() async {
        let queue = PatientQueue(label: "test", patience: .milliseconds(1))
        await queue.run { [done, gate] in
            gate.wait()
            done.add(1)
        }
        await queue.drain(upTo: .milliseconds(1))
        #expect(done.all == [])
        gate.signal()
        await queue.drain(upTo: .seconds(3600))
        #expect(done.all == [1])
    }

    /// With a patience that would outlast the test.
    private func add(_ number: Int, to queue: PatientQueue) async -> Int? {
        await queue.run(upTo: .seconds(3600)) { [done] in
            done.add(number)
            return number
        }
    }
}
