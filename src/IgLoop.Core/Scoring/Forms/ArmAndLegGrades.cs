using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>Grades of the overall neuropathy limitations scale and of INCAT, worked out from what the patient says.</summary>
internal static class ArmAndLegGrades
{
    private const int OnlsFunctions = 5;
    private const int IncatFunctions = 4;

    /// <summary>
    /// The arm grade from five functions, each <c>not</c>, <c>affected</c> or <c>prevented</c> (null: unknown). It can only rise with each
    /// of them, so the grades with every unknown at its best and at its worst enclose the true one.
    /// </summary>
    public static ScoreResult OnlsArm(KnowledgeBase knowledge, ScoreInputs inputs) => Arm("onls_arm", OnlsFunctions, Onls, inputs);

    /// <summary>The same of INCAT from four functions: one or two prevented give 3, three or all give 4 while some purposeful movement is left.</summary>
    public static ScoreResult IncatArm(KnowledgeBase knowledge, ScoreInputs inputs) => Arm("incat_arm", IncatFunctions, Incat, inputs);

    private static ScoreResult Arm(string id, int count, Func<bool, IReadOnlyList<int>, bool, int> grade, ScoreInputs inputs)
    {
        var symptoms = inputs.Flag("symptoms");
        var purposeful = inputs.Flag("purposeful_movement");
        var functions = inputs.Value("functions") switch
        {
            Given.List l when l.Items.Count == count => l.Items.Select((f, n) => Function(f, $"functions[{n}]")).ToList(),
            Given.List l => throw new ScoringException("count", $"functions has {l.Items.Count} answers, but there are {count} functions; write null for what is unknown.", "functions"),
            null or Given.Null => [.. Enumerable.Repeat((int?)null, count)],
            var other => throw new ScoringException("bad_value", $"functions must be a list of {count} answers, not {other.Show()}.", "functions"),
        };
        var best = grade(symptoms ?? false, [.. functions.Select(f => f ?? 0)], purposeful ?? true);
        var worst = grade(symptoms ?? true, [.. functions.Select(f => f ?? 2)], purposeful ?? false);
        return Graded(id, "arm", best, worst, $"{functions.Count(f => f == 2)} prevented, {functions.Count(f => f == 1)} affected, {functions.Count(f => f is null)} unknown of {count} functions");
    }

    /// <summary>
    /// The leg grade by a ladder of questions. A question that was not put, because the one before answered it, counts as no; one that is
    /// given as null is unknown.
    /// </summary>
    public static ScoreResult OnlsLeg(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var (affectedLow, affectedHigh) = Bounds(inputs, "walk_stairs_run_affected");
        var (gaitLow, gaitHigh) = Bounds(inputs, "gait_abnormal");
        var (chairLow, chairHigh) = Bounds(inputs, "wheelchair");
        var (boundLow, boundHigh) = Bounds(inputs, "bed_or_wheelchair");

        // Who cannot stand and walk one metre with help is bound to the chair.
        var stands = inputs.Flag("stand_walk_1m") ?? inputs.Flag("can_stand_walk_1m");
        (boundLow, boundHigh) = (boundLow || (chairLow && stands == false), boundHigh || (chairHigh && stands == false));
        var support = inputs.Word("support_10m", "none", "unilateral", "bilateral");
        var supportUnknown = inputs.Has("support_10m") && support is null;
        var steps = support switch { "unilateral" => 1, "bilateral" => 2, _ => 0 };
        var moves = inputs.Flag("purposeful_leg_movement");
        var best = Grade(affectedLow, gaitLow, steps, chairLow, boundLow, moves ?? true);
        var worst = Grade(affectedHigh, gaitHigh, supportUnknown ? 2 : steps, chairHigh, boundHigh, moves ?? false);
        return Graded("onls_leg", "leg", best, worst, "by the ladder: affected, gait, support over 10 m, wheelchair, bound to wheelchair or bed, purposeful movement");
    }

    private static int Incat(bool symptoms, IReadOnlyList<int> functions, bool purposeful)
    {
        var prevented = functions.Count(f => f == 2);
        return prevented == functions.Count && !purposeful ? 5 : prevented >= 3 ? 4 : prevented > 0 ? 3 : functions.Any(f => f == 1) ? 2 : symptoms ? 1 : 0;
    }

    private static int Onls(bool symptoms, IReadOnlyList<int> functions, bool purposeful)
    {
        if (functions.All(f => f == 2))
        {
            return purposeful ? 4 : 5;
        }

        return functions.Any(f => f == 2) ? 3 : functions.Any(f => f == 1) ? 2 : symptoms ? 1 : 0;
    }

    private static int Grade(bool affected, bool gait, int support, bool wheelchair, bool bound, bool moves)
    {
        if (bound)
        {
            return moves ? 6 : 7;
        }

        return wheelchair ? 5 : support > 0 ? 2 + support : gait ? 2 : affected ? 1 : 0;
    }

    private static (bool Low, bool High) Bounds(ScoreInputs inputs, string name)
    {
        var value = inputs.Flag(name);
        return inputs.Has(name) && value is null ? (false, true) : (value ?? false, value ?? false);
    }

    private static int? Function(Given given, string where) => given switch
    {
        Given.Null or Given.Text { Value: "unknown" } => null,
        Given.Text { Value: "not" or "not_affected" or "not affected" or "unaffected" } or Given.Flag { Value: false } or Given.Number { Value: 0 } => 0,
        Given.Text { Value: "affected" } or Given.Number { Value: 1 } => 1,
        Given.Text { Value: "prevented" } or Given.Number { Value: 2 } => 2,
        _ => throw new ScoringException("bad_value", $"{where} must be not, affected or prevented, not {given.Show()}.", where),
    };

    private static ScoreResult Graded(string id, string name, int low, int high, string working) => new()
    {
        Instrument = id,
        Values = [(name, low == high ? Given.Of(low) : Given.Nothing), ("lower", Given.Of(low)), ("upper", Given.Of(high))],
        Working = [working],
        Missing = low == high ? [] : [name],
    };
}
