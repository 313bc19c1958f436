using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>What each authority says of a request.</summary>
internal static class Verdicts
{
    /// <summary>One verdict an entry that speaks of this request, the leading authority first, then in the order of the file.</summary>
    public static IReadOnlyList<Verdict> Of(Condition condition, FactSet facts, DecisionRequest request, string? leading, KnowledgeBase knowledge)
    {
        var verdicts = new List<Verdict>(condition.Entries.Count);
        foreach (var entry in condition.Entries)
        {
            // An entry that speaks of another phase or subtype is left out; one that may speak of it stays.
            if (entry.Applies?.Evaluate(facts) == false)
            {
                continue;
            }

            verdicts.Add(Of(entry, facts, request, knowledge.Authorities[entry.Authority].Name));
        }

        return leading is null ? verdicts : [.. verdicts.OrderBy(v => v.Authority == leading ? 0 : 1)];
    }

    private static Verdict Of(AuthorityEntry entry, FactSet facts, DecisionRequest request, string authorityName)
    {
        var qualifying = entry.Qualifying?.Explain(facts);
        var exclusions = new List<Explanation>();
        var met = new List<string>();
        bool? excluded = false;
        foreach (var exclusion in entry.Exclusions)
        {
            if (exclusion.When is { } when)
            {
                var why = when.Explain(facts);
                exclusions.Add(why);
                if (why.Result == true)
                {
                    met.Add(exclusion.Text);
                }

                excluded = Or(excluded, why.Result);
            }
        }

        var applies = entry.Applies is null ? true : entry.Applies.Evaluate(facts);
        var (kind, reason) = Judge(entry, applies, qualifying?.Result, excluded, met, entry.Silent?.When?.Evaluate(facts) == true, TooMany(entry, facts, request));
        return new Verdict
        {
            Authority = entry.Authority,
            AuthorityName = authorityName,
            Entry = entry,
            Kind = kind,
            Reason = reason,
            Missing = kind == VerdictKind.SupportedIf ? MissingOf(entry, facts) : [],
            Qualifying = qualifying,
            Exclusions = exclusions,
            Unverified = Unverified(entry, kind),
        };
    }

    private static (VerdictKind Kind, string Reason) Judge(AuthorityEntry entry, bool? applies, bool? qualifies, bool? excluded, List<string> met, bool silent, int? atMost)
    {
        if (entry.Retired)
        {
            return (VerdictKind.DoesNotCover, "Withdrawn by its authors; kept for history only.");
        }

        switch (entry.Category)
        {
            case Category.NotMentioned:
                return (VerdictKind.DoesNotCover, "Not mentioned in the part that was read; that is not a no.");
            case Category.EvidenceOnly:
                return (VerdictKind.DoesNotCover, "Evidence, not a decision of an authority.");
            case Category.InsufficientEvidence:
                return (VerdictKind.DoesNotCover, "Found the evidence insufficient to recommend either way.");
            case Category.NotSupported:
                return (VerdictKind.NotSupported, "Says not to use it.");
            case Category.NotCommissioned:
                return (VerdictKind.NotSupported, qualifies switch
                {
                    true => "Not funded; an individual funding request could be made, and its stated grounds are met.",
                    false => "Not funded; the stated grounds for an individual funding request are not met.",
                    null when entry.Qualifying is not null => "Not funded; an individual funding request depends on facts that are missing.",
                    null => "Not funded; only by individual funding request.",
                });
        }

        if (excluded == true)
        {
            return (VerdictKind.NotSupported, $"Excluded: {string.Join("; ", met)}.");
        }

        if (silent)
        {
            return (VerdictKind.DoesNotCover, $"Says nothing of {entry.Silent!.Text}; that is not a no, and no permission either.");
        }

        if (atMost is { } most)
        {
            return (VerdictKind.NotSupported, $"At most {most} {(most == 1 ? "course" : "courses")}.");
        }

        if (entry.Qualifying is not null && qualifies == false)
        {
            return (VerdictKind.NotSupported, "Its criteria are not met.");
        }

        if (applies is null || excluded is null || (entry.Qualifying is not null && qualifies is null))
        {
            return (VerdictKind.SupportedIf, entry.QualifyingText is { } text ? $"If {text}." : applies is null ? $"If this is {entry.Scope ?? "of whom it speaks"}." : $"If not excluded: {string.Join("; ", entry.Exclusions.Where(x => x.When is not null).Select(x => x.Text))}.");
        }

        return (VerdictKind.Supported, $"{Words(entry.Category)}{(entry.Qualifying is null ? "; the source read states no further criteria" : "; its criteria are met")}.");
    }

    /// <summary>The ceiling on courses that the request exceeds; null when none of its regimens sets one or the course is not numbered.</summary>
    private static int? TooMany(AuthorityEntry entry, FactSet facts, DecisionRequest request)
    {
        if (request.CourseNumber is null or 1)
        {
            return null;
        }

        var phase = request.Phase ?? Phase.Induction;
        var regimens = entry.Regimens.Where(r => r.Phase == phase && r.When?.Evaluate(facts) != false).ToList();
        return regimens.Count > 0 && regimens.TrueForAll(r => r.MaxCourses is not null) && regimens.Max(r => r.MaxCourses) is { } most && request.CourseNumber > most ? most : null;
    }

    /// <summary>The facts without value in the parts that are not settled.</summary>
    private static List<FactDefinition> MissingOf(AuthorityEntry entry, FactSet facts)
    {
        var missing = new List<FactDefinition>();
        Add(entry.Applies);
        Add(entry.Qualifying);
        foreach (var exclusion in entry.Exclusions)
        {
            Add(exclusion.When);
        }

        return missing;

        void Add(Criterion? criterion)
        {
            if (criterion is null || criterion.Evaluate(facts) is not null)
            {
                return;
            }

            foreach (var fact in criterion.Facts)
            {
                if (facts[fact.Slot] is null && !missing.Contains(fact))
                {
                    missing.Add(fact);
                }
            }
        }
    }

    private static bool Unverified(AuthorityEntry entry, VerdictKind kind) =>
        entry.Provenance.Of("category") == Status.Unverified
        || (kind != VerdictKind.DoesNotCover && entry.Qualifying is not null && entry.Provenance.Of("qualifying") == Status.Unverified);

    internal static string Words(Category category) => category switch
    {
        Category.FirstLine => "First line",
        Category.SecondLine => "Second line",
        Category.ThirdLineOrLater => "Third line or later",
        Category.Emerging => "Emerging role",
        Category.Exceptional => "In exceptional circumstances only",
        Category.RecommendedIndication => "Recommended indication",
        Category.NotCommissioned => "Not funded",
        Category.NotSupported => "Not supported",
        Category.InsufficientEvidence => "Insufficient evidence",
        Category.NotMentioned => "Not mentioned",
        _ => "Evidence only",
    };

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;
}
