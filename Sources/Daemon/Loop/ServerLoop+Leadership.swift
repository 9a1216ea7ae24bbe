import HostCacheCore
import Logging

extension ServerLoop {
    /// Takes the lock where it is free, or asks who has it; shows the answer.
    ///
    /// Asked in each round between look and decision, so that nothing is done on an answer of before.
    func leadership(_ connection: ServerConnection, _ turn: inout Turn) async throws -> Leadership {
        guard policy.seeksLeadership else { return .notSought }
        let leadership = try await connection.seekLeadership()
        board.update(name) { $0.leadership = leadership }
        return leadership
    }

    /// Tells who acts when that is another than before, and when this daemon acts in the holder's place.
    func tell(
        _ leadership: Leadership,
        _ assessment: Assessment,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws {
        let topic = "leadership"
        switch leadership {
        case .notSought:
            break
        case .holder:
            // Being alone is no news.
            guard turn.log.knows(topic) != nil else { return turn.log.know(topic, "holder") }
            turn.log.tell(topic, "holder", .notice, "this daemon holds the lock and acts from here on", [:])
        case .follower(let connectionID):
            let state = connectionID.map { "follower of \($0)" }
            let acts = assessment.decision != .hold
            // Without its number it was taken this moment: the next round tells.
            guard acts || state != nil && turn.log.knows(topic) != state else { return }
            // It may have ended meanwhile; the next round shows that too.
            guard let holder = try await connection.leader() else { return }
            if let state {
                turn.log.tell(
                    topic,
                    state,
                    .notice,
                    "another daemon holds the lock and acts first",
                    [.holder: holder]
                )
            }
            if acts, assessment.forecast.exposure == .blind {
                // It may have flushed: what is spent goes on adding up here all the same.
                turn.log.write(
                    .notice,
                    "a blind server does not show the other daemon's flushes, this one flushes by its own bound",
                    [.holder: holder]
                )
            } else if acts {
                turn.log.write(
                    .warning,
                    "the daemon that holds the lock leaves something undone, this one acts in its place",
                    [.holder: holder, .advice: "look at the log of hostcached on the holder's host"]
                )
            }
        case .refused(let code):
            turn.log.tell(
                topic,
                "refused",
                .warning,
                "the server has no lock to share the work by, the guard rails alone keep flushes apart",
                [.error: code.map { "server error \($0)" } ?? "GET_LOCK gave no answer"]
            )
        }
    }
}
