using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Whose regimen a decision follows when no dose was asked.</summary>
internal static class Regimens
{
    /// <summary>
    /// The regimen of the leading authority if it has one for the phase, then of those that support, that support under conditions,
    /// then of the literature, then of those that do not support. An unverified regimen is used only when the site confirmed it.
    /// </summary>
    public static (Regimen? Regimen, Verdict? From, IReadOnlyList<LockedNumber> Locked) Choose(Condition condition, IReadOnlyList<Verdict> verdicts, FactSet facts, Phase phase, string? leading, SiteProfile site)
    {
        var locked = new List<LockedNumber>();
        foreach (var verdict in verdicts.OrderBy(v => v.Authority == leading ? 0 : 1).ThenBy(v => Order(v.Kind)))
        {
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

    /// <summary>Variants that hold come first, then those without condition, then those that may hold.</summary>
    private static IEnumerable<Regimen> Variants(AuthorityEntry entry, Phase phase, FactSet facts) => entry.Regimens
        .Where(r => r.Phase == phase)
        .Select(r => (Regimen: r, Holds: r.When is null ? (bool?)true : r.When.Evaluate(facts), Plain: r.When is null))
        .Where(r => r.Holds != false)
        .OrderBy(r => (r.Holds, r.Plain) switch { (true, false) => 0, (true, true) => 1, _ => 2 })
        .Select(r => r.Regimen);

    private static int Order(VerdictKind kind) => kind switch
    {
        VerdictKind.Supported => 0,
        VerdictKind.SupportedIf => 1,
        VerdictKind.DoesNotCover => 2,
        _ => 3,
    };
}
