/// What names are made of: short lists of common parts. Whoever is called like one of the sample is
/// so by chance; among six thousand people many share a name, as they do anywhere.
enum SampleNames {
    /// A name and how it is written in Latin letters, where that is another spelling.
    struct Name: Equatable {
        let full: String
        let romanised: String?
    }

    private typealias Part = (han: String, latin: String)

    /// A name: mostly Chinese ones of two or three characters, some with a dot between their parts,
    /// some Latin.
    static func draw(isFemale: Bool, _ dice: inout SplitMix64) -> Name {
        switch dice.below(100) {
        case 0..<5:
            let given = dice.one(of: isFemale ? latinWomen : latinMen)
            return Name(full: "\(given) \(dice.one(of: latinFamilies))", romanised: nil)
        case 5:
            let given = dice.one(of: isFemale ? dottedWomen : dottedMen)
            return Name(full: "\(given)·\(dice.one(of: dottedFathers))", romanised: nil)
        default:
            return chinese(isFemale: isFemale, &dice)
        }
    }

    private static func chinese(isFemale: Bool, _ dice: inout SplitMix64) -> Name {
        let family = dice.one(of: families)
        let syllables = isFemale ? women : men
        let first = dice.one(of: syllables)
        var given = (han: first.han, latin: first.latin)
        if dice.percent(62) {
            var second = dice.one(of: syllables)
            // 丽丽 is a name, but here it would be as frequent as all others.
            while second.han == first.han { second = dice.one(of: syllables) }
            given = (first.han + second.han, first.latin + second.latin.lowercased())
        }
        return Name(full: family.han + given.han, romanised: "\(family.latin) \(given.latin)")
    }

    /// The most frequent family names and about how many in a thousand bear them.
    private static let families: [(Part, weight: Int)] = [
        (("王", "Wang"), 74), (("李", "Li"), 72), (("张", "Zhang"), 68), (("刘", "Liu"), 54),
        (("陈", "Chen"), 47), (("杨", "Yang"), 31), (("黄", "Huang"), 22), (("赵", "Zhao"), 22),
        (("吴", "Wu"), 20), (("周", "Zhou"), 19), (("徐", "Xu"), 17), (("孙", "Sun"), 16),
        (("马", "Ma"), 13), (("朱", "Zhu"), 13), (("胡", "Hu"), 12), (("郭", "Guo"), 12),
        (("何", "He"), 12), (("高", "Gao"), 11), (("林", "Lin"), 11), (("罗", "Luo"), 9),
        (("郑", "Zheng"), 9), (("梁", "Liang"), 8), (("谢", "Xie"), 8), (("宋", "Song"), 8),
        (("唐", "Tang"), 8), (("许", "Xu"), 7), (("韩", "Han"), 7), (("冯", "Feng"), 7),
        (("邓", "Deng"), 7), (("曹", "Cao"), 6), (("彭", "Peng"), 6), (("曾", "Zeng"), 6),
        (("田", "Tian"), 5), (("董", "Dong"), 5), (("潘", "Pan"), 5), (("蒋", "Jiang"), 5),
        (("蔡", "Cai"), 5), (("杜", "Du"), 5), (("叶", "Ye"), 4), (("程", "Cheng"), 4),
        (("苏", "Su"), 4), (("魏", "Wei"), 4), (("吕", "Lü"), 4), (("丁", "Ding"), 4),
        (("任", "Ren"), 4), (("沈", "Shen"), 4), (("欧阳", "Ouyang"), 2), (("上官", "Shangguan"), 1),
        (("慕容", "Murong"), 1), (("尉迟", "Yuchi"), 1),
    ]

    private static let men: [Part] = [
        ("伟", "Wei"), ("军", "Jun"), ("勇", "Yong"), ("涛", "Tao"), ("明", "Ming"),
        ("超", "Chao"), ("杰", "Jie"), ("刚", "Gang"), ("辉", "Hui"), ("鹏", "Peng"),
        ("飞", "Fei"), ("斌", "Bin"), ("波", "Bo"), ("浩", "Hao"), ("宇", "Yu"),
        ("轩", "Xuan"), ("建", "Jian"), ("志", "Zhi"), ("文", "Wen"), ("海", "Hai"),
        ("春", "Chun"), ("亮", "Liang"), ("晨", "Chen"), ("博", "Bo"),
    ]

    private static let women: [Part] = [
        ("芳", "Fang"), ("娜", "Na"), ("敏", "Min"), ("静", "Jing"), ("丽", "Li"),
        ("艳", "Yan"), ("娟", "Juan"), ("霞", "Xia"), ("燕", "Yan"), ("玲", "Ling"),
        ("桂", "Gui"), ("兰", "Lan"), ("英", "Ying"), ("红", "Hong"), ("梅", "Mei"),
        ("雪", "Xue"), ("婷", "Ting"), ("欣", "Xin"), ("怡", "Yi"), ("颖", "Ying"),
        ("琳", "Lin"), ("佳", "Jia"), ("秀", "Xiu"), ("云", "Yun"),
    ]

    private static let dottedMen = ["艾力", "阿迪力", "吐尔洪", "居马", "别克"]
    private static let dottedWomen = ["古丽娜尔", "阿依夏", "热依拉", "帕提古丽", "阿丽亚"]
    private static let dottedFathers = ["买买提", "吐尔逊", "艾山", "卡德尔", "哈斯木"]

    private static let latinMen = [
        "Bartosz", "Dmitri", "Grzegorz", "Håkon", "Jürgen", "Mårten", "Óscar", "Thomas", "Daniel",
    ]
    private static let latinWomen = [
        "Amélie", "Carmen", "Élodie", "Fatima", "Inés", "Katarzyna", "Lucía", "Nadia", "Petra",
    ]
    private static let latinFamilies = [
        "Ásgeirsdóttir", "Brückner", "Castellanos", "Dąbrowska", "Eriksson", "Fontaine",
        "Gallagher", "Hernández", "Ivanova", "Jørgensen", "Kowalczyk", "Lindqvist", "Müller",
        "Novák", "Okonkwo", "Papadaki", "O'Connor", "Smith",
    ]
}
