import CPlatform
import Glibc

/// The two clocks of the machine.
package enum SystemClock {
    /// Wall-clock time in microseconds since 1970-01-01 UTC. May jump.
    package static var nowMicroseconds: UInt64 { UInt64(max(0, cp_wall_microseconds())) }

    /// Nanoseconds since the machine started, without times of sleep. Never goes back.
    package static var monotonicNanoseconds: UInt64 { UInt64(max(0, cp_monotonic_nanoseconds())) }

    /// Today in the time zone of this process, which is that of the person at the terminal.
    package static var localDate: (year: Int, month: Int, day: Int) {
        var now = time_t(nowMicroseconds / 1_000_000)
        var parts = unsafe tm()
        guard unsafe localtime_r(&now, &parts) != nil else { return (1970, 1, 1) }
        return unsafe (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    }
}
