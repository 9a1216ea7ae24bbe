print("hostcached")
