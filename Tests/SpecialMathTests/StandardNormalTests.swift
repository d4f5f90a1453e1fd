import SpecialMath
import Testing

@Suite struct StandardNormalTests {
  // mpmath 1.4.1, 60 digits (500 at -30): log(erfc(x / sqrt(2)) / 2); at 1e5 the asymptotic series.
  @Test(arguments: [
    (-30.0, -4.9067139271481869e-198),
    (-6, -9.8658764552437573e-10),
    (-1, -0.17275377902344989),
    (-1e-9, -0.69314717976206075),
    (0, -0.69314718055994531),
    (0.5, -1.1759117615936186),
    (3.9999, -10.359678930579474),
    (4, -10.360101486527291),
    (4.5, -12.592419735713079),
    (5, -15.064998393988726),
    (12, -75.410673001568796),
    (40, -804.60844201375379),
    (1e5, -5000000012.431864),
  ])
  func logUpperTailMatchesReference(x: Double, reference: Double) {
    let value = StandardNormal.logUpperTail(x)
    #expect(abs(value - reference) <= 1e-13 * abs(reference))
  }

  // mpmath 1.4.1, 80 digits: quad of e^(-x s - s^2 / 2) and of s times it over s > 0.
  @Test(arguments: [
    (-10.0, 1.2996129473592023e+22, 1.2996129473592023e+23),
    (-1, 3.4770518117036945, 4.4770518117036945),
    (0, 1.2533141373155003, 1.0),
    (1, 0.65567954241879847, 0.34432045758120153),
    (3.9999, 0.23665772207585021, 0.053392777468806801),
    (4, 0.23665238291356067, 0.053390468345757318),
    (5, 0.19280810471531576, 0.035959476423421176),
    (8, 0.1231319632579323, 0.01494429393654163),
    (30, 0.033296419072497213, 0.0011074278250835985),
    (1000, 0.00099999900000299999, 9.999970000149999e-7),
  ])
  func millsRatioMatchesReference(x: Double, ratio: Double, descent: Double) {
    #expect(abs(StandardNormal.millsRatio(x) - ratio) <= 2e-14 * ratio)
    #expect(abs(StandardNormal.millsRatioDescent(x) - descent) <= 1e-13 * descent)
  }

  @Test func tailsStayFiniteFarOut() {
    #expect(StandardNormal.logUpperTail(1e154).isFinite)
    #expect(StandardNormal.logUpperTail(-.infinity) == 0)
    #expect(StandardNormal.logUpperTail(.infinity) == -.infinity)
    #expect(StandardNormal.upperTail(39) == 0)
  }
}
