using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>conditions/*.yaml</c>.</summary>
internal static class ConditionFiles
{
    public static IReadOnlyDictionary<string, Condition> Read(Loading loading)
    {
        var all = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("conditions"))
        {
            var id = Loading.IdOf(file, b);
            _ = b.Name<Status>("codes_status", Status.Unverified);
            all[id] = new Condition
            {
                Id = id,
                Name = b.Text("name"),
                Place = b.Place,
                Codes = b.ListsByKey("codes"),
                RateScopes = b.Texts("rate_scopes"),
                DefaultGoal = loading.Reference(b, "default_goal", "manifestations"),
                Entries = Entries(loading, b),
                Rules = [.. b.Inners("rules").Select(r => SafetyFiles.Rule(loading, r)).OfType<SafetyRule>()],
                Measures = b.Texts("measures"),
                MeasureIds = loading.References(b, "measure_ids", "instruments"),
                Studies = loading.References(b, "studies", "evidence"),
                Conflicts = [.. b.Inners("conflicts").Select(c => Conflict(loading, c))],
                Note = b.OptionalText("note"),
            };
            b.Close();
        }

        return all;
    }

    private static List<AuthorityEntry> Entries(Loading loading, Block condition)
    {
        var entries = new List<AuthorityEntry>();
        foreach (var b in condition.Inners("authorities"))
        {
            var entry = Entry(loading, b);
            if (entries.Exists(e => e.Id == entry.Id))
            {
                b.Problem("id", $"'{entry.Id}' is used twice in this condition.");
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static AuthorityEntry Entry(Loading loading, Block b)
    {
        var provenance = loading.Provenance(b);
        var qualifying = b.Inner("qualifying");
        var entry = new AuthorityEntry
        {
            Id = b.Text("id"),
            Authority = loading.Reference(b, "authority", "authorities") ?? Missing(b, "authority"),
            Edition = b.Text("edition"),
            Scope = b.OptionalText("scope"),
            Category = b.Name<Category>("category"),
            CategoryAsStated = b.OptionalText("category_as_stated"),
            Level = b.OptionalText("level"),
            Approval = b.OptionalText("approval"),
            Priority = b.OptionalText("priority"),
            Applies = loading.Cql(b, "applies"),
            Qualifying = qualifying is null ? null : loading.Cql(qualifying, "when"),
            QualifyingText = qualifying?.Text("text"),
            Exclusions = [.. b.Inners("exclusions").Select(x =>
            {
                var exclusion = new Exclusion(x.Text("text"), loading.Cql(x, "when"), x.Name<Status>("status", provenance.Of("exclusions")));
                x.Close();
                return exclusion;
            })],
            Silent = b.Inner("silent") is { } silent ? Silence(loading, silent) : null,
            Regimens = [.. b.Inners("regimens").Select(r => Regimen(loading, r, provenance))],
            Review = b.Inner("review") is { } review ? Review(loading, review, provenance) : null,
            Stop = b.Texts("stop"),
            Retired = b.Flag("retired"),
            Alternatives = b.Texts("alternatives"),
            QuantityLimits = [.. b.Inners("quantity_limits").Select(Limit)],
            Findings = b.Texts("findings"),
            Caution = b.OptionalText("caution"),
            Note = b.OptionalText("note"),
            Provenance = provenance,
            Place = b.Place,
        };
        if (qualifying is not null && !qualifying.Has("when"))
        {
            qualifying.Problem("when", "is missing: say in CQL what must be true.");
        }

        qualifying?.Close();
        b.Close();
        return entry;
    }

    private static Silence Silence(Loading loading, Block b)
    {
        var silence = new Silence(b.Text("text"), loading.Cql(b, "when"));
        if (silence.When is null && !b.Has("when"))
        {
            b.Problem("when", "is missing: say in CQL of which request the source says nothing.");
        }

        b.Close();
        return silence;
    }

    private static Regimen Regimen(Loading loading, Block b, Provenance entry)
    {
        var phase = b.Name<Phase>("phase");
        var (weeks, months) = Interval(b);
        var regimen = new Regimen
        {
            Id = b.Text("id"),
            Phase = phase,
            When = loading.Cql(b, "when"),
            WhenText = b.OptionalText("when_text"),
            TotalGPerKg = b.Range("total", "g/kg"),
            DoseGPerKg = b.Range("dose", "g/kg"),
            DailyGPerKg = b.Number("daily", "g/kg"),
            MaxDailyGPerKg = b.Number("max_daily", "g/kg"),
            Days = b.CountRange("days"),
            Doses = b.CountRange("doses"),
            IntervalWeeks = weeks,
            IntervalMonths = months,
            IntervalRule = b.OptionalText("interval_rule"),
            MaxIntervalMonths = b.Number("max_interval", "mo"),
            MaxCourses = b.Integer("max_courses"),
            Courses = b.CountRange("courses"),
            StepDownPercentOfInitial = b.Number("step_down", "%"),
            MaxMonths = b.Number("max_duration", "mo"),
            Until = b.Texts("until"),
            Repeats = [.. b.Inners("repeat").Select(Repeat)],
            GestationalWeeks = [.. b.Texts("gestational_weeks").Select(t => Week(b, t))],
            Approximate = b.Flag("approximate"),
            Note = b.OptionalText("note"),
            Status = b.Name<Status>("status", entry.Of(phase == Phase.Induction ? "induction" : "maintenance")),
        };
        b.Close();
        return regimen;
    }

    private static (Range? Weeks, Range? Months) Interval(Block b)
    {
        if (b.OptionalText("interval") is not { } text)
        {
            return (null, null);
        }

        return Amount.TryParse(text, out var a) && a.Unit == "mo" ? (null, b.Range("interval", "mo")) : (b.Range("interval", "wk"), null);
    }

    private static Repeat Repeat(Block b)
    {
        var after = b.OptionalText("after") is { } text && Amount.TryParse(text, out var a) ? a.Unit : null;
        var repeat = new Repeat(
            b.OptionalFlag("allowed") ?? true,
            b.Integer("max_extra"),
            b.OptionalText("when"),
            after == "h" ? b.Range("after", "h") : null,
            after == "d" ? b.Range("after", "d") : null,
            after is not ("h" or "d") ? b.Range("after", "wk") : null,
            b.Range("dose", "g/kg"),
            b.OptionalText("approval"),
            b.OptionalText("note"));
        b.Close();
        return repeat;
    }

    private static ReviewRule Review(Loading loading, Block b, Provenance entry)
    {
        var review = new ReviewRule
        {
            FirstMonths = b.Number("first", "mo"),
            ThenMonths = b.Number("then", "mo"),
            By = b.OptionalText("by"),
            Instruments = b.Texts("instruments"),
            Success = b.Texts("success"),
            ImprovedMeasures = b.Integer("improved_measures"),
            How = b.Texts("how"),
            InstrumentIds = loading.References(b, "ids", "instruments"),
            BetterIf = [.. b.Inners("better_if").Select(l => Limit(loading, l, entry))],
            Bundle = loading.Reference(b, "bundle", "instruments"),
            AsInstrument = loading.Reference(b, "as", "instruments"),
            Status = b.Name<Status>("status", entry.Of("review")),
        };
        b.Close();
        return review;
    }

    /// <summary>A change that counts: <c>{of: mgc, fall: 3}</c> or <c>{of: mrc_sum, rise: 1}</c>.</summary>
    private static ReviewLimit Limit(Loading loading, Block b, Provenance entry)
    {
        var of = loading.Reference(b, "of", "instruments") ?? "";
        var (fall, rise) = (b.Count("fall"), b.Count("rise"));
        if (of.Length == 0 || fall is null == rise is null)
        {
            b.Problem("of", "must name an instrument, with either fall or rise: the least change in points.");
        }

        var limit = new ChangeLimit(of, b.OptionalText("name") ?? $"{of} {(rise is null ? "lower" : "higher")} by {fall ?? rise}", null, "improvement", fall ?? rise, null, null, rise is not null, false, true, null, entry);
        b.Close();
        return new(of, limit);
    }

    private static QuantityLimit Limit(Block b)
    {
        if (!b.Has("grams") || !b.Has("over"))
        {
            b.Problem("grams", "and over must both be there: the grams and the days in which they are supplied.");
        }

        var limit = new QuantityLimit(b.Name<Phase>("phase"), b.Number("grams", "g") ?? 0, b.Number("over", "d") ?? 0, b.OptionalText("note"));
        b.Close();
        return limit;
    }

    private static Conflict Conflict(Loading loading, Block b)
    {
        var conflict = new Conflict(b.Text("topic"), b.Texts("sides"), b.Texts("source"));
        if (conflict.Sides.Count < 2)
        {
            b.Problem("sides", "must hold at least two sides.");
        }

        foreach (var source in conflict.Sources)
        {
            loading.Cited(b, "source", source);
        }

        b.Close();
        return conflict;
    }

    private static decimal Week(Block b, string text)
    {
        if (decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var week))
        {
            return week;
        }

        b.Problem("gestational_weeks", $"must list weeks of pregnancy, not '{text}'.");
        return 0;
    }

    private static string Missing(Block b, string key)
    {
        b.Problem(key, "is missing.");
        return "";
    }
}
