using System.Globalization;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>What a site has chosen: whose word comes first, whose labels count, which weight rule, and what it has confirmed.</summary>
public sealed record SiteProfile
{
    public required string Name { get; init; }

    /// <summary>Authority whose verdict leads; null: all equally.</summary>
    public string? Authority { get; init; }

    /// <summary>Jurisdiction of product labels: US, EU or AU.</summary>
    public required string Labels { get; init; }

    /// <summary>Id in <c>weight-rules/</c>.</summary>
    public required string WeightRule { get; init; }

    /// <summary>acip or eu.</summary>
    public required string VaccineRule { get; init; }
    public required IReadOnlyList<Confirmation> Confirmations { get; init; }

    /// <summary>All authorities equally, US labels, adjusted weight from BMI 30, ACIP vaccine intervals.</summary>
    public static SiteProfile International { get; } = new()
    {
        Name = "international",
        Labels = "US",
        WeightRule = "international",
        VaccineRule = "acip",
        Confirmations = [],
    };

    /// <summary>The confirmation that unlocks <paramref name="what"/>, for example <c>product:gammaked:rates</c> or <c>rule:C08</c>; null when none does.</summary>
    public Confirmation? Confirms(string what)
    {
        foreach (var c in Confirmations)
        {
            if (c.What == what)
            {
                return c;
            }
        }

        return null;
    }

    /// <summary>Reads a site file; problems name file, line and key.</summary>
    public static SiteProfile? Read(KnowledgeFile file, List<KnowledgeProblem> problems)
    {
        if (Block.Open(file, problems) is not { } b)
        {
            return null;
        }

        var before = problems.Count;
        var site = new SiteProfile
        {
            Name = b.Text("name"),
            Authority = b.OptionalText("authority"),
            Labels = b.OptionalText("labels") ?? International.Labels,
            WeightRule = b.OptionalText("weight_rule") ?? International.WeightRule,
            VaccineRule = b.OptionalText("vaccine_rule") ?? International.VaccineRule,
            Confirmations = [.. b.Inners("confirmations").Select(Confirmation)],
        };
        if (site.Labels is not ("US" or "EU" or "AU"))
        {
            b.Problem("labels", $"must be US, EU or AU, not '{site.Labels}'.");
        }

        if (site.VaccineRule is not ("acip" or "eu"))
        {
            b.Problem("vaccine_rule", $"must be acip or eu, not '{site.VaccineRule}'.");
        }

        b.Close();
        return problems.Count == before ? site : null;
    }

    private static Confirmation Confirmation(Block b)
    {
        var on = b.Text("on");
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            b.Problem("on", $"must be a date such as 2026-11-22, not '{on}'.");
        }

        var confirmation = new Confirmation(b.Text("what"), b.Text("by"), date, b.Text("reference"));
        b.Close();
        return confirmation;
    }
}

/// <summary>A named person of the site read the source of an unverified number and stands for it.</summary>
/// <param name="What">What is confirmed: <c>product:ID:rates</c>, <c>rule:ID</c>, <c>regimen:CONDITION:ENTRY:REGIMEN</c> …</param>
/// <param name="By">Who.</param>
/// <param name="On">When.</param>
/// <param name="Reference">What was read, with its edition.</param>
public sealed record Confirmation(string What, string By, DateOnly On, string Reference);
