-- The account of hostcached on MariaDB 10.5.2 and later. Run it as an administrator, on every server.
-- If you can, change '%' to the address hostcached connects from.

-- Where there is no account yet, with a password of your own:
-- CREATE USER 'hostcached'@'%' IDENTIFIED BY 'change-this-password';

-- To look: all that mode = "observe" needs.
GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%';

-- To flush with FLUSH NO_WRITE_TO_BINLOG HOSTS.
GRANT RELOAD ON *.* TO 'hostcached'@'%';

-- To raise with SET GLOBAL max_connect_errors.
-- Leave it out on Amazon RDS and Aurora, where nobody can grant it and the limit is set in the
-- instance's parameter group, and write raise_with = "never".
GRANT CONNECTION ADMIN ON *.* TO 'hostcached'@'%';

-- MariaDB before 10.5.2 has no CONNECTION ADMIN. There it takes SUPER, in place of the line above:
-- GRANT SUPER ON *.* TO 'hostcached'@'%';
