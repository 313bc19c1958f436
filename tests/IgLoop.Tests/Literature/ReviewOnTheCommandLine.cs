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
        Good("screen ivig-in-neuropathy r1 include --stage full_text --by Ann");
        Assert.Contains("--stage is title or full_text, not 'abstract'", Run("screen ivig-in-neuropathy r1 include --stage abstract --by Ben").Error, StringComparison.Ordinal);
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
        Assert.EndsWith("the chain is whole, each carries the hash of the one before it.", Good("history ivig-in-neuropathy").Trim(), StringComparison.Ordinal);
        Assert.Contains("Ben: judged r2 at title and abstract: exclude.", Good("history ivig-in-neuropathy --about r2"), StringComparison.Ordinal);
        Assert.Contains("Ann: judged the risk of bias of hughes-2031 by RoB 2. [hidden until both have]", Good("history ivig-in-neuropathy --topic bias"), StringComparison.Ordinal);
        var history = JsonNode.Parse(Good("history ivig-in-neuropathy --who cid --json"))!;
        Assert.True(history["whole"]!.GetValue<bool>());
        Assert.Equal(("Cid", "title", "settled r2 as the third reviewer: exclude.", 64), (history["entries"]!.AsArray().Single()!["who"]!.GetValue<string>(), history["entries"]![0]!["topic"]!.GetValue<string>(), history["entries"]![0]!["what"]!.GetValue<string>(), history["entries"]![0]!["hash"]!.GetValue<string>().Length));
    }

    [Fact]
    public void answers_to_signalling_questions_suggest_a_level_that_is_taken_or_judged_otherwise()
    {
        Included();
        const string Rest = """{"domain":"D2","level":"low","reason":"masked"},{"domain":"D3","level":"low","reason":"few lost"},{"domain":"D4","level":"low","reason":"masked"},{"domain":"D5","level":"low","reason":"registered"}""";
        string Judge(string first) => Good($"bias one ice-2008 \"{Write("b.json", $$"""{"tool":"rob2","domains":[{{first}},{{Rest}}]}""")}\" --by Ann");

        Assert.StartsWith("RoB 2: low; every domain low", Judge("""{"domain":"D1","answers":{"1.1":"Y","1.2":"PY","1.3":"N"}}"""), StringComparison.Ordinal);
        var kept = JsonNode.Parse(Good("export one"))!["risk_of_bias"]!["ice-2008"]![0]!["domains"]![0]!;
        Assert.Equal(("low", "low", "as the answers to the signalling questions suggest", "py"), (kept["level"]!.GetValue<string>(), kept["suggested"]!.GetValue<string>(), kept["reason"]!.GetValue<string>(), kept["answers"]!["1.2"]!.GetValue<string>()));
        Assert.Contains("look: D1 is judged some concerns, the answers suggest high", Judge("""{"domain":"D1","level":"some_concerns","reason":"baseline alike","answers":{"1.2":"N"}}"""), StringComparison.Ordinal);

        Refused("""{"tool":"rob2","domains":[{"domain":"D1","answers":{"1.3":"N"}}]}""", "domain D1 has no level, and its answers suggest none");
        Refused("""{"tool":"rob2","domains":[{"domain":"D1","answers":{"1.9":"N"}}]}""", "domain D1 has no question '1.9'; it has 1.1, 1.2, 1.3");
        Refused("""{"tool":"rob2","domains":[{"domain":"D1","answers":{"1.1":"perhaps"}}]}""", "is not the JSON that is expected");
        Refused("""{"tool":"rob2"}""", "has no list of domains; RoB 2 has D1, D2, D3, D4, D5");
        Refused("""{"tool":"rob2","domains":["D1"]}""", "$.domains[0] must be an object");
        Refused("""{"tool":"rob2","domains":[{"level":"low"}]}""", "$.domains[0].domain is missing");
        Refused("""{"tool":"rob2","domains":[{"domain":"D1","level":"low"}]}""", "$.domains[0].reason is missing");
        Refused("""{"tool":"rob2","tool":"robins_i","domains":[]}""", "is not the JSON that is expected");
        Refused("""{"tool":"rob3","domains":[]}""", "is not the JSON that is expected");

        void Refused(string json, string why)
        {
            var (exit, _, error) = Run($"bias one ice-2008 \"{Write("bad.json", json)}\" --by Ann");
            Assert.Equal(2, exit);
            Assert.Contains(why, error, StringComparison.Ordinal);
            Assert.DoesNotContain("fault in the program", error, StringComparison.Ordinal);
        }
    }

    /// <summary>Every part of a good extraction taken out or replaced by something of another kind: kept, or refused in a sentence, never a fault.</summary>
    [Fact]
    public void no_damaged_extraction_is_a_fault_of_the_program()
    {
        Included();
        const string GoodText = """{"condition":"cidp","citation":"Hughes 2031","design":"randomised_parallel","patients":117,"arms":[{"name":"IVIg","n":59,"course_g_per_kg":1},{"name":"placebo","n":58}],"outcomes":[{"instrument":"INCAT","page":"140","results":[{"arm":"IVIg","events":32,"n":59},{"arm":"placebo","events":12,"n":58}],"effect":{"measure":"rd","value":33.5,"low":15.4,"high":51.7}}],"certainty":"high","source_read":"full text"}""";
        var texts = new List<string> { "", "null", "[]", "{", "5" };
        foreach (var path in Paths(JsonNode.Parse(GoodText)!, []))
        {
            texts.AddRange(new[] { null, "null", "-1", "\"x\"", "[]", "{}", "1e400" }.Select(with => Damaged(GoodText, path, with)));
        }

        var refused = 0;
        foreach (var text in texts)
        {
            var (exit, error) = InProcess($"review extract one ice-2008 {Write("x.json", text)} --by Ann --data {folder}");
            Assert.True(exit == 0 || (exit == 2 && error.StartsWith("igloop: ", StringComparison.Ordinal) && !error.Contains("fault in the program", StringComparison.Ordinal)), $"{text}: {exit} {error}");
            refused += exit == 2 ? 1 : 0;
        }

        Assert.True(refused > 100, $"Only {refused} of {texts.Count} were refused.");
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] above) => node switch
    {
        JsonObject o => o.SelectMany(p => Paths(p.Value!, [.. above, p.Key]).Prepend([.. above, p.Key])),
        JsonArray a => a.SelectMany((x, i) => Paths(x!, [.. above, i]).Prepend([.. above, i])),
        _ => [],
    };

    private static string Damaged(string text, object[] path, string? with)
    {
        var root = JsonNode.Parse(text)!;
        var at = path[..^1].Aggregate(root, (n, step) => step is int i ? n[i]! : n[(string)step]!);
        if (with is not null)
        {
            const string Mark = "\"@@\"";
            if (path[^1] is int i)
            {
                at[i] = "@@";
            }
            else
            {
                at[(string)path[^1]] = "@@";
            }

            return root.ToJsonString().Replace(Mark, with, StringComparison.Ordinal);
        }

        if (path[^1] is int n)
        {
            at.AsArray().RemoveAt(n);
        }
        else
        {
            at.AsObject().Remove((string)path[^1]);
        }

        return root.ToJsonString();
    }

    /// <summary>The program in this process: starting it two hundred times would take minutes.</summary>
    private static (int Exit, string Error) InProcess(string arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        try
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(said);
            return (IgLoop.Cli.Root.Run(arguments.Split(' ')), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    /// <summary>Review "one" of Ann and Ben with the included study ice-2008.</summary>
    private void Included()
    {
        Good("new One --reviewer Ann --reviewer Ben");
        Good($"import one \"{Write("one.csv", "title\nOne trial of immunoglobulin")}\" --source PubMed --by Ann");
        foreach (var (stage, who) in new[] { ("Title", "Ann"), ("Title", "Ben"), ("FullText", "Ann"), ("FullText", "Ben") })
        {
            Good($"screen one r1 include --stage {stage} --by {who}");
        }

        Good("group one r1 ice-2008 --by Ann");
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
