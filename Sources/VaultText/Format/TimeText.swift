/// Moments and spans of time as people and programs read them. Moments are microseconds since
/// 1970-01-01 UTC, without leap seconds.
package enum TimeText {
    /// How much of a second is shown.
    package enum Precision: Sendable {
        case seconds, milliseconds, microseconds
    }

    /// A moment in ISO 8601, always UTC: `2026-08-01T12:34:56Z`. What is not shown is cut off.
    package static func utc(
        microseconds: UInt64, _ precision: Precision = .seconds
    ) -> String {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = civil(days)
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        text += "T\(padded(time / 3_600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
        switch precision {
        case .seconds: break
        case .milliseconds: text += "." + padded(rest / 1_000, 3)
        case .microseconds: text += "." + padded(rest, 6)
        }
        return text + "Z"
    }

    /// How long ago or ahead a moment is, in its largest unit, rounded down: `3 minutes ago`. A part
    /// of a second ahead counts as a whole one, so that eight hours just begun are not seven.
    package static func relative(microseconds moment: UInt64, now: UInt64) -> Message {
        let isPast = moment <= now
        let seconds = isPast ? (now - moment) / 1_000_000 : (moment - now + 999_999) / 1_000_000
        guard seconds > 0 else { return TimeMessages.now }
        let span = largestUnit(seconds)
        return isPast ? TimeMessages.ago(span) : TimeMessages.ahead(span)
    }

    /// A span in its two largest units: `2 hours 5 minutes`.
    package static func duration(seconds: UInt64) -> Message {
        let units = TimeMessages.units
        guard let first = units.firstIndex(where: { seconds >= $0.seconds }) else {
            return TimeMessages.count(0, units[units.count - 1])
        }
        let (count, rest) = seconds.quotientAndRemainder(dividingBy: units[first].seconds)
        let large = TimeMessages.count(count, units[first])
        guard first + 1 < units.count, rest >= units[first + 1].seconds else { return large }
        let small = TimeMessages.count(rest / units[first + 1].seconds, units[first + 1])
        return Message("\(large) \(small)", chinese: "\(large)\(small)")
    }

    private static func largestUnit(_ seconds: UInt64) -> Message {
        let units = TimeMessages.units
        let unit = units.first { seconds >= $0.seconds } ?? units[units.count - 1]
        return TimeMessages.count(seconds / unit.seconds, unit)
    }

    /// Year, month and day of a number of days since 1970-01-01 in the Gregorian calendar: counts
    /// in eras of 400 years from 1 March of year 0, so that leap days come last.
    private static func civil(_ days: UInt64) -> (year: UInt64, month: UInt64, day: UInt64) {
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
