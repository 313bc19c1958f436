using IgLoop.Core.Facts;
using IgLoop.Core.Synthesis;

namespace IgLoop.Features.Synthesis;

/// <summary>What a column of study data can be; the first name of each is the one in messages, the others are what other programs call it.</summary>
internal static class Columns
{
    private static readonly IReadOnlyList<(string Field, IReadOnlyList<string> Names)> Known =
    [
        ("study", ["study", "trial", "slab", "author", "label", "study_id", "studlab"]),
        ("ai", ["ai", "a", "events1", "event1", "event.e", "events.e", "tpos"]),
        ("bi", ["bi", "b", "tneg"]),
        ("n1", ["n1", "n1i", "n.e", "total1"]),
        ("ci", ["ci", "c", "events2", "event2", "event.c", "events.c", "cpos"]),
        ("di", ["di", "d", "cneg"]),
        ("n2", ["n2", "n2i", "n.c", "total2"]),
        ("m1", ["m1", "m1i", "mean1", "mean.e"]),
        ("sd1", ["sd1", "sd1i", "sd.e"]),
        ("m2", ["m2", "m2i", "mean2", "mean.c"]),
        ("sd2", ["sd2", "sd2i", "sd.c"]),
        ("xi", ["xi", "x", "events", "event", "responders"]),
        ("ni", ["ni", "n", "total"]),
        ("md", ["md"]), ("smd", ["smd"]), ("rr", ["rr"]), ("or", ["or"]), ("rd", ["rd"]), ("hr", ["hr"]),
        ("est", ["est", "estimate", "effect"]),
        ("ci_low", ["ci_low", "ci.lb", "lower", "low", "lcl", "lower_ci", "ci_lower"]),
        ("ci_high", ["ci_high", "ci.ub", "upper", "high", "ucl", "upper_ci", "ci_upper"]),
        ("yi", ["yi", "te"]),
        ("vi", ["vi"]),
        ("sei", ["sei", "se", "sete"]),
        ("people", ["people", "participants", "persons"]),
        ("subgroup", ["subgroup", "group"]),
        ("unit", ["unit", "units"]),
    ];

    private static readonly IReadOnlyDictionary<string, string> ByName = Known.SelectMany(k => k.Names.Select(n => (Plain(n), k.Field))).ToDictionary(p => p.Item1, p => p.Field, StringComparer.Ordinal);

    /// <summary>Ready-made effects that name their measure; the one that fits the analysis is used.</summary>
    public static readonly IReadOnlyList<string> Ratios = ["md", "smd", "rr", "or", "rd", "hr"];

    /// <summary>The field a column stands for; null for any other column, which may be a moderator.</summary>
    public static string? FieldOf(string column) => ByName.GetValueOrDefault(Plain(column));

    /// <summary>Refuses data in which what the measure needs is in no row, naming the nearest column there is.</summary>
    public static void Need(Measure measure, IReadOnlyCollection<string> fields, IEnumerable<string> others)
    {
        if (fields.Contains("yi") || fields.Contains("est"))
        {
            if (!fields.Contains("vi") && !fields.Contains("sei") && !fields.Contains("ci_low"))
            {
                throw Missing("sei", "the ready-made effect needs its standard error (sei), variance (vi) or interval (ci_low, ci_high)", others);
            }

            return;
        }

        string[] needed = measure switch
        {
            Measure.RR or Measure.OR or Measure.RD or Measure.Peto => ["ai", "n1", "ci", "n2"],
            Measure.MD or Measure.SMD => ["m1", "sd1", "n1", "m2", "sd2", "n2"],
            Measure.PR or Measure.PLO or Measure.PAS or Measure.PFT => ["xi", "ni"],
            _ => ["yi"],
        };
        var absent = needed.Where(n => !fields.Contains(n)).ToList();
        if (absent.Count > 0)
        {
            throw Missing(absent[0], $"{measure} needs {string.Join(", ", needed)}{(needed.Length > 1 ? ", or a ready-made effect with its interval" : " with sei, vi or an interval, or est with ci_low and ci_high")}", others);
        }
    }

    private static SynthesisException Missing(string column, string why, IEnumerable<string> others)
    {
        var near = Spelling.Nearest(column, others.Where(o => o.Length > 0), 1);
        return new("missing-column", $"There is no column {column}: {why}{(near.Count > 0 ? $"; is '{near[0]}' meant?" : ".")}", $"column {column}");
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Gathers the fields of one study, whatever the format it came in.</summary>
internal sealed class RowReading(int row, string where, Measure measure)
{
    private readonly Dictionary<string, double> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> others = new(StringComparer.Ordinal);

    public string? Label { get; set; }

    public string? Subgroup { get; set; }

    public string? Unit { get; set; }

    public void Other(string column, string value) => others[column] = value;

    public void Number(string field, double value)
    {
        if (Columns.Ratios.Contains(field))
        {
            if (!string.Equals(field, measure.ToString(), StringComparison.OrdinalIgnoreCase) && measure != Measure.GEN)
            {
                return;
            }

            field = "est";
        }

        if (!numbers.TryAdd(field, value))
        {
            throw new SynthesisException("mixed-columns", $"Two columns give {field}; keep one.", where);
        }
    }

    public TrialRow Row()
    {
        double? Of(string f) => numbers.TryGetValue(f, out var v) ? v : null;
        double? Sum(string whole, string events, string others) => Of(whole) ?? (Of(events) is { } a && Of(others) is { } b ? a + b : null);
        Agree("n1", "ai", "bi");
        Agree("n2", "ci", "di");
        return new TrialRow
        {
            Label = string.IsNullOrWhiteSpace(Label) ? $"study {row}" : Label.Trim(),
            Row = row,
            A = Of("ai"),
            N1 = Sum("n1", "ai", "bi"),
            C = Of("ci"),
            N2 = Sum("n2", "ci", "di"),
            Mean1 = Of("m1"),
            Sd1 = Of("sd1"),
            Mean2 = Of("m2"),
            Sd2 = Of("sd2"),
            X = Of("xi"),
            N = Of("ni"),
            Estimate = Of("est"),
            Low = Of("ci_low"),
            High = Of("ci_high"),
            Yi = Of("yi"),
            Vi = Of("vi"),
            Se = Of("sei"),
            Persons = Of("people"),
            Subgroup = Subgroup,
            Unit = string.IsNullOrWhiteSpace(Unit) ? null : Unit.Trim(),
            Others = others,
        };
    }

    private void Agree(string whole, string events, string others)
    {
        if (numbers.TryGetValue(whole, out var n) && numbers.TryGetValue(events, out var a) && numbers.TryGetValue(others, out var b) && a + b != n)
        {
            throw new SynthesisException("bad-value", $"{events} + {others} is {a + b}, and {whole} is {n}; they must be the same.", where);
        }
    }
}
