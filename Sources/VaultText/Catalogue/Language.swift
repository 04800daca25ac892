/// A language of the catalogue. English is complete; a message that a language lacks falls back.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case simplifiedChinese = "zh"

    /// The language of a tag such as `en`, `zh`, `zh-CN`, `zh_CN.UTF-8` or `zh-Hans`, in any case.
    /// Traditional Chinese (`zh-TW`, `zh-HK`, `zh-Hant`) is another language, which is not here.
    package init?(tag: String) {
        let name = tag.lowercased().prefix { $0 != "." && $0 != "@" }
        let parts = name.split { $0 == "-" || $0 == "_" }
        switch parts.first {
        case "en", "english", "c", "posix": self = .english
        case "zh", "chinese":
            guard !parts.contains(where: { ["tw", "hk", "mo", "hant"].contains($0) }) else {
                return nil
            }
            self = .simplifiedChinese
        default: return nil
        }
    }

    /// The language that the locale variables ask for: the first of `LC_ALL`, `LC_MESSAGES` and
    /// `LANG` that is not empty decides; English when it names no language of ours (POSIX §8.2).
    ///
    /// - Parameter variable: looks up an environment variable.
    package static func preferred(_ variable: (String) -> String?) -> Language {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = variable(name), !value.isEmpty {
                return Language(tag: value) ?? .english
            }
        }
        return .english
    }
}
