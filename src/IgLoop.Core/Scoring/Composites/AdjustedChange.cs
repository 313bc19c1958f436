using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>What is known of the two grades at one visit.</summary>
/// <param name="Arm">Null: unknown.</param>
/// <param name="Leg">Null: unknown.</param>
/// <param name="Low">Least total, where only a total (or bounds of one) is known.</param>
/// <param name="High">Greatest total.</param>
internal sealed record ArmAndLeg(int? Arm, int? Leg, decimal Low, decimal High);

/// <summary>
/// Adjusted change of a scale made of an arm and a leg grade (INCAT, ONLS): a change of the arm between 0 and 1, either way, does not count.
/// Three readings of that are in use and can disagree when the leg moves the other way; the literal one decides, the others stand beside it
/// (<c>instruments/incat.yaml</c>, sources I-32, I-94; <c>onls.yaml</c>, source I-94). What is unknown is tried out in every possible way, so
/// that two totals give a verdict exactly when every pair of grades that adds up to them gives it.
/// </summary>
internal static class AdjustedChange
{
    public static bool IsOf(string instrument) => instrument is "incat" or "onls";

    public static Scorer For(string instrument) => (knowledge, inputs) =>
    {
        var rule = knowledge.Instruments[instrument];
        var (arm, leg) = Most(rule);
        int? Grade(string part, string visit, string also, int most) => inputs.Whole($"{part}_{visit}", 0, most) ?? inputs.Whole($"{part}_{also}", 0, most);
        ArmAndLeg At(string visit, string also)
        {
            var total = inputs.Whole(also, 0, arm + leg);
            var known = new ArmAndLeg(Grade("arm", visit, also, arm), Grade("leg", visit, also, leg), total ?? 0, total ?? arm + leg);
            return Possible(rule, known).Count > 0 ? known : throw new ScoringException("contradiction", $"{also} is {total}, but the grades given do not add up to it; give the grades alone.", also);
        }

        var (before, now) = (At("from", "baseline"), At("to", "now"));
        return Score(rule, rule.Changes.First(c => c.Decides), before, now);
    };

    /// <summary>The change between two visits, judged by a limit of points.</summary>
    public static ScoreResult Score(Instrument rule, ChangeLimit limit, ArmAndLeg before, ArmAndLeg now)
    {
        var least = limit.Points!.Value;
        var pairs = (from a in Possible(rule, before) from b in Possible(rule, now) select (Before: a, Now: b)).ToList();
        T? Shared<T>(Func<(int Arm, int Leg), (int Arm, int Leg), T> of)
            where T : struct
        {
            var all = pairs.Select(p => of(p.Before, p.Now)).Distinct().Take(2).ToList();
            return all.Count == 1 ? all[0] : null;
        }

        bool? Better(Func<int, int, int> arms) => Shared((a, b) => -(b.Leg - a.Leg + arms(a.Arm, b.Arm)) >= least);
        int? Change(Func<int, int, int> arms) => Shared((a, b) => b.Leg - a.Leg + arms(a.Arm, b.Arm));
        var (literal, ignored, recoded) = (Better(Literal), Better(Ignored), Better(Recoded));
        var disagree = literal is not null && (literal != ignored || literal != recoded);
        var apart = Shared((a, b) => Math.Sign(Literal(a.Arm, b.Arm)) * Math.Sign(b.Leg - a.Leg) < 0) == true;
        var unknown = Parts.Unknown(("arm_from", before.Arm), ("leg_from", before.Leg), ("arm_to", now.Arm), ("leg_to", now.Leg));
        return ScoreResult.Of(
            $"{rule.Id}_adjusted_change",
            ("change", Given.Of((decimal?)Change(Literal))),
            ("responder", Given.Of(literal)),
            ("worse", Given.Of(Shared((a, b) => b.Leg - a.Leg + Literal(a.Arm, b.Arm) >= least))),
            ("change_raw", Given.Of((decimal?)Change((a, b) => b - a))),
            ("arm_change", Given.Of((decimal?)Shared((a, b) => b.Arm - a.Arm))),
            ("leg_change", Given.Of((decimal?)Shared((a, b) => b.Leg - a.Leg))),
            ("change_literal", Given.Of((decimal?)Change(Literal))),
            ("change_ignore", Given.Of((decimal?)Change(Ignored))),
            ("change_recode", Given.Of((decimal?)Change(Recoded))),
            ("responder_literal", Given.Of(literal)),
            ("responder_ignore", Given.Of(ignored)),
            ("responder_recode", Given.Of(recoded))) with
        {
            Version = rule.Version,
            Flags = [.. disagree ? ["readings_disagree"] : Array.Empty<string>(), .. apart ? ["grades_disagree"] : Array.Empty<string>()],
            Missing = literal is null || Change(Literal) is null ? unknown : [],
            Warnings =
            [
                .. disagree ? [$"The readings of the adjusted score disagree: literal {Sign(Change(Literal))}, step left out {Sign(Change(Ignored))}, arm 1 recoded {Sign(Change(Recoded))}; the literal one decides."] : Array.Empty<string>(),
                .. apart ? ["One grade is better and the other worse: the sum decides here; look at both."] : Array.Empty<string>(),
            ],
            Working = [Line(rule, limit, before, now, Change(Literal), Change(Ignored), Change(Recoded))],
        };
    }

    /// <summary>Only a change of exactly 0 to 1 or 1 to 0 is dropped.</summary>
    private static int Literal(int from, int to) => (from, to) is (0, 1) or (1, 0) ? 0 : to - from;

    /// <summary>The part of any change between 0 and 1 is dropped.</summary>
    private static int Ignored(int from, int to) => Math.Max(to, 1) - Math.Max(from, 1);

    /// <summary>Grade 1 counts as 0.</summary>
    private static int Recoded(int from, int to) => (to == 1 ? 0 : to) - (from == 1 ? 0 : from);

    private static (int Arm, int Leg) Most(Instrument rule) => ((int)rule.Items.First(i => i.Id == "arm").Highest, (int)rule.Items.First(i => i.Id == "leg").Highest);

    private static List<(int Arm, int Leg)> Possible(Instrument rule, ArmAndLeg known)
    {
        var (arm, leg) = Most(rule);
        return
        [
            .. from a in known.Arm is { } x ? [x] : Enumerable.Range(0, arm + 1)
               from l in known.Leg is { } y ? [y] : Enumerable.Range(0, leg + 1)
               where a + l >= known.Low && a + l <= known.High
               select (a, l),
        ];
    }

    private static string Line(Instrument rule, ChangeLimit limit, ArmAndLeg before, ArmAndLeg now, int? literal, int? ignored, int? recoded)
    {
        var from = $"arm {Parts.Show(before.Arm)} to {Parts.Show(now.Arm)}, leg {Parts.Show(before.Leg)} to {Parts.Show(now.Leg)}";
        return literal is null && ignored is null && recoded is null
            ? $"{from}: the adjusted change of {rule.Name} is not known; better from a fall of {Parts.Show(limit.Points)} on"
            : $"{from}: adjusted change {Sign(literal)} (literal), {Sign(ignored)} (step left out), {Sign(recoded)} (arm 1 recoded); better from a fall of {Parts.Show(limit.Points)} on";
    }

    private static string Sign(int? value) => value is { } v ? v.ToString("+0;-0;0", CultureInfo.InvariantCulture) : "?";
}
