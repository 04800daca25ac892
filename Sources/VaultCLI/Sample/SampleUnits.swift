/// Where people work: four branches, each with six centres, each of these with five sub-branches.
/// Named after flowers, trees and birds, so that nobody takes one for an office that exists.
enum SampleUnits {
    /// A place in the tree as one line, the levels from above divided by `/`.
    static func draw(_ dice: inout SplitMix64) -> String {
        let branch = dice.below(branches.count)
        let top = "\(branches[branch])分行"
        if dice.percent(24) { return "\(top)/\(dice.one(of: departments))" }
        let place = dice.below(centresOfBranch)
        let centre = "\(top)/\(centres[branch * centresOfBranch + place])中心支行"
        if dice.percent(45) { return "\(centre)/\(dice.one(of: departments))" }
        // Fifteen names, of which each centre uses five in a row.
        let number = (place * 5 + dice.below(5)) % subBranches.count
        return "\(centre)/\(subBranches[number])支行"
    }

    private static let centresOfBranch = 6
    private static let branches = ["丁香", "木槿", "紫藤", "海棠"]
    private static let centres = [
        "银杏", "香樟", "云杉", "白桦", "垂柳", "乌桕", "楠木", "青冈", "水杉", "梧桐", "油松", "紫檀",
        "榉树", "刺槐", "枫杨", "冷杉", "黄连", "皂荚", "椴树", "栾树", "朴树", "山楂", "杜仲", "桑树",
    ]
    private static let subBranches = [
        "画眉", "云雀", "黄鹂", "戴胜", "翠鸟", "白鹭", "喜鹊", "山雀", "夜莺", "雨燕", "百灵", "苍鹭", "鸿雁",
        "杜鹃", "红隼",
    ]
    private static let departments = ["办公室", "人力资源处", "会计财务处", "货币金银处", "科技处", "后勤服务中心", "保卫处"]
}
