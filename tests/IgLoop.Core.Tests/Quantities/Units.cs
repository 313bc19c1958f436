using IgLoop.Core.Quantities;

namespace IgLoop.Core.Tests.Quantities;

public class Units
{
    [Theory]
    [InlineData("1", "g/dL", "g/L", "10")]
    [InlineData("7", "mg/dL", "g/L", "0.07")]
    [InlineData("14000", "/uL", "10*9/L", "14")]
    [InlineData("14", "10*3/uL", "10*9/L", "14")]
    [InlineData("14", "10^9/L", "10*9/L", "14")]
    [InlineData("141", "[lb_av]", "kg", "63.95652417")]
    [InlineData("64", "[in_i]", "cm", "162.56")]
    [InlineData("98.6", "[degF]", "Cel", "37")]
    [InlineData("37", "Cel", "K", "310.15")]
    [InlineData("2", "wk", "d", "14")]
    [InlineData("12", "mo", "a", "1")]
    [InlineData("90", "mL/min", "L/h", "5.4")]
    [InlineData("120", "mm[Hg]", "kPa", "15.99864")]
    [InlineData("1.5", "mg/kg/min", "mg/(kg.min)", "1.5")]
    [InlineData("1000", "mmol/L", "mol/L", "1")]
    [InlineData("60", "U", "umol/s", "1")]
    [InlineData("24", "kg/m2", "g/cm2", "2.4")]
    [InlineData("5", "{score}", "1", "5")]
    [InlineData("25", "%", "1", "0.25")]
    public void converts_exactly(string value, string from, string to, string expected)
    {
        var converted = Unit.Parse(from).Convert(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), Unit.Parse(to));

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), converted, 10);
    }

    [Theory]
    [InlineData("mgg/dL", "mgg")]
    [InlineData("mg/dl3x", "dl3x")]
    [InlineData("mg/", "missing")]
    [InlineData("mg/(dL", "parenthesis")]
    [InlineData("{cells", "brace")]
    [InlineData("MG", "MG")]
    public void an_unknown_unit_is_refused_by_name(string code, string named)
    {
        Assert.False(Unit.TryParse(code, out _, out var problem));
        Assert.Contains(named, problem);
    }

    [Theory]
    [InlineData("mg/dL", "mmol/L")]
    [InlineData("kg", "cm")]
    [InlineData("[iU]/mL", "g/mL")]
    [InlineData("mL/min", "mL")]
    public void what_measures_different_things_is_not_converted(string one, string other)
    {
        Assert.False(Unit.Parse(one).IsComparableTo(Unit.Parse(other)));
        Assert.Throws<ArgumentException>(() => Unit.Parse(one).Convert(1, Unit.Parse(other)));
    }
}
