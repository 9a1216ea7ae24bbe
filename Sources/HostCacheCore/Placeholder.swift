enum HostCacheCorePlaceholder {}
