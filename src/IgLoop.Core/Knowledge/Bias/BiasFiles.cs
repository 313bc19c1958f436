using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Bias;

/// <summary>Reads <c>bias/*.yaml</c>, one tool a file.</summary>
internal static class BiasFiles
{
    private static readonly Dictionary<string, Signal[]> Words = new(StringComparer.Ordinal)
    {
        ["yes"] = [Signal.Y, Signal.PY],
        ["no"] = [Signal.PN, Signal.N],
        ["ni"] = [Signal.NI],
    };

    public static IReadOnlyDictionary<string, BiasQuestions> Read(Loading loading)
    {
        var all = new Dictionary<string, BiasQuestions>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("bias"))
        {
            var tool = new BiasQuestions(Loading.IdOf(file, b), b.Text("name"), b.Text("version"), b.Text("source"), b.Name<Status>("status"), [.. b.Inners("domains").Select(Domain)], b.Place);
            b.Close();
            all[tool.Id] = tool;
        }

        return all;
    }

    private static BiasDomain Domain(Block d)
    {
        var questions = d.Inners("questions").Select(q =>
        {
            var question = new SignallingQuestion(q.Text("id"), q.Text("about"), q.OptionalText("if"));
            q.Close();
            return question;
        }).ToList();
        var known = questions.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        var domain = new BiasDomain(d.Text("id"), questions, [.. d.Inners("parts").Select(p =>
        {
            var rules = p.Inners("rules").Select(r => Rule(r, known)).ToList();
            p.Close();
            return rules;
        })]);
        d.Close();
        return domain;
    }

    private static BiasRule Rule(Block r, HashSet<string> known)
    {
        var when = new Dictionary<string, IReadOnlyList<Signal>>(StringComparer.Ordinal);
        foreach (var (question, words) in r.TextsByKey("when"))
        {
            if (!known.Contains(question))
            {
                r.Problem("when", $"asks for question {question}, which the domain does not have.");
            }

            var parts = words.Split('|');
            if (parts.Any(w => !Words.ContainsKey(w)))
            {
                r.Problem("when", $"'{words}' must be yes, no or ni, or several of them with a bar between.");
            }

            when[question] = [.. parts.SelectMany(w => Words.GetValueOrDefault(w, []))];
        }

        var then = r.Text("then");
        if (!BiasDomain.Order.Contains(then))
        {
            r.Problem("then", $"must be one of {string.Join(", ", BiasDomain.Order)}, not '{then}'.");
        }

        r.Close();
        return new(when, then);
    }
}
