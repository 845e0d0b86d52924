/**
 * System calls through the FFM API. No policy: each method does what the kernel call of its name
 * does, and reports the kernel's error as a {@link dev.cooper.linux.LinuxException}.
 *
 * <p>Every call goes through one method handle of one shape (seven integers in, one out), because
 * linking a shape costs some 30 ms of a cold virtual machine and a short command cannot pay that
 * twice. {@link dev.cooper.linux.Linux#prepare()} pays it on another thread, ahead of time.
 *
 * <p>On another operating system the classes load, and every call fails with {@code ENOSYS}.
 */
@NullMarked
package dev.cooper.linux;

import org.jspecify.annotations.NullMarked;
