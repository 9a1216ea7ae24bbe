extension DaemonConfiguration {
    /// The commented example, byte for byte `config/hostcached.toml` of the package.
    package static let example = #"""
        # hostcached: the whole configuration, every key with its type, default and range.
        #
        # Files of conf.d/*.toml beside this one are read after it, in the order of their names: their servers
        # are added, every other key is set in one place only. A key that hostcached does not know is refused.
        # Check with: hostcached config check
        # Take a change with: systemctl reload hostcached (SIGHUP). Keys that are "read at the start" need a restart.
        #
        # Durations are strings of whole numbers with h, m, s and ms: "1h30m", "90s", "250ms".

        # What may be done. Required.
        #   "observe"  look, forecast, and report what would be done
        #   "enforce"  flush, raise, and set the health-check interval too
        mode = "observe"

        # Where state and audit live. Absolute path; default "/var/lib/hostcached".
        # The environment variable STATE_DIRECTORY, which systemd sets, wins. Read at the start.
        #state_directory = "/var/lib/hostcached"

        # The least severe line to log: trace, debug, info, notice, warning, error or critical; default "info".
        # Read at the start; run --log-level wins.
        #log_level = "info"

        # "text" or "json"; default "text". Read at the start; run --log-format wins.
        #log_format = "text"

        [metrics]
        # Absolute path that ends in .prom, for node_exporter's textfile collector.
        # Default "/run/hostcached/metrics/hostcached.prom". Read at the start.
        #file = "/run/hostcached/metrics/hostcached.prom"

        # What is wanted of AWS. Nothing is asked of it unless a server names its target groups.
        # Credentials come from the environment; the region of a target group comes from its ARN.
        [aws]
        # The health-check interval to set on the target groups; a longer one is left alone.
        # Duration in whole seconds, 5s to 300s; default "300s".
        #health_check_interval = "300s"

        # Checks in a row until a target counts as healthy, to be set along with the interval.
        # Integer, 2 to 10. Default: it is left as it is.
        #healthy_threshold = 2

        # The region where no ARN tells it. String; default none.
        #region = "us-east-1"

        # Where to send requests in place of AWS's own names: http:// or https://, a host, perhaps a port.
        # String. Default: the environment variable AWS_ENDPOINT_URL, else AWS's own names.
        #endpoint_url = "https://elasticloadbalancing.us-east-1.amazonaws.com"

        # For every server that does not say otherwise: any key of [[server]] but name, host and socket.
        [defaults]
        #check_interval = "30s"

        # One table for each server process, so for a replica one of its own. At least one is required.
        [[server]]
        # String, unique. Required. It names the server in logs, metrics and commands.
        name = "orders"

        # Host name or IP address, and port from 1 to 65535, default 3306.
        # Either host or socket is required. Name the server itself, never a load balancer or a proxy.
        host = "orders.example.com"
        #port = 3306

        # Absolute path of a unix socket, in place of host and port.
        #socket = "/run/mysqld/mysqld.sock"

        # Account to log in with. String. Required, here or in [defaults].
        user = "hostcached"

        # File with the password and nothing else, not open to others (chmod o=). Absolute, or relative to
        # CREDENTIALS_DIRECTORY where systemd sets it, else to the folder of this file. Default: no password.
        # Read at every connect, so an absolute path sees a rotated password.
        password_file = "/etc/hostcached/credentials/orders"

        # mode "disabled"; "verify-identity": the certificate must be valid for the name in host; or
        # "fingerprint": it must have exactly this one, whatever its name and authority.
        # ca: file of the authorities to trust, absolute or relative to the folder of this file, read at every
        # connect; default: the system's.
        # fingerprint: SHA-1, 40 hexadecimal digits, with or without colons, as openssl x509 -noout
        # -fingerprint -sha1 -in FILE prints it on the server's own machine.
        # Default: disabled for loopback hosts, else verify-identity. A socket never uses TLS.
        #tls = { mode = "verify-identity", ca = "/etc/hostcached/rds-bundle.pem" }

        # "observe" or "enforce"; enforced only where the top of the file says so too. Default: the top's.
        #mode = "observe"

        # What enforce may do here. Array of "flush", "raise", "interval" and "keep-alive" (logins through the load
        # balancer, where keep_alive says how), not empty; default: all.
        #actions = ["flush", "raise", "interval", "keep-alive"]

        # The limit to raise the server to, in handshake errors. Integer, 1 to 4294967295; default 5000.
        # A higher limit of the server is left alone.
        #max_connect_errors = 5000

        # How the limit is raised: "auto", "persist" (SET PERSIST), "global" (SET GLOBAL) or "never";
        # default "auto". On what looks like HeatWave MySQL "auto" raises nothing.
        #raise_with = "auto"

        # How the host cache is flushed: "auto", "resize" (SET GLOBAL host_cache_size to what it is, MySQL),
        # "flush" (FLUSH NO_WRITE_TO_BINLOG HOSTS) or "truncate" (TRUNCATE TABLE performance_schema.host_cache);
        # default "auto". What the server does not have or refuses is followed by what works there.
        #flush_with = "auto"

        # Whose errors count for a flush: "load-balancers" or "any".
        # Default: "load-balancers" where their addresses are known, else "any".
        #flush_for = "load-balancers"

        # Where the load balancers' health checks come from. Array of IP addresses, ranges such as "35.191.0.0/16",
        # and host names; default []. An address counts in any spelling, a link-local one with its zone
        # ("fe80::1%eth0") or, without, on every interface. A name is looked up once a minute: give one that stands
        # for the addresses that reach the server, which the name of an internet-facing load balancer does not.
        #load_balancers = ["10.0.1.23", "orders-0123456789abcdef.elb.us-east-1.amazonaws.com"]

        # The load balancers' target groups that this server is a target of. Array of ARNs; default [].
        #target_groups = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123456789abcdef"]

        # Whether a group with two or more targets may have its interval set too, where a dead target is
        # noticed only after several of the longer intervals. Boolean; default false.
        #accept_slow_failover = false

        # Logins through the load balancer, in enforce only: each sets the errors of the address that it comes
        # from to zero. The account needs no privilege.
        # via: array of host names and IP addresses of the load balancer, one for each of its nodes; required.
        # port: of its listener, 1 to 65535, default 3306. user: string, required. password_file: as above.
        # tls: as above, but "disabled" (the default) or "fingerprint" only, since a load balancer's name is in
        # no server's certificate. MySQL 8's default login method, caching_sha2_password, needs "fingerprint".
        #keep_alive = { via = ["10.0.1.23", "10.0.2.23"], user = "touch", password_file = "/etc/hostcached/credentials/touch" }

        # Whether the interval may be set on a group that CloudFormation, Kubernetes or Terraform manages.
        # Boolean; default false.
        #adopt = false

        # How often the host cache is looked at; more often by itself when a block is near.
        # Duration, 1s to 1h; default "30s".
        #check_interval = "30s"

        # Handshake errors that one health check is assumed to cost until it is measured.
        # Integer, 1 to 1000; default 6.
        #errors_per_health_check = 6

        # The health-check interval assumed while the real one is not known.
        # Duration, 5s to 300s; default "30s".
        #assumed_health_check_interval = "30s"

        # The share of the time from clean to blocked after which a flush is due.
        # Number, 0.05 to 0.9, up to three decimals; default 0.5.
        #flush_within = 0.5

        # The share of the limit that may be spent before a flush.
        # Number, 0.05 to 0.9, up to three decimals; default 0.5.
        #flush_at = 0.5

        # The least time between two flushes. Duration, 1s to 1h; default "60s".
        #min_flush_gap = "60s"

        # Integer, 1 to 3600; default 30.
        #max_flushes_per_hour = 30

        # The longest that connecting may take. Duration, 1s to 60s; default "5s".
        #connect_timeout = "5s"

        # The longest that one statement may take. Duration, 1s to 60s; default "5s".
        #query_timeout = "5s"

        """#
}
