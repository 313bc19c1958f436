using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Bias;
using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

/// <summary>Answers to the signalling questions lead to the suggestion that RoB 2 publishes, written here a second time as nested questions.</summary>
public class SignallingQuestions
{
    private static readonly KnowledgeBase Knowledge = ShippedKnowledge.Load();

    [Theory]
    [InlineData("D1")]
    [InlineData("D2")]
    [InlineData("D3")]
    [InlineData("D4")]
    [InlineData("D5")]
    public void every_combination_of_answers_gives_the_level_of_the_tool(string domain)
    {
        var questions = Knowledge.BiasTools["rob2"].Domains.Single(d => d.Id == domain);
        var seen = new HashSet<string?>();
        foreach (var answers in Every(questions.Questions.Select(q => q.Id).ToList()))
        {
            var suggested = questions.Suggested(answers);
            Assert.Equal(ByHand(domain, n => answers[$"{domain[1]}.{n}"]), suggested);
            seen.Add(suggested);
        }

        Assert.Equal(["high", "low", "some_concerns"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void a_suggestion_is_given_only_when_no_open_answer_can_change_it()
    {
        var d1 = Knowledge.BiasTools["rob2"].Domains[0];
        Assert.Equal("high", d1.Suggested(new Dictionary<string, Signal> { ["1.2"] = Signal.N }));
        Assert.Null(d1.Suggested(new Dictionary<string, Signal> { ["1.2"] = Signal.Y, ["1.1"] = Signal.Y }));
        Assert.Null(d1.Suggested(new Dictionary<string, Signal>()));
    }

    [Fact]
    public void every_tool_asks_in_every_domain_and_rules_nobody_verified_say_so()
    {
        foreach (var tool in Enum.GetValues<BiasTool>())
        {
            var questions = Knowledge.BiasTools[RiskOfBias.IdOf(tool)];
            Assert.Equal(RiskOfBias.DomainsOf(tool).Select(d => d.Id), questions.Domains.Select(d => d.Id));
            Assert.All(questions.Domains.SelectMany(d => d.Parts).SelectMany(p => p), r => Assert.Contains(RiskOfBias.LevelsOf(tool), l => RiskOfBias.WordOf(l).Replace(' ', '_') == r.Then));
        }

        Assert.Equal((Status.Digest, Status.Unverified, Status.Unverified), (Knowledge.BiasTools["rob2"].Status, Knowledge.BiasTools["rob2_crossover"].Status, Knowledge.BiasTools["robins_i"].Status));
    }

    [Fact]
    public void judging_otherwise_than_suggested_needs_a_reason_and_stays_visible()
    {
        var domains = RiskOfBias.DomainsOf(BiasTool.Rob2).Select(d => new DomainJudgement(d.Id, BiasLevel.Low, "fine")).ToList();
        domains[0] = new("D1", BiasLevel.Low, "", new Dictionary<string, Signal> { ["1.2"] = Signal.NI, ["1.3"] = Signal.N }, BiasLevel.SomeConcerns);
        Assert.Contains("needs a reason", new RiskOfBias(BiasTool.Rob2, null, domains).Problem(), StringComparison.Ordinal);

        domains[0] = domains[0] with { Reason = "central telephone, told by letter" };
        var bias = new RiskOfBias(BiasTool.Rob2, null, domains);
        Assert.Null(bias.Problem());
        Assert.Contains("D1 low (the answers suggest some concerns; central telephone", bias.Line(), StringComparison.Ordinal);
    }

    private static IEnumerable<Dictionary<string, Signal>> Every(List<string> questions) =>
        questions.Aggregate((IEnumerable<Dictionary<string, Signal>>)[[]], (all, q) => all.SelectMany(a => Enum.GetValues<Signal>().Select(s => new Dictionary<string, Signal>(a, StringComparer.Ordinal) { [q] = s })));

    private static string ByHand(string domain, Func<int, Signal> q)
    {
        bool Yes(int n) => q(n) is Signal.Y or Signal.PY;
        bool No(int n) => q(n) is Signal.N or Signal.PN;
        switch (domain)
        {
            case "D1":
                return No(2) ? "high" : Yes(2) ? (No(1) || Yes(3) ? "some_concerns" : "low") : Yes(3) ? "high" : "some_concerns";
            case "D2":
                var first = No(1) && No(2) ? 0 : No(3) ? 0 : !Yes(3) ? 1 : No(4) ? 1 : Yes(5) ? 1 : 2;
                var second = Yes(6) ? 0 : No(7) ? 1 : 2;
                return new[] { "low", "some_concerns", "high" }[Math.Max(first, second)];
            case "D3":
                return Yes(1) || Yes(2) || No(3) ? "low" : No(4) ? "some_concerns" : "high";
            case "D4":
                return Yes(1) || Yes(2) ? "high" : No(3) || No(4) ? (No(2) ? "low" : "some_concerns") : No(5) ? "some_concerns" : "high";
            default:
                return Yes(2) || Yes(3) ? "high" : No(2) && No(3) && Yes(1) ? "low" : "some_concerns";
        }
    }
}
