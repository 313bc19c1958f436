using System.CommandLine;
using System.Globalization;
using System.Text;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Cli;

/// <summary><c>igloop simulate</c>: a synthetic cohort whose truth is known, for trying and for testing.</summary>
public static class SimulateCommand
{
    public static Command Create()
    {
        var patients = new Option<int>("--patients") { Description = "How many patients", DefaultValueFactory = _ => 62 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same cohort", DefaultValueFactory = _ => 1 };
        var truth = new Option<string>("--truth") { Description = $"What is true: {string.Join(", ", Truth.All.Select(t => t.Name))}", DefaultValueFactory = _ => Truth.LowHelpsArthritisNotPlatelets.Name };
        var folder = new Option<string>("--out") { Description = "Folder for the CSV tables", Required = true };
        var command = new Command("simulate", "A synthetic cohort with known truth, as CSV tables that 'igloop outcomes' and 'igloop import' read") { patients, seed, truth, folder };
        command.SetAction(parsed =>
        {
            var n = parsed.GetValue(patients);
            if (n is < 1 or > 1_000_000)
            {
                throw new CliException($"--patients must lie between 1 and 1000000, not {n}.");
            }

            var known = Truth.All.FirstOrDefault(t => t.Name == parsed.GetValue(truth)) ?? throw new CliException($"There is no truth '{parsed.GetValue(truth)}'; known are {string.Join(", ", Truth.All.Select(t => t.Name))}.");
            var entries = Simulation.Of(n, known, new Chance(parsed.GetValue(seed)));
            var place = parsed.GetValue(folder)!;
            foreach (var (name, text) in Tables(entries, known))
            {
                OutcomesCommand.Write(Path.Combine(place, name), text);
            }

            Console.WriteLine($"{n} {(n == 1 ? "patient" : "patients")} in {place}. What is true: {known.Says}. Try: igloop outcomes {place}");
            return 0;
        });
        return command;
    }

    /// <summary>The tables of a cohort by file name, as <c>docs/outcomes.md</c> describes them.</summary>
    public static IEnumerable<(string Name, string Text)> Tables(IReadOnlyList<CohortEntry> entries, Truth truth)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(truth);
        var byPatient = entries.GroupBy(e => e.Patient, StringComparer.Ordinal).ToList();
        yield return ("patients.csv", Table("patient,birth_date,sex,weight_kg,disease_years", byPatient.Select(g => string.Join(',', new[] { "birth_date", "sex", "weight", "disease_years" }.Select(n => g.First(e => e.Kind == EntryKind.Patient && e.Name == n).Value).Prepend(g.Key)))));
        yield return ("visits.csv", Table("patient,date,sledai,prednisone_mg_day", Visits([EntryKind.Score, EntryKind.Steroid], ["sledai", "prednisone"])));
        string[] names = [.. truth.Manifestations.Select(m => m.Name)];
        yield return ("manifestations.csv", Table("patient,date," + string.Join(',', names), Visits([EntryKind.Manifestation], names)));
        yield return ("infusions.csv", Table("patient,date,dose,unit", Of(EntryKind.Infusion).Select(e => $"{e.Patient},{Day(e)},{e.Value},{e.Unit}")));
        yield return ("adverse_events.csv", Table("patient,date,event,grade", Of(EntryKind.AdverseEvent).Select(e => $"{e.Patient},{Day(e)},{e.Name},{e.Value}")));
        yield return ("follow_up.csv", Table("patient,date,what", entries.Where(e => e.Kind is EntryKind.Relapse or EntryKind.LastSeen).Select(e => $"{e.Patient},{Day(e)},{(e.Kind == EntryKind.Relapse ? "relapse" : "last_seen")}")));

        IEnumerable<CohortEntry> Of(EntryKind kind) => entries.Where(e => e.Kind == kind);

        IEnumerable<string> Visits(EntryKind[] kinds, string[] columns) => entries.Where(e => kinds.Contains(e.Kind)).GroupBy(e => (e.Patient, e.On))
            .Select(g => $"{g.Key.Patient},{Day(g.First())},{string.Join(',', columns.Select(c => g.FirstOrDefault(e => e.Name == c)?.Value ?? ""))}");
    }

    private static string Day(CohortEntry e) => e.On!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Table(string header, IEnumerable<string> rows)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (var row in rows)
        {
            text.Append(row).Append('\n');
        }

        return text.ToString();
    }
}
