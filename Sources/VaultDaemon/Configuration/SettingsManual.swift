package import VaultText

/// The manual page carevaultd.json(5), made from the table of settings.
package enum SettingsManual {
    /// The page; `version` is the program's.
    package static func page(version: String) -> FileManualPage {
        FileManualPage(
            path: Settings.standardFile, version: version,
            summary: SettingsManualMessages.summary,
            description: [
                SettingsManualMessages.shape, SettingsManualMessages.strictness,
                SettingsManualMessages.change,
            ],
            entries: (SettingsManualMessages.settings, Setting.allCases.map(entry)),
            example: { SettingsFile.text(example($0)) },
            others: ["carevaultd(8)", "carevaultd-run(8)", "carevaultd-settings(8)"])
    }

    /// What an office changes most often: whom people ask, in which language, and shorter logins.
    static func example(_ language: Language) -> KeyValuePairs<Setting, SettingValue> {
        [
            .language: .text(language.rawValue),
            .contact: .text(SettingsManualMessages.contact.text(in: language)),
            .idleMinutes: .number(10),
        ]
    }

    private static func entry(_ setting: Setting) -> FileManualPage.Entry {
        FileManualPage.Entry(
            name: setting.rawValue,
            text: SettingsManualMessages.entry(
                setting.explanation, rule: setting.rule, standard: setting.standard?.words))
    }
}
