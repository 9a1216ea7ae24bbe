import PrometheusText
import Testing

@Suite struct MetricFamiliesTests {
    @Test func `the file is written byte for byte in the given order`() throws {
        let families = try MetricFamilies([
            MetricFamily(
                name: "hostcached_flushes_total",
                help: "Flushes of the host cache.",
                kind: .counter,
                samples: [
                    Sample(labels: ["server": "orders", "trigger": "schedule"], value: 3),
                    Sample(
                        labels: ["server": "orders", "trigger": "budget"],
                        value: MetricValue(UInt64.max)
                    ),
                ]
            ),
            MetricFamily(
                name: "hostcached_aws_requests_total",
                help: #"Requests, by "operation"; a \ and"# + "\na newline.",
                kind: .counter,
                samples: []
            ),
            MetricFamily(
                name: "hostcached_build_info",
                help: "Always 1.",
                kind: .gauge,
                samples: [Sample(labels: ["version": "0.1.0\r\n\"beta\\"], value: 1)]
            ),
            MetricFamily(
                name: "hostcached_block_estimated_timestamp_seconds",
                help: "When the first host is blocked.",
                kind: .gauge,
                samples: [Sample(labels: [:], value: MetricValue(Double.infinity))]
            ),
        ])
        #expect(
            Array(families.render().utf8)
                == Array(
                    #"""
                    # HELP hostcached_flushes_total Flushes of the host cache.
                    # TYPE hostcached_flushes_total counter
                    hostcached_flushes_total{server="orders",trigger="schedule"} 3
                    hostcached_flushes_total{server="orders",trigger="budget"} 18446744073709551615
                    # HELP hostcached_aws_requests_total Requests, by "operation"; a \\ and\na newline.
                    # TYPE hostcached_aws_requests_total counter
                    # HELP hostcached_build_info Always 1.
                    # TYPE hostcached_build_info gauge
                    hostcached_build_info{version="0.1.0\#r\n\"beta\\"} 1
                    # HELP hostcached_block_estimated_timestamp_seconds When the first host is blocked.
                    # TYPE hostcached_block_estimated_timestamp_seconds gauge
                    hostcached_block_estimated_timestamp_seconds +Inf

                    """#.utf8
                )
        )
    }

    @Test func `no families make an empty file`() throws {
        #expect(try MetricFamilies([]).render() == "")
    }

    @Test func `the same family twice is refused`() throws {
        let family = try MetricFamily(name: "up", help: "Up.", kind: .gauge, samples: [])
        #expect(throws: MetricError.duplicateFamily("up")) { try MetricFamilies([family, family]) }
    }
}
