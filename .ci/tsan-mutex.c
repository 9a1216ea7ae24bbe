// Tells the thread sanitizer of Synchronization.Mutex.
//
// A Mutex that is free is taken and given back in code compiled into the caller, which the sanitizer sees. One that
// is contended is taken and given back by the kernel (FUTEX_LOCK_PI), called from two functions of
// libswiftSynchronization.so, which is not instrumented: without a word the sanitizer would call two locked accesses
// a race. These two functions stand in front of those (stdlib/public/Synchronization/Mutex/LinuxImpl.swift, Swift
// 6.3) and give the word. withLockIfAvailable has a third, and nobody calls it here.
//
// `make tsan` links this into what it tests, and nothing else does.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
// Swift's calling convention: a method's self comes in a register of its own.
#define METHOD __attribute__((swiftcall)) void
#define SELF __attribute__((swift_context)) void *

void __tsan_acquire(void *);
void __tsan_release(void *);
METHOD lockSlow(uint32_t thread, SELF) __asm__(LOCK);
METHOD unlockSlow(SELF) __asm__(UNLOCK);

METHOD lockSlow(uint32_t thread, SELF mutex) {
    METHOD (*next)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
    next(thread, mutex);
    __tsan_acquire(mutex);
}

METHOD unlockSlow(SELF mutex) {
    METHOD (*next)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
    __tsan_release(mutex);
    next(mutex);
}
