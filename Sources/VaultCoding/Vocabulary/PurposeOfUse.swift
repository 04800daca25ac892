/// Why somebody opens a file: HL7 v3 PurposeOfUse codes, each with a plain name that people may type.
///
/// Source: code system `http://terminology.hl7.org/CodeSystem/v3-ActReason`.
package enum PurposeOfUse: String, CaseIterable, Sendable, Hashable {
    case treatment = "TREAT"
    case careManagement = "CAREMGT"
    case coordination = "COC"
    case emergencyTreatment = "ETREAT"
    case breakGlass = "BTG"
    case eligibility = "ELIGDTRM"
    case payment = "HPAYMT"
    case patientRequest = "PATRQT"
    case familyRequest = "FAMRQT"
    case compliance = "HCOMPL"
    case legal = "HLEGAL"
    case systemAdministration = "HSYSADMIN"
    case recordManagement = "RECORDMGT"
    case qualityImprovement = "HQUALIMP"
    case research = "HRESCH"
    case test = "HTEST"

    /// The plain English name.
    package var plainName: String {
        switch self {
        case .treatment: "treatment"
        case .careManagement: "care-management"
        case .coordination: "coordination"
        case .emergencyTreatment: "emergency-treatment"
        case .breakGlass: "break-glass"
        case .eligibility: "eligibility"
        case .payment: "payment"
        case .patientRequest: "patient-request"
        case .familyRequest: "family-request"
        case .compliance: "compliance"
        case .legal: "legal"
        case .systemAdministration: "system-administration"
        case .recordManagement: "record-management"
        case .qualityImprovement: "quality-improvement"
        case .research: "research"
        case .test: "test"
        }
    }

    /// The plain Chinese name.
    package var chineseName: String {
        switch self {
        case .treatment: "治疗"
        case .careManagement: "个案管理"
        case .coordination: "协调服务"
        case .emergencyTreatment: "紧急救助"
        case .breakGlass: "破窗访问"
        case .eligibility: "资格审核"
        case .payment: "支付"
        case .patientRequest: "本人请求"
        case .familyRequest: "家属请求"
        case .compliance: "合规"
        case .legal: "法律"
        case .systemAdministration: "系统管理"
        case .recordManagement: "档案管理"
        case .qualityImprovement: "质量改进"
        case .research: "研究"
        case .test: "测试"
        }
    }

    /// From a code (any case) or a plain name in either language; else nil.
    package init?(typed text: String) {
        let upper = text.uppercased()
        let lower = text.lowercased()
        for purpose in PurposeOfUse.allCases
        where purpose.rawValue == upper || purpose.plainName == lower || purpose.chineseName == text
        {
            self = purpose
            return
        }
        return nil
    }
}
