import CSodium

/// The library behind this module.
package enum SodiumVersion {
    /// Its version as it tells it, such as `1.0.18`: of the library that was loaded, not of the one that
    /// this was built with.
    package static var text: String { unsafe String(cString: sodium_version_string()) }
}
