-- The account of hostcached on MySQL 8.0 and later. Run it as an administrator, on every server.
-- If you can, change '%' to the address hostcached connects from.

-- Where there is no account yet, with a password of your own:
-- CREATE USER 'hostcached'@'%' IDENTIFIED BY 'change-this-password';

-- To look: all that mode = "observe" needs.
GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%';

-- To raise with SET PERSIST max_connect_errors, and to flush with
-- SET GLOBAL host_cache_size = @@global.host_cache_size.
-- Leave it out on Amazon RDS and Aurora, where nobody can grant it and the limit is set in the
-- instance's parameter group, and write raise_with = "never".
GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'hostcached'@'%';

-- MySQL 5.7 has no SYSTEM_VARIABLES_ADMIN. There it takes SUPER, in place of the line above:
-- GRANT SUPER ON *.* TO 'hostcached'@'%';

-- In place of that, where nobody can grant it (Amazon RDS and Aurora): to flush with
-- TRUNCATE TABLE performance_schema.host_cache.
-- GRANT DROP ON performance_schema.host_cache TO 'hostcached'@'%';

-- MySQL before 8.3 only, where performance_schema is OFF or TRUNCATE is refused: to flush with
-- FLUSH NO_WRITE_TO_BINLOG HOSTS.
-- GRANT RELOAD ON *.* TO 'hostcached'@'%';
