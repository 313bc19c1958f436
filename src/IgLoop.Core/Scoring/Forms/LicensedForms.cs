using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>Forms whose wording belongs to others: numbers that were written on the licensed form are checked and added, no text is held.</summary>
internal static class LicensedForms
{
    private static readonly string[] Dimensions = ["mobility", "self_care", "usual_activities", "pain_discomfort", "anxiety_depression"];

    /// <summary>
    /// I-RODS: the raw score, or the numbers of its 24 answers. The published table from raw score to centile was not found; only its two
    /// ends are known, and a raw score over 48 is not it.
    /// </summary>
    public static ScoreResult Irods(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var instrument = knowledge.Instruments["irods"];
        var total = instrument.Total("raw")!;
        var most = instrument.Number("answer_most");
        var items = (int)instrument.Number("items");
        decimal low, high;
        var notApplicable = 0;
        if (inputs.Value("items") is Given.List list)
        {
            // What a patient never does ("not applicable") is no answer and no zero.
            notApplicable = list.Items.Count(IsNotApplicable);
            var answers = list.Items.Select((x, n) => IsNotApplicable(x) || ScoreInputs.NumberOf(x, $"items[{n}]", null) is not { } v ? (decimal?)null : ScoreInputs.Within(v, 0, most, $"items[{n}]")).ToList();
            if (answers.Count != items)
            {
                throw new ScoringException("count", $"items has {answers.Count} answers, but there are {items}; write null for what is unknown.", "items");
            }

            if (answers.FirstOrDefault(a => a is { } v && v != Math.Floor(v)) is { } broken)
            {
                throw new ScoringException("not_whole", $"items must be 0, 1 or 2, not {ScoreInputs.Show(broken)}.", "items");
            }

            low = answers.Sum(a => a ?? 0);
            high = answers.Sum(a => a ?? most);
        }
        else
        {
            _ = inputs.Numbers("items");
            var raw = inputs.Number("raw_given", total.Low, total.High) ?? inputs.Number("raw", total.Low, total.High);
            if (raw is null && !inputs.Has("raw_given") && !inputs.Has("raw") && !inputs.Has("items"))
            {
                throw inputs.Missing("raw_given", "the raw score of the licensed form");
            }

            (low, high) = raw is { } r ? (r, r) : (total.Low, total.High);
        }

        var known = low == high;
        var end = known && (low == total.Low || low == total.High);
        return new()
        {
            Instrument = "irods",
            Version = instrument.Version,
            Totals = [new(total, known ? low : null, low, high)],
            Values =
            [
                ("raw", Given.Of(known ? low : (decimal?)null)), ("lower", Given.Of(low)), ("upper", Given.Of(high)), ("max", Given.Of(total.High)),
                ("centile", Given.Of(end ? low == total.Low ? 0m : 100m : (decimal?)null)),
            ],
            Missing = known ? [] : ["items"],
            Flags = notApplicable > 0 ? ["not_applicable"] : [],
            Unverified = end ? ["centile at the ends of the scale"] : [],
            Working = [known ? $"raw score {ScoreInputs.Show(low)} of {ScoreInputs.Show(total.High)}" : $"raw score between {ScoreInputs.Show(low)} and {ScoreInputs.Show(high)}", .. end ? (string[])[] : ["no centile: the published table is needed, a raw score over 48 is not it"]],
        };
    }

    private static bool IsNotApplicable(Given answer) => answer is Given.Text { Value: "not_applicable" or "n/a" or "na" };

    /// <summary>EQ-5D: whether a profile is possible. An index comes from the value set of a country, which the site enters; none is held.</summary>
    public static ScoreResult Eq5d(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var version = inputs.NeedWord("version", "3L", "5L");
        var levels = version[0] - '0';
        var index = inputs.Number("index", -1, 1);
        var vas = inputs.Number("vas", 0, 100);
        var profile = inputs.Text("profile");
        var wrong = profile is null ? "no profile" : profile.Length != Dimensions.Length ? $"{profile.Length} digits instead of {Dimensions.Length}: every dimension must be answered" : null;
        for (var n = 0; wrong is null && n < Dimensions.Length; n++)
        {
            var level = profile![n] - '0';
            wrong = level < 1 || level > levels ? $"level {profile[n]} of {ScoreNames.Plain(Dimensions[n])} does not exist in {version}" : null;
        }

        return ScoreResult.Of(
            "eq5d",
            ("valid", wrong is not null && profile is null ? Given.Nothing : Given.Of(wrong is null)),
            ("profile", Given.Of(profile)),
            ("index", Given.Of(wrong is null ? index : null)),
            ("vas", Given.Of(vas))) with
        {
            Version = version,
            Missing = profile is null ? ["profile"] : [],
            Working = [wrong ?? string.Join(", ", Dimensions.Select((d, n) => $"{d.Replace('_', ' ')} {profile![n]}")), .. wrong is null && index is null ? (string[])["no index: enter the one of your value set"] : []],
        };
    }

    /// <summary>One scale of SF-36 or RAND-36 from answers recoded to 0..100: their mean, when at least half were answered.</summary>
    public static ScoreResult Sf36Scale(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var instrument = knowledge.Instruments["sf36"];
        var items = inputs.Whole("n_items", 1, 36) ?? throw inputs.Missing("n_items", "the number of items of the scale");
        var answers = inputs.Numbers("recoded", 0, 100)?.OfType<decimal>().ToList() ?? [];
        var answered = inputs.Whole("answered", 0, items) ?? answers.Count;
        if (answered != answers.Count)
        {
            throw new ScoringException("count", $"answered is {answered}, but recoded holds {answers.Count} answers.", "answered");
        }

        if (answers.Count > items)
        {
            throw new ScoringException("count", $"recoded holds {answers.Count} answers, but the scale has {items} items.", "recoded");
        }

        var rand = inputs.Word("rule", "half", "rand") == "rand";
        var half = rand ? 0 : instrument.Number("half");
        decimal? score = answered > 0 && answered >= half * items ? Math.Round(answers.Average(), 2, MidpointRounding.AwayFromZero) : null;
        return ScoreResult.Of("sf36_scale", ("score", Given.Of(score)), ("answered", Given.Of(answered)), ("n_items", Given.Of(items))) with
        {
            Version = instrument.Version,
            Unverified = [rand ? "rule of RAND" : "half rule"],
            Missing = score is null ? ["recoded"] : [],
            Working = [$"{answered} of {items} items answered, at least {(rand ? "one" : ScoreInputs.Show(half * items))} needed" + (score is { } s ? $"; mean {ScoreInputs.Show(s)}" : "; no score")],
        };
    }
}
