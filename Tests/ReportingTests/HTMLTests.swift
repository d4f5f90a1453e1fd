import Testing

@testable import Reporting

@Suite struct HTMLTests {
  @Test func textIsShownAsItIs() {
    let page = HTML(Documents.holding(Documents.hostile)).description
    #expect(!page.contains("<script"))
    #expect(!page.contains("alert('1')"))
    #expect(
      page.contains(
        "<h1>&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; | `code`"
      ))
    #expect(HTML.escaped("a\u{0}b\u{7}c\td") == "a\u{FFFD}b\u{FFFD}c\td")
  }

  /// Every element that is opened is closed, in its turn.
  @Test func elementsNest() throws {
    let page = HTML(Documents.holding(Documents.hostile)).description
    var open: [Substring] = []
    for tag in page.matches(of: /<(\/?)([a-z][a-z0-9]*)[^>]*>/) {
      let name = tag.2
      if ["meta", "wbr"].contains(name) { continue }
      if tag.1.isEmpty {
        open.append(name)
      } else {
        #expect(open.popLast() == name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test func tablesAndCitationsSayWhatTheyAre() {
    let page = HTML(Documents.holding("x")).description
    #expect(page.contains("<th scope=\"col\" class=\"number\">x</th>"))
    #expect(page.contains("<th scope=\"row\">x</th>"))
    #expect(page.contains("<caption id=\"table\">x</caption>"))
    #expect(page.contains("<a href=\"#reference-abadi2016\">Abadi et al. 2016</a>"))
    #expect(page.contains("<li id=\"reference-abadi2016\">Martín Abadi, Andy Chu"))
    #expect(page.contains("<h2 id=\"first\">") && page.contains("<h3 id=\"second\">"))
  }

  @Test func nothingIsAskedFor() {
    let page = HTML(Documents.holding("x")).description
    #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
    #expect(page.matches(of: /src=|url\(|@import|<link|<iframe/).isEmpty)
  }
}
