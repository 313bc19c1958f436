using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>Scores an instrument by its file: points of the answers, added, doubled and capped as the file says. Decimal throughout.</summary>
public static class Addition
{
    /// <summary>Scores one assessment.</summary>
    /// <param name="total">The total that was asked for; null: each of which something was answered.</param>
    /// <exception cref="ScoringException">An answer is not possible, or not known to the instrument.</exception>
    public static ScoreResult Score(Instrument instrument, ScoreTotal? total, ScoreInputs inputs)
    {
        var previous = instrument.NeverFalls ? inputs.Number("previous_total", instrument.Totals[0].Low) : null;
        var lookBack = LookBack(instrument, inputs);
        var sheet = AnswerSheet.Read(instrument, total, inputs);
        var totals = new List<TotalScore>();
        var working = new List<string>();
        var missing = new List<string>();
        foreach (var t in sheet.Totals())
        {
            var (sum, lines, unknown) = Sum(instrument, t, sheet);
            totals.Add(sum);
            working.AddRange(lines);
            missing.AddRange(unknown);
        }

        if (sheet.TakenAsAbsent > 0)
        {
            working.Add($"{sheet.TakenAsAbsent} items not named: taken as looked for and absent");
        }

        var read = Banding.Read(instrument, totals);
        return read with
        {
            Values = lookBack is null ? read.Values : [.. read.Values, ("look_back_days", Given.Of((decimal)lookBack))],
            Working = working,
            Missing = [.. missing.Distinct(StringComparer.Ordinal)],
            Flags = previous is { } p && totals[0].Upper < p ? ["damage_decreased"] : read.Flags,
            Warnings = previous is { } q && totals[0].Upper < q ? [$"{instrument.Name} cannot fall, but was {ScoreInputs.Show(q)}: one of the two assessments is wrong."] : [],
        };
    }

    /// <summary>The days that the answers speak of: as given, or the usual ones. Scores over different windows are not compared.</summary>
    private static int? LookBack(Instrument instrument, ScoreInputs inputs)
    {
        var name = inputs.Has("window_days") ? "window_days" : "look_back_days";
        if (instrument.LookBack is not { Days: { } usual } back)
        {
            return null;
        }

        var given = inputs.Whole(name, 0, 3650) ?? usual;
        return given == usual || back.AcceptedDays.Contains(given)
            ? given
            : throw new ScoringException("look_back", $"{name} is {given}, but {instrument.Name} looks back over {string.Join(" or ", back.AcceptedDays.Prepend(usual))} days.", name);
    }

    private static (TotalScore Total, List<string> Working, List<string> Unknown) Sum(Instrument instrument, ScoreTotal total, AnswerSheet sheet)
    {
        if (sheet.Entered(total) is { } entered)
        {
            return (Of(instrument, total, entered.Low, entered.High), [$"{total.Name}: {(entered.IsKnown ? ScoreInputs.Show(entered.Low) : "unknown")}, as entered from the form"], entered.IsKnown ? [] : [total.Result]);
        }

        var lumped = sheet.Lumps.Where(l => l.Items.Any(total.Items.Contains)).ToList();
        var items = instrument.Items.Where(i => total.Items.Contains(i.Id) && !lumped.Exists(l => l.Items.Contains(i.Id))).ToList();
        var parts = items.Select(i => (i.Group, Points: Doubled(instrument, i, sheet.Of(i), sheet), i.Label, i.Id, Answer: sheet.Of(i), i.OnlyNew))
            .Concat(lumped.Select(l =>
            {
                var first = instrument.Items.First(i => i.Id == l.Items[0]);
                return (first.Group, Points: Doubled(instrument, first, l.Points, sheet), Label: $"{char.ToUpperInvariant(l.Name[0])}{ScoreNames.Plain(l.Name[1..])}", Id: l.Name, Answer: l.Points, OnlyNew: false);
            }))
            .ToList();
        decimal low = 0, high = 0;
        var notes = new List<string>();
        foreach (var group in parts.GroupBy(p => p.Group))
        {
            var (a, b) = (group.Sum(p => p.Points.Low), group.Sum(p => p.Points.High));
            if (instrument.Groups.FirstOrDefault(g => g.Id == group.Key) is { Cap: { } cap } capped)
            {
                if (b > cap)
                {
                    notes.Add($"{capped.Name}: {Range(a, b)}, at most {ScoreInputs.Show(cap)} count{(capped.Note is { } why ? $" ({why})" : "")}");
                }

                (a, b) = (Math.Min(a, cap), Math.Min(b, cap));
            }

            low += a;
            high += b;
        }

        notes.AddRange(parts.Where(p => p.OnlyNew && p.Answer.Ongoing).Select(p => $"{p.Label}: ongoing; this version counts it only when new or recurrent, so 0"));
        var sum = string.Join(" + ", parts.Where(p => p.Points.Low > 0).Select(p => $"{p.Label} {ScoreInputs.Show(p.Points.Low)}"));
        var unknown = parts.Where(p => p.Points.Low != p.Points.High).ToList();
        var lines = new List<string> { $"{total.Name}: {(sum.Length == 0 ? "nothing scores" : sum)} = {ScoreInputs.Show(low)}" };
        lines.AddRange(notes);
        if (unknown.Count > 0)
        {
            lines.Add($"unknown: {string.Join(", ", unknown.Select(p => $"{p.Label} {Range(p.Points.Low, p.Points.High)}"))}; so {Range(low, high)}");
        }

        return (Of(instrument, total, low, high), lines, [.. unknown.Select(p => p.Id)]);
    }

    /// <summary>Points with the doubling by a flag; an ongoing sign of a version that counts only new ones gives nothing.</summary>
    private static (decimal Low, decimal High) Doubled(Instrument instrument, InstrumentItem item, Answer answer, AnswerSheet sheet)
    {
        if (item.OnlyNew && answer.Ongoing)
        {
            return (0, 0);
        }

        if (item.DoubledBy is not { } by)
        {
            return (answer.Low, answer.High);
        }

        var flag = sheet.Of(instrument.Items.First(i => i.Id == by));
        return (answer.Low * (1 + flag.Low), answer.High * (1 + flag.High));
    }

    private static TotalScore Of(Instrument instrument, ScoreTotal total, decimal low, decimal high) => new(total, low == high ? low : null, low, high)
    {
        MayDecide = total.Provenance.Status != Status.Unverified && !instrument.Items.Any(i => i.Provenance.Status == Status.Unverified && total.Items.Contains(i.Id)),
    };

    private static string Range(decimal low, decimal high) => low == high ? ScoreInputs.Show(low) : $"{ScoreInputs.Show(low)} to {ScoreInputs.Show(high)}";
}

/// <summary>What schemes and limits say of totals; where bounds disagree, nothing.</summary>
public static class Banding
{
    public static ScoreResult Read(Instrument instrument, IReadOnlyList<TotalScore> totals)
    {
        var bands = instrument.Schemes
            .Select(s => (Scheme: s, Total: totals.FirstOrDefault(t => t.Total.Id == s.Total)))
            .Where(x => x.Total is not null)
            .Select(x => new BandVerdict(x.Scheme, BandOf(x.Scheme, x.Total!)))
            .ToList();
        var limits = instrument.Limits
            .Select(l => (Limit: l, Total: totals.FirstOrDefault(t => t.Total.Id == l.Total)))
            .Where(x => x.Total is not null)
            .Select(x => new LimitVerdict(x.Limit, Holds(x.Limit, x.Total!)))
            .ToList();
        return new()
        {
            Instrument = instrument.Id,
            Version = instrument.Version,
            Totals = totals,
            Bands = bands,
            Limits = limits,
            Values = [.. totals.SelectMany(Values), .. bands.Select(b => (b.Scheme.Result, BandValue(b))), .. limits.Select(l => (l.Limit.Id, Given.Of(l.Holds)))],
            Flags = [.. bands.Select(b => b.Band?.Flag).OfType<string>().Distinct(StringComparer.Ordinal)],
            Unverified = Unverified(instrument, totals, bands, limits),
        };

        IEnumerable<(string, Given)> Values(TotalScore t)
        {
            var prefix = t == totals[0] ? "" : t.Total.Result + "_";
            yield return (t.Total.Result, Given.Of(t.Value));
            yield return ($"{prefix}lower", Given.Of(t.Lower));
            yield return ($"{prefix}upper", Given.Of(t.Upper));
            yield return ($"{prefix}max", Given.Of(t.Total.High));
        }
    }

    /// <summary>The band of a total, when both bounds lie in it.</summary>
    public static Band? BandOf(BandScheme scheme, TotalScore total)
    {
        var low = Containing(scheme, total.Lower);
        return low is not null && ReferenceEquals(low, Containing(scheme, total.Upper)) ? low : null;
    }

    private static Band? Containing(BandScheme scheme, decimal value) => scheme.Bands.LastOrDefault(b => value >= b.From) ?? scheme.Bands[0];

    private static Given BandValue(BandVerdict verdict) => verdict.Band is not { } band ? Given.Nothing : band.Value is { } v ? Given.Of(v) : Given.Of(band.Label);

    private static bool? Holds(TotalLimit limit, TotalScore total)
    {
        bool low = Meets(total.Lower), high = Meets(total.Upper);
        return low == high ? low : null;

        bool Meets(decimal value) => limit.AtMost is { } most ? value <= most : value >= limit.AtLeast;
    }

    private static List<string> Unverified(Instrument instrument, IReadOnlyList<TotalScore> totals, List<BandVerdict> bands, List<LimitVerdict> limits)
    {
        var names = new List<string>();
        foreach (var total in totals)
        {
            names.AddRange(total.Total.Provenance.Status == Status.Unverified ? [$"total {total.Total.Id}"] : []);
            names.AddRange(instrument.Items.Where(i => total.Total.Items.Contains(i.Id) && i.Provenance.Status == Status.Unverified).Select(i => $"points of {i.Base}").Distinct(StringComparer.Ordinal));
        }

        names.AddRange(bands.Where(b => b.Scheme.Provenance.Status == Status.Unverified).Select(b => $"bands {b.Scheme.Id}"));
        names.AddRange(limits.Where(l => l.Limit.Provenance.Status == Status.Unverified).Select(l => $"limit {l.Limit.Id}"));
        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
