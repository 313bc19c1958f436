using System.Collections.Immutable;

namespace IgLoop.Core.Literature;

/// <summary>A systematic review as its events left it. Immutable: <see cref="After"/> gives the next.</summary>
public sealed record Review
{
    public static readonly Review None = new();

    public string Title { get; private init; } = "";
    public string Question { get; private init; } = "";

    /// <summary>The two who judge independently.</summary>
    public IReadOnlyList<string> Reviewers { get; private init; } = [];
    public string? Third { get; private init; }
    public ImmutableList<Imported> Imports { get; private init; } = [];

    /// <summary>Records by number from 0; the id of the first is r1.</summary>
    public ImmutableList<ReviewRecord> Records { get; private init; } = [];

    /// <summary>Extraction forms by study, the latest of each.</summary>
    public ImmutableSortedDictionary<string, Extraction> Extractions { get; private init; } = ImmutableSortedDictionary<string, Extraction>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Risk of bias by study, the latest of each tool and outcome.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<RiskOfBias>> Bias { get; private init; } = ImmutableSortedDictionary<string, ImmutableList<RiskOfBias>>.Empty.WithComparers(StringComparer.Ordinal);

    public bool Exists => Reviewers.Count > 0;

    public ReviewRecord? this[string record] => Number(record) is { } i ? Records[i] : null;

    /// <summary>Records that are no removed duplicates.</summary>
    public IEnumerable<ReviewRecord> Unique => Records.Where(r => r.DuplicateOf is null);

    /// <summary>Studies whose reports were included, with the reports.</summary>
    public IReadOnlyList<(string Id, IReadOnlyList<ReviewRecord> Reports)> Studies =>
        [.. Unique.Where(r => r.Included).GroupBy(r => r.Study, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<ReviewRecord>)[.. g]))];

    /// <summary>Proposals for duplicates among the records that are still there and were not told apart by hand.</summary>
    public IReadOnlyList<Duplicate> Proposals() =>
        [.. Looked().Where(d => !this[d.Record]!.KeptApart)];

    /// <summary>What would be proposed but was told apart by hand: to be looked at again when that was a slip.</summary>
    public IReadOnlyList<Duplicate> ToldApart() => [.. Looked().Where(d => this[d.Record]!.KeptApart)];

    /// <summary>Agreement of the two before anything was settled.</summary>
    /// <param name="stage">Stage.</param>
    /// <param name="maybeGoesOn">True: include and maybe are one group, as both go on to the full text. False: three groups.</param>
    public Agreement AgreementAt(Stage stage, bool maybeGoesOn)
    {
        var groups = maybeGoesOn ? 2 : 3;
        var table = new int[groups][];
        for (var i = 0; i < groups; i++)
        {
            table[i] = new int[groups];
        }

        foreach (var s in Unique.Select(r => r.At(stage)))
        {
            if (s.First is { } a && s.Second is { } b)
            {
                table[Group(a.Verdict)][Group(b.Verdict)]++;
            }
        }

        return Agreement.Of(table);

        int Group(Verdict v) => v switch { Verdict.Exclude => 1, Verdict.Maybe => maybeGoesOn ? 0 : 2, _ => 0 };
    }

    /// <summary>Why an event cannot happen now: one sentence; null when it can.</summary>
    public string? Refusal(ReviewEvent e, string who)
    {
        if (e is Created c)
        {
            return Exists ? "This review exists already."
                : c.Reviewers.Count != 2 || c.Reviewers.Any(string.IsNullOrWhiteSpace) ? "A review needs two reviewers who judge independently; give both names."
                : string.Equals(c.Reviewers[0].Trim(), c.Reviewers[1].Trim(), StringComparison.OrdinalIgnoreCase) ? "The two reviewers need two different names."
                : c.Third is { } third && c.Reviewers.Any(r => string.Equals(r, third, StringComparison.OrdinalIgnoreCase)) ? "The third reviewer must be somebody else than the two."
                : c.Title.Length == 0 ? "Give the review a title." : null;
        }

        if (!Exists)
        {
            return "There is no such review.";
        }

        return e switch
        {
            Screened s => Screening(s, who),
            Settled s => Settling(s, who),
            Sought s => Missing(s.Record) ?? (this[s.Record]!.AwaitsFullText || this[s.Record]!.NotRetrieved ? null : $"{s.Record} did not pass title and abstract, so its full text is not sought."),
            Grouped g => Missing(g.Record) ?? (!this[g.Record]!.Included ? $"{g.Record} is not included, so it belongs to no study."
                : !IsId(g.Study) ? $"'{g.Study}' cannot name a study: use small letters, digits and hyphens, such as ice-2008." : null),
            DuplicatesRemoved d => d.Duplicates.Select(p => Missing(p.Record) ?? Missing(p.Of) ?? (p.Of == p.Record ? $"{p.Record} cannot repeat itself." : null)).FirstOrDefault(p => p is not null),
            KeptApart k => Number(k.Record) is null ? NoRecord(k.Record) : null,
            Extracted x => Studies.All(s => s.Id != x.Study) ? NoStudy(x.Study) : x.Extraction.Check().FirstOrDefault(f => f.Stops)?.ToString(),
            BiasJudged b => Studies.All(s => s.Id != b.Study) ? NoStudy(b.Study) : b.Assessment.Problem(),
            _ => null,
        };
    }

    /// <summary>The review after an event of <paramref name="who"/>.</summary>
    public Review After(ReviewEvent e, string who) => e switch
    {
        Created c => this with { Title = c.Title, Question = c.Question, Reviewers = c.Reviewers, Third = c.Third },
        Imported i => this with { Imports = Imports.Add(i) },
        RecordsAdded a => this with { Records = Records.AddRange(a.Records.Select((c, i) => new ReviewRecord { Id = $"r{Records.Count + i + 1}", Import = Imports.Count, Citation = c, Study = $"r{Records.Count + i + 1}" })) },
        DuplicatesRemoved d => d.Duplicates.Aggregate(this, (r, p) => r.With(p.Record, x => x with { DuplicateOf = p.Of, DuplicateWhy = p.Why, KeptApart = false })),
        KeptApart k => With(k.Record, x => x with { DuplicateOf = null, DuplicateWhy = null, KeptApart = true }),
        Screened s => With(s.Record, x => x.Judged(s.Stage, IndexOf(who), s.Verdict is { } v ? new(v, s.Reason, who) : null)),
        Settled s => With(s.Record, x => x.SettledAt(s.Stage, s.Verdict is { } v ? new(v, s.Reason, who) : null, s.ByThird)),
        Sought s => With(s.Record, x => x with { NotRetrieved = !s.Retrieved, RetrievalNote = s.Note }),
        Grouped g => Renamed(g),
        Extracted x => this with { Extractions = Extractions.SetItem(x.Study, x.Extraction) },
        BiasJudged b => this with { Bias = Bias.SetItem(b.Study, [.. Bias.GetValueOrDefault(b.Study, []).Where(o => o.Tool != b.Assessment.Tool || o.Outcome != b.Assessment.Outcome), b.Assessment]) },
        _ => this,
    };

    /// <summary>0 for the first reviewer, 1 for the second, -1 for anybody else.</summary>
    public int IndexOf(string who) => string.Equals(Reviewers.ElementAtOrDefault(0), who, StringComparison.OrdinalIgnoreCase) ? 0 : string.Equals(Reviewers.ElementAtOrDefault(1), who, StringComparison.OrdinalIgnoreCase) ? 1 : -1;

    /// <summary>An id as the files of the knowledge have them.</summary>
    public static bool IsId(string text) => text is { Length: > 0 and <= 60 } && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-') && text[0] != '-' && text[^1] != '-';

    private string? Screening(Screened s, string who) =>
        Missing(s.Record)
        ?? (IndexOf(who) < 0 ? $"'{who}' is not one of the two reviewers ({string.Join(" and ", Reviewers)})." : null)
        ?? (s.Stage == Stage.FullText && !this[s.Record]!.AwaitsFullText ? $"{s.Record} is not at the full text stage." : null)
        ?? Complete(s.Stage, s.Verdict, s.Reason);

    private string? Settling(Settled s, string who) =>
        Missing(s.Record)
        ?? (s.ByThird && Third is null ? "This review has no third reviewer; settle by consensus." : null)
        ?? (s.ByThird && !string.Equals(who, Third, StringComparison.OrdinalIgnoreCase) ? $"Only {Third} settles as the third reviewer." : null)
        ?? (!s.ByThird && IndexOf(who) < 0 ? $"A consensus is recorded by one of the two reviewers ({string.Join(" and ", Reviewers)})." : null)
        ?? (this[s.Record]!.At(s.Stage) is { First: null } or { Second: null } ? $"Both reviewers must have judged {s.Record} first." : null)
        ?? (s.Verdict == Verdict.Maybe ? "A conflict is settled with include or exclude." : null)
        ?? Complete(s.Stage, s.Verdict, s.Reason);

    private static string? Complete(Stage stage, Verdict? verdict, string? reason) =>
        stage == Stage.FullText && verdict == Verdict.Maybe ? "A full text is included or excluded; maybe is for title and abstract."
        : stage == Stage.FullText && verdict == Verdict.Exclude && string.IsNullOrWhiteSpace(reason) ? "A full text is excluded with a reason; give one." : null;

    private string? Missing(string record) => this[record] is not { } r ? NoRecord(record) : r.DuplicateOf is { } of ? $"{record} was removed as a duplicate of {of}." : null;

    private static string NoRecord(string record) => $"There is no record '{record}' in this review.";

    private static string NoStudy(string study) => $"There is no included study '{study}' in this review.";

    private IReadOnlyList<Duplicate> Looked() => Duplicates.Find(Unique.Select(r => (r.Id, r.Citation)));

    /// <summary>A study that loses its last report to another name takes its extraction and its risk of bias along, unless the other name has its own.</summary>
    private Review Renamed(Grouped g)
    {
        var before = this[g.Record]?.Study;
        var after = With(g.Record, x => x with { Study = g.Study });
        if (before is null || before == g.Study || after.Unique.Any(r => r.Study == before))
        {
            return after;
        }

        if (Extractions.TryGetValue(before, out var extraction) && !Extractions.ContainsKey(g.Study))
        {
            after = after with { Extractions = Extractions.Remove(before).SetItem(g.Study, extraction) };
        }

        return Bias.TryGetValue(before, out var bias) && !Bias.ContainsKey(g.Study) ? after with { Bias = Bias.Remove(before).SetItem(g.Study, bias) } : after;
    }

    private int? Number(string record) =>
        record.Length > 1 && record[0] == 'r' && int.TryParse(record.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= Records.Count ? n - 1 : null;

    private Review With(string record, Func<ReviewRecord, ReviewRecord> change) => Number(record) is { } i ? this with { Records = Records.SetItem(i, change(Records[i])) } : this;
}
