using System.Globalization;
using IgLoop.Core.Literature;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Reviews.Forms;

/// <summary>
/// The extraction form as typed: texts by the names of the inputs. Arms are <c>a1</c>, <c>a2</c> …, outcomes <c>o1</c> …, the results of an arm in an
/// outcome <c>o1r2</c>. An empty row is no row.
/// </summary>
public sealed class ExtractionForm
{
    public const int MostArms = 8;
    public const int MostOutcomes = 40;

    /// <summary>Choice of an outcome that the profile does not hold yet.</summary>
    public const string New = "new";

    /// <summary>Inputs that an empty row sends too: lists with a first choice, and the level of 95.</summary>
    private static readonly string[] Prefilled = [".level", ".measure", ".pool_measure"];

    private readonly Dictionary<string, string> fields;

    public ExtractionForm(IEnumerable<KeyValuePair<string, string>> fields) => this.fields = fields.Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    public static ExtractionForm Posted(IEnumerable<KeyValuePair<string, StringValues>> posted) => new(posted.Where(f => f.Key.Length <= 60).Select(f => KeyValuePair.Create(f.Key, (f.Value[^1] ?? "").Trim())));

    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>Rows to show: those that are filled, and one more.</summary>
    public int Arms => Math.Min(MostArms, Math.Max(2, Last("a", MostArms) + 1));

    public int Outcomes => Math.Min(MostOutcomes, Last("o", MostOutcomes) + 1);

    /// <summary>The form of what was kept, or, for a study without one, of what its citation tells.</summary>
    public static ExtractionForm Of(Extraction? x, Citation citation)
    {
        if (x is null)
        {
            return new([new("citation", citation.Reference()), new("pmid", citation.Pmid ?? ""), new("doi", citation.Doi ?? ""), new("o1.level", "95")]);
        }

        var f = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["condition"] = x.Condition, ["population"] = x.Population ?? "", ["citation"] = x.Citation, ["pmid"] = x.Pmid ?? "", ["doi"] = x.Doi ?? "",
            ["design"] = x.Design.ToString(), ["design_note"] = x.DesignNote ?? "", ["patients"] = Show(x.Patients), ["unit"] = x.Unit.ToString(), ["crossover"] = x.Crossover.ToString(),
            ["adverse_events"] = x.AdverseEvents ?? "", ["certainty"] = x.Certainty, ["source_read"] = x.SourceRead, ["notes"] = x.Notes ?? "",
        };
        foreach (var (arm, i) in x.Arms.Select((a, i) => (a, i + 1)))
        {
            (f[$"a{i}.name"], f[$"a{i}.n"], f[$"a{i}.course"], f[$"a{i}.regimen"]) = (arm.Name, Show(arm.N), Show(arm.CourseGPerKg), arm.Regimen ?? "");
        }

        foreach (var (o, j) in x.Outcomes.Select((o, j) => (o, j + 1)))
        {
            (f[$"o{j}.instrument"], f[$"o{j}.when"], f[$"o{j}.page"]) = (o.Instrument, o.When ?? "", o.Page ?? "");
            (f[$"o{j}.categories"], f[$"o{j}.categories_of"]) = (string.Join("; ", (o.Categories ?? []).Select(c => $"{c.Name} = {Show(c.N)}")), Show(o.CategoriesOf));
            if (o.Effect is { } e)
            {
                (f[$"o{j}.measure"], f[$"o{j}.value"], f[$"o{j}.low"], f[$"o{j}.high"], f[$"o{j}.level"]) = (e.Measure.ToString(), Show(e.Value), Show(e.Low), Show(e.High), Show(e.Level));
            }

            if (o.Pool is { } pool)
            {
                var isNew = pool.Title is not null;
                (f[$"o{j}.pool"], f[$"o{j}.pool_id"], f[$"o{j}.pool_title"], f[$"o{j}.pool_why"]) = (isNew ? New : $"{x.Condition}/{pool.Comparison}", isNew ? pool.Comparison : "", pool.Title ?? "", pool.Why ?? "");
                (f[$"o{j}.pool_measure"], f[$"o{j}.pool_arm1"], f[$"o{j}.pool_arm2"]) = (pool.Measure?.ToString() ?? "", pool.Arm1, pool.Arm2);
            }

            foreach (var r in o.Results)
            {
                var i = x.Arms.ToList().FindIndex(a => a.Name == r.Arm) + 1;
                var p = $"o{j}r{i}";
                (f[$"{p}.events"], f[$"{p}.n"], f[$"{p}.mean"], f[$"{p}.sd"], f[$"{p}.percent"], f[$"{p}.derived"]) = (Show(r.Events), Show(r.N), Show(r.Mean), Show(r.Sd), Show(r.Percent), r.Derived ? "yes" : "");
            }
        }

        return new(f);
    }

    /// <summary>The extraction, and what could not be read: with any problem the extraction is not to be kept.</summary>
    public (Extraction Extraction, IReadOnlyList<FieldWrong> Problems) Read()
    {
        var wrong = new List<FieldWrong>();
        var arms = Enumerable.Range(1, MostArms).Where(i => Any($"a{i}.")).ToDictionary(i => i, i => new ExtractedArm(this[$"a{i}.name"], Whole($"a{i}.n", "n of the arm", wrong), Number($"a{i}.course", "grams per kilogram", wrong), Text($"a{i}.regimen")));
        var outcomes = Enumerable.Range(1, MostOutcomes).Where(j => Any($"o{j}.") || Any($"o{j}r")).Select(j => Outcome(j, arms, wrong)).ToList();
        return (new()
        {
            Condition = this["condition"],
            Population = Text("population"),
            Citation = this["citation"],
            Pmid = Text("pmid") is { } pmid && Citation.PmidOf(pmid) is null ? Wrong("pmid", $"'{pmid}' is no PubMed id: it has up to 8 digits.", wrong) : Citation.PmidOf(this["pmid"]),
            Doi = Text("doi") is { } doi && Citation.DoiOf(doi) is null ? Wrong("doi", $"'{doi}' is no DOI: it begins with 10.", wrong) : Citation.DoiOf(this["doi"]),
            Design = Name("design", "design", StudyDesign.RandomisedParallel, wrong),
            DesignNote = Text("design_note"),
            Patients = Whole("patients", "number of patients", wrong),
            Unit = Name("unit", "counting unit", CountingUnit.Patients, wrong),
            Crossover = Name("crossover", "use of the crossover", CrossoverUse.NotStated, wrong),
            Arms = [.. arms.Values],
            Outcomes = outcomes,
            AdverseEvents = Text("adverse_events"),
            Certainty = this["certainty"],
            SourceRead = this["source_read"],
            Notes = Text("notes"),
        }, wrong);
    }

    private ExtractedOutcome Outcome(int j, Dictionary<int, ExtractedArm> arms, List<FieldWrong> wrong)
    {
        var results = new List<ArmResult>();
        foreach (var i in Enumerable.Range(1, MostArms).Where(i => Any($"o{j}r{i}.")))
        {
            var p = $"o{j}r{i}";
            if (!arms.TryGetValue(i, out var arm))
            {
                wrong.Add(new($"{p}.events", $"Outcome {j} has a result for arm {i}, which has no name; name the arm or clear the result."));
                continue;
            }

            results.Add(new(arm.Name, Whole($"{p}.events", "events", wrong), Whole($"{p}.n", "n", wrong), Number($"{p}.mean", "mean", wrong), Number($"{p}.sd", "SD", wrong), Number($"{p}.percent", "percentage", wrong), this[$"{p}.derived"] == "yes"));
        }

        PrintedEffect? effect = null;
        if (Number($"o{j}.value", "effect", wrong) is { } value)
        {
            effect = new(Name($"o{j}.measure", "measure", EffectMeasure.RR, wrong), value, Number($"o{j}.low", "lower bound", wrong), Number($"o{j}.high", "upper bound", wrong), Level(j, wrong));
        }
        else if (Text($"o{j}.low") is not null || Text($"o{j}.high") is not null)
        {
            wrong.Add(new($"o{j}.value", $"Outcome {j} has the bounds of an effect and no effect; give its value or clear the bounds."));
        }

        return new(this[$"o{j}.instrument"], Text($"o{j}.when"), results, effect, Categories($"o{j}.categories", wrong), Whole($"o{j}.categories_of", "printed total", wrong), Text($"o{j}.page"), Pool(j, arms, wrong));
    }

    /// <summary>The outcome of the profile: <c>condition/id</c> of the list, or a new one; the arms are the first two unless others are named.</summary>
    private ProfileEntry? Pool(int j, Dictionary<int, ExtractedArm> arms, List<FieldWrong> wrong)
    {
        if (Text($"o{j}.pool") is not { } chosen)
        {
            return null;
        }

        var named = arms.OrderBy(a => a.Key).Select(a => a.Value.Name).Concat(["", ""]).ToList();
        var (arm1, arm2) = (Text($"o{j}.pool_arm1") ?? named[0], Text($"o{j}.pool_arm2") ?? named[1]);
        if (chosen == New)
        {
            return new(this[$"o{j}.pool_id"], arm1, arm2, this[$"o{j}.pool_title"] is { Length: > 0 } title ? title : null, Name($"o{j}.pool_measure", "measure", EffectMeasure.RR, wrong), Text($"o{j}.pool_why") ?? "");
        }

        if (chosen.Split('/') is not [var condition, var comparison] || condition != this["condition"])
        {
            wrong.Add(new($"o{j}.pool", $"Outcome {j} is to be pooled with an outcome of another condition; choose one of the condition of this study."));
            return null;
        }

        return new(comparison, arm1, arm2);
    }

    private decimal Level(int j, List<FieldWrong> wrong)
    {
        if (Number($"o{j}.level", "confidence level", wrong) is not { } level)
        {
            return 95;
        }

        if (level is <= 0 or >= 100)
        {
            wrong.Add(new($"o{j}.level", $"A confidence level lies between 0 and 100, such as 95, not '{this[$"o{j}.level"]}'."));
        }

        return level;
    }

    private List<Category>? Categories(string name, List<FieldWrong> wrong)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var list = new List<Category>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                list.Add(new(key, n));
            }
            else
            {
                wrong.Add(new(name, $"'{part}' is no category: write 'name = count', parted by semicolons, such as 'complete = 9; partial = 8; none = 8'."));
            }
        }

        return list;
    }

    private bool Any(string prefix) => fields.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal) && !Prefilled.Any(p => k.EndsWith(p, StringComparison.Ordinal)));

    private int Last(string kind, int most) => Enumerable.Range(1, most).Where(i => Any($"{kind}{i}.") || Any($"{kind}{i}r")).DefaultIfEmpty(0).Max();

    private string? Text(string name) => this[name] is { Length: > 0 } text ? text : null;

    private static string? Wrong(string name, string message, List<FieldWrong> wrong)
    {
        wrong.Add(new(name, message));
        return null;
    }

    private int? Whole(string name, string what, List<FieldWrong> wrong)
    {
        if (Number(name, what, wrong) is not { } d)
        {
            return null;
        }

        if (d == Math.Floor(d) && Math.Abs(d) < 10_000_000)
        {
            return (int)d;
        }

        wrong.Add(new(name, $"The {what} must be a whole number, not '{this[name]}'."));
        return null;
    }

    private decimal? Number(string name, string what, List<FieldWrong> wrong)
    {
        var text = this[name].Replace('−', '-');
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var d))
        {
            return d;
        }

        wrong.Add(new(name, $"The {what} must be a number such as 12 or 0.5, not '{text}'."));
        return null;
    }

    private T Name<T>(string name, string what, T fallback, List<FieldWrong> wrong)
        where T : struct, Enum
    {
        if (this[name].Length == 0)
        {
            return fallback;
        }

        if (Enum.TryParse<T>(this[name], out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(this[name][0]))
        {
            return value;
        }

        wrong.Add(new(name, $"The {what} '{this[name]}' is not one of the list."));
        return fallback;
    }

    private static string Show(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Something typed that cannot be used.</summary>
/// <param name="Input">Id of the input.</param>
public sealed record FieldWrong(string Input, string Message);
