import CPlatform

/// Variables of the environment. Never a place for a secret: `/proc/PID/environ` shows it.
package enum Environment {
    /// The value of a variable; nil when it is not set, or when the program runs with the rights
    /// of another user (set-user-id), where its caller must not steer it.
    package static func value(_ name: String) -> String? {
        guard let text = unsafe cp_environment(name) else { return nil }
        return unsafe String(cString: text)
    }

    /// Removes a variable. Only while the process has one thread.
    package static func remove(_ name: String) { _ = unsafe cp_clear_environment(name) }
}
