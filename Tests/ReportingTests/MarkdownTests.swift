import Testing

@testable import Reporting

@Suite struct MarkdownTests {
  /// What a backslash stands before is shown as it is (CommonMark 0.31, section 2.4).
  @Test(arguments: [
    ("a*b_c`d", #"a\*b\_c\`d"#), ("[x](y) <z>", #"\[x\](y) \<z\>"#), ("a|b & c", #"a\|b \& c"#),
    (#"\ # $ ~"#, ##"\\ \# \$ \~"##), ("two\nlines", "two lines"),
  ])
  func marksMeanNothing(text: String, escaped: String) {
    #expect(Markdown.escaped(text) == escaped)
  }

  @Test(arguments: [
    ("- x", #"\- x"#), ("+x", #"\+x"#), ("1. x", #"1\. x"#), ("12) x", #"12\) x"#),
    ("# x", ##"\# x"##), ("=", #"\="#), ("> x", #"\> x"#), ("3 x", "3 x"),
  ])
  func aLineBeginsNothing(text: String, escaped: String) {
    #expect(Markdown.line(text) == escaped)
  }

  @Test func codeHasAFenceThatItDoesNotHold() {
    let text = Markdown(
      Document(
        title: "x", opening: [],
        sections: [
          Section(
            title: "y", anchor: "y",
            blocks: [
              .paragraph("\(code: "a``b") \(code: "`c") \(code: "d")"), .verbatim("````\n"),
              .table(
                Table(
                  name: "t", caption: "z", columns: [.text("a"), .number("b")],
                  rows: [["1", .code("p|q")]])),
            ])
        ]), figureFolder: "f"
    ).description
    #expect(
      text == """
        # x

        ## y

        ```a``b``` `` `c `` `d`

        `````
        ````
        `````

        z

        | a | b |
        | --- | ---: |
        | 1 | `p\\|q` |

        """)
  }

  @Test func rowsAreAsLongAsTheirTable() {
    let text = Markdown(Documents.holding(Documents.hostile), figureFolder: "f").description
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 3)
    for row in rows { #expect(row.matches(of: /(?:^|[^\\])\|/).count == 3, "\(row)") }
    #expect(text.contains(#"\<script\>alert"#) && text.contains("&lt;script&gt;alert"))
  }
}
