import HostCacheCore
import TestSamples
import Testing

@Suite struct HeatWaveTests {
    private var blocked: Observation {
        var seen = Observation.sample(.sample(limit: 100), [.sample(spent: 100)])
        seen.settings.isHeatWave = true
        return seen
    }

    @Test(
        arguments: [
            (.automatic, .flush([.resize, .truncate], .blocked)),
            (.never, .flush([.resize, .truncate], .blocked)),
            (.persist, .raise(.persist, to: 5000)), (.global, .raise(.global, to: 5000)),
        ] as [(Policy.RaiseWith, Assessment.Decision)]
    )
    func `the limit is raised only where the operator says how`(
        wish: Policy.RaiseWith,
        decision: Assessment.Decision
    ) {
        let policy = Policy.sample { $0.raiseWith = wish }
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        #expect(controller.look(blocked, interval: .seconds(300)).decision == decision)
    }

    @Test func `the finding says why, and no fix is to raise the limit`() {
        let policy = Policy.sample()
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let findings = controller.look(blocked, interval: .seconds(300))
            .findings(blocked, policy: policy, interval: .seconds(300))
        let finding = findings.first { $0.code == .heatWave }
        #expect(finding?.title == "this looks like HeatWave MySQL: max_connect_errors is left alone")
        #expect(finding?.level == .warning)
        #expect(!findings.flatMap(\.fixes).contains { $0.text.contains("max_connect_errors =") })
    }
}
