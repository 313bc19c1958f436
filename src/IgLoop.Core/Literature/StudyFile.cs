using System.Globalization;
using System.Text;

namespace IgLoop.Core.Literature;

/// <summary>An included study as a file of <c>knowledge/evidence/</c>, which the loader of the knowledge reads.</summary>
public static class StudyFile
{
    /// <param name="id">Id of the study; the file is named after it.</param>
    /// <param name="conditionLabel">How the evidence files name the condition, for example CIDP.</param>
    /// <param name="bias">Risk of bias as judged; goes into the notes.</param>
    /// <param name="reports">References of further reports of the study.</param>
    public static string Yaml(string id, Extraction x, string conditionLabel, IReadOnlyList<RiskOfBias> bias, IReadOnlyList<string> reports)
    {
        ArgumentNullException.ThrowIfNull(x);
        var yaml = new StringBuilder();
        Line(0, "id", id);
        Line(0, "condition", conditionLabel);
        Line(0, "subset", x.Population);
        Line(0, "citation", x.Citation);
        Line(0, "pmid", x.Pmid);
        Line(0, "doi", x.Doi);
        Line(0, "design", Design(x));
        if (x.Patients is { } n)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"n: {n}\n");
        }

        yaml.Append("arms:\n");
        foreach (var arm in x.Arms)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- name: {Quoted(arm.Name)}\n");
            if (arm.N is { } armN)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  n: {armN}\n");
            }

            if (arm.CourseGPerKg is { } dose)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  course: {dose} g/kg\n");
            }

            if (arm.Regimen is { } regimen)
            {
                yaml.Append("  details:\n");
                Line(4, "regimen", regimen);
            }
        }

        yaml.Append("outcomes:\n");
        foreach (var outcome in x.Outcomes)
        {
            Outcome(x, outcome);
        }

        Line(0, "adverse_events", x.AdverseEvents);
        Line(0, "certainty", x.Certainty);
        Line(0, "source_read", x.SourceRead);
        Line(0, "notes", Notes(x, bias, reports));
        yaml.Append("status: read\n");
        return yaml.ToString();

        void Line(int indent, string key, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yaml.Append(' ', indent).Append(key).Append(": ").Append(Quoted(text)).Append('\n');
            }
        }

        void Outcome(Extraction form, ExtractedOutcome o)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- instrument: {Quoted(o.Instrument)}\n");
            Line(2, "type", Type(o));
            yaml.Append("  data:\n");
            Line(4, "when", o.When);
            if (form.Unit == CountingUnit.Courses)
            {
                Line(4, "unit", "courses");
            }

            if (o.Results.Count > 0)
            {
                yaml.Append("    arms:\n");
            }

            foreach (var r in o.Results)
            {
                var parts = new List<string>();
                Put("events", r.Events);
                Put("mean", r.Mean);
                Put("sd", r.Sd);
                Put("n", r.N);
                if (r.Derived)
                {
                    parts.Add("derived_counts: true");
                }

                yaml.Append("      ").Append(Quoted(r.Arm)).Append(": {").Append(string.Join(", ", parts)).Append("}\n");

                void Put(string key, IFormattable? value)
                {
                    if (value is not null)
                    {
                        parts.Add($"{key}: {value.ToString(null, CultureInfo.InvariantCulture)}");
                    }
                }
            }

            if (o.Effect is { } e)
            {
                var key = e.Measure == EffectMeasure.RD ? "rd_pct" : e.Measure.ToString().ToLowerInvariant();
                yaml.Append(CultureInfo.InvariantCulture, $"    effect: {{{key}: {e.Value}{(e is { Low: { } l, High: { } h } ? string.Create(CultureInfo.InvariantCulture, $", ci: [{l}, {h}]") : "")}{(e.Level == 95 ? "" : string.Create(CultureInfo.InvariantCulture, $", level_pct: {e.Level}"))}}}\n");
            }

            if (o.Categories is { Count: > 0 } categories)
            {
                yaml.Append("    categories: {").Append(string.Join(", ", categories.Select(c => string.Create(CultureInfo.InvariantCulture, $"{Quoted(c.Name)}: {c.N}")))).Append("}\n");
                if (o.CategoriesOf is { } of)
                {
                    yaml.Append(CultureInfo.InvariantCulture, $"    printed_total: {of}\n");
                }
            }

            Line(4, "page", o.Page ?? "not noted");
        }
    }

    /// <summary>Single quotes hold any text on one line; nothing in it is then read as YAML.</summary>
    internal static string Quoted(string text) => $"'{string.Concat(text.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).Replace("'", "''", StringComparison.Ordinal).Trim()}'";

    private static string Type(ExtractedOutcome o) =>
        o.Results.Any(r => r.Mean is not null) ? "continuous" : o.Results.Any(r => r.Events is not null) ? "dichotomous" : o.Effect is { } e ? e.Measure.ToString() : o.Categories is { Count: > 0 } ? "categories" : "described";

    private static string Design(Extraction x)
    {
        var design = x.Design switch
        {
            StudyDesign.RandomisedParallel => "randomised, parallel groups",
            StudyDesign.RandomisedCrossover => "randomised crossover",
            StudyDesign.Cohort => "cohort with comparison",
            StudyDesign.BeforeAfter => "before/after, uncontrolled",
            StudyDesign.CaseSeries => "case series",
            _ => "case report",
        };
        return x.DesignNote is { Length: > 0 } note ? $"{design}; {note}" : design;
    }

    private static string Notes(Extraction x, IReadOnlyList<RiskOfBias> bias, IReadOnlyList<string> reports)
    {
        var notes = new List<string>();
        if (x.Notes is { Length: > 0 } own)
        {
            notes.Add(own.TrimEnd('.'));
        }

        if (x.Design == StudyDesign.RandomisedCrossover)
        {
            notes.Add(x.Crossover switch { CrossoverUse.FirstPeriod => "Crossover: numbers of the first period", CrossoverUse.Paired => "Crossover: paired data", CrossoverUse.AsParallel => "Crossover: treated as if parallel", _ => "Crossover: not stated how the periods are used" });
        }

        notes.AddRange(bias.Select(b => "Risk of bias by " + b.Line()));
        notes.AddRange(x.Check().Where(f => !f.Stops && !f.Message.StartsWith("no page", StringComparison.Ordinal)).Select(f => "Check: " + f.ToString().TrimEnd('.')));
        notes.AddRange(reports.Select(r => "Also reported in: " + r.TrimEnd('.')));
        return notes.Count == 0 ? "" : string.Join(". ", notes) + ".";
    }
}
