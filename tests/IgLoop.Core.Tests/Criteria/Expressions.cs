using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Tests.Criteria;

/// <summary>What an expression is worth: value as a CQL literal, by the CQL specification.</summary>
public class Expressions
{
    private static readonly FactCatalogue Facts = new(
    [
        new() { Id = "platelets", Name = "Platelets", Type = FactType.Quantity, Unit = Unit.Parse("10*9/L"), Scope = FactScope.Patient, Group = "Blood" },
        new() { Id = "bleeding", Name = "Bleeding", Type = FactType.Boolean, Scope = FactScope.Patient, Group = "Blood" },
        new() { Id = "refractory", Name = "Refractory", Type = FactType.Boolean, Scope = FactScope.Patient, Group = "Blood" },
        new() { Id = "abo", Name = "Blood group", Type = FactType.Choice, Choices = ["A", "B", "AB", "O"], Scope = FactScope.Patient, Group = "Blood" },
        new() { Id = "age", Name = "Age", Type = FactType.Integer, Scope = FactScope.Patient, Group = "Person" },
    ]);

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("1 + 1.5", "2.5")]
    [InlineData("10 / 3", "3.33333333")]
    [InlineData("10 div 3", "3")]
    [InlineData("-10 mod 3", "-1")]
    [InlineData("1 / 0", "null")]
    [InlineData("2147483647 + 1", "null")]
    [InlineData("2 ^ 3", "8")]
    [InlineData("Power(2, -1)", "0.5")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("Round(2.5)", "3.0")]
    [InlineData("Round(-0.5)", "-1.0")]
    [InlineData("Round(3.14159, 3)", "3.142")]
    [InlineData("Ceiling(1.1)", "2")]
    [InlineData("Floor(-0.1)", "-1")]
    [InlineData("1 = 1.0", "true")]
    [InlineData("1 = null", "null")]
    [InlineData("null ~ null", "true")]
    [InlineData("'a' ~ 'A'", "true")]
    [InlineData("'a' = 'A'", "false")]
    [InlineData("1 'g' = 1000 'mg'", "true")]
    [InlineData("1 'g/dL' > 9 'g/L'", "true")]
    [InlineData("1 'cm' = 1 'g'", "null")]
    [InlineData("5 between 1 and 5", "true")]
    [InlineData("5 properly between 1 and 5", "false")]
    [InlineData("null and false", "false")]
    [InlineData("null or true", "true")]
    [InlineData("null or false", "null")]
    [InlineData("not null", "null")]
    [InlineData("null xor true", "null")]
    [InlineData("false implies null", "true")]
    [InlineData("null implies true", "true")]
    [InlineData("null is null", "true")]
    [InlineData("1 is not null", "true")]
    [InlineData("null is true", "false")]
    [InlineData("Coalesce(null, 3, 4)", "3")]
    [InlineData("3 in {1, 2, 3}", "true")]
    [InlineData("null in {1, null}", "true")]
    [InlineData("Count({1, null, 2})", "2")]
    [InlineData("{1, 2} union {2, 3}", "{1, 2, 3}")]
    [InlineData("5 in Interval[1, 5)", "false")]
    [InlineData("if 1 > 0 then 'yes' else 'no'", "'yes'")]
    [InlineData("case when false then 1 when true then 2 else 3 end", "2")]
    [InlineData("@2024-01-31 + 1 month", "@2024-02-29")]
    [InlineData("@2024 < @2024-05", "null")]
    [InlineData("@2023 < @2024-05", "true")]
    [InlineData("@2024-01-01T10:00:00Z = @2024-01-01T12:00:00+02:00", "true")]
    [InlineData("days between @2024-02-28 and @2024-03-01", "2")]
    [InlineData("years between @2000-06-01 and @2024-05-31", "23")]
    [InlineData("ToString(5.0 'mg')", "'5.0 \\'mg\\''")]
    [InlineData("predecessor of 1.0", "0.99999999")]
    [InlineData("Sum({1, 2, 3})", "6")]
    [InlineData("Avg({1, 2})", "1.5")]
    [InlineData("maximum Integer", "2147483647")]
    public void has_this_value(string expression, string literal)
    {
        Assert.True(CqlExpression.TryCompile(expression, Facts, out var compiled, out var error), error?.Message);
        Assert.Equal(literal, compiled.Evaluate(new FactSet(Facts)).Text);
    }

    [Theory]
    [InlineData("platelets < 30", "unit", 1, 11)]
    [InlineData("platelets < 30 'kg'", "unit", 1, 11)]
    [InlineData("plateletts < 30 '10*9/L'", "unknown-identifier", 1, 1)]
    [InlineData("abo = 'C'", "type", 1, 5)]
    [InlineData("1 + ", "syntax", 1, 5)]
    [InlineData("bleeding and 3", "type", 1, 14)]
    [InlineData("5 'mgg'", "unit", 1, 3)]
    [InlineData("[Condition]", "unsupported", 1, 1)]
    [InlineData("from X", "unsupported", 1, 1)]
    [InlineData("ReplaceMatches('a', 'b', 'c')", "unsupported", 1, 1)]
    [InlineData("bleeding\n  and ~", "syntax", 2, 7)]
    public void is_refused_with_its_place(string expression, string code, int line, int column)
    {
        Assert.False(CqlExpression.TryCompile(expression, Facts, out _, out var error));
        Assert.Equal((code, line, column), (error.Code, error.Line, error.Column));
    }

    [Fact]
    public void a_misspelt_fact_gets_a_suggestion()
    {
        Assert.False(Criterion.TryCompile("bleedin", Facts, out _, out var error));
        Assert.Contains("did you mean 'bleeding'?", error.Message);
    }

    [Theory]
    [InlineData("platelets <= 30 '10*9/L'", 30, true)]
    [InlineData("platelets < 30000 '/uL'", 30, false)]
    [InlineData("30 '10*9/L' >= platelets", 31, false)]
    public void a_fact_is_compared_in_its_own_unit(string expression, int platelets, bool expected)
    {
        var facts = new FactSet(Facts).With(Facts.All[0], FactValue.Of(platelets));

        Assert.Equal(expected, Compiled(expression).Evaluate(facts));
        Assert.Null(Compiled(expression).Evaluate(new FactSet(Facts)));
    }

    [Fact]
    public void at_least_k_of_n_knows_when_the_rest_cannot_matter()
    {
        var criterion = Compiled("AtLeast(2, {bleeding, refractory, abo = 'A'})");
        var none = new FactSet(Facts);
        var yes = FactValue.Of(true);
        var no = FactValue.Of(false);

        Assert.Null(criterion.Evaluate(none.With(Facts.All[1], yes)));
        Assert.True(criterion.Evaluate(none.With(Facts.All[1], yes).With(Facts.All[2], yes)));
        Assert.False(criterion.Evaluate(none.With(Facts.All[1], no).With(Facts.All[2], no)));
    }

    [Fact]
    public void the_explanation_shows_each_leaf_with_its_value_and_source()
    {
        var facts = new FactSet(Facts).With(Facts.All[0], FactValue.Of(14, new DateOnly(2026, 11, 20), "chart.yaml:7"));

        var why = Compiled("platelets < 30 '10*9/L' and (bleeding or refractory)").Explain(facts);

        Assert.Null(why.Result);
        Assert.Equal("and", why.Kind);
        Assert.True(why.Children[0].Result);
        Assert.Equal("chart.yaml:7", why.Children[0].Value!.Source);
        Assert.Equal(["Bleeding", "Refractory"], why.Children[1].Children.Select(c => c.Text));
    }

    [Theory]
    [InlineData("platelets < 30 '10*9/L' and (bleeding or refractory)", "(platelets < 30.0 '10*9/L') and (bleeding or refractory)")]
    [InlineData("not bleeding", "not (bleeding)")]
    public void the_canonical_text_compiles_to_the_same(string expression, string canonical)
    {
        Assert.Equal(canonical, Compiled(expression).Canonical);
        Assert.Equal(canonical, Compiled(canonical).Canonical);
    }

    private static Criterion Compiled(string expression)
    {
        Assert.True(Criterion.TryCompile(expression, Facts, out var criterion, out var error), error?.Message);
        return criterion;
    }
}
