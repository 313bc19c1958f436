using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Whose regimen a decision follows when no dose was asked.</summary>
internal static class Regimens
{
    /// <summary>
    /// The regimen of the leading authority if it has one for the phase, then of those that support, that support under conditions,
    /// then of the literature, then of those that do not support. An unverified regimen is used only when the site confirmed it.
    /// Variants of different grams of which none is settled give no dose: in myasthenia gravis England gives 2 g/kg in crisis and
    /// 1 g/kg otherwise, and while crisis is unknown either would be a guess. The leading authority's guess is not replaced by another's dose.
    /// </summary>
    public static (Regimen? Regimen, Verdict? From, IReadOnlyList<LockedNumber> Locked) Choose(Condition condition, IReadOnlyList<Verdict> verdicts, FactSet facts, Phase phase, string? leading, SiteProfile site)
    {
        var locked = new List<LockedNumber>();
        foreach (var verdict in verdicts.OrderBy(v => v.Authority == leading ? 0 : 1).ThenBy(v => Order(v.Kind)).ThenBy(v => Plainness(v.Entry, phase)))
        {
            if (Undecided(verdict.Entry, phase, facts) is { Count: > 0 } open)
            {
                locked.Add(new(
                    $"{verdict.AuthorityName}: {string.Join("; ", open.Select(r => $"{r.CourseGPerKg} g/kg if {r.WhenText ?? r.When!.Text}"))} ({verdict.Entry.Edition})",
                    "which of these applies is not settled",
                    $"find out: {string.Join(", ", open.SelectMany(r => r.When!.Facts).Where(f => facts[f.Slot] is null).Select(f => f.Name).Distinct(StringComparer.Ordinal))}"));
                if (leading is not null && verdict.Authority == leading)
                {
                    return (null, null, locked);
                }

                continue;
            }

            foreach (var regimen in Variants(verdict.Entry, phase, facts))
            {
                if (regimen.CourseGPerKg is null)
                {
                    continue;
                }

                var key = $"regimen:{condition.Id}:{verdict.Entry.Id}:{regimen.Id}";
                if (regimen.Status == Status.Unverified && site.Confirms(key) is null)
                {
                    locked.Add(new(
                        $"{verdict.AuthorityName}: {regimen.CourseGPerKg} g/kg ({verdict.Entry.Edition})",
                        "the number was not verified in the source",
                        $"confirm {key} in the site file"));
                    continue;
                }

                return (regimen, verdict, locked);
            }
        }

        return (null, null, locked);
    }

    /// <summary>The variants that may hold, when none does and their grams differ; otherwise none.</summary>
    private static List<Regimen> Undecided(AuthorityEntry entry, Phase phase, FactSet facts)
    {
        var open = new List<Regimen>();
        foreach (var regimen in entry.Regimens.Where(r => r.Phase == phase))
        {
            switch (regimen.When is null ? true : regimen.When.Evaluate(facts))
            {
                case true:
                    return [];
                case null:
                    open.Add(regimen);
                    break;
            }
        }

        return open.Select(r => r.CourseGPerKg).Distinct().Count() > 1 ? open : [];
    }

    /// <summary>Variants that hold come first, then those without condition, then those that may hold.</summary>
    private static IEnumerable<Regimen> Variants(AuthorityEntry entry, Phase phase, FactSet facts) => entry.Regimens
        .Where(r => r.Phase == phase)
        .Select(r => (Regimen: r, Holds: r.When is null ? (bool?)true : r.When.Evaluate(facts), Plain: r.When is null))
        .Where(r => r.Holds != false)
        .OrderBy(r => (r.Holds, r.Plain) switch { (true, false) => 0, (true, true) => 1, _ => 2 })
        .Select(r => r.Regimen);

    /// <summary>Of equals, the regimen that says over how many days comes first: less has to be assumed.</summary>
    private static int Plainness(AuthorityEntry entry, Phase phase) =>
        entry.Regimens.Any(r => r.Phase == phase && (r.Days is not null || r.Doses is not null)) ? 0 : 1;

    private static int Order(VerdictKind kind) => kind switch
    {
        VerdictKind.Supported => 0,
        VerdictKind.SupportedIf => 1,
        VerdictKind.DoesNotCover => 2,
        _ => 3,
    };
}
