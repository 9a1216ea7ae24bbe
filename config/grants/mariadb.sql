-- The account of hostcached on MariaDB 10.5.2 and later. Run it as an administrator, on every server.
-- Change the password and, if you can, '%' to the address hostcached connects from.

CREATE USER 'hostcached'@'%' IDENTIFIED BY 'change-this-password';

-- To look: all that mode = "observe" needs.
GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%';

-- To flush with FLUSH NO_WRITE_TO_BINLOG HOSTS. Leave it out where actions does not list "flush".
GRANT RELOAD ON *.* TO 'hostcached'@'%';

-- To raise with SET GLOBAL max_connect_errors. Leave it out with raise_with = "never", and on Amazon RDS,
-- where the limit is set in the instance's parameter group.
GRANT CONNECTION ADMIN ON *.* TO 'hostcached'@'%';
