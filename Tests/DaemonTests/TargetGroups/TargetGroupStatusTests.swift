import Daemon
import HostCacheCore
import Testing

struct TargetGroupStatusTests {
    private static let held: [IntervalMemory.Held] = [
        .otherCheck, .portUnknown, .neverSucceeds, .slowFailover(targets: 2), .managed(.kubernetes),
        .observeMode,
        .actionOff, .latched,
        .retries(at: .seconds(300)),
    ]

    @Test func `every reason has its series`() {
        #expect(Self.held.map(\.reason) == TargetGroupStatus.heldReasons)
    }

    @Test(
        arguments: [
            (nil, nil, false), (299, nil, true), (300, nil, false), (301, nil, false), (30, "managed", true),
            (30, "other_check", false), (30, "port_unknown", false), (30, "never_succeeds", true),
        ] as [(Int64?, String?, Bool)]
    )
    func `an interval drifts when it is known, short and of a check that counts`(
        _ interval: Int64?,
        _ held: String?,
        _ drifts: Bool
    ) {
        var status = TargetGroupStatus(arn: "a", wanted: .seconds(300))
        status.interval = interval.map { .seconds($0) }
        status.held = held
        #expect(status.drifts == drifts)
    }

    @Test func `on the board a change counts, the same again and an unknown group do not`() {
        let board = StatusBoard(
            [],
            targetGroups: ["a", "b"].map { TargetGroupStatus(arn: $0, wanted: .seconds(300)) }
        )
        board.update(targetGroup: "b") { $0.held = "managed" }
        board.update(targetGroup: "b") { $0.held = "managed" }
        board.update(targetGroup: "c") { $0.held = "managed" }
        #expect(board.targetGroups.map(\.held) == [nil, "managed"])
        #expect(board.current.revision == 1)
    }
}
