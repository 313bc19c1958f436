using System.Globalization;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;
using IgLoop.Core.Products;

namespace IgLoop.Core.Deciding;

/// <summary>Gives decisions from one knowledge base for one site. The same inputs give the same decision.</summary>
public sealed class Decider(KnowledgeBase knowledge, SiteProfile site, string programVersion)
{
    private readonly ProductRanking ranking = new(knowledge, site);
    private readonly RequestFacts requestFacts = new(knowledge.Facts);
    private readonly MonitoringPlans monitoring = new(knowledge.Monitoring);
    private readonly MissingFacts missingFacts = new(knowledge.Facts);

    public KnowledgeBase Knowledge { get; } = knowledge;

    public SiteProfile Site { get; } = site;

    /// <summary>The decision, in the order in which it is read.</summary>
    /// <exception cref="DosingException">The request cannot be answered: an id that is not known, or a dose above any regimen.</exception>
    public Decision Decide(Chart chart, DecisionRequest request)
    {
        Check(request);
        var resolved = chart.At(Knowledge.Facts, request.At);
        request = RequestFacts.Complete(request, resolved.Facts);
        var recognised = request.Condition is null ? Recognised.In(chart, Knowledge) : [];
        request = recognised is [var one] ? request with { Condition = one.Id } : request;
        var condition = request.Condition is { } id ? Knowledge.Conditions[id] : null;
        var goal = (request.Goal ?? condition?.DefaultGoal) is { } g ? Knowledge.Manifestations[g] : null;
        var leading = request.Authority ?? Site.Authority;
        var facts = Knowledge.Derivations.Apply(requestFacts.Fill(resolved.Facts, request, goal, Site));

        // Nothing is planned for the dead: a dose beside "the patient has died" would be read as one.
        var died = chart.Died ?? (resolved.Facts["deceased"]?.AsBoolean == true ? DateOnly.MinValue : null);
        var dead = died <= request.At;
        var verdicts = condition is null || dead ? [] : Verdicts.Of(condition, facts, request, leading, Knowledge);
        var (regimen, from, locked) = condition is null || request.GPerKg is not null
            ? (null, null, [])
            : Regimens.Choose(condition, verdicts, facts, request.Phase ?? Phase.Induction, leading, Site);
        var gPerKg = dead ? null : request.GPerKg ?? regimen?.CourseGPerKg?.Low;
        facts = requestFacts.Dose(facts, gPerKg);

        var product = request.Product is { } p ? Knowledge.Products[p] : null;
        IReadOnlyList<SafetyRule> rules = [.. Knowledge.Rules, .. condition?.Rules ?? [], .. RulesOfGoal(condition, goal)];
        var withProduct = product is null ? facts : facts.With(ProductFacts.Of(product, Knowledge.Facts));
        var first = Findings.Fired(rules, Knowledge.Derivations.Apply(withProduct), request.Product);
        var (dose, whyNoDose) = dead ? (null, "The record says that the patient has died.") : Dose(request, facts, gPerKg, regimen, leading, first);

        facts = Knowledge.Derivations.Apply(requestFacts.Day(facts, dose));
        var asked = product is null ? facts : facts.With(ProductFacts.Of(product, Knowledge.Facts));
        var (findings, open) = dead ? ([], []) : Findings.Of(rules, asked, request.Product, Site);
        var ranked = dead ? [] : ranking.Of(facts, condition?.RateScopes ?? [], dose is null ? [] : dose.Days.Count > 0 ? dose.Days : dose.RoundedGrams is { } grams ? [grams] : []);
        var (infusion, whyNoInfusion) = Infusions.Of(dose, ranked, request.Product, findings, Site);

        var missing = dead ? [] : missingFacts.Of(verdicts, open, asked, leading, NeededForDose(facts, dose, gPerKg, condition));
        var evidence = GoalEvidence.Of(goal, gPerKg);
        return new Decision
        {
            Request = request,
            Chart = resolved with { Facts = facts },
            Condition = condition,
            Goal = goal,
            Subject = Subjects.Of(request, condition, goal, facts),
            Headline = Headlines.Of(request, new(died), condition, verdicts, findings, missing, evidence, leading, recognised, ranked),
            Verdicts = verdicts,
            Findings = findings,
            OpenRules = open,
            Dose = dose,
            WhyNoDose = whyNoDose,
            Regimen = regimen,
            RegimenFrom = request.GPerKg is { } a ? $"{Words.Number(a)} g/kg as asked" : from is null || regimen is null ? null : $"{from.AuthorityName}, {from.Entry.Edition}: {Line(regimen)}",
            ThenRegimen = request.GPerKg is null && from is not null && request.Phase != Phase.Maintenance ? Then(condition!, from, facts) : null,
            OtherRegimens = OtherRegimens(verdicts, regimen, request.Phase ?? Phase.Induction),
            Products = ranked,
            Infusion = infusion,
            WhyNoInfusion = whyNoInfusion,
            Monitoring = dead ? MonitoringPlan.None : monitoring.For(Course(facts, request, findings, gPerKg, dose, regimen)),
            Review = ReviewPlans.Of(dead ? null : condition, verdicts),
            Missing = missing,
            Evidence = evidence,
            Studies = condition is null ? [] : [.. condition.Studies.Select(s => Knowledge.Studies[s])],
            Conflicts = condition?.Conflicts ?? [],
            Locked = [.. locked, .. LockedNumbers(findings, ranked)],
            KnowledgeHash = Knowledge.Hash,
            ProgramVersion = programVersion,
        };
    }

    /// <summary>
    /// What is known of a goal holds under whichever lupus condition it is asked: half a gram per kilogram for platelets is refused
    /// in general lupus too. Goals are of lupus: they bring no rules into another disease.
    /// </summary>
    private IReadOnlyList<SafetyRule> RulesOfGoal(Condition? condition, Manifestation? goal) =>
        goal?.Condition is { } own && own != condition?.Id && condition is null or { DefaultGoal: not null } ? Knowledge.Conditions[own].Rules : [];

    private (DosePlan? Dose, string? Why) Dose(DecisionRequest request, FactSet facts, decimal? gPerKg, Regimen? regimen, string? leading, IReadOnlyList<SafetyRule> fired)
    {
        if (gPerKg is not { } dose)
        {
            return (null, request.Condition is null ? "No condition and no dose were asked." : "No regimen with a usable number fits; ask for a dose in g/kg, or settle what is missing.");
        }

        var rule = Knowledge.WeightRules[WeightRule(request, leading)];
        if (rule.Provenance.Status == Status.Unverified && Site.Confirms($"weight-rule:{rule.Id}") is null)
        {
            return (null, $"The weight rule {rule.Id} was not verified: confirm weight-rule:{rule.Id} in the site file, or choose another.");
        }

        var build = new Build(SexOf(facts), facts["height"]?.Number, facts["weight"]?.Number, facts["age"]?.Number);
        var split = new SplitFacts(
            request.Days,
            (int?)(regimen?.Days?.Low ?? regimen?.Doses?.Low),
            (int?)(regimen?.Days?.High ?? regimen?.Doses?.High),
            Ids(fired, Effect.FiveDays),
            Ids(fired, Effect.DailyGramsLimit));
        try
        {
            return (DosePlanner.For(rule, build, dose, split, Ids(fired, Effect.RoundDown).Count > 0, Site.Confirms("dosing-weight-above-actual") is not null), null);
        }
        catch (DosingException e) when (e.Code == "missing")
        {
            return (null, e.Message);
        }
    }

    private string WeightRule(DecisionRequest request, string? leading) =>
        request.WeightRule ?? (leading is not null && Knowledge.Authorities.TryGetValue(leading, out var a) ? a.WeightRule : null) ?? Site.WeightRule;

    private static Sex? SexOf(FactSet facts) => facts["sex"]?.Text switch { "female" => Sex.Female, "male" => Sex.Male, _ => null };

    private MonitoredCourse Course(FactSet facts, DecisionRequest request, IReadOnlyList<Finding> findings, decimal? gPerKg, DosePlan? dose, Regimen? regimen) => new()
    {
        Facts = facts,
        Rules = [.. findings.Select(f => f.Rule)],
        GPerKg = gPerKg,
        Days = dose?.Days.Count,
        FirstDay = facts["planned_first_day"]?.AsDate,
        At = request.At,
        VaccineRule = Site.VaccineRule,
        EveryWeeks = request.Phase == Phase.Maintenance ? regimen?.IntervalWeeks?.Low ?? regimen?.IntervalMonths?.Low * 4 : null,
        CourseNumber = request.CourseNumber,
    };

    private List<FactDefinition> NeededForDose(FactSet facts, DosePlan? dose, decimal? gPerKg, Condition? condition)
    {
        var needed = new List<FactDefinition>();
        foreach (var name in dose is null && (gPerKg is not null || condition is not null) ? new[] { "weight", "height", "sex" } : [])
        {
            if (Knowledge.Facts.TryFind(name, out var fact) && facts[fact.Slot] is null)
            {
                needed.Add(fact);
            }
        }

        return needed;
    }

    private static IEnumerable<LockedNumber> LockedNumbers(IReadOnlyList<Finding> findings, IReadOnlyList<RankedProduct> ranked)
    {
        foreach (var finding in findings.Where(f => f.Locked is not null))
        {
            yield return new($"{finding.Rule.Id} {finding.Rule.Name}", "its BLOCK was not verified", $"confirm rule:{finding.Rule.Id} in the site file");
        }

        foreach (var product in ranked.Where(p => p.Refusals.Any(r => r.Rule == "rates-unverified")))
        {
            yield return new($"rates of {product.Product.Brand}", "not read in its label", $"confirm product:{product.Product.Id}:rates in the site file");
        }
    }

    private static List<string> OtherRegimens(IReadOnlyList<Verdict> verdicts, Regimen? chosen, Phase phase) =>
        [.. verdicts.SelectMany(v => v.Entry.Regimens.Where(r => r.Phase == phase && r != chosen && r.CourseGPerKg is not null)
            .Select(r => $"{v.AuthorityName}, {v.Entry.Edition}: {Line(r)}{(r.Status == Status.Unverified ? " (unverified)" : "")}"))];

    /// <summary>How the same authority goes on after the first course, in the same place of therapy; null when it does not say.</summary>
    private static string? Then(Condition condition, Verdict from, FactSet facts)
    {
        var own = condition.Entries.Where(e => e.Id == from.Entry.Id || (e.Authority == from.Authority && e.Authority != "literature" && e.Category == from.Entry.Category));
        var next = own.SelectMany(e => e.Regimens).FirstOrDefault(r => r.Phase == Phase.Maintenance && r.CourseGPerKg is not null && r.Status != Status.Unverified && r.When?.Evaluate(facts) != false);
        return next is null ? null : next.Until.Count switch
        {
            0 => Line(next),
            1 => $"{Line(next)}, until {next.Until[0]}",
            _ => $"{Line(next)}, until {string.Join(" or ", next.Until)}, whichever comes first",
        };
    }

    /// <summary>A regimen in one line.</summary>
    private static string Line(Regimen r)
    {
        var parts = new List<string> { $"{(r.Approximate ? "about " : "")}{r.CourseGPerKg} g/kg" };
        if (r.Days is { } days)
        {
            parts.Add($"over {days} day{(days.High == 1 ? "" : "s")}");
        }

        if (r.Doses is { } doses)
        {
            parts.Add($"in {doses} infusions");
        }

        if (r.IntervalWeeks is { } weeks)
        {
            parts.Add($"every {weeks} weeks");
        }

        if (r.IntervalMonths is { } months)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"every {months} month{(months.High == 1 ? "" : "s")}"));
        }

        if (r.GestationalWeeks.Count > 0)
        {
            parts.Add($"at {Words.And([.. r.GestationalWeeks.Select(Words.Number)])} weeks of pregnancy");
        }

        if (r.IntervalRule is { } rule)
        {
            parts.Add(rule switch { "relapse_interval" => "at the interval at which the patient relapses", "as_needed" => "as needed", _ => "at the longest interval that holds" });
        }

        if (r.StepDownPercentOfInitial is { } percent)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"(each course cut by {percent:0.##} % of the first)"));
        }

        if (r.WhenText is { } when)
        {
            parts.Add($"if {when}");
        }

        return string.Join(" ", parts);
    }

    private static List<string> Ids(IReadOnlyList<SafetyRule> fired, Effect effect) => [.. fired.Where(r => r.Effects.Contains(effect)).Select(r => r.Id)];

    private void Check(DecisionRequest request)
    {
        Known(request.Condition, "condition", Knowledge.Conditions.Keys);
        Known(request.Goal, "goal", Knowledge.Manifestations.Keys);
        Known(request.Product, "product", Knowledge.Products.Keys);
        Known(request.Authority, "authority", Knowledge.Authorities.Keys);
        Known(request.WeightRule, "weight_rule", Knowledge.WeightRules.Keys);
        if (request.GPerKg is { } dose)
        {
            DosePlanner.CheckDose(dose);
        }

        if (request.Days is < 1 or > 30)
        {
            throw new DosingException("bad-value", $"A course of {request.Days} days cannot be planned; give 1 to 30.", "days");
        }

        if (request.CourseNumber is < 1)
        {
            throw new DosingException("bad-value", "The course number starts at 1.", "course_number");
        }
    }

    private static void Known(string? id, string what, IEnumerable<string> known)
    {
        if (id is not null && !known.Contains(id))
        {
            var all = known.Order(StringComparer.Ordinal).ToList();
            var near = Spelling.Nearest(id, all, 1);
            throw new DosingException($"unknown-{what}", $"There is no {what.Replace('_', ' ')} '{id}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ";")}{(all.Count > 30 ? (near.Count > 0 ? "" : " 'igloop knowledge list' shows what there is.") : $" {(near.Count > 0 ? "Known" : "known")} are {string.Join(", ", all)}.")}", what);
        }
    }
}
