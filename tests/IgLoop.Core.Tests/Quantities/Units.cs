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
    [InlineData("G/L", "14")]
    [InlineData("G/l", "14")]
    [InlineData("Gpt/l", "14")]
    [InlineData("10^9/l", "14")]
    [InlineData("10*9/L", "14")]
    [InlineData("10⁹/L", "14")]
    [InlineData("×10⁹/L", "14")]
    [InlineData("x10^9/L", "14")]
    [InlineData("x 10^9 / L", "14")]
    [InlineData("x10E9/L", "14")]
    [InlineData("10e9/l", "14")]
    [InlineData("10**9/L", "14")]
    [InlineData("/nL", "14")]
    [InlineData("/nl", "14")]
    [InlineData("K/uL", "14")]
    [InlineData("k/µl", "14")]
    [InlineData("K/mcL", "14")]
    [InlineData("thou/uL", "14")]
    [InlineData("Tsd./µl", "14")]
    [InlineData("x10^3/uL", "14")]
    [InlineData("10E3/mm³", "14")]
    [InlineData("10*3/mm3", "14")]
    [InlineData("/uL", "0.014")]
    [InlineData("/µl", "0.014")]
    [InlineData("cells/mm3", "0.014")]
    [InlineData("per cumm", "0.014")]
    [InlineData("lakh/cumm", "1400")]
    [InlineData("10^12/L", "14000")]
    public void a_count_is_read_as_the_clinic_spells_it(string spelled, string platelets) =>
        Assert.Equal(decimal.Parse(platelets, System.Globalization.CultureInfo.InvariantCulture), Unit.Parse(UnitSpelling.ToUcum(spelled)).Convert(14, Unit.Parse("10*9/L")));

    [Theory]
    [InlineData("M/uL")]
    [InlineData("109/L")]
    [InlineData("g/L")]
    [InlineData("mg/L")]
    [InlineData("U/L")]
    [InlineData("10/L9")]
    [InlineData("T")]
    public void what_may_mean_something_else_is_no_count(string spelled) =>
        Assert.False(Unit.TryParse(UnitSpelling.ToUcum(spelled), out var unit, out _) && unit.IsComparableTo(Unit.Parse("10*9/L")) && unit.Convert(14, Unit.Parse("10*9/L")) >= 0.001m);

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
