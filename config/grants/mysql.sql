-- The account of hostcached on MySQL 8.0 and later. Run it as an administrator, on every server.
-- Change the password and, if you can, '%' to the address hostcached connects from.

CREATE USER 'hostcached'@'%' IDENTIFIED BY 'change-this-password';

-- To look: all that mode = "observe" needs.
GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%';

-- To flush with TRUNCATE TABLE performance_schema.host_cache. Leave it out where actions does not list "flush".
GRANT DROP ON performance_schema.host_cache TO 'hostcached'@'%';

-- To raise with SET PERSIST max_connect_errors. Leave it out with raise_with = "never", and on Amazon RDS and
-- Aurora, where nobody can grant it and the limit is set in the instance's parameter group.
GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'hostcached'@'%';

-- MySQL 8.0 to 8.2 only, where performance_schema is OFF or TRUNCATE is refused: to flush with
-- FLUSH NO_WRITE_TO_BINLOG HOSTS.
-- GRANT RELOAD ON *.* TO 'hostcached'@'%';

-- MySQL 5.7 has no SYSTEM_VARIABLES_ADMIN. There it takes SUPER to raise, in place of the line above:
-- GRANT SUPER ON *.* TO 'hostcached'@'%';
