using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>Points that an answer gives: one number, or a range while it is not known exactly.</summary>
/// <param name="Ongoing">Present, but neither new nor recurrent.</param>
/// <param name="Shown">The answer in words, for the arithmetic.</param>
public readonly record struct Answer(decimal Low, decimal High, bool Ongoing = false, string? Shown = null)
{
    public bool IsKnown => Low == High;

    public static Answer Of(decimal points, string? shown = null) => new(points, points, false, shown);

    public static Answer Unknown(InstrumentItem item) => item.IsFlag ? new(0, 1) : new(item.Least, item.Highest);

    /// <summary>Points of an answer: yes or no, a level, a measured value.</summary>
    /// <param name="sex">For tables by sex; null: unknown, which gives the range over both.</param>
    /// <exception cref="ScoringException">The value is not possible for the item.</exception>
    public static Answer Read(InstrumentItem item, Given? value, string where, string? sex = null)
    {
        if (value is null or Given.Null or Given.Text { Value: "unknown" })
        {
            return Unknown(item);
        }

        if (item.IsFlag || item.Weight is not null)
        {
            return Present(item, value, where);
        }

        if (item.Table is { } table)
        {
            return Measured(item, table, value, where, sex);
        }

        if (item.Levels.Count > 0)
        {
            var level = value is Given.Text { Value: var code } && item.Levels.FirstOrDefault(l => l.Code == code) is { } named
                ? named
                : LevelOf(item, ScoreInputs.NumberOf(Words(item, value, where), where, null, Named(item, where))!.Value, where);
            return Of(level.Points, level.Label);
        }

        var points = ScoreInputs.NumberOf(value, where, null, Named(item, where))!.Value;
        return Of(Checked(item, points, item.Points!.Value.Low, item.Points.Value.High, where));
    }

    /// <summary>Points that were read from the form by the assessor.</summary>
    public static Answer OfPoints(InstrumentItem item, Given? value, string where)
    {
        if (ScoreInputs.NumberOf(value, where, null, Named(item, where)) is not { } points)
        {
            return Unknown(item);
        }

        Checked(item, points, item.Least, item.Highest, where);
        var possible = item.Levels.Count > 0 ? item.Levels.Select(l => l.Points) : item.Table?.Rows.Values.SelectMany(r => r.Select(x => x.Points)) ?? (item.Weight is { } w ? [0, w] : [points]);
        return possible.Contains(points) ? Of(points) : throw new ScoringException(item.Refusals.NotALevel ?? "out_of_range", $"{Named(item, where)} is {ScoreInputs.Show(points)} points, which its table does not give; possible are {string.Join(", ", possible.Distinct().Order().Select(ScoreInputs.Show))}.", where);
    }

    /// <summary>The item as people call it, with its place in the request, so that both a reader and a typist can act.</summary>
    private static string Named(InstrumentItem item, string where) => where == item.Label ? where : $"{item.Label} ({where})";

    private static Answer Present(InstrumentItem item, Given value, string where)
    {
        bool present = value switch
        {
            Given.Flag f => f.Value,
            Given.Text { Value: "true" or "yes" or "present" or "ongoing" or "new" } => true,
            Given.Text { Value: "false" or "no" or "absent" } => false,
            Given.Number { Value: 0 } => false,
            Given.Number { Value: 1 } => true,
            Given.Number n when n.Value == item.Weight => true,
            Given.Number n => throw new ScoringException("out_of_range", $"{Named(item, where)} is {ScoreInputs.Show(n.Value)}; a sign is present (1), absent (0) or unknown (null).", where),
            _ => throw new ScoringException("bad_value", $"{Named(item, where)} must be true, false or null, not {value.Show()}.", where),
        };
        return new(present ? item.Weight ?? 1 : 0, present ? item.Weight ?? 1 : 0, value is Given.Text { Value: "ongoing" }, present ? "present" : "absent");
    }

    private static Answer Measured(InstrumentItem item, MeasuredTable table, Given value, string where, string? sex)
    {
        decimal number;
        if (value is Given.Text { Value: var code } && table.Codes.TryGetValue(code, out var stands))
        {
            number = stands;
        }
        else
        {
            var given = value is Given.Flag f ? Given.Of(f.Value ? 1m : 0m) : Words(item, value, where);
            number = ScoreInputs.NumberOf(given, where, table.Unit, Named(item, where))!.Value;
        }

        ScoreInputs.Within(number, table.Possible.Low, table.Possible.High, where, Named(item, where), table.Unit);
        if (table.Whole && number != Math.Floor(number))
        {
            throw new ScoringException("not_whole", $"{Named(item, where)} must be a whole number, not {ScoreInputs.Show(number)}.", where);
        }

        var shown = $"{ScoreInputs.Show(number)}{(table.Unit is { } u ? $" {u}" : "")}";
        var rows = !table.BySex ? [table.Rows[""]] : sex is { } s ? [table.Rows[s]] : table.Rows.Values.ToList();
        var points = rows.Select(r => r.Last(x => x.Limit == r[0].Limit || x.Holds(number)).Points).ToList();
        return new(points.Min(), points.Max(), false, shown);
    }

    /// <summary>A text is a number with a unit, or must be one of the item's words.</summary>
    private static Given Words(InstrumentItem item, Given value, string where)
    {
        var codes = item.Levels.Select(l => l.Code).OfType<string>().Concat(item.Table?.Codes.Keys ?? []).ToList();
        if (value is Given.Text { Value: var text } && codes.Count > 0 && !ScoreInputs.IsAmount(text))
        {
            throw new ScoringException("bad_value", $"{Named(item, where)} is '{text}'{ScoreInputs.Suggestion(text, codes)}; it must be a number or one of {string.Join(", ", codes)}.", where);
        }

        return value;
    }

    private static Level LevelOf(InstrumentItem item, decimal value, string where)
    {
        if (item.Levels.FirstOrDefault(l => l.Value == value) is { } level)
        {
            return level;
        }

        Checked(item, value, item.Levels[0].Value, item.Levels[^1].Value, where);
        throw new ScoringException(item.Refusals.NotALevel ?? "out_of_range", $"{Named(item, where)} is {ScoreInputs.Show(value)}, which is no level of it; levels are {string.Join(", ", item.Levels.Select(l => ScoreInputs.Show(l.Value)))}.", where);
    }

    private static decimal Checked(InstrumentItem item, decimal value, decimal low, decimal high, string where)
    {
        if (value > high || value < low)
        {
            var code = value > high && item.Refusals.Above is { } above ? above : item.Refusals.NotALevel ?? "out_of_range";
            throw new ScoringException(code, $"{Named(item, where)} is {ScoreInputs.Show(value)}, but goes from {ScoreInputs.Show(low)} to {ScoreInputs.Show(high)}.", where);
        }

        return item.Points is not null && value != Math.Floor(value)
            ? throw new ScoringException("not_whole", $"{Named(item, where)} must be a whole number, not {ScoreInputs.Show(value)}.", where)
            : value;
    }
}
