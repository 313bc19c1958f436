using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Tests.Criteria;

/// <summary>The corners of CQL that are easily half-understood, one sentence each. The cases are our own.</summary>
public class BySpecification
{
    private static readonly FactCatalogue Facts = new(
    [
        new() { Id = "weight", Name = "Weight", Type = FactType.Quantity, Unit = Unit.Parse("kg"), Scope = FactScope.Patient, Group = "Person" },
        new() { Id = "onset", Name = "Onset", Type = FactType.Date, Scope = FactScope.Patient, Group = "Illness" },
        new() { Id = "courses", Name = "Courses", Type = FactType.Integer, Scope = FactScope.Patient, Group = "Treatment" },
    ]);

    [Theory]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4)", "Interval[3, 15]")]
    [InlineData("years between DateTime(2021) and DateTime(2023)", "Interval[1, 2]")]
    [InlineData("days between @2021-03-04 and @2021-04", "Interval[28, 57]")]
    [InlineData("days between @2021-03-04 and @2021-03-09", "5")]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4) > 2", "true")]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4) > 15", "false")]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4) > 3", "null")]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4) = 16", "false")]
    [InlineData("months between DateTime(2021) and DateTime(2022, 4) < 15.5", "true")]
    [InlineData("1 + (days between @2021-03-04 and @2021-04)", "Interval[29, 58]")]
    [InlineData("seconds between @T10:00:01 and @T10:00:03.000", "2")]
    public void a_duration_between_imprecise_dates_is_a_range_that_comparisons_settle_where_they_can(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("hours between @2021-05-01T08:00:00.000+02:00 and @2021-05-01T09:00:00.000+01:00", "2")]
    [InlineData("difference in minutes between @2021-05-01T08:30:00.000+02:00 and @2021-05-01T06:45:00.000Z", "15")]
    [InlineData("days between @2021-05-01T00:00:00.000-05:00 and @2021-05-02T00:00:00.000-04:00", "0")]
    public void times_of_different_zones_are_counted_on_one_clock(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("@T09:15:00 = @T09:15:00.000", "null")]
    [InlineData("@T09:15:00 = @T09:15:01.000", "false")]
    [InlineData("@2021-02 in Interval[@2021-02-01, @2021-02-28]", "null")]
    [InlineData("@2021-02-11 in month of Interval[@2021-02-20, @2021-03-28]", "true")]
    [InlineData("@2021-02-11 in day of Interval[@2021-02-20, @2021-03-28]", "false")]
    public void precision_decides_what_a_comparison_can_know(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("Round(-2.5)", "-3.0")]
    [InlineData("Round(-2.445, 2)", "-2.45")]
    [InlineData("0.5 'kg' + 20 'g'", "520.0 'g'")]
    [InlineData("20 'g' - 0.5 'kg'", "-480.0 'g'")]
    [InlineData("2 years + 3 months", "27.0 months")]
    [InlineData("Max({1 'kg', 900 'g'})", "1.0 'kg'")]
    [InlineData("Max({1 'kg', 1 'm'})", "null")]
    [InlineData("difference in weeks between @2024-06-01 and @2024-06-02", "1")]
    [InlineData("difference in weeks between @0001-01-01 and @0001-01-20", "2")]
    [InlineData("2 years ~ 730 days", "true")]
    [InlineData("2 years = 730 days", "null")]
    [InlineData("24 months = 2 years", "true")]
    [InlineData("{1, 2} as List<Any> = {'1', '2'} as List<Any>", "false")]
    [InlineData("if true then 1 else 2.5", "1.0")]
    [InlineData("Coalesce(null, 2, 2.5)", "2.0")]
    [InlineData("Interval[1, 2.5]", "Interval[1.0, 2.5]")]
    [InlineData("ToString(70 'kg')", "'70 \\'kg\\''")]
    [InlineData("Substring('', 0)", "''")]
    [InlineData("minimum DateTime", "@0001-01-01T00:00:00.000Z")]
    [InlineData("-2147483648 'mg'", "-2147483648.0 'mg'")]
    [InlineData("@2021-05-01T08:00:00.12345Z", "@2021-05-01T08:00:00.123Z")]
    public void numbers_units_and_types_are_taken_as_the_specification_takes_them(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("{4} properly includes 4", "false")]
    [InlineData("{4, 5} properly includes 4", "true")]
    [InlineData("{4, null} properly includes 4", "null")]
    [InlineData("{4, null} properly includes null", "true")]
    [InlineData("Interval[4, 9] properly includes 4", "false")]
    [InlineData("Interval[4, 9] properly includes 5", "true")]
    [InlineData("Interval[4, 9] properly includes Interval[4, 9]", "false")]
    [InlineData("Interval[null as Integer, 9] properly includes Interval[4, 9]", "true")]
    [InlineData("null in {4}", "false")]
    [InlineData("null in (null as List<Integer>)", "false")]
    public void to_include_properly_is_to_hold_something_more(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("IsNull(null)", "true")]
    [InlineData("IsTrue(null)", "false")]
    [InlineData("Exists({null})", "false")]
    [InlineData("Skip({1, 2, 3}, 1)", "{2, 3}")]
    [InlineData("Take({1, 2, 3}, null)", "{}")]
    [InlineData("Tail({1})", "{}")]
    [InlineData("Concatenate('a', null)", "null")]
    [InlineData("{1, 4} except null", "{1, 4}")]
    public void an_operator_may_be_written_as_a_function(string expression, string literal) => Is(literal, expression);

    [Theory]
    [InlineData("({1, 2}) x return x", "query")]
    [InlineData("({1, 2}) x", "query")]
    [InlineData("onset d where d is null", "query")]
    [InlineData("({1, 2}) x aggregate total: total + x", "query")]
    [InlineData("1 'mg' : 2 'mL'", "ratio")]
    [InlineData("Interval[null, null]", "interval without bounds")]
    [InlineData("Precision(1.5)", "function Precision")]
    [InlineData("Tuple { a: 1 }", "Tuple")]
    public void what_is_left_out_is_refused_by_its_name(string expression, string construct)
    {
        var error = Refused(expression);
        Assert.Equal(("unsupported", construct), (error.Code, error.Construct));
    }

    [Theory]
    [InlineData("Coalesse(1, 2)", "unknown-identifier", "did you mean 'Coalesce'")]
    [InlineData("overlaps()", "unknown-identifier", "no function 'overlaps'")]
    [InlineData("negate(1)", "unknown-identifier", "no function 'negate'")]
    [InlineData("IsNull()", "type", "IsNull takes 1 value, not 0.")]
    [InlineData("Upper('a', 'b')", "type", "Upper takes 1 value, not 2.")]
    [InlineData("Substring('abc', 'b')", "type", "needs a whole number")]
    [InlineData("5 in Interval[@2021-01-01, @2021-02-01]", "type", "cannot compare an Integer with a Date")]
    [InlineData("DateTime(2021) before ToTime('10:00')", "type", "cannot compare")]
    [InlineData("onset + 3 'kg'", "unit", "no unit of time")]
    [InlineData("maximum Boolean", "type", "Boolean has no maximum")]
    public void a_wrong_expression_says_what_is_wrong(string expression, string code, string part)
    {
        var error = Refused(expression);
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@")]
    [InlineData("@T")]
    [InlineData("@2021T10")]
    [InlineData("@2021-02-30")]
    [InlineData("@2021-01-01Z")]
    [InlineData("@T06Z")]
    [InlineData("@2021-01-01T08:00+15:00")]
    [InlineData("onset same as month of onset")]
    [InlineData("5 dayss")]
    [InlineData("1 /* open")]
    public void a_literal_that_cannot_be_is_a_syntax_error(string expression) => Assert.Equal("syntax", Refused(expression).Code);

    [Theory]
    [InlineData("Interval[9, 4]")]
    [InlineData("singleton from {1, 2}")]
    [InlineData("successor of @T23:59:59.999")]
    [InlineData("DateTime(2021, 13)")]
    [InlineData("@2021-01-01 + 9000 years")]
    [InlineData("@2021-01-01 + 4294967297 years")]
    [InlineData("@2021-01 - 99999999999999999999.99999999 days")]
    public void constants_that_cql_would_stop_at_are_refused_before_anything_runs(string expression) => Assert.Equal("value", Refused(expression).Code);

    [Fact]
    public void where_a_fact_leads_to_a_date_beyond_the_calendar_the_answer_is_unknown()
    {
        var compiled = Compiled("onset + 9000 years");

        Assert.True(compiled.Evaluate(new FactSet(Facts).With(Facts.All[1], FactValue.Of(new DateOnly(2021, 5, 1)))).IsNull);
    }

    [Fact]
    public void a_zone_at_the_edge_of_the_calendar_and_a_zero_on_another_scale_are_no_crash()
    {
        Is("null", "1 'Cel' / -273.15 'Cel' > 1 'K' / 0 'K'");
        Is("true", "@0001-01-01T00:00:00.000+14:00 < @9999-12-31T23:59:59.999-14:00");
    }

    [Theory]
    [InlineData("(", 3000)]
    [InlineData("not ", 3000)]
    [InlineData("if true then ", 1000)]
    [InlineData("1 + ", 100_000)]
    public void a_text_without_end_is_refused_and_exhausts_nothing(string part, int times) =>
        Assert.Equal("syntax", Refused(string.Concat(Enumerable.Repeat(part, times))).Code);

    [Theory]
    [InlineData("Power(2, 3)", "Integer")]
    [InlineData("Power(2, -3)", "Decimal")]
    [InlineData("1 + 1L", "Long")]
    [InlineData("years between DateTime(2021) and DateTime(2023)", "Integer")]
    public void a_result_says_the_type_it_has(string expression, string type) => Assert.Equal(type, Compiled(expression).Evaluate(new FactSet(Facts)).Type);

    [Fact]
    public void deeply_nested_functions_are_bound_once_each()
    {
        var nested = string.Concat(Enumerable.Repeat("Abs(", 150)) + "courses" + new string(')', 150);

        Assert.Equal(2, Compiled(nested).Evaluate(new FactSet(Facts).With(Facts.All[2], FactValue.Of(2))).Number);
    }

    private static void Is(string literal, string expression) => Assert.Equal(literal, Compiled(expression).Evaluate(new FactSet(Facts)).Text);

    [Theory]
    [InlineData("courses in {1, 2}", true)]
    [InlineData("{1, 2} contains courses", true)]
    [InlineData("not (courses + 1 in {1, 2})", true)]
    [InlineData("AllTrue({courses > 1})", true)]
    [InlineData("exists {courses}", true)]
    [InlineData("courses in Interval[1, 2]", false)]
    [InlineData("courses = 1 or courses = 2", false)]
    [InlineData("courses > 0 and 1 in {1, 2}", false)]
    public void a_criterion_knows_whether_it_would_take_unknown_for_no(string expression, bool asks)
    {
        Assert.True(Criterion.TryCompile(expression, Facts, out var criterion, out var error), error?.Message);
        Assert.Equal(asks, criterion.AsksMembershipOfFact);
    }

    private static CqlExpression Compiled(string expression)
    {
        Assert.True(CqlExpression.TryCompile(expression, Facts, out var compiled, out var error), error?.Message);
        return compiled;
    }

    private static CqlError Refused(string expression)
    {
        Assert.False(CqlExpression.TryCompile(expression, Facts, out var compiled, out var error), compiled?.Type);
        return error;
    }
}
