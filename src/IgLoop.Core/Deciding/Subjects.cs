using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>The line that says who and what, without a name.</summary>
internal static class Subjects
{
    public static string Of(DecisionRequest request, Condition? condition, Manifestation? goal, FactSet facts)
    {
        var parts = new List<string>();
        parts.Add(condition is null ? "No condition asked" : goal is null ? condition.Name : $"{condition.Name} · goal: {Words.Inside(goal.Name)}");
        if (request.Phase == Phase.Maintenance)
        {
            parts.Add("maintenance");
        }

        if (request.GPerKg is { } dose)
        {
            parts.Add($"{Words.Number(dose)} g/kg asked");
        }

        parts.Add(Person(facts));
        parts.Add($"as of {Words.Date(request.At)}");
        return string.Join(" · ", parts);
    }

    private static string Person(FactSet facts)
    {
        var words = new List<string>();
        var age = facts["age"]?.Number;
        var sex = facts["sex"]?.Text;
        var noun = (sex, age) switch
        {
            ("female", < 18) => "girl",
            ("male", < 18) => "boy",
            ("female", _) => "woman",
            ("male", _) => "man",
            _ => "patient",
        };
        words.Add(age is null ? $"{noun} of unknown age" : $"{Words.Number(age.Value)}-year-old {noun}");
        words.Add(facts["weight"] is { } w ? $"{Words.Number(w.Number)} kg" : "weight unknown");
        words.Add(facts["height"] is { } h ? $"{Words.Number(h.Number)} cm" : "height unknown");
        return string.Join(", ", words);
    }
}
