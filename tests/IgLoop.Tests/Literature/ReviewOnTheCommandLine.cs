using System.Text.Json.Nodes;
using IgLoop.Tests.Cli;

namespace IgLoop.Tests.Literature;

/// <summary>The whole way of a study, from the search to the knowledge, with the commands.</summary>
public sealed class ReviewOnTheCommandLine : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-review-cli").FullName;

    [Fact]
    public void from_the_search_to_the_knowledge()
    {
        var (nbib, ris) = (Write("search.nbib", Searches.Nbib), Write("search.ris", Searches.Ris));
        Assert.Equal("ivig-in-neuropathy", Good("new \"IVIg in neuropathy\" --reviewer Ann --reviewer Ben --third Cid").Trim());
        Assert.StartsWith("3 records of PubMed (nbib); 0 look like duplicates.", Good($"import ivig-in-neuropathy \"{nbib}\" --source PubMed --by Ann"), StringComparison.Ordinal);
        Assert.StartsWith("3 records of Embase (ris); 2 look like duplicates.", Good($"import ivig-in-neuropathy \"{ris}\" --source Embase --by Ann"), StringComparison.Ordinal);
        Assert.Contains("nothing was added", Good($"import ivig-in-neuropathy \"{ris}\" --source Embase --by Ben"), StringComparison.Ordinal);
        Assert.Contains("certain same DOI", Good("dedupe ivig-in-neuropathy"), StringComparison.Ordinal);
        Assert.EndsWith("2 removed.", Good("dedupe ivig-in-neuropathy --remove all --by Ann").Trim(), StringComparison.Ordinal);

        Lines("Ann", """{"id":1,"record":"r1","verdict":"include"}""", """{"id":2,"record":"r2","verdict":"maybe"}""", """{"id":3,"record":"r3","verdict":"exclude"}""", """{"id":4,"record":"r6","verdict":"exclude"}""");
        var answers = Lines("Ben", """{"id":1,"record":"r1","verdict":"include"}""", """{"id":2,"record":"r2","verdict":"exclude"}""", """{"id":3,"record":"r3","verdict":"exclude"}""", """{"id":4,"record":"r4","verdict":"exclude"}""", """{"id":5,"record":"r6","verdict":"exclude"}""");
        Assert.Equal("r4 was removed as a duplicate of r1.", answers[3]["error"]!["message"]!.GetValue<string>());
        var agreement = JsonNode.Parse(Good("agreement ivig-in-neuropathy --json"))!["two_groups"]!;
        Assert.Equal((4, 3, 0.5), (agreement["n"]!.GetValue<int>(), agreement["agreed"]!.GetValue<int>(), Math.Round(agreement["kappa"]!.GetValue<double>(), 12)));
        Assert.Equal(2, Run("screen ivig-in-neuropathy r2 exclude --by Ann --settle third").Exit);
        Good("screen ivig-in-neuropathy r2 exclude --by Cid --settle third");
        Good("screen ivig-in-neuropathy r1 include --stage FullText --by Ann");
        Good("screen ivig-in-neuropathy r1 include --stage FullText --by Ben");
        Good("group ivig-in-neuropathy r1 hughes-2031 --by Ann");

        var extraction = Write("x.json", """{"condition":"cidp","citation":"Hughes 2031","design":"randomised_parallel","patients":117,"arms":[{"name":"IVIg","n":59,"course_g_per_kg":1},{"name":"placebo","n":58}],"outcomes":[{"instrument":"INCAT","page":"140","results":[{"arm":"IVIg","events":32,"n":59},{"arm":"placebo","events":12,"n":58}],"pool":{"comparison":"improved-24-weeks","arm1":"IVIg","arm2":"placebo"},"effect":{"measure":"rd","value":33.5,"low":15.4,"high":51.7,"level":95}}],"certainty":"high","source_read":"full text"}""");
        Assert.Contains("look: INCAT: the printed interval 15.4 to 51.7 is not re-derivable", Good($"extract ivig-in-neuropathy hughes-2031 \"{extraction}\" --by Ben"), StringComparison.Ordinal);
        var bias = Write("b.json", """{"tool":"rob2","outcome":"INCAT","domains":[{"domain":"D1","level":"low","reason":"central"},{"domain":"D2","level":"some_concerns","reason":"crossed over"},{"domain":"D3","level":"low","reason":"few lost"},{"domain":"D4","level":"low","reason":"masked"},{"domain":"D5","level":"low","reason":"registered"}]}""");
        Assert.StartsWith("RoB 2 for INCAT: some concerns; D2 some concerns (crossed over)", Good($"bias ivig-in-neuropathy hughes-2031 \"{bias}\" --by Ann"), StringComparison.Ordinal);

        var flow = JsonNode.Parse(Good("flow ivig-in-neuropathy --json"))!;
        Assert.Equal((6, 2, 4, 3, 1, 1, 1, true), (flow["identified"]!["total"]!.GetValue<int>(), flow["duplicates_removed"]!.GetValue<int>(), flow["records_screened"]!.GetValue<int>(), flow["records_excluded"]!.GetValue<int>(), flow["reports_assessed"]!.GetValue<int>(), flow["studies_included"]!.GetValue<int>(), flow["reports_of_included_studies"]!.GetValue<int>(), flow["complete"]!.GetValue<bool>()));
        Assert.StartsWith("<svg", Good("flow ivig-in-neuropathy --svg"), StringComparison.Ordinal);

        Assert.StartsWith("id: 'hughes-2031'", Good("export ivig-in-neuropathy --study hughes-2031"), StringComparison.Ordinal);
        var changes = Good("export ivig-in-neuropathy --study hughes-2031 --changes");
        Assert.Matches(@"(\d+) studies with \d+ patients.*→ \d+ studies with \d+ patients", changes);
        Assert.Contains("added    evidence/hughes-2031.yaml", changes, StringComparison.Ordinal);
        Assert.Contains("It could not be pooled, because there was one comparable trial. It can be pooled now.", changes, StringComparison.Ordinal);
        Assert.Matches(@"Estimate \(95 % CI\)\s+2\.62 \(1\.50 to 4\.57\), of one trial, not pooled → 2\.62 \(1\.77 to 3\.88\)", changes);
        Assert.Matches(@"People, each once\s+117 → 234", changes);
        Assert.Contains("look again at risk of bias: The new trial: RoB 2 for INCAT: some concerns; D2 some concerns", changes, StringComparison.Ordinal);
        var json = JsonNode.Parse(Good("export ivig-in-neuropathy --study hughes-2031 --changes --json"))!["pooled"]![0]!;
        Assert.Equal((1, 2), (json["before"]!["k"]!.GetValue<int>(), json["after"]!["k"]!.GetValue<int>()));

        // Put in place, the files load, and the profile pools with the study in it: the preview was true.
        var copy = Path.Combine(folder, "knowledge");
        Copy(Path.Combine(Web.Chromium.Root, "knowledge"), copy);
        Good($"export ivig-in-neuropathy --study hughes-2031 --into \"{copy}\"");
        var check = CommandLine.Run($"knowledge check --knowledge \"{copy}\"");
        Assert.True(check.Exit == 0, check.Error);
        var after = IgLoop.Cli.KnowledgeFolder.Load(copy);
        var pooled = Features.Synthesis.ProfilePooling.Of(after.Profiles["cidp"].Comparisons.Single(c => c.Id == "improved-24-weeks"), after).Analysis.Pooled;
        Assert.Equal(json["after"]!["est"]!.GetValue<double>(), pooled.Est!.Value, 12);
        Assert.Equal("some_concerns", JsonNode.Parse(Good("export ivig-in-neuropathy"))!["risk_of_bias"]!["hughes-2031"]![0]!["overall"]!.GetValue<string>());

        Assert.Equal(0, CommandLine.Run($"audit verify --data \"{folder}\"").Exit);
    }

    [Theory]
    [InlineData("list nowhere", "There is no record in")]
    [InlineData("new T --reviewer Ann", "A review needs two reviewers")]
    [InlineData("new T --reviewer Ann --reviewer ann", "two different names")]
    public void a_wrong_command_ends_with_2_and_one_sentence(string command, string why)
    {
        var (exit, _, error) = Run(command);
        Assert.Equal(2, exit);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void no_place_named_a_missing_file_and_a_misspelt_review_say_how_to_go_on()
    {
        Assert.Contains("Say where the record is: --data DIR", CommandLine.Run("review list").Error, StringComparison.Ordinal);
        Good("new Lupus --reviewer Ann --reviewer Ben");
        Assert.Contains("did you mean 'lupus'?", Run("flow lupsu").Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Run("import lupus nowhere.ris --source PubMed --by Ann").Error, StringComparison.Ordinal);
        Assert.Contains("neither PubMed/MEDLINE", Run($"import lupus \"{Write("letter.txt", "Dear colleague")}\" --source PubMed --by Ann").Error, StringComparison.Ordinal);
        Assert.Contains("not the JSON that is expected (line 1", Run($"extract lupus r1 \"{Write("bad.json", """{"condition":"cidp","colour":1}""")}\" --by Ann").Error, StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*.yaml", SearchOption.AllDirectories))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int Exit, string Output, string Error) Run(string arguments, string input = "") => CommandLine.Run($"review {arguments} --data \"{folder}\"", input);

    private string Good(string arguments, string input = "")
    {
        var (exit, output, error) = Run(arguments, input);
        Assert.True(exit == 0, $"{arguments}: {exit} {error}");
        return output;
    }

    private List<JsonNode> Lines(string who, params string[] lines) =>
        [.. Good($"screen ivig-in-neuropathy --ndjson --by {who}", string.Join('\n', lines)).Trim().Split('\n').Select(l => JsonNode.Parse(l)!)];

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
