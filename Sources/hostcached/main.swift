import Commands

await Hostcached.main()
